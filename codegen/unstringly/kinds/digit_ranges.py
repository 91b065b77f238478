"""Ranges of numbers and of octets as patterns: one set of digits after the other."""

from collections.abc import Iterator, Sequence

Digits = tuple[tuple[int, int], ...]
"""For each place, the least and the most digit that may stand there."""


def spans(first: Sequence[int], last: Sequence[int], bounds: Digits) -> Iterator[Digits]:
    """Yield what the numbers from `first` to `last` are made of, each number in one of them.

    Both have as many digits as `bounds`, which says what may stand in each place at all.
    """
    if not first:
        yield ()
        return
    low, high, rest = first[0], last[0], bounds[1:]
    least, most = [bound[0] for bound in rest], [bound[1] for bound in rest]
    if low == high:
        yield from (((low, low), *more) for more in spans(first[1:], last[1:], rest))
        return
    if list(first[1:]) != least:
        yield from (((low, low), *more) for more in spans(first[1:], most, rest))
        low += 1
    upper: tuple[Digits, ...] = ()
    if list(last[1:]) != most:
        upper = tuple(((high, high), *more) for more in spans(least, last[1:], rest))
        high -= 1
    if low <= high:
        yield ((low, high), *rest)
    yield from upper


def digits_of(number: int, base: int) -> tuple[int, ...]:
    """Return the digits of a number; 0 has one."""
    digits = [number % base]
    while number := number // base:
        digits.append(number % base)
    return tuple(reversed(digits))


def number_spans(first: int, last: int, base: int) -> Iterator[Digits]:
    """Yield what the numbers from `first` to `last` are made of, written without leading zeros."""
    while first <= last:
        length = len(digits_of(first, base))
        end = min(last, base**length - 1)
        bounds = ((0, base - 1),) * length
        yield from spans(digits_of(first, base), digits_of(end, base), bounds)
        first = end + 1
