r"""A pattern as a regular expression of Python's `re`, for `fullmatch` without flags.

It is made of the pattern's meaning, so nothing in it is of another dialect. Python's `\d` stands
for the decimal digits of all scripts, those of later versions of Unicode included.
"""

from typing import assert_never

from unstringly.model import charset
from unstringly.model.charset import CharSet
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence
from unstringly.read.patterns import unicode_sets


def regex_of(pattern: Pattern) -> str:
    """Return the expression; one level of recursion for each group, which readers bound."""
    match pattern:
        case Chars(chars):
            return _chars(chars)
        case Sequence(items):
            return "".join(
                _grouped(item) if isinstance(item, Choice) else regex_of(item) for item in items
            )
        case Choice(items):
            return "|".join(map(regex_of, items))
        case Repeat(item, least, most):
            atom = regex_of(item) if isinstance(item, Chars) else _grouped(item)
            return atom + _times(least, most)
        case _:
            assert_never(pattern)


def _grouped(pattern: Pattern) -> str:
    return f"(?:{regex_of(pattern)})"


def _times(least: int, most: int | None) -> str:
    match least, most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case _, None:
            return f"{{{least},}}"
        case _:
            return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _chars(chars: CharSet) -> str:
    if not chars:
        return "(?!)"
    if chars == charset.ANY:
        return r"[\s\S]"
    if len(chars.ranges) == 1 and chars.ranges[0][0] == chars.ranges[0][1]:
        return _escaped(chars.ranges[0][0], r".^$*+?{}[]\|()")
    inside, outside = _items(chars), _items(~chars)
    if inside == r"\d":
        return inside
    return f"[{inside}]" if len(inside) <= len(outside) + 1 else f"[^{outside}]"


def _items(chars: CharSet) -> str:
    """Return what stands in the brackets of a class."""
    digits = unicode_sets.digits() if len(chars.ranges) > 1 else charset.NONE
    if not digits or digits - chars:
        return "".join(map(_span, chars.ranges))
    return r"\d" + "".join(map(_span, (chars - digits).ranges))


def _span(span: tuple[int, int]) -> str:
    first, last = (_escaped(point, r"^-[]\&|~") for point in span)
    if span[0] == span[1]:
        return first
    return first + last if span[0] + 1 == span[1] else f"{first}-{last}"


def _escaped(point: int, special: str) -> str:
    character = chr(point)
    if character in special:
        return f"\\{character}"
    if 0x20 <= point < 0x7F:
        return character
    if point < 0x100:
        return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(character, f"\\x{point:02x}")
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
