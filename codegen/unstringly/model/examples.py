"""Examples of texts, what their authors say they mean, and what is read of them."""

from typing import TypeAlias

from msgspec import Struct

from unstringly.diagnostics import Span


class SaidText(Struct, frozen=True):
    """The meaning of a leaf as a spec says it; None for `~`."""

    text: str | None
    span: Span


class SaidList(Struct, frozen=True):
    """The meanings of a list's items."""

    items: tuple["Said", ...]
    span: Span


class SaidFields(Struct, frozen=True):
    """The meanings of a record's fields by their names, or of an alternative by its name."""

    entries: tuple[tuple[str, Span, "Said"], ...]
    span: Span


Said: TypeAlias = SaidText | SaidList | SaidFields


class Count(Struct, frozen=True):
    """The number of malformed pieces that a text has: `least` to `most`, None for no bound."""

    least: int
    most: int | None

    def has(self, number: int) -> bool:
        """Say whether a number of pieces is one of these."""
        return self.least <= number and (self.most is None or number <= self.most)


NO_PIECE = Count(0, 0)
SOME_PIECE = Count(1, None)


class Example(Struct, frozen=True):
    """A text of a definition, and what a spec says of it; None where it says no meaning.

    `columns` are the places of the text's characters and of its end, counted from `span`; there
    are none where the text stands on several lines of the file.
    """

    definition: str
    definition_span: Span
    text: str
    span: Span
    columns: tuple[int, ...]
    means: Said | None
    malformed: Count

    def place(self, at: int) -> Span:
        """Return the place in the file of one of the text's characters, or of its end."""
        return self.span.shifted(self.columns[at]) if self.columns else self.span


class Sample(Struct, frozen=True):
    """A whole file with a text of a definition; `span` is its beginning."""

    definition: str
    text: str
    span: Span
    malformed: Count


class Chosen(Struct, frozen=True):
    """The value of an alternative, or of an item where a list has several kinds, by its name."""

    name: str
    meaning: "Meaning"


class Fields(Struct, frozen=True):
    """The values of a record's fields, in order."""

    entries: tuple[tuple[str, "Meaning"], ...]


Meaning: TypeAlias = "str | Chosen | Fields | tuple[Meaning, ...] | None"
"""A value: of a leaf as a text, None for no value, of a list as a tuple."""
