"""Lexical forms at run time, which check each text that a formatter writes.

A `Form` is a deterministic automaton that accepts exactly the contents that a field may have.
The `write_…` functions turn a value into its content, or raise Unwritable with the field, the
offending part of the value and the reason.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..errors.exceptions import Unwritable
from .alphabet import Alphabet
from .reading import with_lf

DEAD = -1

PADDING = " \t\r\n"

_MOST_DIGITS = 10_000_000
"""The most digits of a decimal: `Decimal("1E+999999999")` is small, and a gigabyte as digits."""


class Common:
    """A simple test that accepts only contents of a form, and checks many of them at a time.

    The contents have `least` to `most` characters (None: any number). All characters are among
    the ASCII characters `only`; or, where `only` is None, none of the texts `without` is in them.
    """

    def __init__(
        self,
        *,
        only: str | None = None,
        without: tuple[str, ...] = (),
        least: int = 0,
        most: int | None = None,
    ) -> None:
        self._only = None if only is None else only.encode("ascii")
        self._without = without
        self._least = least
        self._most = most

    def holds_all(self, contents: Sequence[str]) -> bool:
        """Say whether all of the contents pass the test."""
        if self._least == 1 and "" in contents:
            return False
        if self._least > 1 and min(map(len, contents), default=self._least) < self._least:
            return False
        if self._most is not None and max(map(len, contents), default=0) > self._most:
            return False
        if self._only is not None:
            data = "".join(contents).encode("utf-8", "surrogatepass")
            return not data.translate(None, self._only)
        joined = "\0".join(contents)
        return not [text for text in self._without if text[0] in joined and text in joined]


class Form:
    """The texts of a lexical form; the tables are written by the generator.

    `rows[state][class]` is the next state or DEAD, `accepting` the states in which a text may
    end. `described` is the pattern as the grammar spells it, `excludes` the texts that a value
    does not contain. `common` accepts most contents without the automaton. In some places texts of
    the form are not allowed: the texts `nils` where they mean None, and, in a `padded` place, texts
    with padding at an end.
    """

    def __init__(
        self,
        *,
        alphabet: Alphabet,
        rows: tuple[tuple[int, ...], ...],
        accepting: Iterable[int],
        described: str,
        excludes: tuple[str, ...] = (),
        common: "Common | None" = None,
        nils: tuple[str, ...] = (),
        padded: bool = False,
    ) -> None:
        self.alphabet = alphabet
        self.rows = rows
        self.accepting = frozenset(accepting)
        self.described = described
        self.excludes = excludes
        self._common = common
        self._nils = nils
        self._stay: dict[int, str] = {}
        self._padded = padded

    def fits_all(self, contents: Sequence[str]) -> bool:
        """Say whether all of these contents are of the form; trimmed ones for a padded place."""
        if self._common is not None and self._common.holds_all(contents):
            return True
        if len(contents) == 1:
            return self.reach(contents[0])[1]
        return all(self.reach(content)[1] for content in set(contents))

    def fits_trimmed(self, text: str) -> bool:
        """Say whether a text is of the form and has no padding at its ends, for a padded place."""
        return is_trimmed(text) and self.fits_all((text,))

    def reach(self, text: str) -> tuple[int, bool]:
        """Return the number of characters that fit, and say whether the text may end there."""
        classes, rows = text.translate(self.alphabet), self.rows
        if not classes:
            return 0, 0 in self.accepting
        state = rows[0][ord(classes[0])]
        if state == DEAD:
            return 0, False
        rest = classes[1:].lstrip(self._classes_that_stay(state))  # this skips most of a usual text
        for at, character in enumerate(map(ord, rest), len(classes) - len(rest)):
            state = rows[state][character]
            if state == DEAD:
                return at, False
        return len(text), state in self.accepting

    def _classes_that_stay(self, state: int) -> str:
        """Return the classes of characters that lead from a state to itself."""
        stay = self._stay.get(state)
        if stay is None:
            row = enumerate(self.rows[state])
            stay = self._stay[state] = "".join(
                chr(number) for number, target in row if target == state
            )
        return stay

    def checked(self, field: str, text: str) -> str:
        """Return the text itself. Raises Unwritable if it is not of the form."""
        at, ends = self.reach(text)
        if ends:
            return text
        self._check_place(field, text)
        raise self._misfit(field, text, at)

    def _check_place(self, field: str, text: str) -> None:
        """Raise Unwritable for a text that only this place in a record does not allow."""
        for excluded in self.excludes:
            if excluded in text:
                raise Unwritable(field, excluded, "is a delimiter and cannot be part of a value")
        if text in self._nils:
            raise Unwritable(field, text, "is a spelling of None here")
        if self._padded:
            check_trimmed(field, text)

    def _misfit(self, field: str, text: str, at: int) -> Unwritable:
        """Return the error for a text of which the first `at` characters fit the form."""
        if text[at - 1 : at + 1] == "\r\n":
            return Unwritable(field, "\r\n", "would be read back as a line feed")
        if at == len(text):
            return Unwritable(field, text, f"ends too early for the form {self.described}")
        why = f"at character {at + 1} does not fit the form {self.described}"
        return Unwritable(field, text[at], why)


def is_trimmed(text: str) -> bool:
    """Say whether a text neither begins nor ends with padding."""
    return text == text.strip(PADDING)


def check_trimmed(field: str, text: str) -> None:
    """Raise Unwritable if the content of a padded field begins or ends with padding."""
    if not is_trimmed(text):
        edge, padding = ("begins", text[0]) if text[0] in PADDING else ("ends", text[-1])
        raise Unwritable(field, padding, f"{edge} a padded field, and would be read as its padding")


def wrong_type(field: str, value: object, expected: str) -> Unwritable:
    """Make the Unwritable for a value of another type than the grammar writes."""
    return Unwritable(field, type(value).__name__, f"is not {expected}")


def check_record(value: object, record: type) -> None:
    """Raise Unwritable if a record is not of its class.

    Callers without a type checker may give a value of any type.
    """
    if not isinstance(value, record):
        raise wrong_type("", value, record.__name__)


def write_text(form: Form, field: str, value: object) -> str:
    """Write a text as it is. Raises Unwritable."""
    if not isinstance(value, str):
        raise wrong_type(field, value, "str")
    return form.checked(field, str.__str__(value))  # a text enum's own str() is its name


def write_boolean(true: str, false: str, field: str, value: object) -> str:
    """Write a truth value by its spelling. Raises Unwritable."""
    if not isinstance(value, bool):
        raise wrong_type(field, value, "bool")
    return true if value else false


def write_integer(form: Form, field: str, value: object, width: int = 0) -> str:
    """Write a whole number in decimal digits, with leading zeros up to `width` digits.

    Raises Unwritable.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(field, value, "int")
    if value.bit_length() > 14_284:  # 4,300 digits, all that Python writes at once
        raise Unwritable(field, "a number of more than 4,300 digits", "is too large")
    try:
        digits = f"{value:0{width + (value < 0)}d}" if width else str(int(value))
    except ValueError:  # the program has lowered Python's limit of digits
        raise Unwritable(field, "a number of too many digits", "is too large") from None
    return form.checked(field, digits)


def write_decimal(form: Form, field: str, value: object, width: int = 0) -> str:
    """Write an exact decimal number with the digits that it has, never with an exponent.

    Before the point it is filled up with zeros to `width` digits. Raises Unwritable.
    """
    if not isinstance(value, Decimal):
        raise wrong_type(field, value, "Decimal")
    if not value.is_finite():
        raise Unwritable(field, str(value), "is not a number that can be written")
    exponent = value.as_tuple().exponent
    digits = max(value.adjusted() + 1, 1) + max(-exponent if isinstance(exponent, int) else 0, 0)
    if digits > _MOST_DIGITS:
        raise Unwritable(field, f"{value:.3E}", f"has more than {_MOST_DIGITS:,} digits")
    written = format(value, "f")
    if width:
        sign = "-" if written.startswith("-") else ""
        whole, point, fraction = written.removeprefix(sign).partition(".")
        written = f"{sign}{whole:0>{width}}{point}{fraction}"
    return form.checked(field, written)


def write_unknown(form: Form, field: str, text: object, known: Iterable[str]) -> str:
    """Write the text of an unlisted code. Raises Unwritable for one that the document lists."""
    if isinstance(text, str) and text in known:
        raise Unwritable(field, text, "is a documented code: use its member instead")
    return write_text(form, field, text)


def check_no_gap(*fields: tuple[str, object]) -> None:
    """Check the optional fields at the end of a record, given as (name, value) in order.

    Raises Unwritable if one is given although an earlier one is missing.
    """
    missing = ""
    for name, value in fields:
        if value is None:
            missing = missing or name
        elif missing:
            raise Unwritable(name, str(value), f"cannot be written without {missing}")


def with_lf_only(text: str) -> str:
    """Return a text that is read back as it is. Raises Unwritable for a CR before a LF."""
    if with_lf(text) != text:
        raise Unwritable("text", "\r\n", "would be read back as a line feed")
    return text
