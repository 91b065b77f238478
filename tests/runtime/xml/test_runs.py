"""Items that are read many at once are those that the parser would have read one by one."""

import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Final
from unittest.mock import patch
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.effort import calls_of
from tests.runtime.xml.drawn_tables import (
    FRAGMENT_NAMESPACE,
    LEAVES,
    NAMES,
    NAMESPACES,
    QNAME,
    Described,
    Place,
    attributes_of,
    occurrences,
    record_class,
    shapes,
    values_of,
)
from tests.runtime.xml.orders import NAMESPACE, ORDER, ROOT
from tests.runtime.xml.test_codec import DECLARATION, written

from unstringly.runtime.xml import reading, runs
from unstringly.runtime.xml.binary import BASE64_BINARY
from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.facets import Facets, restricted
from unstringly.runtime.xml.fragments import MOST_DEPTH, XmlFragment
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import Unreadable, read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape, Simple, Type, Wildcard
from unstringly.runtime.xml.texts import STRING

PIECE: Final = re.compile(r"<[^>]*>|[^<]+")
ODD: Final = (
    *("<x/>", "<x>", "</x>", "&amp;", "&lt;", "&#0;", "&#65;", "&#xC;", "&x;", "]]>", "]]", ">"),
    *("<![CDATA[x]]>", "<![CDATA[", "<!-- x -->", "<?x y?>", "\0", "\ufffe", "\uffff", "\x7f"),
    f'<f:x xmlns:f="{FRAGMENT_NAMESPACE}"><b/>&amp;</f:x>',
    *("<!DOCTYPE x>", "x", "\r", "\r\n", " ", "\n", "\t", "é", "短", '"', "'", "1", "-", "<", "&"),
)
ODD_ATTRIBUTES: Final = (
    *(' xsi:nil="true"', ' xsi:nil="false"', ' xsi:type="xsi:x"', ' x=""', " x='&#65;\n'"),
    *(' xmlns="urn:a"', ' xmlns=""', ' xmlns:n1=""', ' xmlns:n1="urn:a"', " ", "\n"),
)


class Code(Enum):
    """Members with blanks in them, and without."""

    A = "a"
    B = "b  c"
    EMPTY = ""


@record
class Other:
    """Any other code."""

    text: str


CODE: Final = enumeration("code", STRING, Code, Other)
SHORT_TOKEN: Final = restricted("short", STRING, Facets(max_length=9, white_space="collapse"))
XSI: Final = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@contextmanager
def runs_of(least: int) -> Generator[list[int]]:
    """Look for runs everywhere, in windows of so many bytes; the list gets what was left out."""
    left_out: list[int] = []

    class Watched(runs.Runs):
        """Tells how much was left out."""

        def feed(self) -> None:
            try:
                super().feed()
            finally:
                left_out.append(self._passing.left_out)

    with (
        patch.object(reading, "_LEAST_WITH_RUNS", 0),
        patch.object(runs, "_STEP", 1),
        patch.object(runs, "_FARTHEST", 10_000),
        patch.object(runs, "_WORTH", 0),
        patch.object(runs, "_LEAST", least),
        patch.object(runs, "Runs", Watched),
    ):
        yield left_out


@contextmanager
def no_runs() -> Generator[None]:
    with patch.object(reading, "_LEAST_WITH_RUNS", 10**9):
        yield


def outcome(element: Element, text: str, *, by_local_name: bool = False) -> tuple[object, str]:
    """What is read, and how it looks: numbers that are equal may be of different types."""
    try:
        came = read(element, text, by_local_name=by_local_name)
    except Unreadable as error:
        return str(error), error.path
    return came, repr(came)


@record
class Root:
    """Items, and what stays XML."""

    items: tuple[object, ...]
    rest: tuple[XmlFragment, ...]


def list_of(of: Type, name: str, most: int | None = None) -> Element:
    items = Element("items", name, of, least=0, most=most, missing=())
    rest = Wildcard("rest", namespaces=frozenset([FRAGMENT_NAMESPACE]))
    return Element("root", "root", Shape("", Root, lambda: Content((items, rest))))


@st.composite
def records(draw: DrawFn, depth: int) -> Described:
    """A type of records as most services have them."""
    places: list[Place] = []
    particles: list[Element] = []
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    attributes = [
        draw(attributes_of(f"attribute_{number}", name.rpartition(" ")[2]))
        for number, name in enumerate(draw(st.sampled_from([[], [], names[:1], names[:2]])))
    ]
    for number, name in enumerate(names):
        of = draw(records(depth - 1) if depth and draw(st.booleans()) else USUAL_LEAVES)
        least, most = draw(st.sampled_from([(1, 1), (1, 1), (0, 1), (0, None), (1, 3)]))
        nillable, missing = draw(st.sampled_from([False, False, True])), () if most != 1 else None
        default = "7" if of.type is INT and draw(st.booleans()) else None
        particles.append(
            Element(f"slot_{number}", name, of.type, least, most, nillable, missing, default)
        )
        items = st.none() | of.values if nillable else of.values
        places.append(Place(f"slot_{number}", occurrences(items, least, most, None)))
    if len(names) == 1 and not attributes and particles[0].most != 1:
        content = Content(tuple(particles))
        return Described(Shape("", None, lambda: content), places[0].values)
    nil = draw(st.sampled_from(["", "nil"]))
    places += [place for _, place in attributes]
    cls = record_class(
        "Usual",
        [*places, Place("nil", st.just(frozenset[str]()), (frozenset[str](),))] if nil else places,
    )
    content = Content(tuple(particles), tuple(own for own, _ in attributes))
    return Described(Shape("", cls, lambda: content, nil=nil), values_of(cls, places))


USUAL: Final[dict[Simple, SearchStrategy[object]]] = {
    **{leaf: values for leaf, values in LEAVES.items() if leaf is not QNAME},
    CODE: st.sampled_from(Code) | st.sampled_from(["b c", "é"]).map(lambda text: Other(text=text)),
    SHORT_TOKEN: st.sampled_from(["a", "b c", ""]),
    BASE64_BINARY: st.binary(max_size=5),
}
USUAL_LEAVES: Final = st.sampled_from([*USUAL.items()]).map(lambda own: Described(*own))
ITEMS: Final = st.one_of(*[records(0)] * 2, *[records(2)] * 4, USUAL_LEAVES, shapes(2))


@st.composite
def lists(draw: DrawFn) -> tuple[Element, str]:
    """A list of few values that come again and again, as a document."""
    name = draw(NAMES)
    of = draw(ITEMS)
    few = draw(st.lists(of.values, min_size=1, max_size=3))
    items = tuple(few * draw(st.integers(2, 6)))
    element = list_of(
        of.type, name, draw(st.sampled_from([None, None, len(items) - 1, len(items)]))
    )
    text = written(list_of(of.type, name), Root(items=items, rest=()))
    if draw(st.integers(0, 3)):
        declared = "".join(
            f" xmlns:n{number}={quoteattr(namespace)}"
            for number, namespace in enumerate(NAMESPACES)
            if number
        )
        text = DECLARATION.sub("", text).replace("<root", f"<root{declared}{XSI}", 1)
    return element, text


@st.composite
def changed(draw: DrawFn, text: str) -> str:
    """A document that is written in another way, damaged, or as it was."""
    pieces = PIECE.findall(text)
    gap = draw(st.sampled_from(["", "", "\n  ", "\r\n", " "]))
    text = gap.join(pieces) if draw(st.booleans()) else "".join(pieces).replace("><", f">{gap}<")
    if draw(st.booleans()):
        text = re.sub("<([^<>/ ]+)([^<>]*)></\\1>", "<\\1\\2 />", text)
    pieces = PIECE.findall(text)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        at = draw(st.integers(0, len(pieces) - 1))
        match draw(st.sampled_from(["odd", "attribute", "gone", "twice", "swapped", "end"])):
            case "odd":
                pieces[at] += draw(st.sampled_from(ODD))
            case "attribute":
                odd = draw(st.sampled_from(ODD_ATTRIBUTES))
                pieces[at] = re.sub(r"(?=/?>$)", odd, pieces[at], count=1)
            case "gone":
                pieces[at] = ""
            case "twice":
                pieces.insert(at, pieces[at])
            case "swapped":
                other = draw(st.integers(0, len(pieces) - 1))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case _:
                pieces = pieces[: at + 1] if draw(st.booleans()) else pieces
    return "".join(pieces)


@given(st.data(), lists(), st.sampled_from([16, 64, 400, 4_000]), st.booleans())
def test_runs_change_nothing(
    data: st.DataObject, drawn: tuple[Element, str], least: int, by_local_name: bool
) -> None:
    element, text = drawn
    text = data.draw(changed(text))
    with no_runs():
        expected = outcome(element, text, by_local_name=by_local_name)
    with runs_of(least) as left_out:
        came = outcome(element, text, by_local_name=by_local_name)
    event(f"left out: {any(left_out)}")
    assert came == expected


LINES: Final = (
    '<Line><Sku>a &lt;b&gt;</Sku><Price currency="EUR">1.50</Price></Line>'
    '<Line><Sku/><Price xsi:nil="1"/></Line><Line><Sku>é</Sku><Price>-2</Price></Line>'
)


def order(lines: str) -> str:
    customer = "<Customer><Name>N</Name></Customer>"
    return f'<Order xmlns="{NAMESPACE}"{XSI} id="1">{customer}{lines}<Card>C</Card></Order>'


def pretty(document: str, gap: str = "\n\t") -> str:
    return document.replace("><", f">{gap}<")


def prefixed(document: str) -> str:
    return re.sub(r"<(/?)(?=\w)", r"<\1o:", document).replace("xmlns=", "xmlns:o=")


def large(document: str) -> tuple[object, int]:
    """What is read, and the number of calls that it takes."""
    return outcome(ROOT, document), calls_of(lambda: read(ROOT, document))


@pytest.mark.parametrize(
    "document",
    [
        order(LINES * 1_000),
        pretty(order(LINES * 1_000)),
        pretty(order(LINES * 1_000), "\r\n"),
        prefixed(order(LINES * 1_000)),
        order(LINES * 500 + "<Line><Sku>&#65;</Sku><Price>1</Price></Line>" + LINES * 500),
        order(LINES * 500 + "<!-- x -->" + LINES * 500 + "<other/>" + LINES * 500),
    ],
)
def test_the_parser_gets_few_of_many_items(document: str) -> None:
    came, number = large(document)
    with no_runs():
        expected, all_of_them = large(document)
    assert came == expected
    assert number < all_of_them / 10


def test_small_documents_are_left_to_the_parser() -> None:
    """Nothing is made for a list that comes once and is short."""
    runs.PATTERNS.clear()
    read(ROOT, order(LINES * 100))
    assert not runs.PATTERNS
    read(ROOT, order(LINES * 1_000))
    assert len(runs.PATTERNS) == 1
    assert calls_of(lambda: read(ROOT, order(LINES * 100))) < 4_000


def test_few_patterns_are_made_for_a_document() -> None:
    """Though each list calls for another one; to make it takes longer than to read it."""
    runs.PATTERNS.clear()
    around = '<o{0}:Order xmlns:o{0}="urn:orders" id="1">{1}</o{0}:Order>'
    content = prefixed("<Customer><Name>N</Name></Customer><Card/>" + LINES * 60)
    orders = (around.format(n, content.replace("o:", f"o{n}:")) for n in range(30))
    document = f"<root{XSI}>{''.join(orders)}</root>"
    read(list_of(ORDER, f"{NAMESPACE} Order"), document)
    assert len(runs.PATTERNS) <= 1 + len(document) / 100_000


PLAIN: Final = '<Line><Sku>a</Sku><Price currency="EUR">1</Price></Line>'
ODD_LINES: Final = (
    *(
        PLAIN.replace("a</Sku", f"{text}</Sku")
        for text in (*ODD, "a&lt;&amp;lt;", "&#13;", "]]&gt;")
    ),
    *(
        PLAIN.replace("EUR", text)
        for text in ("\t", "\n", "\r", "&#9;", "<", "&lt;", "]]>", "\0", "'")
    ),
    *(PLAIN.replace("<Sku>", f"<Sku{odd}>") for odd in ODD_ATTRIBUTES),
    *(PLAIN.replace("<Line>", f"<Line{odd}>") for odd in ODD_ATTRIBUTES),
    *(PLAIN.replace("<Price", f"<Price{odd}") for odd in ODD_ATTRIBUTES),
    *(
        PLAIN.replace(">1<", f">{text}<")
        for text in ("", " 1 ", "x", "1e2", "NaN", "1_0", "\u0661")
    ),
    *(PLAIN.replace("a</Sku>", end) for end in ("a", "</Sku></Sku>", "a</Sku >", "a</Price>")),
    *(
        PLAIN.replace("<Sku>a</Sku>", text)
        for text in ("", "x", "<Sku/></Sku>", "<Sku/>" * 2, "<x/>")
    ),
    *(
        "<Line/>",
        "<Line></Line>",
        "<!-- </Line> -->",
        "<![CDATA[</Line>]]>",
        "</Line>",
        "<Line>",
        "x",
    ),
    *(
        "<Card/>",
        "<Note>n</Note>",
        "</Order>",
        '<Line xsi:nil="1"/>',
        "<Line><Price>1</Price><Sku/></Line>",
    ),
    '<Line><Sku/><Price xsi:nil="true"></Price></Line>',
    '<Line><Sku/><Price xsi:nil="1">1</Price></Line>',
    "<Line><Sku/><Price currency='EUR'>1</Price></Line>",
    '<Line><Sku/><Price currency="EUR" currency="EUR">1</Price></Line>',
)


@pytest.mark.parametrize("odd", ODD_LINES)
def test_odd_items_are_the_parsers(odd: str) -> None:
    """The place of what is wrong is told as well, by lines of the document and by items."""
    document = pretty(order(PLAIN * 20 + odd + PLAIN * 9))
    with no_runs():
        expected = outcome(ROOT, document)
    for least in (64, 600):
        with runs_of(least) as left_out:
            assert outcome(ROOT, document) == expected
        assert any(left_out)


@pytest.mark.parametrize("piece", range(20))
def test_documents_that_end_too_early_are_refused_as_by_the_parser(piece: int) -> None:
    pieces = PIECE.findall(pretty(order(PLAIN * 9)))
    document = "".join(pieces[: len(pieces) - piece])
    with no_runs():
        expected = outcome(ROOT, document)
    with runs_of(64) as left_out:
        assert outcome(ROOT, document) == expected
    assert any(left_out)


def test_elements_that_are_kept_are_those_behind_what_was_left_out() -> None:
    kept = f'<f:x xmlns:f="{FRAGMENT_NAMESPACE}"><b/>&amp;</f:x>'
    items = "<i>1</i>" * 99
    element = list_of(INT, "i")
    with runs_of(16) as left_out:
        value = read(element, f"<root>{items}{kept}{items}{kept}</root>").value
    assert value == Root(items=(1,) * 198, rest=(XmlFragment(kept.encode()),) * 2)
    assert left_out[0] > len(items) / 2


def nested(depth: int) -> str:
    """Lines in orders in each other; those that come later are deeper than the first ones."""
    around = '<Parent id="1"><Customer><Name/></Customer><Iban/>'
    lines = '<Line><Sku/><Price xsi:nil="1"/></Line>' * 200 + PLAIN * 200
    return order(around * depth + lines + "</Parent>" * depth)


@pytest.mark.parametrize("around", ["<!-- {} -->", "<Note><![CDATA[{}]]></Note>", "<x>{}</x>"])
def test_what_looks_like_items_is_none_elsewhere(around: str) -> None:
    document = order(PLAIN + around.format(PLAIN * 20) + PLAIN * 20)
    with no_runs():
        expected = outcome(ROOT, document)
    with runs_of(64) as left_out:
        assert outcome(ROOT, document) == expected
    assert any(left_out)


@pytest.mark.parametrize("depth", range(MOST_DEPTH - 6, MOST_DEPTH + 2))
def test_nesting_is_bounded_as_by_the_reader(depth: int) -> None:
    document = nested(depth)
    with no_runs():
        expected = outcome(ROOT, document)
    with runs_of(64):
        assert outcome(ROOT, document) == expected


ODDLY: Final[Mapping[str, Callable[[int], str]]] = {
    "each is odd": lambda n: "<Line><Sku>&#65;</Sku><Price>1</Price></Line>" * n,
    "each other is odd": lambda n: (
        (LINES + "<Line><Sku><![CDATA[]]></Sku><Price>1</Price></Line>") * n
    ),
    "comments": lambda n: (LINES + "<!-- -->") * n,
    "unknown": lambda n: (LINES + "<Line><x/><Sku/><Price>1</Price></Line>") * n,
    "ends in comments": lambda n: "<Line><!-- </Line> --><Sku/><Price>1</Price></Line>" * n,
    "wrong at the end": lambda n: LINES * n + "<Line><Sku/><Price>x</Price></Line>",
    "unequal": lambda n: "<Line><Price>1</Price><Sku/></Line>" * n,
    "declarations": lambda n: f'<Line xmlns="{NAMESPACE}"><Sku/><Price>1</Price></Line>' * n,
}


@pytest.mark.parametrize("name", ODDLY)
def test_looking_for_runs_in_vain_takes_little(name: str) -> None:
    read(ROOT, order(LINES * 1_000))  # the pattern is made
    document = order(ODDLY[name](400))
    came = outcome(ROOT, document)
    with no_runs():
        assert outcome(ROOT, document) == came
        before = calls_of(lambda: outcome(ROOT, document))
    twice = 1.4 if isinstance(came[0], str) else 1.15  # what is wrong is read again
    assert calls_of(lambda: outcome(ROOT, document)) < twice * before
