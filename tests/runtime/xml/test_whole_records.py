"""Whether records are written as wholes depends on their types alone, not on who asks first."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import permutations
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.prefixes import Prefixes
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import WHOLE, Content, Element, Shape
from unstringly.runtime.xml.whole_records import HIGHEST, inside_of
from unstringly.runtime.xml.writing import Writer
from unstringly.runtime.xml.writing_plans import Inside, WritingPlan

MOST_TYPES: Final = 9
Graph = tuple[frozenset[int], ...]
"""The numbers of the types that each type has elements of; that of the type -1 is kept as XML."""


@st.composite
def graphs(draw: DrawFn) -> Graph:
    """Types that mostly hold later ones, so that many are in no circle."""
    count = draw(st.integers(1, MOST_TYPES))
    others = [
        st.integers(min(number + 1, count - 1), count - 1) | st.sampled_from(range(-1, count))
        for number in range(count)
    ]
    return tuple(draw(st.frozensets(other, max_size=3)) for other in others)


def shapes_of(graph: Graph) -> tuple[Shape, ...]:
    """Types that hold each other as a graph says, each with a number beside."""

    def content(number: int) -> Content:
        own = Element("own", f"urn:{number} own", INT)
        others = tuple(
            Element(f"to_{other}", f"urn:{number} to{other}", shapes[other], least=0)
            if other >= 0
            else Element("kept", f"urn:{number} kept", WHOLE)
            for other in sorted(graph[number])
        )
        return Content((own, *others))

    def shape(number: int) -> Shape:
        return Shape(f"urn:t T{number}", type(f"T{number}", (), {}), lambda: content(number))

    shapes = [shape(number) for number in range(len(graph))]
    return tuple(shapes)


def expected(graph: Graph, number: int) -> tuple[int, frozenset[str]]:
    """The height and the namespaces of a type, by walking all ways that are not too long."""

    def walked(number: int, room: int) -> tuple[int, frozenset[str]] | None:
        if number < 0 or not room:
            return None
        ways = [walked(other, room - 1) for other in graph[number]]
        found = [way for way in ways if way is not None]
        if len(found) < len(ways):
            return None
        spaces = frozenset([f"urn:{number}"]).union(*(spaces for _, spaces in found))
        return 1 + max((height for height, _ in found), default=0), spaces

    return walked(number, HIGHEST) or (0, frozenset())


def asker(shapes: Sequence[Shape]) -> Callable[[int], Inside]:
    """What is in records of a type by its number, of plans that are shared."""
    prefixes = Prefixes({})

    @cache
    def plan_of(shape: Shape) -> WritingPlan:
        return WritingPlan(shape, prefixes)

    return lambda number: inside_of(plan_of(shapes[number]), plan_of)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_no_answer(graph: Graph, random: Random) -> None:
    ask = asker(shapes_of(graph))
    order = [*range(len(graph))] * 2
    random.shuffle(order)
    for number in order:
        inside = ask(number)
        assert (inside.height, inside.spaces) == expected(graph, number)


@given(graphs(), st.data())
def test_who_asks_at_the_same_time_gets_the_same_answer(graph: Graph, data: st.DataObject) -> None:
    """Another thread may ask at any step, and is answered before the first one goes on."""
    shapes, prefixes = shapes_of(graph), Prefixes({})
    asked = data.draw(st.lists(st.integers(0, len(graph) - 1), max_size=6))
    plans: dict[Shape, WritingPlan] = {}

    def plan_of(shape: Shape) -> WritingPlan:
        plan = plans.setdefault(shape, WritingPlan(shape, prefixes))
        if asked:
            check(asked.pop())
        return plan

    def check(number: int) -> None:
        inside = inside_of(plan_of(shapes[number]), plan_of)
        assert (inside.height, inside.spaces) == expected(graph, number)

    for number in range(len(graph)):
        check(number)


def link(number: int, inner: list[Element]) -> tuple[Element, object]:
    """An element of a type with a number and an inner element, and a value without that."""
    slots = ["own", *(part.slot for part in inner)]
    cls: type[Any]  # Any: it is drawn
    cls = record(type("Link", (), {"__annotations__": dict.fromkeys(slots, object)}))
    own = Element("own", f"urn:{number} own", INT)
    shape = Shape("", cls, lambda: Content((own, *inner)))
    element = Element(f"link_{number}", f"urn:{number} link", shape, least=0)
    return element, cls(own=number, **dict.fromkeys(slots[1:]))


def chain_of(length: int) -> list[tuple[Element, object]]:
    """Elements of types that hold each other so deeply, the lowest first, and values of them."""
    chain: list[tuple[Element, object]] = []
    for number in range(length):
        chain.append(link(number, [element for element, _ in chain[-1:]]))
    return chain


@pytest.mark.few(6)
@pytest.mark.parametrize("order", [*permutations((1, 4, 6, 8))])
def test_the_order_of_documents_changes_none(order: tuple[int, ...]) -> None:
    """Not even which namespaces they declare: those of all that a whole may hold."""
    chain = chain_of(9)
    shared = Writer()
    for element, value in map(chain.__getitem__, order):
        assert shared.write(element, value) == Writer().write(element, value)
