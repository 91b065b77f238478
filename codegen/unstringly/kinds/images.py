"""The texts of a pattern as they stand behind layers: all that are read, and what is written.

A layer spells each character by itself, so a pattern of spellings is made by putting the spellings
of a set's characters in the place of the set.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, assert_never

from unstringly.kinds.digit_ranges import number_spans
from unstringly.kinds.octets import octet_sets
from unstringly.model import charset
from unstringly.model.charset import CharSet
from unstringly.model.layers import Encoded, Entities, Escapes, Layer, Octets
from unstringly.model.pattern import (
    Chars,
    Choice,
    Pattern,
    Repeat,
    Sequence,
    literal,
)

UNRESERVED: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
"""The characters that never need to be escaped in a URL (RFC 3986, section 2.3)."""

NAMED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
"""The entities that XML itself has."""

WRITTEN: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
"""The characters that are never written as themselves. XML would take a CR for a line end."""

_RAW_IN_URLS: Final = charset.of(UNRESERVED + "!*'()")
_REFERABLE: Final = charset.ANY - charset.from_ranges([(0, 0), (0xD800, 0xDFFF)])
_HEX: Final = tuple("0123456789ABCDEF")


@lru_cache(maxsize=256)
def read_image(pattern: Pattern, through: tuple[Layer, ...]) -> Pattern:
    """Return all spellings of a pattern's texts behind layers, of which the first is outermost."""
    return _image(pattern, through, written=False)


@lru_cache(maxsize=256)
def written_image(pattern: Pattern, through: tuple[Layer, ...]) -> Pattern:
    """Return the spellings that are written of a pattern's texts behind layers."""
    return _image(pattern, through, written=True)


def without(pattern: Pattern, chars: CharSet) -> Pattern:
    """Return the pattern of those texts that hold none of some characters."""
    return _mapped(pattern, lambda own: Chars(own - chars)) if chars else pattern


def _image(pattern: Pattern, through: tuple[Layer, ...], *, written: bool) -> Pattern:
    for layer in reversed(through):
        spelled: dict[CharSet, Pattern] = {}

        def spell(
            chars: CharSet, layer: Layer = layer, known: dict[CharSet, Pattern] = spelled
        ) -> Pattern:
            if chars not in known:
                known[chars] = _union(_spellings(layer, chars, written=written))
            return known[chars]

        pattern = _mapped(pattern, spell)
    return pattern


def _mapped(pattern: Pattern, spell: Callable[[CharSet], Pattern]) -> Pattern:
    """Return a pattern with spellings in the place of sets of characters."""
    match pattern:
        case Chars(chars):
            return spell(chars)
        case Sequence(items):
            return Sequence(tuple(_mapped(item, spell) for item in items))
        case Choice(items):
            return Choice(tuple(_mapped(item, spell) for item in items))
        case Repeat(item, least, most):
            return Repeat(_mapped(item, spell), least, most)
        case _:
            assert_never(pattern)


def _spellings(layer: Layer, chars: CharSet, *, written: bool) -> Iterator[Pattern]:
    """Yield the spellings of the characters of a set."""
    match layer:
        case Escapes(spellings):
            yield Chars(chars - charset.of("".join(character for character, _ in spellings)))
            yield from (literal(text) for character, text in spellings if character in chars)
        case Entities():
            yield from _entities(chars, written=written)
        case Encoded(way, name):
            for sets in octet_sets(name, chars, written=written):
                octets = (_union(_octets(way, own, written=written)) for own in sets)
                yield Sequence(tuple(octets))
        case _:
            assert_never(layer)


def _entities(chars: CharSet, *, written: bool) -> Iterator[Pattern]:
    if written:
        yield Chars(chars - charset.of("".join(WRITTEN)))
        yield from (literal(name) for character, name in WRITTEN.items() if character in chars)
        return
    yield Chars(chars - charset.of("&"))
    yield from (literal(name) for character, name in NAMED.items() if character in chars)
    zeros = Repeat(Chars(charset.of("0")), 0, None)
    for base, prefix in ((10, literal("&#")), (16, literal("&#x"))):
        numbers = [
            Sequence(tuple(Chars(_hex_digits(range(low, high + 1))) for low, high in digits))
            for first, last in (chars & _REFERABLE).ranges
            for digits in number_spans(first, last, base)
        ]
        yield Sequence((prefix, zeros, _union(numbers), literal(";")))


def _octets(way: Octets, octets: frozenset[int], *, written: bool) -> Iterator[Pattern]:
    """Yield the spellings of an octet of a set."""
    characters = charset.from_ranges((octet, octet) for octet in octets)
    match way:
        case Octets.HEX:
            yield from _hexadecimal(octets, written=written)
            return
        case Octets.URL:
            if " " in characters:
                yield literal("+")
                octets = octets - {0x20} if written else octets
        case Octets.PERCENT:
            pass
        case _:
            assert_never(way)
    raw = charset.of(UNRESERVED) if written else _RAW_IN_URLS
    yield Chars(characters & raw)
    escaped = frozenset(octet for octet in octets if not (written and chr(octet) in raw))
    if escaped:
        yield Sequence((literal("%"), _union(_hexadecimal(escaped, written=written))))


def _hexadecimal(octets: frozenset[int], *, written: bool) -> Iterator[Pattern]:
    """Yield the pairs of hexadecimal digits of an octet of a set."""
    digits = _capitals if written else _hex_digits
    seconds: dict[int, set[int]] = defaultdict(set)
    for octet in sorted(octets):
        seconds[octet >> 4].add(octet & 0xF)
    firsts: dict[frozenset[int], list[int]] = defaultdict(list)
    for first, of_it in seconds.items():
        firsts[frozenset(of_it)].append(first)
    for second, with_it in firsts.items():
        yield Sequence((Chars(digits(with_it)), Chars(digits(second))))


def _capitals(digits: Iterable[int]) -> CharSet:
    return charset.of("".join(_HEX[digit] for digit in sorted(digits)))


def _hex_digits(digits: Iterable[int]) -> CharSet:
    capitals = "".join(_HEX[digit] for digit in sorted(digits))
    return charset.of(capitals + capitals.lower())


def _union(patterns: Iterable[Pattern]) -> Pattern:
    """Return a choice of patterns; one that nothing matches if there are none."""
    options = tuple(pattern for pattern in patterns if pattern != Chars(charset.NONE))
    if not options:
        return Chars(charset.NONE)
    return options[0] if len(options) == 1 else Choice(options)
