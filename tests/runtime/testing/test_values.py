"""Values by tables: what is drawn can be written, and is read back as the same.

The judge is the reader, which knows nothing of how values are drawn.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import assume, find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.runtime.xml.drawn_tables import Place, record_class, roots

from unstringly.runtime.testing import value_strategies
from unstringly.runtime.testing.heights import NEVER, Heights
from unstringly.runtime.testing.leaf_values import NoValue
from unstringly.runtime.testing.values import RandomSource, drawn, writable
from unstringly.runtime.xml.facets import Facets, restricted
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import (
    Attribute,
    Branch,
    Choice,
    Content,
    Element,
    Particle,
    Shape,
    Wildcard,
)
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import Writer

SEEDS = st.integers(0, 1_000).map(str)


@given(roots(), SEEDS)
def test_an_emulators_value_is_read_back(root: tuple[Element, Any], seed: str) -> None:
    element, _ = root
    writer = Writer()
    try:
        value = writable(element, writer, RandomSource(seed), Heights())
    except NoValue:  # its records cannot be told apart, as with a name that comes twice
        assume(condition=False)
        return
    assert read(element, writer.write(element, value)).value == value
    assert writable(element, writer, RandomSource(seed), Heights()) == value


@given(roots(), st.data())
def test_a_strategys_value_is_read_back(root: tuple[Element, Any], data: st.DataObject) -> None:
    element, _ = root
    writer = Writer()
    value = data.draw(value_strategies.elements(element, writer))
    assert read(element, writer.write(element, value)).value == value


@record
class Node:
    value: object
    more: object
    many: tuple[object, ...]


def node_particles() -> tuple[Particle, ...]:
    return (
        Element("value", "value", INT),
        Element("more", "more", NODE, least=0),
        Element("many", "many", NODE, least=0, most=None, missing=()),
    )


NODE = Shape("urn:x Node", Node, lambda: Content(node_particles()))


def depth(value: Any) -> int:
    inner = [] if value.more is None else [value.more]
    return 1 + max(map(depth, [*inner, *value.many]), default=0)


@given(SEEDS)
def test_types_that_contain_themselves_come_to_an_end(seed: str) -> None:
    value = drawn(Element("node", "node", NODE), RandomSource(seed), Heights())
    assert 1 <= depth(value) < 20


def test_a_value_as_deep_as_wanted() -> None:
    strategy = value_strategies.values(NODE, Writer())
    few = settings(max_examples=2_000, database=None, deadline=None)
    assert depth(find(strategy, lambda value: depth(value) >= 3, settings=few)) == 3


def test_the_smallest_value() -> None:
    strategy = value_strategies.values(NODE, Writer())
    assert find(strategy, lambda _: True) == Node(value=0, more=None, many=())


@record
class Left:
    value: str


@record
class Right:
    left: object


@record
class Holder:
    choice: object


HOLDER = Shape(
    "",
    Holder,
    lambda: Content(
        (
            Choice(
                "choice",
                (
                    Branch(Left, (Element("value", "a", STRING),)),
                    Branch(
                        Right,
                        (Choice("left", (Branch(Left, (Element("value", "b", STRING),)),)),),
                    ),
                ),
            ),
        )
    ),
)


@pytest.mark.parametrize("cls", [Left, Right])
@given(data=st.data())
def test_branches_by_their_classes(cls: type[object], data: st.DataObject) -> None:
    value = data.draw(value_strategies.branches(HOLDER, cls, Writer()))
    assert type(value) is cls
    text = Writer().write(Element("holder", "holder", HOLDER), Holder(choice=value))
    assert read(Element("holder", "holder", HOLDER), text).value.choice == value


DERIVED = Shape("urn:x Derived", Left, lambda: Content((Element("value", "a", STRING),)))


@given(st.booleans(), st.data())
def test_derived_types_stand_for_their_base(is_abstract: bool, data: st.DataObject) -> None:
    content = Content((Element("left", "b", INT),), derived={DERIVED.name: DERIVED})
    base = Shape("urn:x Base", Right, lambda: content, is_abstract=is_abstract)
    value = data.draw(value_strategies.values(base, Writer()))
    assert type(value) in ((Left,) if is_abstract else (Left, Right))
    if not is_abstract:
        assert type(data.draw(value_strategies.records(base, Writer()))) is Right


HAS = record_class("Has", [Place("x", st.none())])


@pytest.mark.parametrize(
    "particle",
    [
        Element("x", "x", Shape("urn:x Abstract", Left, Content, is_abstract=True)),
        Wildcard("x", least=1, namespaces=frozenset()),
        Choice("x", ()),
    ],
)
def test_what_has_no_value_is_left_out_if_it_may_be(particle: Particle) -> None:
    def value(own: Particle) -> object:
        shape = Shape("", HAS, lambda: Content((own,)))
        return drawn(Element("has", "has", shape), RandomSource("1"), Heights())

    with pytest.raises(NoValue):
        value(particle)
    if isinstance(particle, Wildcard):
        assert value(replace(particle, least=0, most=1)) == HAS(x=None)
    else:
        assert value(replace(particle, least=0)) == HAS(x=None)


NEVER_OF: Final = restricted("Never", INT, Facets(min_inclusive=2, max_inclusive=1))


@pytest.mark.parametrize("seed", "12345")
def test_an_attribute_without_a_value_is_left_out_if_it_may_be(seed: str) -> None:
    def value(own: Attribute) -> object:
        shape = Shape("", HAS, lambda: Content(attributes=(own,)))
        return drawn(Element("has", "has", shape), RandomSource(seed), Heights())

    assert value(Attribute("x", "x", NEVER_OF)) == HAS(x=None)
    assert value(Attribute("x", "x", NEVER_OF, missing=7)) == HAS(x=7)
    with pytest.raises(NoValue):
        value(Attribute("x", "x", NEVER_OF, is_required=True))


def test_an_element_that_no_document_can_have_has_no_value() -> None:
    with pytest.raises(NoValue, match="can be told from others"):
        writable(Element("has", "urn:\0 has", INT), Writer(), RandomSource("1"), Heights())


@st.composite
def recursive(draw: DrawFn) -> list[Shape]:
    """Types that hold each other, in elements, in choices, and as derived types."""
    size = draw(st.integers(1, 5))
    numbers = st.integers(0, size - 1)
    plans = [
        draw(
            st.tuples(
                st.booleans(),
                st.lists(st.tuples(numbers, st.sampled_from([0, 1]), st.booleans()), max_size=3),
                st.lists(st.lists(numbers, max_size=2), max_size=2),
                st.lists(numbers, max_size=2),
            )
        )
        for _ in range(size)
    ]
    shapes: list[Shape] = []

    def content(number: int) -> Callable[[], Content]:
        def made() -> Content:
            _, elements, branches, derived = plans[number]
            particles: list[Particle] = [
                Element(f"e{at}", f"e{at}", shapes[of], least=least, nillable=nillable)
                for at, (of, least, nillable) in enumerate(elements)
            ]
            if branches:
                rows = tuple(
                    Branch(Left, tuple(Element("value", f"b{of}", shapes[of]) for of in branch))
                    for branch in branches
                )
                particles.append(Choice("choice", rows))
            return Content(
                tuple(particles), derived={str(of): shapes[of] for of in derived if of != number}
            )

        return made

    for number, (is_abstract, *_) in enumerate(plans):
        shapes.append(Shape(f"S{number}", Left, content(number), is_abstract))
    return shapes


def has_value(shape: Shape, height: int) -> bool:
    """Say whether a type itself has a value with so many records in one another at most."""
    return bool(height) and fits(shape.content().particles, height - 1)


def fits(particles: tuple[Particle, ...], height: int) -> bool:
    for particle in particles:
        if isinstance(particle, Element) and particle.least and not particle.nillable:
            assert isinstance(particle.type, Shape)
            if not stands(particle.type, height):
                return False
        if isinstance(particle, Choice) and not any(
            bool(height) and fits(branch.particles, height - 1) for branch in particle.branches
        ):
            return False
    return True


def stands(shape: Shape, height: int) -> bool:
    """Say whether a type or a derived one has such a value."""
    others = [shape, *shape.content().derived.values()]
    return any(has_value(own, height) for own in others if not own.is_abstract)


@given(recursive())
def test_heights_are_those_of_the_smallest_values(shapes: list[Shape]) -> None:
    heights = Heights()
    for shape in shapes:
        expected = next((n for n in range(1, 14) if has_value(shape, n)), NEVER)
        assert heights.of_exactly(shape) == expected
        expected = next((n for n in range(1, 14) if stands(shape, n)), NEVER)
        assert heights.of(shape) == expected
