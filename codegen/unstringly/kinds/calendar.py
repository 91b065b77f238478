"""The dates and times that exist, as a pattern.

A form is exact to the calendar: the years that have a 29 February are spelled out, so that whatever
the automaton reads can be turned into a `datetime`.
"""

from collections.abc import Iterator
from functools import lru_cache

from unstringly.model import charset
from unstringly.model.grammar import DatePart
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, literal


@lru_cache(maxsize=512)
def date_pattern(parts: tuple[DatePart | str, ...], *, zeros_optional: bool) -> Pattern:
    """Every spelling of a date and time that exists, in the order of the form's parts."""
    options: list[Pattern] = []
    for year, month, day in _days():
        given = {DatePart.YEAR: year, DatePart.MONTH: month, DatePart.DAY: day} | {
            DatePart.HOUR: range(24),
            DatePart.MINUTE: range(60),
            DatePart.SECOND: range(60),
        }
        items = tuple(
            literal(part) if isinstance(part, str) else _numbers(given[part], zeros_optional)
            for part in parts
        )
        options.append(Sequence(items))
    if not any(part is DatePart.DAY for part in parts):
        return options[0]
    return Choice(tuple(options))


_LONG = (1, 3, 5, 7, 8, 10, 12)
_SHORT = (4, 6, 9, 11)


def _days() -> Iterator[tuple[Pattern, "range | tuple[int, ...]", range]]:
    """Years, months and days that go together."""
    yield _any_year(), _LONG, range(1, 32)
    yield _any_year(), _SHORT, range(1, 31)
    yield _any_year(), (2,), range(1, 29)
    yield _leap_year(), (2,), range(29, 30)


def _any_year() -> Pattern:
    """The years 0001 to 9999."""
    digit = Chars(charset.DIGITS)
    positive = Chars(charset.between("1", "9"))
    zero = Chars(charset.of("0"))
    return Choice(
        tuple(Sequence((*(zero,) * zeros, positive, *(digit,) * (3 - zeros))) for zeros in range(4))
    )


def _leap_year() -> Pattern:
    """The years that are divisible by 4, and by 400 where they end a century."""
    fours = Choice(tuple(literal(f"{n:02}") for n in range(4, 100, 4)))
    digit = Chars(charset.DIGITS)
    return Choice((Sequence((digit, digit, fours)), Sequence((fours, literal("00")))))


def _numbers(values: "Pattern | range | tuple[int, ...]", zeros_optional: bool) -> Pattern:
    """Two-digit spellings of some numbers, and short ones where zeros are optional."""
    match values:
        case range() | tuple():
            padded = tuple(literal(f"{n:02}") for n in values)
            short = tuple(literal(str(n)) for n in values if n < 10)
            return Choice((*padded, *short) if zeros_optional else padded)
        case Chars() | Sequence() | Choice() | Repeat():
            return values
