"""Reader of how numbers are written: their point, groups, places and units."""

from unstringly.model.notation import AS_PYTHON, Notation
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.rules import CONFLICT, WRONG_NUMBER, WRONG_TEXT

_DIGITS, _SIGNS = "0123456789", "+-"
_MOST_IMPLIED = 200


def read_notation(cursor: Cursor) -> Notation | None:
    """Return the notation that the keys of a type describe; None if a key is reported."""
    point = _character(cursor, "point") or AS_PYTHON.point
    thousands = _character(cursor, "thousands")
    notation = Notation(point, thousands, _implied(cursor), _units(cursor))
    _check_together(cursor, notation)
    _check_units(cursor, notation)
    return None if cursor.failed else notation


def _character(cursor: Cursor, key: str) -> str:
    """Return the character at a key; the empty text without it, or if it is reported."""
    scalar = cursor.scalar(key)
    if scalar is None:
        return ""
    text, others = scalar.text, "no digit, no sign and no line end"
    wrong = f"{_DIGITS}{_SIGNS}\r\n"
    if key == "point":
        wrong, others = f"{wrong}\t ", "no digit, no sign and no blank"
    if len(text) == 1 and text not in wrong:
        return text
    message = f"`{key}` is one character, and {others}; here is {quoted(text)}"
    cursor.report(WRONG_TEXT, scalar.span, message)
    return ""


def _implied(cursor: Cursor) -> int:
    """Return the decimal places that are not written; 0 if not given, or reported."""
    implied = cursor.number("implied") or 0
    if implied <= _MOST_IMPLIED:
        return implied
    message = f"`implied` is at most {_MOST_IMPLIED}, not {implied}"
    cursor.report(WRONG_NUMBER, cursor.key_span("implied"), message)
    return 0


def _units(cursor: Cursor) -> tuple[str, ...]:
    """Return the texts of which one stands behind each number."""
    units = cursor.spellings("unit") or AS_PYTHON.units
    if cursor.has("unit") and units == AS_PYTHON.units and not cursor.failed:
        message = "`unit` has nothing but the empty text"
        cursor.report(WRONG_TEXT, cursor.key_span("unit"), message, "leave it out, or write a unit")
    return units


def _check_together(cursor: Cursor, notation: Notation) -> None:
    """Report keys of which one leaves nothing to say for the other."""
    for key in ("point", "thousands"):
        if notation.implied and cursor.has(key):
            message = f"`{key}` does not go with `implied`: such a number is digits only"
            cursor.report(CONFLICT, cursor.key_span(key), message, "leave one of them out")
    if notation.thousands == notation.point and cursor.has("decimal") and not notation.implied:
        message = f"{quoted(notation.point)} is the point and stands between thousands too"
        help_text = "say which other character is the `point`" * (not cursor.has("point"))
        cursor.report(CONFLICT, cursor.key_span("thousands"), message, help_text)


def _check_units(cursor: Cursor, notation: Notation) -> None:
    """Report a unit of which nobody could say where the number before it ends."""
    has_point = cursor.has("decimal") and not notation.implied
    of_numbers = f"{_DIGITS}{_SIGNS}{notation.point * has_point}"
    for unit in notation.units:
        rest = unit.removeprefix(notation.thousands)  # behind that a number has a digit
        if unit and (unit[0] in of_numbers or (rest != unit and rest[:1] in tuple(_DIGITS))):
            message = f"the unit {quoted(unit)} begins like a part of the number before it"
            help_text = "a unit begins with no digit, sign or point, and with no group of digits"
            cursor.report(WRONG_TEXT, cursor.key_span("unit"), message, help_text)
