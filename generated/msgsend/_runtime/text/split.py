# Copied by unstringly 0.1.0. Do not edit.
"""The fast way to read a list: split it, and check the result by whole columns.

Splitting is a guess. The check makes it a reading: each piece has the fields of a record, each
field's contents are of the field's form, and separators stand only where the list allows them. The
generator has proved that no text has two readings, so a reading that is found here is the only one;
wherever the guess fails, or there is any doubt, the exact way decides, on the original text
(`matcher.py`). A text field may contain the separators, for instance; then a split does not fit,
and the exact way finds where the field ends.

Nothing is done for one record alone where it can be done for a column: `str.split`, one
check of all contents, one conversion, and the records' slots filled one after the other.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, fields
from functools import partial
from itertools import repeat, starmap
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

from .columns import Column
from .forms import PADDING
from .matcher import Machine
from .parsed import Parsed
from .reading import item_spans

T_co = TypeVar("T_co", covariant=True)

_AT_A_TIME = 5_000

_End: TypeAlias = Literal["", "separator", "final"]
_Trailing: TypeAlias = Literal["forbidden", "allowed", "required"]

_REFUSED_ENDS: Final[Mapping[_Trailing, _End | None]] = {
    "forbidden": "separator",
    "allowed": None,
    "required": "",
}
"""The end that a list with items must not have, for each way of its separator to trail."""

_new: Any = object.__new__  # a type checker does not follow which class it is given


class SplitRecord(Generic[T_co]):
    """A record between separators: a column for each field, those from `least` on optional.

    With `padded`, the padding around contents is not part of them, but for the fields `exempt`.
    """

    def __init__(
        self,
        record: type[T_co],
        *,
        separator: str,
        columns: Sequence[Column],
        padded: bool = False,
        exempt: Sequence[str] = (),
        least: int | None = None,
    ) -> None:
        self.separator = separator
        self.most = len(columns)
        self.least = self.most if least is None else least
        self._record = record
        self._columns = columns
        self._padded = [padded and field.name not in exempt for field in _fields(record)]
        self._setters = _setters(record)
        self.padded_ends = self._padded[0] and self._padded[-1]

    def read(self, cells: Sequence[Sequence[str]], blanks: bool) -> Sequence[T_co] | None:
        """Return the records of columns of contents; None if a content is not of its form."""
        count = len(cells[0])
        columns: list[Iterable[object]] = []
        for contents, column, padded in zip(cells, self._columns, self._padded, strict=False):
            values = column(contents, blanks and padded)
            if values is None:
                return None
            columns.append(values)
        columns += (repeat(None, count) for _ in range(self.most - len(cells)))
        records: list[T_co] = list(starmap(_new, repeat((self._record,), count)))
        for fill, values in zip(self._setters, columns, strict=True):
            deque(starmap(fill, zip(records, values, strict=True)), 0)
        return records


def _setters(record: type) -> list[Callable[[object, object], None]]:
    """Return the setters of a record's slots, which are faster than its frozen `__init__`."""
    slots: Mapping[str, Any] = record.__dict__  # a class may hold anything
    return [slots[field.name].__set__ for field in _fields(record)]


def _fields(record: type[Any]) -> Sequence[Field[Any]]:
    """Return the fields of a class that is known to be a dataclass."""
    return fields(record)


class SplitList(Generic[T_co]):
    """A list of such records; its options as in the grammar.

    Separators may lead, trail or repeat as the options say; one of `finals` may stand at the very
    end. With `lf`, carriage returns before line feeds are no part of the text.
    """

    def __init__(
        self,
        *records: SplitRecord[T_co],
        separators: tuple[str, ...],
        finals: tuple[str, ...] = (),
        leading: bool = False,
        trailing: _Trailing = "forbidden",
        repeated: bool = False,
        padded: bool = False,
        lf: bool = False,
    ) -> None:
        self._records = records
        self._separators = separators
        self._finals = finals
        self._leading = leading
        self._trailing: _Trailing = trailing
        self._repeated = repeated
        self._padded = padded
        self._lf = lf
        self._fields_trim = all(record.padded_ends for record in records)
        widths = {width for kind in records for width in range(kind.least, kind.most + 1)}
        self._widths = sorted(widths, reverse=True)
        delimiters = separators[0] + records[0].separator
        self._single = len(delimiters) == 2 and delimiters.isascii()
        self._others = bytes(set(range(256)) - set(delimiters.encode()))

    def parsed(self, machine: Machine, text: str) -> Parsed[T_co] | None:
        """Return the records of a text, whose places the machine finds later; None if in doubt."""
        records = self.read(text)
        return None if records is None else Parsed(text, records, (), partial(item_spans, machine))

    def read(self, text: str) -> Sequence[T_co] | None:
        """Return the records of a text, or None if a split does not show them."""
        if type(text) is not str or (self._lf and "\r" in text):
            return None
        blanks = any(character in text for character in PADDING)
        separator = self._separators[0]
        ends = text.endswith(separator)
        if self._trailing != ("forbidden" if ends else "required"):
            cut = text.removesuffix(separator)
            columns = self._delimited(cut) if self._single else self._joined(cut)
            records = self._read_columns(columns, blanks)
            if records is not None:
                return records
        return self._read_pieces(text, blanks)

    def _delimited(self, text: str) -> Sequence[Sequence[str]]:
        """Return the columns of records with the same number of fields, split at single characters.

        With all else taken away, the delimiters must be those of n such records. Then one
        split gives the fields of all of them.
        """
        data = text.encode("utf-8", "surrogatepass")
        delimiters = data.translate(None, self._others).decode()
        separator, between = self._separators[0], self._records[0].separator
        for width in self._widths:
            pattern = between * (width - 1) + separator
            if delimiters + separator == pattern * ((len(delimiters) + 1) // width):
                cells = text.replace(separator, between).split(between)
                return [cells[at::width] for at in range(width)]
        return ()

    def _joined(self, text: str) -> Sequence[Sequence[str]]:
        """Return the columns of records with the same number of fields, split at longer separators.

        Split between fields, the last field of a record and the first of the next are still
        one text, in which the separator of records must stand.
        """
        separator = self._separators[0]
        cells = text.split(self._records[0].separator)
        for width in self._widths:
            gaps = width - 1
            count, remainder = divmod(len(cells) - 1, gaps) if gaps else (0, 1)
            if remainder or count < 2:
                continue
            joints = map(str.partition, cells[gaps:-1:gaps], repeat(separator))
            lasts, separators, firsts = zip(*joints, strict=True)
            if separators.count(separator) == count - 1:
                inner = [cells[at::gaps] for at in range(1, gaps)]
                return [[cells[0], *firsts], *inner, [*lasts, cells[-1]]]
        return ()

    def _read_pieces(self, text: str, blanks: bool) -> Sequence[T_co] | None:
        """Return the records of a text that is split into pieces, and these in turn into fields.

        Some thousand pieces are split at a time: a guess that fails, fails early, in little memory.
        """
        pieces = self._pieces(text, blanks)
        if pieces is None:
            return None
        records: list[T_co] = []
        for at in range(0, len(pieces), _AT_A_TIME):
            some = self._read_some(pieces[at : at + _AT_A_TIME], blanks)
            if some is None:
                return None
            records += some
        return records

    def _read_some(self, pieces: Sequence[str], blanks: bool) -> Sequence[T_co] | None:
        """Return the records of some pieces, at least one; None if they do not fit."""
        rows = list(map(str.split, pieces, repeat(self._records[0].separator)))
        try:
            columns = list(zip(*rows, strict=True))
        except ValueError:
            return self._read_uneven(rows, blanks)
        return self._read_columns(columns, blanks)

    def _read_uneven(self, rows: Sequence[list[str]], blanks: bool) -> Sequence[T_co] | None:
        """Return the records of rows with different numbers of fields; None if one does not fit."""
        in_order: list[T_co | None] = [None] * len(rows)
        for width in set(map(len, rows)):
            places = [at for at, row in enumerate(rows) if len(row) == width]
            columns = list(zip(*(rows[at] for at in places), strict=True))
            records = self._read_columns(columns, blanks)
            if records is None:
                return None
            for at, record in zip(places, records, strict=True):
                in_order[at] = record
        return [record for record in in_order if record is not None]

    def _read_columns(
        self, columns: Sequence[Sequence[str]], blanks: bool
    ) -> Sequence[T_co] | None:
        """Return the records whose first fields, second fields and so on these are, or None."""
        for record in self._records:
            if record.least <= len(columns) <= record.most:
                records = record.read(columns, blanks)
                if records is not None:
                    return records
        return None

    def _pieces(self, text: str, blanks: bool) -> list[str] | None:
        """Return the pieces between separators; None if a separator is forbidden or missing."""
        trim = blanks and self._padded
        separator = next((sep for sep in self._separators if sep in text), self._separators[0])
        pieces = text.split(separator)
        if trim:
            pieces = self._trimmed(pieces)
        end = self._take_end(pieces, trim)
        if end == "final" and not pieces[-1]:
            return None
        if "" in pieces:
            if not (self._leading and self._repeated):
                return None
            pieces = [piece for piece in pieces if piece]
        return None if pieces and end == _REFUSED_ENDS[self._trailing] else pieces

    def _trimmed(self, pieces: list[str]) -> list[str]:
        """Return the pieces without padding around them, where their fields do not drop it."""
        if not self._fields_trim:
            return [piece.strip(PADDING) for piece in pieces]
        pieces[-1] = pieces[-1].strip(PADDING)
        return pieces

    def _take_end(self, pieces: list[str], trim: bool) -> _End:
        """Take the end of the text off the last piece, and name it; empty if nothing ends it."""
        last = pieces.pop()
        if not last:
            return "separator" if pieces else ""
        final = next((final for final in self._finals if last.endswith(final)), "")
        pieces.append(last.removesuffix(final).rstrip(PADDING if trim else "") if final else last)
        return "final" if final else ""
