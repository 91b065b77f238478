"""The dates and times that exist, as a pattern.

A form is exact to the calendar: the years that have a 29 February are spelled out, so that whatever
the automaton reads can be turned into a `datetime`.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from unstringly.kinds.digit_ranges import number_spans
from unstringly.model import charset
from unstringly.model.grammar import DatePart
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, literal

_LONG = (1, 3, 5, 7, 8, 10, 12)
_SHORT = (4, 6, 9, 11)
_LAST_SECOND = 253_402_300_799
"""9999-12-31 23:59:59 in seconds since 1970."""

Numbers = range | tuple[int, ...]


@lru_cache(maxsize=512)
def date_pattern(
    parts: tuple[DatePart | str, ...],
    *,
    zeros_optional: bool,
    pivot: int | None = None,
    halves: tuple[str, str] = ("AM", "PM"),
    zone: str | None = None,
) -> Pattern:
    """Every spelling of a date and time that exists, in the order of the form's parts.

    An epoch ends with the year 9999, in UTC and in the zone.
    """
    if parts == (DatePart.EPOCH_SECONDS,):
        return _numbers_up_to(_last_second(zone))
    if parts == (DatePart.EPOCH_MILLISECONDS,):
        return _numbers_up_to(_last_second(zone) * 1000 + 999)
    times: dict[DatePart, Pattern | Numbers] = {
        DatePart.HOUR: range(24),
        DatePart.MINUTE: range(60),
        DatePart.SECOND: range(60),
        DatePart.HOUR_OF_HALF: range(1, 13),
        DatePart.HALF: Choice(tuple(map(literal, halves))),
    }
    digit = Chars(charset.DIGITS)
    for part in DatePart:
        if part.digits:
            times[part] = Sequence((digit,) * part.digits)
    options: list[Pattern] = []
    for years, month, day in _days(pivot):
        given = times | years | {DatePart.MONTH: month, DatePart.DAY: day}
        items = tuple(
            literal(part) if isinstance(part, str) else _numbers(given[part], zeros_optional)
            for part in parts
        )
        options.append(Sequence(items))
    if not any(part is DatePart.DAY for part in parts):
        return options[0]
    return Choice(tuple(options))


def _days(pivot: int | None) -> Iterator[tuple[dict[DatePart, Pattern], Numbers, range]]:
    """Years, months and days that go together."""
    any_year, leap_year = {DatePart.YEAR: _any_year()}, {DatePart.YEAR: _leap_year()}
    if pivot is not None:
        digit = Chars(charset.DIGITS)
        any_year[DatePart.YEAR_OF_CENTURY] = Sequence((digit, digit))
        leap_year[DatePart.YEAR_OF_CENTURY] = _leap_year_from(pivot)
    yield any_year, _LONG, range(1, 32)
    yield any_year, _SHORT, range(1, 31)
    yield any_year, (2,), range(1, 29)
    yield leap_year, (2,), range(29, 30)


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


def _leap_year_from(pivot: int) -> Pattern:
    """The last two digits of the leap years among a hundred years."""
    leap = (
        year
        for year in range(pivot, pivot + 100)
        if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    )
    return Choice(tuple(literal(f"{year % 100:02}") for year in leap))


def _last_second(zone: str | None) -> int:
    """Return the last second since 1970 that is before the year 10000 in UTC and in a zone."""
    if zone is None:
        return _LAST_SECOND
    local = datetime.fromisoformat(f"9999-12-31T23:59:59{zone}")
    return min(_LAST_SECOND, int(local.timestamp()))


def _numbers_up_to(last: int) -> Pattern:
    """Whole numbers from 0, without leading zeros."""
    options = (
        Sequence(tuple(Chars(charset.between(str(low), str(high))) for low, high in digits))
        for digits in number_spans(0, last, 10)
    )
    return Choice(tuple(options))


def _numbers(values: Pattern | Numbers, zeros_optional: bool) -> Pattern:
    """Two-digit spellings of some numbers, and short ones where zeros are optional."""
    match values:
        case range() | tuple():
            padded = tuple(literal(f"{n:02}") for n in values)
            short = tuple(literal(str(n)) for n in values if n < 10)
            return Choice((*padded, *short) if zeros_optional else padded)
        case Chars() | Sequence() | Choice() | Repeat():
            return values
