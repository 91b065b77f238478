"""For which items a pattern is made, and for which none is: either way the same is read."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unstringly.runtime.xml import runs
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.qnames import read_qname, write_qname
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import (
    Attribute,
    Branch,
    Choice,
    Content,
    Element,
    ScopedLeaf,
    Shape,
    Text,
    Type,
    Wildcard,
)
from unstringly.runtime.xml.texts import STRING

from .drawn_tables import FRAGMENT_NAMESPACE, Place, record_class
from .test_runs import XSI, list_of, no_runs, outcome, runs_of

A: Final = Element("a", "a", STRING)
QNAME: Final = ScopedLeaf(read_qname, write_qname)
COUNT: Final = 40


def shape(*content: object, is_abstract: bool = False) -> Shape:
    """A shape of elements, attributes and a text, with a class of its own."""
    particles = tuple(own for own in content if isinstance(own, Element | Choice | Wildcard))
    attributes = tuple(own for own in content if isinstance(own, Attribute))
    text = next((own for own in content if isinstance(own, Text)), None)
    names = dict.fromkeys(own.slot for own in (*particles, *attributes, *([text] if text else ())))
    cls = record_class("Item", [Place(name, st.none()) for name in names])
    whole = Content(particles, attributes, text)
    return Shape("", cls, lambda: whole, is_abstract)


@record
class Inner:
    """What a choice has."""

    x: str


@record
class Chained:
    """A record that has a record like itself in it."""

    a: str
    next: "Chained | None" = None


CHAINED: Final[Shape] = Shape("", Chained, lambda: Content((A, Element("next", "n", chained(), 0))))


def chained() -> Shape:
    return CHAINED


ARRAY: Final = Shape("", None, lambda: Content((Element("i", "i", INT, 0, None, missing=()),)))
WIDE: Final = shape(*(Element(f"s{n}", f"e{n}", STRING, 0) for n in range(201)))
NEARLY_WIDE: Final = shape(*(Element(f"s{n}", f"e{n}", STRING, 0) for n in range(200)))
HIDDEN: Final = Element("hidden", "urn:hidden h", STRING, 0)


class Items(NamedTuple):
    """The type of items, and items of it that come again and again; `odd` ones come once."""

    type: Type
    usual: str
    odd: str = ""


WITH_PATTERN: Final[Mapping[str, Items]] = {
    "an optional record": Items(
        shape(A, Element("inner", "b", shape(A), 0)), "<a>1</a><b><a>2</a></b>", "<a>1</a>"
    ),
    "a record that may be nil": Items(
        shape(A, Element("inner", "b", shape(A), nillable=True)),
        "<a>1</a><b><a>2</a></b>",
        '<a>1</a><b xsi:nil="true"/>',
    ),
    "an array": Items(
        shape(A, Element("inner", "b", ARRAY, 0)), "<a/><b><i>1</i><i>2</i></b>", "<a/><b/>"
    ),
    "a record of the same type": Items(CHAINED, "<a>1</a>", "<a>1</a><n><a>2</a></n>"),
    "an optional element whose namespace has no prefix": Items(
        shape(A, HIDDEN), "<a>1</a>", '<a>1</a><h xmlns="urn:hidden">2</h>'
    ),
    "an optional choice": Items(
        shape(A, Choice("c", (Branch(Inner, (Element("x", "x", STRING),)),), 0)),
        "<a>1</a>",
        "<a>1</a><x>2</x>",
    ),
    "a wildcard": Items(
        shape(A, Wildcard("w", namespaces=frozenset([FRAGMENT_NAMESPACE]))),
        "<a>1</a>",
        f'<a>1</a><x xmlns="{FRAGMENT_NAMESPACE}"/>',
    ),
    "an optional attribute with a namespace": Items(
        shape(A, Attribute("z", "urn:hidden z", STRING)), "<a>1</a>"
    ),
    "as many elements as may be": Items(NEARLY_WIDE, "<e1>1</e1>", "<e2>2</e2>"),
    "records without texts, once": Items(
        shape(A, Element("inner", "b", shape())), "<a>1</a><b></b>", "<a>1</a><b/>"
    ),
}
WITHOUT_PATTERN: Final[Mapping[str, Items]] = {
    "nothing in it": Items(shape(), ""),
    "a choice": Items(
        shape(Choice("c", (Branch(Inner, (Element("x", "x", STRING),)),))), "<x>2</x>"
    ),
    "an element whose namespace has no prefix": Items(
        shape(Element("h", "urn:hidden h", STRING)), '<h xmlns="urn:hidden">2</h>'
    ),
    "a name that comes again": Items(
        shape(A, Element("b", "b", INT), Element("c", "a", STRING)),
        "<a>1</a><b>2</b><a>3</a>",
    ),
    "too many elements": Items(WIDE, "<e1>1</e1>"),
    "a qualified name as its text": Items(shape(Text("value", QNAME)), "xsi:a"),
    "a list of records without texts": Items(
        shape(A, Element("inner", "b", shape(), 1, None, missing=())), "<a/><b></b><b></b>"
    ),
    "a list of records with elements of their name": Items(
        shape(Element("inner", "b", shape(A, Element("b", "b", STRING)), 1, None, missing=())),
        "<b><a/><b>1</b></b><b><a/><b>2</b></b>",
    ),
}


def document(items: Items, *, declared: str = XSI, ends: str = "") -> str:
    usual, odd = (f"<o>{inner}</o>" for inner in items[1:])
    some = usual * COUNT + (odd if items.odd else "") + usual * COUNT
    return f"<root{declared}>{some}</root>{ends}"


@pytest.mark.parametrize("declared", [XSI, ""])
@pytest.mark.parametrize("name", WITH_PATTERN)
def test_items_that_are_as_usual_are_read_at_once(name: str, declared: str) -> None:
    """One that is not is the parser's, or the pattern has it as well."""
    items = WITH_PATTERN[name]
    if declared or "xsi:" not in items.odd:
        element, text = list_of(items.type, "o"), document(items, declared=declared)
        check_read_at_once(element, text)


def check_read_at_once(element: Element, text: str) -> None:
    with no_runs():
        expected = outcome(element, text)
    with runs_of(64) as left_out:
        assert outcome(element, text) == expected
    assert not isinstance(expected[0], str)
    assert left_out[0] > len(text) / 2


@pytest.mark.parametrize("name", WITHOUT_PATTERN)
def test_items_that_a_pattern_would_not_tell_are_the_parsers(name: str) -> None:
    items = WITHOUT_PATTERN[name]
    element, text = list_of(items.type, "o"), document(items)
    with no_runs():
        expected = outcome(element, text)
    with runs_of(64) as left_out:
        assert outcome(element, text) == expected
    assert not isinstance(expected[0], str)
    assert left_out == [0]


def test_items_that_lack_a_required_attribute_of_a_namespace_are_refused_as_by_the_parser() -> None:
    of = shape(A, Attribute("z", "urn:hidden z", STRING, is_required=True))
    element = list_of(of, "o")
    item = "<o h:z='1' xmlns:h='urn:hidden'><a>1</a></o>"
    whole = f"<root{XSI}>{item * COUNT}</root>"
    for text in (whole, document(Items(of, "<a>1</a>"))):
        with no_runs():
            expected = outcome(element, text)
        with runs_of(64) as left_out:
            assert outcome(element, text) == expected
        assert not any(left_out)


def test_items_of_an_abstract_type_are_the_parsers() -> None:
    derived = Shape("urn:d D", record_class("D", [Place("a", st.none())]), lambda: Content((A,)))
    base = Shape(
        "urn:d B", None, lambda: Content((A,), derived={derived.name: derived}), is_abstract=True
    )
    element = list_of(base, "o")
    item = '<o xsi:type="d:D"><a>1</a></o>'
    text = f'<root{XSI} xmlns:d="urn:d">{item * COUNT}</root>'
    with no_runs():
        expected = outcome(element, text)
    with runs_of(64) as left_out:
        assert outcome(element, text) == expected
    assert not isinstance(expected[0], str)
    assert left_out == [0]


PREFIXES: Final = st.sampled_from(["", "p", "q", "n0"])
SPACES: Final = st.sampled_from(["urn:a", "urn:b", "http://www.w3.org/2001/XMLSchema-instance"])


@example({"": "http://www.w3.org/2001/XMLSchema-instance", "p": "urn:a"}, [("p", "p")])
@example({"p": "urn:a", "q": "urn:a"}, [("p", "p")])
@given(
    st.dictionaries(PREFIXES, SPACES, min_size=1),
    st.lists(st.tuples(PREFIXES, PREFIXES), min_size=1, max_size=3),
)
def test_any_prefixes_stand_for_their_namespaces(
    declared: dict[str, str], used: list[tuple[str, str]]
) -> None:
    """Two for one namespace, none for another, the default for no namespace or for xsi's."""
    declarations = "".join(
        f' xmlns{prefix and ":"}{prefix}="{uri}"' for prefix, uri in declared.items()
    )

    def tagged(prefix: str, local: str, inner: str) -> str:
        tag = f"{prefix}:{local}" if prefix else local
        return f"<{tag}>{inner}</{tag}>"

    names = {prefix: declared.get(prefix, "") for prefix in ("", "p", "q", "n0")}
    outer, inner = used[0]
    item = Element("v", f"{names[inner]} v".strip(), STRING)
    element = list_of(shape(item), f"{names[outer]} o".strip())
    items = [tagged(one, "o", tagged(other, "v", "1")) for one, other in used]
    text = f"<r:root xmlns:r='urn:r'{declarations}>{''.join(items * COUNT)}</r:root>"
    root: Any = Element("root", "urn:r root", element.type)
    with no_runs():
        expected = outcome(root, text)
    with runs_of(64):
        assert outcome(root, text) == expected


def test_documents_with_many_prefixes_are_left_to_the_parser() -> None:
    declarations = "".join(f' xmlns:p{n}="urn:{n}"' for n in range(31))
    items = "<o><a>1</a></o>" * COUNT
    text = f"<root{declarations}>{items}</root>"
    with runs_of(64) as left_out:
        value = read(list_of(shape(A), "o"), text).value
    assert len(value.items) == COUNT
    assert left_out == [0]


def test_patterns_are_forgotten_when_there_are_many() -> None:
    runs.PATTERNS.clear()
    with runs_of(64) as left_out, patch.object(runs, "_MOST_PATTERNS", 2):
        for number in range(5):
            items = f"<o{number}><a>1</a></o{number}>" * COUNT
            read(list_of(shape(A), f"o{number}"), f"<root>{items}</root>")
            assert len(runs.PATTERNS) <= 2
    assert all(left_out)


@pytest.mark.parametrize("ends", [" " * 200, "<!-- " + "x" * 200 + " -->", "x" * 200, ""])
@pytest.mark.parametrize("inside", ["", " " * 200])
def test_what_follows_the_last_tag_is_the_parsers(ends: str, inside: str) -> None:
    text = document(Items(shape(A), "<a>1</a>"), ends=ends).replace("</root>", f"{inside}</root>")
    element = list_of(shape(A), "o")
    with no_runs():
        expected = outcome(element, text)
    for least in (16, 64):
        with runs_of(least):
            assert outcome(element, text) == expected


@pytest.mark.parametrize("before", [1, 2, 3, 10, 30])
def test_what_is_wrong_is_told_alike_before_anything_is_left_out(before: int) -> None:
    """The first window has it, or a later one."""
    good, bad = "<o><a>1</a></o>\n", "<o><a>x</a></o>\n"
    element = list_of(shape(Element("a", "a", INT)), "o")
    text = f"<root>\n{good * before}{bad}{good * COUNT}</root>"
    with no_runs():
        expected = outcome(element, text)
    assert isinstance(expected[0], str)
    for least in (64, 400, 4_000):
        with runs_of(least):
            assert outcome(element, text) == expected
