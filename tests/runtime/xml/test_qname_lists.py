"""Lists of qualified names, whose prefixes are those that are in scope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.qname_lists import QNAMES
from unstringly.runtime.xml.qnames import QName
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.tables import Element
from unstringly.runtime.xml.writing import Writer

from .drawn import NCNAMES
from .drawn_tables import NAMESPACES

NAMES = st.lists(st.builds(QName, st.sampled_from(NAMESPACES), NCNAMES), max_size=4).map(tuple)
SCOPE = {"": "urn:default", "a": "urn:a"}


@given(NAMES)
def test_lists_come_back_as_they_were_sent(names: tuple[QName, ...]) -> None:
    element = Element("names", "urn:a names", QNAMES)
    assert read(element, Writer({"urn:a": "a"}).write(element, names)).value == names
    assert read(element, Writer().write(element, list(names))).value == names


def test_items_have_white_space_between_them() -> None:
    assert QNAMES.read(" a:x\r\n y\t", SCOPE) == (QName("urn:a", "x"), QName("urn:default", "y"))
    assert QNAMES.read(" ", SCOPE) == ()
    with pytest.raises(NotOfType, match="'b:z'"):
        QNAMES.read("a:x b:z", SCOPE)


@pytest.mark.parametrize("value", ["a:x", QName("urn:a", "x"), None, {QName("urn:a", "x")}])
def test_only_a_tuple_or_a_list_is_sent(value: object) -> None:
    with pytest.raises(Unwritable, match="is not a tuple"):
        QNAMES.write(value, {"urn:a": "a"})


def test_a_wrong_item_is_told_by_its_number() -> None:
    with pytest.raises(Unwritable, match=r"^\[1\]: 'a:x' has characters|^\[1\]: ") as raised:
        QNAMES.write((QName("urn:a", "x"), QName("urn:a", "a:x")), {"urn:a": "a"})
    assert raised.value.field == "[1]"
