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
from unstringly.model.layers import Layer
from unstringly.model.notation import Notation
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
    """A text kept verbatim; `newtype` gives callers a type of its own over `str`.

    `form` is that of the text itself, which stands `through` layers on the wire, outermost first.
    """

    name: str
    words: LocalizedText
    form: Form
    newtype: bool
    untrusted: bool
    span: Span
    through: tuple[Layer, ...] = ()


class IntegerType(Struct, frozen=True):
    """A whole number, written in decimal digits, filled up with zeros to `width`.

    The form has no unit; the notation says which stand behind it.
    """

    name: str
    words: LocalizedText
    form: Form
    newtype: bool
    width: int
    notation: Notation
    span: Span


class DecimalType(Struct, frozen=True):
    """An exact decimal number; its digits are kept as sent.

    It is written with at least `width` digits before the point. The form has no unit; the notation
    says which stand behind it.
    """

    name: str
    words: LocalizedText
    form: Form
    newtype: bool
    width: int
    notation: Notation
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
    YEAR_OF_CENTURY = "%y"
    HOUR_OF_HALF = "%I"
    HALF = "%p"
    TENTHS = "%1f"
    HUNDREDTHS = "%2f"
    MILLISECONDS = "%3f"
    FRACTION_4 = "%4f"
    FRACTION_5 = "%5f"
    MICROSECONDS = "%6f"
    EPOCH_SECONDS = "epoch_s"
    EPOCH_MILLISECONDS = "epoch_ms"

    @property
    def digits(self) -> int:
        """The digits of a fraction of a second; 0 for any other part."""
        return int(self.value[1]) if self.value.endswith("f") else 0

    @property
    def is_epoch(self) -> bool:
        """Say whether this is the whole of a layout: the time since 1970 as a number."""
        return self in (DatePart.EPOCH_SECONDS, DatePart.EPOCH_MILLISECONDS)


_DATE = (DatePart.YEAR, DatePart.MONTH, DatePart.DAY)
_TIME = (DatePart.HOUR, DatePart.MINUTE, DatePart.SECOND)
CALENDAR_PARTS = {
    Calendar.DATE: _DATE,
    Calendar.TIME: _TIME,
    Calendar.DATETIME: (*_DATE, *_TIME),
}
"""The parts that a value of each class has."""


class Layout(Struct, frozen=True):
    """A way to spell dates and times: its directives and texts in order, as the spec gives it."""

    parts: tuple[DatePart | str, ...]
    source: str


class DateType(Struct, frozen=True):
    """A date, a time or both, exact to the calendar.

    A text is read by the first of `layouts` that it fits, and a value is written by the first that
    has all of it. With `zeros_optional` a part may come without leading zeros; it is written with
    them. `pivot` is the first of the hundred years that two digits mean, `zone` the offset from UTC
    of all values (`+08:00`), and `halves` are the words for the halves of a day.
    """

    name: str
    words: LocalizedText
    calendar: Calendar
    layouts: tuple[Layout, ...]
    zeros_optional: bool
    span: Span
    pivot: int | None = None
    zone: str | None = None
    halves: tuple[str, str] = ("AM", "PM")

    @property
    def is_plain(self) -> bool:
        """Say whether values have no zone, and one layout of years, months and so on in full."""
        basic = (*CALENDAR_PARTS[Calendar.DATE], *CALENDAR_PARTS[Calendar.TIME])
        return (
            len(self.layouts) == 1
            and self.zone is None
            and all(isinstance(part, str) or part in basic for part in self.layouts[0].parts)
        )

    @property
    def source(self) -> str:
        """The layouts as one text."""
        return " or ".join(layout.source for layout in self.layouts)


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
    """Exactly one of the alternatives; with `padded`, padding around a leaf belongs to nobody.

    As a result, `rejections` are the alternatives that no caller asked for; without any, codes are.
    """

    name: str
    words: LocalizedText
    alternatives: tuple[str, ...]
    alternative_spans: tuple[Span, ...]
    padded: bool
    span: Span
    rejections: tuple[str, ...] = ()
    rejection_spans: tuple[Span, ...] = ()


Definition: TypeAlias = Type | Record | ListGrammar | ChoiceGrammar


class LineEnds(Enum):
    """The meaning of a CR before a LF to every grammar of the service."""

    KEPT = "kept"
    LF = "lf"
