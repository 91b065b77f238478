"""Hypothesis strategies of the values of a service's messages, by their tables.

Imported by a package's `strategies`, and never by the package itself. Each value that is drawn can
be written, and is read back as the same one. Values become small: what may be absent is, and few
things come more than once.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..client.calls import Operation
from ..errors.sealed import Secret
from ..xml.messages import Messages
from ..xml.tables import Branch, Choice, Content, Element, Leaf, Particle, Shape, Type
from ..xml.writing import Writer
from .heights import Heights
from .leaf_strategies import leaf_strategy
from .leaf_values import NoValue
from .values import drawn, drawn_record, is_writable

T = TypeVar("T")


class _Drawing:
    """The source of what Hypothesis chooses."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw

    def number(self, least: int, most: int) -> int:
        """Return a number from `least` to `most`."""
        return self._draw(st.integers(least, most))

    def times(self, least: int, most: int) -> int:
        """Return how often something occurs, from `least` to `most` times."""
        return self._draw(st.integers(least, most))

    def leaf(self, leaf: Leaf) -> object:
        """Return a value of a leaf. Raises NoValue."""
        return self._draw(leaf_strategy(leaf))


# Any, below: the values are of classes that the tables name, and the caller's annotations.


def values(of: Type, writer: Writer) -> SearchStrategy[Any]:
    """Draw values of a type, and of all types derived from it."""
    return elements(Element("value", "value", of), writer)


def elements(element: Element, writer: Writer) -> SearchStrategy[Any]:
    """Draw values of an element; None, where it may be nil, is one."""
    return _elements(element, writer, Heights())


def records(shape: Shape, writer: Writer) -> SearchStrategy[Any]:
    """Draw values of a type, and of no type derived from it."""
    return _records(shape, writer, Heights())


def branches(shape: Shape, cls: type[T], writer: Writer) -> SearchStrategy[T]:
    """Draw values of a branch of a choice, by its class and the type that it is in."""
    branch = next(own for own in _branches(shape.content().particles) if own.cls is cls)
    alone = Shape("", None, lambda: Content((Choice("value", (branch,)),)))
    return values(alone, writer)


def leaves(leaf: Leaf) -> SearchStrategy[Any]:
    """Draw values of a simple type; an enumeration has texts that it does not list, too."""
    return leaf_strategy(leaf)


def results(operation: Operation) -> SearchStrategy[Any]:
    """Draw results of an operation with structured messages."""
    return _results(_messages(operation), Heights())


def requests(operation: Operation, cls: Callable[..., T]) -> SearchStrategy[T]:
    """Draw requests of an operation with structured messages, as its handler gets them."""
    return _requests(operation, cls, _messages(operation), Heights())


def _messages(operation: Operation) -> Messages:
    assert isinstance(operation.messages, Messages)
    return operation.messages


@st.composite
def _elements(draw: DrawFn, element: Element, writer: Writer, heights: Heights) -> Any:
    return _drawn(draw, element, writer, heights)


@st.composite
def _records(draw: DrawFn, shape: Shape, writer: Writer, heights: Heights) -> Any:
    value = _or_rejected(lambda: drawn_record(shape, _Drawing(draw), heights))
    assume(is_writable(Element("value", "value", shape), writer, value))
    return value


@st.composite
def _results(draw: DrawFn, messages: Messages, heights: Heights) -> Any:
    return messages.drawn_result(lambda element, writer: _drawn(draw, element, writer, heights))


@st.composite
def _requests(
    draw: DrawFn, operation: Operation, cls: Callable[..., T], messages: Messages, heights: Heights
) -> T:
    slots = tuple(operation.parameters)
    by_slot = messages.drawn_request(
        lambda element, writer: _drawn(draw, element, writer, heights), slots
    )
    given: dict[str, object] = {}
    for slot, name in operation.parameters.items():
        value = by_slot[slot]
        given[name] = Secret(str(value or "")) if slot in operation.secret else value
    return cls(**given)


def _drawn(draw: DrawFn, element: Element, writer: Writer, heights: Heights) -> object:
    value = _or_rejected(lambda: drawn(element, _Drawing(draw), heights))
    assume(is_writable(element, writer, value))
    return value


def _or_rejected(value: Callable[[], object]) -> object:
    """Return a value, or let Hypothesis try another one where there is none."""
    try:
        return value()
    except NoValue:
        assume(condition=False)
        raise


def _branches(particles: tuple[Particle, ...]) -> list[Branch]:
    """Return the branches of all choices, inner ones too."""
    found: list[Branch] = []
    for particle in particles:
        if isinstance(particle, Choice):
            for branch in particle.branches:
                found += [branch, *_branches(branch.particles)]
    return found
