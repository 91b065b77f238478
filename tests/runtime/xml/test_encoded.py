"""Messages of SOAP's encoding are read again, whatever the tables, values and places are."""

import re
from contextlib import suppress
from typing import Any, Final

from hypothesis import assume, event, given
from hypothesis import strategies as st
from tests.runtime.xml.drawn_tables import NAMESPACES, roots
from tests.runtime.xml.moved import SOAP, moved
from tests.runtime.xml.test_codec import ODD, ODD_ATTRIBUTES, PIECE

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.encoded_reading import EncodedBody, read_body, read_encoded
from unstringly.runtime.xml.encoded_writing import EncodedWriter
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import Reading, Unreadable, read
from unstringly.runtime.xml.tables import Element
from unstringly.runtime.xml.texts import STRING

PREFIXES = {namespace: f"n{number}" for number, namespace in enumerate(NAMESPACES) if number}
WRITER = EncodedWriter(PREFIXES, {INT: "urn:a Code", STRING: ""})
ENCODED_ATTRIBUTES: Final = (
    *ODD_ATTRIBUTES,
    ' href="#id0"',
    ' id="id0"',
    ' href="http://x/"',
    ' xmlns:E="http://schemas.xmlsoap.org/soap/encoding/" E:arrayType="E:int[2,1]"',
    ' xmlns:E="http://schemas.xmlsoap.org/soap/encoding/" E:arrayType="E:Array[2]"',
    ' xmlns:E="http://schemas.xmlsoap.org/soap/encoding/" E:offset="[1]"',
    ' xmlns:E="http://schemas.xmlsoap.org/soap/encoding/" E:root="0"',
)


def written(element: Element, value: object) -> str:
    """The document with a value; there is none for one that would be read as another value."""
    text = refused = None
    try:
        text = WRITER.write(element, value)
    except Unwritable as error:
        refused = error
    assert refused is None or refused.part == "the document", refused
    assume(text is not None)
    return text or ""


@given(roots())
def test_what_is_written_is_read_again(root: tuple[Element, Any]) -> None:
    element, value = root
    assert read_encoded(element, written(element, value)) == Reading(value)


@given(roots())
def test_what_is_written_is_read_as_a_literal_message_too(root: tuple[Element, Any]) -> None:
    """The types and sizes that are told are no part of the value."""
    element, value = root
    assert read(element, written(element, value)).value == value


@given(roots(), st.data())
def test_places_and_names_of_items_mean_nothing(
    root: tuple[Element, Any], data: st.DataObject
) -> None:
    element, value = root
    text = data.draw(moved(written(element, value)))
    event(f"has references: {'href' in text}")
    assert read_body(SOAP, element, text) == EncodedBody(value)


@given(roots(), st.data())
def test_damaged_messages_are_read_or_refused(
    root: tuple[Element, Any], data: st.DataObject
) -> None:
    element, value = root
    pieces = PIECE.findall(data.draw(moved(written(element, value))))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        match data.draw(st.sampled_from(["drop", "double", "odd", "swap", "attribute"])):
            case "drop":
                pieces[at] = ""
            case "double":
                pieces.insert(at, pieces[at])
            case "odd":
                pieces.insert(at, data.draw(st.sampled_from(ODD)))
            case "swap":
                other = data.draw(st.integers(0, len(pieces) - 1))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case _:
                odd = data.draw(st.sampled_from(ENCODED_ATTRIBUTES))
                pieces[at] = re.sub("(/?>)$", odd + r"\1", pieces[at])
    with suppress(Unreadable):
        read_body(SOAP, element, "".join(pieces), is_response=data.draw(st.booleans()))
        event("is read all the same")
