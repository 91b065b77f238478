"""Values that several elements refer to are one object, and do not grow beyond all bounds."""

import pytest
from tests.runtime.xml.encoded_wire import AXIS
from tests.runtime.xml.parcels import SEND_RESPONSE
from tests.runtime.xml.test_encoded_reading import NAMESPACES, enveloped

from unstringly.runtime.wire.bindings import SOAP_11
from unstringly.runtime.xml.encoded_reading import read_body, read_encoded
from unstringly.runtime.xml.fragments import MOST_DEPTH
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import Unreadable
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape
from unstringly.runtime.xml.texts import STRING


def test_a_shared_value_is_one_object() -> None:
    first, second = read_body(SOAP_11, SEND_RESPONSE, AXIS, is_response=True).value.sent
    assert first.origin is second.origin


@record
class Pair:
    """Two of its own kind."""

    left: object
    right: object


def _pair() -> Shape:
    return PAIR


PAIR: Shape = Shape(
    "urn:p Pair",
    Pair,
    lambda: Content(
        (
            Element("left", "left", _pair(), nillable=True),
            Element("right", "right", _pair(), nillable=True),
        )
    ),
)
ROOT = Element("pair", "pair", PAIR)


def doubling(rows: int) -> str:
    """A document whose value has 2 ** `rows` pairs, if each reference is a copy."""
    pairs = [
        f"<p id='{row}'><left href='#{row + 1}'/><right href='#{row + 1}'/></p>"
        for row in range(rows)
    ]
    return enveloped("<pair href='#0'/>", *pairs, f"<p id='{rows}'/>")


def test_doubled_values_are_made_once_and_bounded() -> None:
    value = read_body(SOAP_11, ROOT, doubling(10)).value
    assert value.left is value.right
    with pytest.raises(Unreadable, match="too many references to large values"):
        read_body(SOAP_11, ROOT, doubling(60))


def test_rows_of_references_are_bounded() -> None:
    """Values that are nested too deeply are refused, in whatever order they are met."""
    count = 3 * MOST_DEPTH
    row = [f"<p id='{n}'><left href='#{n + 1}'/></p>" for n in range(count)]
    last = f"<p id='{count}'/>"
    with pytest.raises(Unreadable, match="nested too deeply"):
        read_body(SOAP_11, ROOT, enveloped("<pair href='#0'/>", *row, last))
    items = Element("items", "item", PAIR, 0, None, missing=())
    pairs = Element("pairs", "pairs", Shape("", None, lambda: Content((items,))))
    met = "".join(f"<x href='#{n}'/>" for n in range(count, -1, -1))
    with pytest.raises(Unreadable, match="nested too deeply"):
        read_body(SOAP_11, pairs, enveloped(f"<pairs>{met}</pairs>", *row, last))


@record
class Folder:
    """An array of itself, which has no tuple."""

    folders: tuple[object, ...]


def _folder() -> Shape:
    return FOLDER


FOLDER: Shape = Shape(
    "urn:p Folders",
    Folder,
    lambda: Content((Element("folders", "item", _folder(), 0, None, missing=()),)),
)


def test_an_array_of_arrays_is_taken_for_no_array_that_is_repeated() -> None:
    inner = "<x enc:arrayType='urn:Folders[2]'><y/><y/></x>"
    value = read_encoded(Element("a", "a", FOLDER), f"<a {NAMESPACES}>{inner}<x/></a>").value
    empty = Folder(folders=())
    assert value == Folder(folders=(Folder(folders=(empty, empty)), empty))


def test_what_is_in_no_table_is_counted() -> None:
    number = Element("left", "number", INT)
    text = Element("right", "text", STRING, 0)
    pair = Shape("", Pair, lambda: Content((number, text)))
    document = f"<a {NAMESPACES} x='1' id='2'><number>1</number><b><c/></b></a>"
    assert read_encoded(Element("a", "a", pair), document) == (Pair(left=1, right=None), 3)
