"""Values of the types of tables, drawn from a source of numbers and simple values.

Both strategies for Hypothesis and emulators draw by this: the way through a type is the same, and
only the source differs. A value has room for so many parts. When it is used up, and below a depth,
what may be absent is, and what may be one of several is the one that ends first, so that types that
contain themselves come to an end.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import Final, Protocol, TypeVar, assert_never

from ..errors.exceptions import Unwritable
from ..xml.escaping import escaped
from ..xml.fragments import XmlFragment
from ..xml.qnames import QName
from ..xml.tables import (
    AnyType,
    Attribute,
    Branch,
    Choice,
    Content,
    Element,
    Leaf,
    Particle,
    ScopedLeaf,
    Shape,
    Simple,
    Type,
    Whole,
    Wildcard,
)
from ..xml.writing import Writer
from .heights import NEVER, Heights
from .leaf_values import NoValue, leaf_value

T = TypeVar("T")

_ROOM: Final = 60
_DEEPEST: Final = 5
_TRIES: Final = 20
_FOREIGN: Final = ("urn:example:other", "urn:example:another", "")
"""Namespaces of elements that a schema does not declare; the last is none."""


class Source(Protocol):
    """A source of choices."""

    def number(self, least: int, most: int) -> int:
        """Return a number from `least` to `most`."""
        ...

    def times(self, least: int, most: int) -> int:
        """Return how often something occurs, from `least` to `most` times."""
        ...

    def leaf(self, leaf: Leaf) -> object:
        """Return a value of a leaf. Raises NoValue."""
        ...


class RandomSource:
    """A source for emulators: the same seed gives the same choices, and most things are there."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def number(self, least: int, most: int) -> int:
        """Return a number from `least` to `most`."""
        return self._random.randint(least, most)

    def times(self, least: int, most: int) -> int:
        """Return how often something occurs: once or twice, if it may."""
        return max(least, min(most, self._random.choice((0, 1, 1, 1, 2))))

    def leaf(self, leaf: Leaf) -> object:
        """Return a value of a leaf. Raises NoValue."""
        return leaf_value(leaf, self._random)


def drawn(element: Element, source: Source, heights: Heights) -> object:
    """Return a value of an element. Raises NoValue. `heights` are those of its tables."""
    return _Values(source, heights).of_element(element)


def drawn_record(shape: Shape, source: Source, heights: Heights) -> object:
    """Return a value of a type that is of no derived one. Raises NoValue."""
    return _Values(source, heights).exactly(shape)


def writable(element: Element, writer: Writer, source: Source, heights: Heights) -> object:
    """Return a value of an element that a writer takes. Raises NoValue."""
    for _ in range(_TRIES):
        value = drawn(element, source, heights)
        if is_writable(element, writer, value):
            return value
    raise NoValue(f"no value of the element {element.name!r} can be told from others")


def is_writable(element: Element, writer: Writer, value: object) -> bool:
    """Say whether a writer takes a value: what it writes is read back as the same."""
    try:
        writer.write(element, value)
    except Unwritable:
        return False
    return True


class _Values:
    """Draws one value."""

    def __init__(self, source: Source, heights: Heights) -> None:
        self._source = source
        self._heights = heights
        self._room = _ROOM
        self._depth = 0

    @property
    def _is_tight(self) -> bool:
        return self._room <= 0 or self._depth >= _DEEPEST

    def of_element(self, element: Element) -> object:
        self._room -= 1
        if element.nillable and (self._is_tight or not self._source.number(0, 4)):
            return None
        return self._of_type(element.type, element.name)

    def _of_type(self, of: Type, name: str) -> object:
        match of:
            case Shape():
                return self._of_shape(of)
            case Whole(draw=draw):
                if draw is not None:
                    return draw(self._source.number, self._source.leaf)
                return self._fragment(name, self._source.number(0, 2))
            case AnyType():
                return self._of_any(of, name)
            case _:
                return self._leaf(of)

    def _of_shape(self, shape: Shape) -> object:
        if self._heights.of(shape) >= NEVER:
            raise NoValue(f"no value of the type {shape.name!r} comes to an end")
        content = self._heights.content(shape)
        own = () if shape.is_abstract else (shape,)
        derived = (other for other in content.derived.values() if not other.is_abstract)
        return self._first((*own, *derived), self._heights.of_exactly, self.exactly)

    def exactly(self, shape: Shape) -> object:
        content = self._heights.content(shape)
        self._depth += 1
        try:
            if shape.cls is None:
                return self._particle(content.particles[0])
            return self._record(shape.cls, content, shape.nil)
        finally:
            self._depth -= 1

    def _first(
        self, options: Sequence[T], height: Callable[[T], int], draw: Callable[[T], object]
    ) -> object:
        """Draw one of some options; where there is no value of it, another."""
        usable = sorted((one for one in options if height(one) < NEVER), key=height)
        if usable and not self._is_tight:
            usable.insert(0, usable.pop(self._source.number(0, len(usable) - 1)))
        problem = NoValue("there is no value of any of the types that may stand here")
        for option in usable:
            try:
                return draw(option)
            except NoValue as error:
                problem = error
        raise problem

    def _record(self, cls: type[object], content: Content | Branch, nil: str) -> object:
        values: dict[str, object] = {}
        for particle in content.particles:
            values[particle.slot] = self._particle(particle)
        if isinstance(content, Content):
            for attribute in content.attributes:
                values[attribute.slot] = self._attribute(attribute)
            if content.text is not None:
                values[content.text.slot] = self._leaf(content.text.type)
        if nil:
            values[nil] = self._nil(content.particles, values)
        return cls(**values)

    def _nil(self, particles: Iterable[Particle], values: Mapping[str, object]) -> frozenset[str]:
        """Return the slots whose None is sent as nil."""
        return frozenset(
            own.slot
            for own in particles
            if isinstance(own, Element)
            and own.nillable
            and (own.least, own.most) == (0, 1)
            and values[own.slot] is None
            and self._source.number(0, 1)
        )

    def _particle(self, particle: Particle) -> object:
        times = self._times(particle)
        items: list[object] = []
        while len(items) < times:
            try:
                items.append(self._one(particle))
            except NoValue:
                if len(items) < particle.least:
                    raise
                break
        if particle.most != 1:
            return tuple(items)
        missing = particle.missing if isinstance(particle, Element) else None
        return items[0] if items else missing

    def _times(self, particle: Particle) -> int:
        least, most = particle.least, particle.most
        if self._is_tight:
            return least
        return self._source.times(least, least + 2 if most is None else min(most, least + 2))

    def _one(self, particle: Particle) -> object:
        match particle:
            case Element():
                return self.of_element(particle)
            case Choice():
                return self._first(particle.branches, self._heights.of_branch, self._branch)
            case Wildcard():
                return self._foreign(particle)
            case _:
                assert_never(particle)

    def _branch(self, branch: Branch) -> object:
        self._depth += 1
        try:
            return self._record(branch.cls, branch, branch.nil)
        finally:
            self._depth -= 1

    def _attribute(self, attribute: Attribute) -> object:
        if not attribute.is_required and (self._is_tight or not self._source.number(0, 2)):
            return attribute.missing
        try:
            return self._leaf(attribute.type)
        except NoValue:
            if attribute.is_required:
                raise
            return attribute.missing

    def _leaf(self, leaf: Simple) -> object:
        self._room -= 1
        if isinstance(leaf, ScopedLeaf):
            name = QName(_FOREIGN[self._source.number(0, 2)], "name")
            return (name,) * self._source.number(0, 2) if leaf.is_list else name
        return self._source.leaf(leaf)

    def _of_any(self, of: AnyType, name: str) -> object:
        """Return a value that is written as the type that its class has, or XML."""
        types, names = of.types(), of.names()
        known = [
            (cls, types[type_name])
            for cls, type_name in names.items()
            if type_name in types and not isinstance(types[type_name], Whole | AnyType)
        ]
        at = self._source.number(0, len(known)) if not self._is_tight else 0
        if at == len(known):
            return self._fragment(name, 1)
        cls, own = known[at]
        value = self.exactly(own) if isinstance(own, Shape) else self._leaf(own)
        return value if type(value) is cls else self._fragment(name, 1)

    def _foreign(self, wildcard: Wildcard) -> XmlFragment:
        known = sorted(wildcard.namespaces) if wildcard.namespaces is not None else _FOREIGN
        usable = [namespace for namespace in known if wildcard.takes(namespace)]
        if not usable:
            raise NoValue("there is no namespace that a wildcard takes")
        namespace = usable[self._source.number(0, len(usable) - 1)]
        name = f"{namespace} other{self._source.number(1, 9)}".strip()
        return self._fragment(name, self._source.number(0, 2))

    def _fragment(self, name: str, words: int) -> XmlFragment:
        """Return an element with so many words in it."""
        namespace, _, local = name.rpartition(" ")
        declared = f' xmlns="{escaped(namespace, is_attribute=True)}"' if namespace else ""
        content = " ".join(("amber", "<b/>", "cedar")[:words])
        if not content:
            return XmlFragment(f"<{local}{declared}/>".encode())
        return XmlFragment(f"<{local}{declared}>{content}</{local}>".encode())
