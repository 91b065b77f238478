"""A wrong value in any place of a message is refused, and the error tells that place."""

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.runtime.xml.drawn import VALUES
from tests.runtime.xml.drawn_tables import NAMESPACES, QNAME, roots
from tests.runtime.xml.replacing import WRONG, damaged, replaced, tells

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.wire.bindings import Binding
from unstringly.runtime.xml.encoded_reading import read_encoded
from unstringly.runtime.xml.encoded_writing import EncodedWriter
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.leaves import list_of
from unstringly.runtime.xml.messages import Messages
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.part_messages import PartMessages
from unstringly.runtime.xml.qname_lists import QNAMES
from unstringly.runtime.xml.qnames import QName
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape, Type, Wildcard
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.values import BUILT_INS
from unstringly.runtime.xml.writing import Writer

PREFIXES: Final = {namespace: f"n{at}" for at, namespace in enumerate(NAMESPACES) if at}
WRITER: Final = Writer(PREFIXES)
ENCODED: Final = EncodedWriter(PREFIXES)
READERS: Final[Mapping[Writer, Callable[[Element, str], Any]]] = {
    WRITER: read,
    ENCODED: read_encoded,
}


def refusal(writer: Writer, element: Element, value: object) -> Unwritable | None:
    """The error of a value that is refused; what is written is the value."""
    try:
        text = writer.write(element, value)
    except Unwritable as error:
        return error
    assert READERS[writer](element, text).value == value
    return None


@given(st.data(), roots(), st.sampled_from([WRITER, ENCODED]))
def test_in_a_document(data: DataObject, root: tuple[Element, Any], writer: Writer) -> None:
    element, whole = root
    value, at = data.draw(damaged(whole))
    error = refusal(writer, element, value)
    assert error is None or tells(error.field, at) or error.part == "the document", (error, at)


@given(st.data(), st.sampled_from([*VALUES]))
def test_in_a_value_of_a_built_in_type(data: DataObject, name: str) -> None:
    value, _ = data.draw(damaged(data.draw(VALUES[name])))
    leaf = BUILT_INS[name]
    try:
        text = leaf.write(value)
    except Unwritable:
        return
    assert leaf.read(text) == value


@pytest.mark.parametrize("zone", [own for own in WRONG if own is not None])
@pytest.mark.parametrize("name", ["gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"])
def test_in_the_zone_of_a_part_of_the_calendar(name: str, zone: object) -> None:
    text = {"gYear": "2024", "gYearMonth": "2024-01", "gMonthDay": "--01-02"}
    whole = BUILT_INS[name].read(text.get(name, "---31" if name == "gDay" else "--01") + "Z")
    assert BUILT_INS[name].write(replaced(whole, "zone", UTC))
    with pytest.raises(Unwritable) as error:
        BUILT_INS[name].write(replaced(whole, "zone", zone))
    assert error.value.field == "zone"


@pytest.mark.parametrize("part", [own for own in WRONG if not isinstance(own, str)])
@pytest.mark.parametrize("slot", ["namespace", "name"])
def test_in_a_qualified_name(slot: str, part: object) -> None:
    name = replaced(QName("urn:a", "a"), slot, part)
    error = refusal(WRITER, Element("names", "a", QNAMES), (QName("urn:a", "b"), name))
    assert error is not None
    assert error.field == f"[1].{slot}"


NUL: Final = QName("\0", "a")
ONE: Final = XmlFragment(b"<a/>")


@record
class Holder:
    some: object


@pytest.mark.parametrize(
    ("of", "value", "place"),
    [
        (QNAME, NUL, "some"),
        (QNAMES, (QName("", "a"), NUL), "some[1]"),
        (list_of("list", INT), (1, None), "some[1]"),
        (Wildcard("some"), (ONE, None), "some[1]"),
        (Wildcard("some", most=1), (ONE,), "some"),
        (Wildcard("some", least=1, most=1), None, "some"),
    ],
)
def test_in_an_item(of: Type | Wildcard, value: object, place: str) -> None:
    own = of if isinstance(of, Wildcard) else Element("some", "a", of)
    root = Element("root", "r", Shape("", Holder, lambda: Content((own,))))
    error = refusal(WRITER, root, Holder(some=value))
    assert error is not None
    assert error.field == place


FORM: Final = Element(
    "root",
    "r",
    Shape(
        "", Holder, lambda: Content((Element("some", "a", STRING, least=0, most=None, missing=()),))
    ),
)


@given(st.data(), st.lists(st.text(), max_size=3).map(tuple))
def test_in_a_form(data: DataObject, whole: tuple[str, ...]) -> None:
    values, at = data.draw(damaged(Holder(some=whole)).filter(lambda drawn: drawn[1] != ""))
    messages = Messages(FORM, None, WRITER)
    refused: Unwritable | None = None
    try:
        fields = messages.fields({"some": values.some})
        assert [text for _, text in fields] == [*values.some], "no item is left out"
    except Unwritable as error:
        refused = error
    assert refused is None or tells(refused.field, at)


@pytest.mark.parametrize("value", WRONG)
def test_in_a_response_of_several_parts(value: object) -> None:
    messages = PartMessages(None, FORM, WRITER, spread=(FORM,))
    with pytest.raises(Unwritable):
        messages.answered(Binding.SOAP11, value)
