# Copied by unstringly 0.1.0. Do not edit.
"""The result of parsing a list: the good records, the malformed pieces, and nothing lost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeAlias, TypeVar, cast, final, overload

from .by_name import PickledByName

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Span(NamedTuple):
    """A half-open range of characters of the parsed text: `text[start:end]`."""

    start: int
    end: int


@final
@dataclass(frozen=True, slots=True)
class RecordPiece(PickledByName, Generic[T_co]):
    """A piece that is a good record: its text, its place, and its value."""

    raw: str
    span: Span
    record: T_co


@final
@dataclass(frozen=True, slots=True)
class Malformed(PickledByName):
    """A piece in the place of a record that is not one: never empty, and without separators.

    `reason` says how far it could be read, without quoting it. Only where more than 200,000
    characters of a text do not fit, a piece may hold separators, and records beside what does not
    fit: the reason says then that it is kept as one piece.
    """

    raw: str
    span: Span
    reason: str


@final
@dataclass(frozen=True, slots=True)
class Separator(PickledByName):
    """The text between, before and after the other pieces: separators and padding."""

    raw: str
    span: Span


Piece: TypeAlias = RecordPiece[T] | Malformed | Separator


@final
class Parsed(Sequence[T_co]):
    """The good records of a text, in order; a sequence like a tuple.

    `malformed` holds the pieces that are no records, `raw` is the text as it was given, and
    `pieces()` returns all pieces in order. A Parsed equals another with the same text, records
    and malformed pieces, and nothing else.
    """

    __slots__ = ("_malformed", "_records", "_spans", "_unread", "raw")

    raw: str

    def __init__(
        self,
        raw: str,
        records: Sequence[T_co],
        malformed: Sequence[Malformed],
        spans: Sequence[Span] | Callable[[str], Sequence[Span]],
    ) -> None:
        """Take the records and the malformed pieces, each in the order of the text.

        `spans` are the places of the records, or a function that finds them when they are needed.
        """
        self._unread = ""
        self.raw = raw
        self._malformed = tuple(malformed)
        self._records = tuple(records)
        self._spans = spans

    @property
    def malformed(self) -> tuple[Malformed, ...]:
        """The pieces that are no records."""
        self._unread = ""
        return self._malformed

    def watch(self, operation: str) -> None:
        """Log a warning if this is dropped before anybody has looked at its malformed pieces.

        Clients ask for it: records that a poll has fetched are not handed out again.
        """
        if self._malformed:
            self._unread = operation

    def __del__(self) -> None:
        if getattr(self, "_unread", ""):  # missing if its `__init__` was stopped
            _tell(self._unread, self._malformed)

    def __reduce__(self) -> tuple[object, ...]:
        return Parsed, (self.raw, self._records, self._malformed, self._places())

    def _places(self) -> Sequence[Span]:
        """Return the places of the records."""
        if callable(self._spans):
            self._spans = self._spans(self.raw)
        return self._spans

    @overload
    def __getitem__(self, index: int, /) -> T_co: ...
    @overload
    def __getitem__(self, index: slice, /) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice, /) -> T_co | tuple[T_co, ...]:
        return self._records[index]

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._records)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Parsed):
            return NotImplemented
        parsed = cast("Parsed[object]", other)  # a narrowed generic has unknown arguments
        return (self.raw, self._records, self._malformed) == (
            parsed.raw,
            parsed._records,
            parsed._malformed,
        )

    def __hash__(self) -> int:
        return hash((self.raw, self._records, self._malformed))

    def __repr__(self) -> str:
        return f"Parsed({list(self._records)!r}, malformed={list(self.malformed)!r})"

    def pieces(self) -> tuple[Piece[T_co], ...]:
        """Return records, malformed pieces and separators, in order; their texts make up `raw`."""
        values: list[tuple[Span, T_co | Malformed]] = [
            *zip(self._places(), self._records, strict=True),
            *((piece.span, piece) for piece in self.malformed),
        ]
        values.sort(key=lambda value: value[0])
        pieces: list[Piece[T_co]] = []
        at = 0
        for span, value in values:
            if at < span.start:
                pieces.append(Separator(self.raw[at : span.start], Span(at, span.start)))
            if isinstance(value, Malformed):
                pieces.append(value)
            else:
                pieces.append(RecordPiece(self.raw[span.start : span.end], span, value))
            at = span.end
        if at < len(self.raw):
            pieces.append(Separator(self.raw[at:], Span(at, len(self.raw))))
        return tuple(pieces)


def watch(value: object, operation: str) -> None:
    """Log a warning if a list is dropped unread although it holds malformed pieces."""
    if isinstance(value, Parsed):
        value.watch(operation)


def _tell(operation: str, malformed: Sequence[Malformed]) -> None:
    """Log that malformed pieces were dropped unread: their number and places, never their texts."""
    try:
        import logging  # parsing alone does not need it
    except ImportError:  # the interpreter is ending, and has let go of its modules
        return
    spans = ", ".join(f"{piece.span.start}:{piece.span.end}" for piece in malformed[:5])
    more = ", …" if len(malformed) > 5 else ""
    logging.getLogger(__name__).warning(
        "a result of %s was dropped with %d malformed pieces that nobody looked at, at %s%s",
        operation,
        len(malformed),
        spans,
        more,
    )
