"""Fragments are one element each, whatever a document has around it."""

import copy
import pickle

import pytest
from hypothesis import given
from tests.effort import at_most_steps
from tests.runtime.xml.drawn_tables import fragments

from unstringly.runtime.xml.fragments import MOST_DEPTH, XmlFragment, loose_prefixes
from unstringly.runtime.xml.reading import Unreadable, read
from unstringly.runtime.xml.tables import WHOLE, Content, Element, Shape, Wildcard

KEPT = Element("kept", "urn:k kept", Shape("", None, lambda: Content((Wildcard("items"),))))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"<a>",
        b"<a/><b/>",
        b" <a/>",
        b"<a/> ",
        b"<a/><!-- -->",
        b"<!-- --><a/>",
        b"<?xml version='1.0'?><a/>",
        b"<!DOCTYPE a><a/>",
        b"<p:a/>",
        b"<a>&b;</a>",
        b"<a>&#xC;</a>",
        b"<a>\xff</a>",
        b"<a>" * (MOST_DEPTH + 1) + b"</a>" * (MOST_DEPTH + 1),
    ],
)
def test_anything_but_an_element_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"element|document type"):
        XmlFragment(data)


def test_a_fragment_is_a_value() -> None:
    fragment = XmlFragment(b'<p:a xmlns:p="urn:p" q="1">b<c>d</c>e</p:a>')
    assert (fragment.name, fragment.text) == ("{urn:p}a", "bde")
    assert [element.tag for element in fragment] == ["c"]
    assert fragment.element().attrib == {"q": "1"}
    assert bytes(fragment) == fragment.data
    assert repr(fragment) == "<XmlFragment of 43 bytes>"
    for same in (pickle.loads(pickle.dumps(fragment)), copy.deepcopy(fragment)):
        assert same == fragment
        assert hash(same) == hash(fragment)
    assert fragment not in (XmlFragment(b"<a/>"), b"<a/>", None)
    for name in ("_data", "data", "other"):
        with pytest.raises(AttributeError):
            setattr(fragment, name, b"")
        with pytest.raises(AttributeError):
            delattr(fragment, name)


@given(fragments())
def test_trees_of_a_fragment_are_its_own(fragment: XmlFragment) -> None:
    fragment.element().clear()
    assert fragment.name == "{urn:fragment}any"


def kept(document: str) -> tuple[XmlFragment, ...]:
    """The elements that a wildcard took."""
    value: tuple[XmlFragment, ...] = read(KEPT, document).value
    return value


@pytest.mark.parametrize(
    ("inner", "data"),
    [
        ("<a/>", '<a xmlns="urn:k"/>'),
        ("<a></a>", '<a xmlns="urn:k"></a>'),
        ("<a />", '<a xmlns="urn:k" />'),
        ("<a>/></a >", '<a xmlns="urn:k">/></a >'),
        ("<a b='>' c=\"/>\"><a/></a>", '<a xmlns="urn:k" b=\'>\' c="/>"><a/></a>'),
        ("<a><![CDATA[</a>]]></a>", '<a xmlns="urn:k"><![CDATA[</a>]]></a>'),
        ('<a xmlns=""/>', '<a xmlns=""/>'),
        ("<a>p:q</a>", '<a xmlns="urn:k" xmlns:p="urn:&lt;p">p:q</a>'),
        ("<p:a/>", '<p:a xmlns="urn:k" xmlns:p="urn:&lt;p"/>'),
        (
            '<a p:b="" z="xmlns:p=\'\'"/>',
            '<a xmlns="urn:k" xmlns:p="urn:&lt;p" p:b="" z="xmlns:p=\'\'"/>',
        ),
        ('<p:a xmlns:p="urn:q"/>', '<p:a xmlns="urn:k" xmlns:p="urn:q"/>'),
        ("<é>中</é>", '<é xmlns="urn:k">中</é>'),
    ],
)
def test_namespaces_in_scope_are_declared_where_they_are_used(inner: str, data: str) -> None:
    document = f'<kept xmlns="urn:k" xmlns:p="urn:&lt;p">é<!-- é --><b/>{inner}<b/></kept>'
    before, fragment, after = kept(document.replace("é<!--", "<!--"))
    assert fragment.data.decode() == data
    assert before == after
    XmlFragment(fragment.data)  # it stands alone


def test_characters_that_xml_lacks_stay_references_in_a_fragment() -> None:
    (fragment,) = kept('<kept xmlns="urn:k"><a b="&#x1;">&#xC;<c/>&#xb;</a></kept>')
    assert fragment.data == b'<a xmlns="urn:k" b="&#x1;">&#xC;<c/>&#xB;</a>'
    assert fragment.text == "\f\x0b"
    assert fragment.element().get("b") == "\x01"


def test_declarations_in_fragments_are_bounded() -> None:
    long = "u" * 2_000
    with pytest.raises(Unreadable, match="too long namespaces"):
        kept(f'<p:kept xmlns:p="urn:k" xmlns="{long}">' + "<a/>" * 50_000 + "</p:kept>")
    assert len(kept(f'<p:kept xmlns:p="urn:k" xmlns="{long}">' + "<a/>" * 50 + "</p:kept>")) == 50


@pytest.mark.parametrize("stretch", ["x", "\u6c47", "x ", "x:", "&amp;"])
def test_prefixes_are_found_in_linear_time(stretch: str) -> None:
    text = stretch * 20_000
    with at_most_steps(6):
        (fragment,) = kept(f"<kept xmlns='urn:k'><a>{text}</a></kept>")
        loose_prefixes(fragment.data)


def test_the_root_may_stay_xml() -> None:
    element = Element("a", "a", WHOLE)
    assert read(element, "<?xml version='1.0'?>\n<a> <b/> </a>\n").value.data == b"<a> <b/> </a>"
