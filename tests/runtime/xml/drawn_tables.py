"""Tables of any kind, and values that they describe."""

import string
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from unstringly.runtime.xml.dates import DATETIME
from unstringly.runtime.xml.decimals import DECIMAL
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.numbers import BOOLEAN, DOUBLE, INT
from unstringly.runtime.xml.qnames import QName, read_qname, write_qname
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import (
    WHOLE,
    AnyType,
    Attribute,
    Branch,
    Choice,
    Content,
    Element,
    Particle,
    ScopedLeaf,
    Shape,
    Simple,
    Text,
    Type,
    Wildcard,
)
from unstringly.runtime.xml.texts import STRING

XML_TEXT: Final = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r &<>\"'\x85\u2028]")
)
"""Texts with characters that XML has; expat does not take U+FFFE and U+FFFF."""

NAMESPACES: Final = ("", "urn:a", 'urn:b&"c', "http://example.com/<d>")
QNAME: Final = ScopedLeaf(read_qname, write_qname)

LEAVES: Final[Mapping[Simple, SearchStrategy[object]]] = {
    STRING: XML_TEXT,
    INT: st.integers(-(2**31), 2**31 - 1),
    BOOLEAN: st.booleans(),
    DECIMAL: st.decimals(allow_nan=False, allow_infinity=False, places=3),
    DOUBLE: st.floats(allow_nan=False),
    DATETIME: st.datetimes(),
    QNAME: st.builds(QName, st.sampled_from(NAMESPACES), st.sampled_from(["a", "b.c", "é"])),
}

TYPE_NAMES: Final = "http://www.w3.org/2001/XMLSchema "
ANY_TYPE: Final = AnyType(
    lambda: {TYPE_NAMES + "string": STRING, TYPE_NAMES + "boolean": BOOLEAN},
    lambda: {str: TYPE_NAMES + "string", bool: TYPE_NAMES + "boolean"},
)
FRAGMENT_NAMESPACE: Final = "urn:fragment"


class Described(NamedTuple):
    """A type, and the values that it has."""

    type: Type
    values: SearchStrategy[Any]  # Any: values of a class that is drawn


class Place(NamedTuple):
    """A slot of a record class, and the values that it takes."""

    slot: str
    values: SearchStrategy[Any]  # Any: as above
    default: tuple[object, ...] = ()
    """The default, if there is one."""


def record_class(name: str, places: Sequence[Place]) -> type[Any]:  # Any: it is drawn
    """A record class with these slots."""
    defaults = {place.slot: place.default[0] for place in places if place.default}
    annotations = {place.slot: object for place in places}
    return record(type(name, (), {"__annotations__": annotations, **defaults}))


def values_of(cls: type[Any], places: Sequence[Place]) -> SearchStrategy[Any]:  # Any: as above
    return st.fixed_dictionaries({place.slot: place.values for place in places}).map(
        lambda values: cls(**values)
    )


@st.composite
def fragments(draw: DrawFn, name: str = f"{FRAGMENT_NAMESPACE} any") -> XmlFragment:
    """An element of a name, with other elements, prefixes and text in it."""
    namespace, _, local = name.rpartition(" ")
    prefix = draw(st.sampled_from(["", "f", "n0", "xsi", "n1"])) if namespace else ""
    text = draw(st.sampled_from(["", "n0:x", "a &amp; b", "<![CDATA[<]]>", "<!-- /> -->", "/>"]))
    inner = draw(st.sampled_from(["", "<b/>", '<n1:b xmlns:n1="urn:a">n1:</n1:b>', "<?p /?>"]))
    declared = f" xmlns{prefix and ':'}{prefix}={quoteattr(namespace)}" if namespace else ""
    tag = f"{prefix}:{local}" if prefix else local
    attribute = draw(st.sampled_from(["", ' c="1"', " c = '>'"]))
    if not text + inner and draw(st.booleans()):
        return XmlFragment(f"<{tag}{declared}{attribute}/>".encode())
    return XmlFragment(f"<{tag}{attribute}{declared}>{text}{inner}</{tag} >".encode())


@st.composite
def types(draw: DrawFn, depth: int, name: str) -> Described:
    """A type for elements of a name, nested so deeply at most."""
    kind = draw(st.sampled_from(["leaf", "leaf", "shape", "array", "derived", "whole", "any"]))
    if kind == "whole":
        return Described(WHOLE, fragments(name))
    if kind == "any":
        plain = fragments(name)
        return Described(ANY_TYPE, XML_TEXT | st.booleans() | plain)
    if kind == "leaf" or not depth:
        leaf = draw(st.sampled_from([*LEAVES]))
        return Described(leaf, LEAVES[leaf])
    if kind == "array":
        return draw(arrays(depth - 1))
    if kind == "derived":
        return draw(bases(depth - 1))
    return draw(shapes(depth - 1))


@st.composite
def arrays(draw: DrawFn, depth: int) -> Described:
    """A type whose elements are one after another in an element of their own."""
    name = draw(NAMES)
    of = draw(types(depth, name))
    element = Element("items", name, of.type, least=0, most=None, missing=())
    shape = Shape("", None, lambda: Content((element,)), is_array=draw(st.booleans()))
    return Described(shape, st.lists(of.values, max_size=3).map(tuple))


@st.composite
def bases(draw: DrawFn, depth: int) -> Described:
    """A type with others derived from it."""
    others = [draw(shapes(depth, f"urn:a Type{number}")) for number in range(2)]
    derived = {other.type.name: other.type for other in others if isinstance(other.type, Shape)}
    base = draw(shapes(depth, "urn:b Base", derived=derived))
    is_abstract = draw(st.booleans())
    assert isinstance(base.type, Shape)
    shape = Shape(base.type.name, base.type.cls, base.type.content, is_abstract, base.type.nil)
    values = [other.values for other in others] + ([] if is_abstract else [base.values])
    return Described(shape, st.one_of(values))


NAMES: Final = st.tuples(
    st.sampled_from(NAMESPACES), st.sampled_from([*string.ascii_lowercase, "Ü-1"])
).map(lambda name: " ".join(name).strip())


@st.composite
def shapes(
    draw: DrawFn, depth: int, name: str = "", derived: Mapping[str, Shape] | None = None
) -> Described:
    """A type with a record class of its own."""
    has_nil = draw(st.booleans())
    attributes = [
        draw(attributes_of(f"attribute_{number}", name))
        for number, name in enumerate(draw(st.lists(NAMES, max_size=2, unique=True)))
    ]
    places = [place for _, place in attributes]
    if draw(st.integers(0, 3)) == 0:
        leaf = draw(st.sampled_from([*LEAVES]))
        places.append(Place("value", LEAVES[leaf]))
        content = Content(
            (), tuple(own for own, _ in attributes), Text("value", leaf), derived or {}
        )
        has_nil = False
    else:
        particles, inner = draw(particles_of(depth))
        places += inner
        content = Content(particles, tuple(own for own, _ in attributes), None, derived or {})
    tellable = [
        part.slot
        for part in content.particles
        if isinstance(part, Element) and part.nillable and (part.least, part.most) == (0, 1)
    ]
    if not has_nil or not tellable:
        cls = record_class("Drawn", places)
        return Described(Shape(name, cls, lambda: content), values_of(cls, places))
    cls = record_class("Drawn", [*places, Place("nil", st.none(), (frozenset(),))])
    return Described(
        Shape(name, cls, lambda: content, nil="nil"), values_with_nil(cls, places, tellable)
    )


@st.composite
def values_with_nil(
    draw: DrawFn, cls: type[Any], places: Sequence[Place], tellable: Sequence[str]
) -> Any:  # Any: as above
    values = draw(st.fixed_dictionaries({place.slot: place.values for place in places}))
    empty = [slot for slot in tellable if values[slot] is None]
    nil = draw(st.frozensets(st.sampled_from(empty))) if empty else frozenset[str]()
    return cls(**values, nil=nil)


@st.composite
def attributes_of(draw: DrawFn, slot: str, name: str) -> tuple[Attribute, Place]:
    leaf = draw(st.sampled_from([*LEAVES]))
    kind = draw(st.sampled_from(["required", "optional", "default"]))
    match kind:
        case "required":
            return Attribute(slot, name, leaf, is_required=True), Place(slot, LEAVES[leaf])
        case "optional":
            return Attribute(slot, name, leaf), Place(slot, st.none() | LEAVES[leaf])
        case _:
            default = draw(LEAVES[leaf])
            return Attribute(slot, name, leaf, missing=default), Place(slot, LEAVES[leaf])


@st.composite
def particles_of(
    draw: DrawFn, depth: int, *, in_branch: str = ""
) -> tuple[tuple[Particle, ...], list[Place]]:
    """Some particles with different names, and the slots that they fill.

    The local names of those in a branch begin with what `in_branch` says.
    """
    drawn = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    pairs = [name.rpartition(" ") for name in drawn]
    names = [f"{namespace}{blank}{in_branch}{local}" for namespace, blank, local in pairs]
    particles: list[Particle] = []
    places: list[Place] = []
    for number, name in enumerate(names):
        particle, place = draw(elements(depth, f"slot_{number}", name))
        particles.append(particle)
        places.append(place)
    if not in_branch and depth and draw(st.booleans()):
        choice, place = draw(choices(depth, "choice"))
        at = draw(st.integers(0, len(particles)))
        particles.insert(at, choice)
        places.append(place)
    if not in_branch and draw(st.booleans()):
        least, most = draw(BOUNDS)
        namespaces = draw(st.sampled_from([None, frozenset([FRAGMENT_NAMESPACE])]))
        particles.append(Wildcard("rest", least, most, namespaces, frozenset(["urn:a"])))
        places.append(Place("rest", occurrences(fragments(), least, most, None)))
    return tuple(particles), places


BOUNDS: Final = st.sampled_from([(1, 1), (0, 1), (0, None), (2, 3), (1, None)])


@st.composite
def elements(draw: DrawFn, depth: int, slot: str, name: str) -> tuple[Element, Place]:
    least, most = draw(BOUNDS)
    nillable = draw(st.booleans())
    of = draw(types(depth, name))
    missing: object = () if most != 1 else None
    element = Element(slot, name, of.type, least, most, nillable, missing)
    items = st.none() | of.values if nillable else of.values
    return element, Place(slot, occurrences(items, least, most, None))


@st.composite
def choices(draw: DrawFn, depth: int, slot: str) -> tuple[Choice, Place]:
    """A choice whose branches have names of their own."""
    least, most = draw(BOUNDS)
    branches: list[Branch] = []
    values: list[SearchStrategy[Any]] = []
    for number in range(draw(st.integers(1, 3))):
        particles, places = draw(particles_of(depth - 1, in_branch=f"B{number}-"))
        cls = record_class("Branch", places)
        branches.append(Branch(cls, particles))
        values.append(values_of(cls, places))
    choice = Choice(slot, tuple(branches), least, most)
    return choice, Place(slot, occurrences(st.one_of(values), least, most, None))


def occurrences(
    items: SearchStrategy[Any], least: int, most: int | None, missing: object
) -> SearchStrategy[Any]:
    if most == 1:
        return items if least else st.just(missing) | items
    return st.lists(items, min_size=least, max_size=3 if most is None else most).map(tuple)


@st.composite
def roots(draw: DrawFn) -> tuple[Element, Any]:  # Any: as above
    """The root of a document, and a value of it."""
    name = draw(NAMES)
    described = draw(types(2, name))
    return Element("root", name, described.type), draw(described.values)
