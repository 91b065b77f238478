"""The definitions of a grammar spec, in DFDL's terms (separator, initiator, padding, nil, choice).

A *type* is a leaf: the lexical form of one field's content and the Python value it stands
for. A *record* is a fixed row of fields. A *list* is records (or leaves) between separators,
a *choice* exactly one of several things told apart by their form. All of them share one
namespace, and refer to each other by name.
"""

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from unstringly.diagnostics import Span
from unstringly.model.pattern import Pattern


class LocalizedText(Struct, frozen=True):
    """A text for people, in each language that the document has it in, in the order of the spec.

    `texts` are pairs of a language's tag (BCP 47) and a text that is not empty. The tag is empty
    where the spec names no language: the text is in the spec's own.
    """

    texts: tuple[tuple[str, str], ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts without their languages."""
        return tuple(text for _, text in self.texts)


def untagged(text: str) -> LocalizedText:
    """Return a text in the language of the spec; nothing is said by an empty one."""
    return LocalizedText((("", text),) if text else ())


class Form(Struct, frozen=True):
    """The lexical form of a leaf: the texts of `pattern` that contain none of `excludes`.

    `source` is the pattern as written in the spec, for messages.
    """

    pattern: Pattern
    source: str
    excludes: tuple[str, ...] = ()


class TextType(Struct, frozen=True):
    """A text kept verbatim; `newtype` gives callers a type of its own over `str`."""

    name: str
    words: LocalizedText
    form: Form
    newtype: bool
    untrusted: bool
    span: Span


class IntegerType(Struct, frozen=True):
    """A whole number, written in decimal digits, filled up with zeros to `width`."""

    name: str
    words: LocalizedText
    form: Form
    newtype: bool
    width: int
    span: Span


class DecimalType(Struct, frozen=True):
    """An exact decimal number; its digits are kept as sent.

    It is written with at least `width` digits before the point.
    """

    name: str
    words: LocalizedText
    form: Form
    newtype: bool
    width: int
    span: Span


class Calendar(Enum):
    """The class of `datetime` that a date form stands for."""

    DATETIME = "datetime"
    DATE = "date"
    TIME = "time"


class DatePart(Enum):
    """A component of a date form, by its `strftime` directive."""

    YEAR = "%Y"
    MONTH = "%m"
    DAY = "%d"
    HOUR = "%H"
    MINUTE = "%M"
    SECOND = "%S"


class DateType(Struct, frozen=True):
    """A date, a time or both, exact to the calendar and without a zone.

    With `zeros_optional` a part may come without leading zeros; it is written with them.
    """

    name: str
    words: LocalizedText
    calendar: Calendar
    parts: tuple[DatePart | str, ...]
    source: str
    zeros_optional: bool
    span: Span


class Member(Struct, frozen=True):
    """A documented code: its exact spelling on the wire, Python name and meaning."""

    spelling: str
    name: str
    words: LocalizedText
    span: Span


class CodeValue(Enum):
    """The type of `.value` of an enum's members."""

    TEXT = "text"
    INTEGER = "integer"


class EnumType(Struct, frozen=True):
    """A set of codes; an open one has a `form`, and keeps any other text of it verbatim."""

    name: str
    words: LocalizedText
    value: CodeValue
    members: tuple[Member, ...]
    form: Form | None
    span: Span


class BooleanType(Struct, frozen=True):
    """A truth value by its spellings: the first of each is written, all are read."""

    name: str
    words: LocalizedText
    true: tuple[str, ...]
    false: tuple[str, ...]
    span: Span

    @property
    def spellings(self) -> tuple[str, ...]:
        """All spellings, those of true first."""
        return (*self.true, *self.false)


Type: TypeAlias = TextType | IntegerType | DecimalType | DateType | EnumType | BooleanType


def first_of(spellings: tuple[str, ...]) -> str:
    """Return the spelling that is written; the empty text where there are none."""
    return spellings[0] if spellings else ""


class Field(Struct, frozen=True):
    """A named place in a record. `name` is the Python name of the attribute.

    One of `initiators` and one of `terminators` stand directly before and after the content (a tag
    such as `phone:`); where an empty one is among them there may be none. `nils` are the spellings
    of None. Of all three the first is written. An optional field may be missing at the end of the
    record; with `padded`, padding around the content belongs to nobody.
    """

    name: str
    type: str
    words: LocalizedText
    initiators: tuple[str, ...]
    terminators: tuple[str, ...]
    nils: tuple[str, ...]
    optional: bool
    padded: bool
    span: Span
    type_span: Span

    @property
    def initiator(self) -> str:
        """The initiator that is written."""
        return first_of(self.initiators)

    @property
    def terminator(self) -> str:
        """The terminator that is written."""
        return first_of(self.terminators)


class Constant(Struct, frozen=True):
    """A text that always stands at its place in a record, and has no value."""

    text: str
    padded: bool
    span: Span


class Record(Struct, frozen=True):
    """Fields in a fixed order, between one of `initiators` and one of `terminators`.

    Of these and of `separators` the first is written.
    """

    name: str
    words: LocalizedText
    separators: tuple[str, ...]
    initiators: tuple[str, ...]
    terminators: tuple[str, ...]
    elements: tuple[Field | Constant, ...]
    span: Span

    @property
    def initiator(self) -> str:
        """The initiator that is written."""
        return first_of(self.initiators)

    @property
    def terminator(self) -> str:
        """The terminator that is written."""
        return first_of(self.terminators)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The elements that hold a value."""
        return tuple(element for element in self.elements if isinstance(element, Field))


class Trailing(Enum):
    """The rule for a separator behind a list's last item: there may, must or must not be one."""

    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    WRITTEN = "written"
    REQUIRED = "required"

    @property
    def is_written(self) -> bool:
        """Say whether format writes one."""
        return self in (Trailing.WRITTEN, Trailing.REQUIRED)


class ListGrammar(Struct, frozen=True):
    """Items between separators; `final_separators` are spellings accepted only at the very end.

    `leading` and `repeated` say whether separators may stand before the first item and in a
    row; with `padded`, padding around items and separators belongs to nobody.
    """

    name: str
    words: LocalizedText
    items: tuple[str, ...]
    item_spans: tuple[Span, ...]
    separators: tuple[str, ...]
    final_separators: tuple[str, ...]
    leading: bool
    trailing: Trailing
    repeated: bool
    padded: bool
    span: Span


class ChoiceGrammar(Struct, frozen=True):
    """Exactly one of the alternatives; with `padded`, padding around a leaf belongs to nobody."""

    name: str
    words: LocalizedText
    alternatives: tuple[str, ...]
    alternative_spans: tuple[Span, ...]
    padded: bool
    span: Span


Definition: TypeAlias = Type | Record | ListGrammar | ChoiceGrammar


class LineEnds(Enum):
    """The meaning of a CR before a LF to every grammar of the service."""

    KEPT = "kept"
    LF = "lf"
