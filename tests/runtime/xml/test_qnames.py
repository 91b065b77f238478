"""Qualified names, with the namespaces in scope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.qnames import XML_NAMESPACE, QName, read_qname, write_qname

from .drawn import NCNAMES

NAMESPACES = {"": "urn:default", "a": "urn:a", "b": "urn:b"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a:x", QName("urn:a", "x")),
        (" x\n", QName("urn:default", "x")),
        ("xml:lang", QName(XML_NAMESPACE, "lang")),
    ],
)
def test_a_name(text: str, name: QName) -> None:
    assert read_qname(text, NAMESPACES) == name


def test_a_name_in_no_namespace() -> None:
    assert read_qname("x", {}) == read_qname("x", {"": ""}) == QName("", "x")
    assert write_qname(QName("", "x"), {"": ""}) == "x"
    for prefixes in ({}, {"": "p"}, {"urn:a": ""}):
        with pytest.raises(Unwritable, match="is in a namespace that has no prefix here"):
            write_qname(QName("", "x"), prefixes)


@pytest.mark.parametrize("text", ["c:x", "a:", ":x", "a:b:c", "a: x", "", "1", "{urn:a}x"])
def test_no_name(text: str) -> None:
    with pytest.raises(NotOfType):
        read_qname(text, NAMESPACES)


@pytest.mark.parametrize(
    "value", ["a:x", QName("urn:c", "x"), QName("urn:a", "a:x"), QName("urn:a", "")]
)
def test_what_cannot_be_sent(value: object) -> None:
    with pytest.raises(Unwritable):
        write_qname(value, {"urn:a": "a"})


@given(
    st.dictionaries(
        NCNAMES.filter(lambda name: name != "xml") | st.just(""), st.text(min_size=1), min_size=1
    ),
    NCNAMES,
    st.data(),
)
def test_what_is_written_is_read_as_the_same(
    namespaces: dict[str, str], local: str, data: st.DataObject
) -> None:
    prefixes = {namespace: prefix for prefix, namespace in namespaces.items()}
    name = QName(data.draw(st.sampled_from(sorted(prefixes))), local)
    assert read_qname(write_qname(name, prefixes), namespaces) == name


def test_in_words() -> None:
    assert str(QName("urn:a", "x")) == "{urn:a}x"
    assert str(QName("", "x")) == "x"
