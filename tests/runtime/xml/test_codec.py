"""What is written by tables is read again, whatever the tables and the values are."""

import re
from contextlib import suppress
from typing import Any
from unittest.mock import patch

from hypothesis import assume, event, given
from hypothesis import strategies as st
from tests.runtime.xml.drawn_tables import NAMESPACES, roots

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml import filling
from unstringly.runtime.xml.filling import Filling
from unstringly.runtime.xml.reading import Reading, Unreadable, read
from unstringly.runtime.xml.tables import Element
from unstringly.runtime.xml.writing import Writer

WRITER = Writer({namespace: f"n{number}" for number, namespace in enumerate(NAMESPACES) if number})

DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')
PIECE = re.compile(r"<[^>]*>|[^<]+")
ODD = (
    "<x/>",
    "<x>",
    "</x>",
    "&amp;",
    "&#0;",
    "&#xC;",
    "]]>",
    "<![CDATA[",
    "\0",
    "\ud800",
    "<!DOCTYPE x>",
)
ODD_ATTRIBUTES = (
    ' xsi:nil="true"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="1"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsi:x"',
    ' xmlns="urn:a"',
    ' xmlns:n1=""',
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
    text = written(element, value)
    assert read(element, text) == Reading(value)


@given(roots())
def test_whole_records_are_written_as_one_element_after_the_other(
    root: tuple[Element, Any],
) -> None:
    """But for namespaces that are declared, of elements that are not there."""
    element, value = root
    with patch.object(filling, "FEWEST", 2):
        text = written(element, value)
    with patch.object(Filling, "inside", nothing), patch.object(Filling, "items", nothing):
        alone = WRITER.write(element, value)
    assert DECLARATION.sub("", text) == DECLARATION.sub("", alone)
    assert {*DECLARATION.findall(text)} >= {*DECLARATION.findall(alone)}


def nothing(*_: object) -> None:
    """Leave records to be written element by element."""


@given(roots())
def test_prefixes_mean_nothing(root: tuple[Element, Any]) -> None:
    """The same value, written with prefixes that nobody chose, is the same document to others."""
    element, value = root
    text = written(element, value)
    assert read(element, Writer().write(element, value)) == read(element, text)


@given(roots(), st.data())
def test_damaged_documents_are_read_or_refused(
    root: tuple[Element, Any], data: st.DataObject
) -> None:
    element, value = root
    pieces = PIECE.findall(written(element, value))
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
                odd = data.draw(st.sampled_from(ODD_ATTRIBUTES))
                pieces[at] = re.sub("(/?>)$", odd + r"\1", pieces[at])
    with suppress(Unreadable):
        read(element, "".join(pieces), by_local_name=data.draw(st.booleans()))
        event("is read all the same")
