"""What stands behind layers: the language of the wire, what the runtime does, and Python itself."""

import re
from collections.abc import Callable, Mapping
from itertools import product
from urllib.parse import quote, quote_plus, unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.automata import dfa
from unstringly.automata.dfa import Dfa
from unstringly.automata.leaves import alphabet_for
from unstringly.kinds.images import read_image, written_image
from unstringly.kinds.octets import CHARSETS, TABLES, octet_sets
from unstringly.model import charset
from unstringly.model.layers import Encoded, Entities, Escapes, Layer, Octets
from unstringly.model.pattern import ANY_TEXT, Pattern, charsets
from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.text import layers as runtime

PIPES = Escapes((("|", "\\p"), ("\n", "\\n"), ("\\", "\\\\")))
OCTETS: Mapping[Octets, Callable[[str], runtime.Layer]] = {
    Octets.URL: runtime.Url,
    Octets.PERCENT: runtime.Percent,
    Octets.HEX: runtime.Hex,
}
FORMS: tuple[Layer, ...] = (Encoded(Octets.URL, "utf-8"),)
THROUGH: tuple[tuple[Layer, ...], ...] = (
    (Entities(),),
    (PIPES,),
    (Entities(), Entities()),
    FORMS,
    (Encoded(Octets.PERCENT, "gbk"),),
    (Encoded(Octets.HEX, "utf-16-be"),),
    (Encoded(Octets.HEX, "shift_jis"), PIPES),
    (Encoded(Octets.URL, "big5"), Entities()),
)
TEXTS = st.text(st.one_of(st.sampled_from("a|\\\r\n&<;'\"+ %#"), st.characters()), max_size=6)


def made(through: tuple[Layer, ...]) -> runtime.Layers:
    """The layers, as the runtime makes them."""

    def of(layer: Layer) -> runtime.Layer:
        match layer:
            case Encoded(way, name):
                return OCTETS[way](name)
            case Escapes(spellings):
                return runtime.Escapes(dict(spellings))
            case Entities():
                return runtime.Entities()

    return runtime.Layers(*map(of, through))


def compiled(pattern: Pattern) -> Dfa:
    return dfa.from_pattern(alphabet_for(charsets(pattern)), pattern)


MADE: Mapping[tuple[Layer, ...], tuple[runtime.Layers, Dfa, Dfa]] = {
    through: (
        made(through),
        compiled(read_image(ANY_TEXT, through)),
        compiled(written_image(ANY_TEXT, through)),
    )
    for through in THROUGH
}


@given(st.sampled_from(THROUGH), TEXTS)
def test_what_is_written_is_read(through: tuple[Layer, ...], text: str) -> None:
    layers, read, written = MADE[through]
    if not all(_has_octets(through, character) for character in text):
        with pytest.raises(Unwritable):
            layers.written("it", text)
        return
    wire = layers.written("it", text)
    assert layers.read(wire) == text
    assert read.accepts(wire)
    assert written.accepts(wire)


@given(st.sampled_from(THROUGH), st.data())
def test_what_the_language_has_is_read(through: tuple[Layer, ...], data: st.DataObject) -> None:
    layers, read, written = MADE[through]
    alphabet = sorted({*"&#x3;amp%4E+\\pn|0", *"C4E3"})
    wire = data.draw(st.text(alphabet, max_size=8))
    if not read.accepts(wire):
        assert not written.accepts(wire)
        return
    text = layers.read(wire)
    try:
        canonical = layers.written("it", text)
    except Unwritable:
        return  # a codec reads octets that it does not write
    assert layers.read(canonical) == text
    assert written.accepts(wire) == (canonical == wire)


def _has_octets(through: tuple[Layer, ...], character: str) -> bool:
    names = [layer.charset for layer in through if isinstance(layer, Encoded)]
    try:
        return all(character.encode(name).decode(name) == character for name in names)
    except UnicodeError:
        return False


@pytest.mark.parametrize("name", TABLES)
def test_octets_are_those_of_the_codec(name: str) -> None:
    sets = list(octet_sets(name, charset.ANY, written=False))
    octets = {bytes(each) for own in sets for each in product(*own)}
    for each in product(range(256), repeat=1):
        assert (bytes(each) in octets) == _is_one(bytes(each), name)
    leads = {own[0] for own in octets if len(own) == 2}
    for lead in range(0, 256, 5 if leads else 256):
        for trail in range(256):
            pair = bytes((lead, trail))
            assert (pair in octets) == (bytes((lead,)) not in octets and _is_one(pair, name)), (
                name,
                pair,
            )


def _is_one(octets: bytes, name: str) -> bool:
    try:
        return len(octets.decode(name)) == 1
    except UnicodeDecodeError:
        return False


@pytest.mark.parametrize("name", CHARSETS)
def test_octets_of_the_written_are_the_codecs(name: str) -> None:
    chars = charset.from_ranges([(0, 0x2FF), (0x4E00, 0x4E40), (0xFF00, 0x10010)])
    sets = list(octet_sets(name, chars, written=True))
    octets = {bytes(each) for own in sets for each in product(*own)}
    points = [point for first, last in chars.ranges for point in range(first, last + 1)]
    kept = [chr(point) for point in points if _has_octets((Encoded(Octets.HEX, name),), chr(point))]
    assert octets == {character.encode(name) for character in kept}


@given(st.text(st.sampled_from("%+aZ09~-_. !/4eE"), max_size=8))
def test_urls_are_pythons(wire: str) -> None:
    shape = re.fullmatch(r"(?:[A-Za-z0-9._~!*'()+-]|%[0-9A-Fa-f]{2})*", wire)
    octets = unquote_to_bytes(wire.replace("+", " "))
    fits = shape is not None and _decodes(octets)
    layers, read, written = MADE[FORMS]
    assert read.accepts(wire) == fits
    if fits:
        text = octets.decode()
        assert layers.read(wire) == text
        assert written.accepts(wire) == (quote_plus(text) == wire)


@given(TEXTS)
def test_addresses_are_pythons(text: str) -> None:
    text = text.encode("gbk", "ignore").decode("gbk")
    assert runtime.Percent("gbk").write(text) == quote(text, safe="", encoding="gbk")


def _decodes(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True
