"""The heights of types: how many records stand in one another in the smallest value of each.

They are found for all types that one reaches, in rounds, without recursion: a type that has no
value, since each of its values holds another, has a height without an end.
"""

from collections.abc import Iterator
from typing import Final, assert_never

from ..xml.tables import Branch, Choice, Content, Element, Particle, Shape, Type, Wildcard

NEVER: Final = 80
"""A height of which no value can be written, as documents have a depth that is read."""


class Heights:
    """The heights of types, and their contents, each asked for once."""

    def __init__(self) -> None:
        self._contents: dict[Shape, Content] = {}
        self._heights: dict[Shape, int] = {}

    def content(self, shape: Shape) -> Content:
        """Return what a shape holds."""
        content = self._contents.get(shape)
        if content is None:
            content = self._contents[shape] = shape.content()
        return content

    def of(self, shape: Shape) -> int:
        """Return the height of a type, or of the lowest that is derived from it."""
        self._find(shape)
        content = self.content(shape)
        own = () if shape.is_abstract else (self._heights[shape],)
        others = (
            self.of_exactly(other) for other in content.derived.values() if not other.is_abstract
        )
        return min((*own, *others), default=NEVER)

    def of_exactly(self, shape: Shape) -> int:
        """Return the height of a type, whatever is derived from it."""
        self._find(shape)
        return self._heights[shape]

    def of_branch(self, branch: Branch) -> int:
        """Return the height of a branch of a choice."""
        for shape in _shapes(branch.particles):
            self._find(shape)
        return self._of_particles(branch.particles)

    def _find(self, shape: Shape) -> None:
        """Find the heights of all types that a type reaches."""
        if shape in self._heights:
            return
        left, reached = [shape], {shape: None}
        while left:
            content = self.content(left.pop())
            for other in (*_shapes(content.particles), *content.derived.values()):
                if other not in reached and other not in self._heights:
                    reached[other] = None
                    left.append(other)
        self._heights |= dict.fromkeys(reached, NEVER)
        is_changed = True
        while is_changed:
            is_changed = False
            for own in reached:
                height = self._of_particles(self.content(own).particles)
                if height < self._heights[own]:
                    self._heights[own] = height
                    is_changed = True

    def _of_particles(self, particles: tuple[Particle, ...]) -> int:
        needed = (self._of_particle(own) for own in particles if own.least)
        return min(NEVER, 1 + max(needed, default=0))

    def _of_particle(self, particle: Particle) -> int:
        match particle:
            case Element():
                return 0 if particle.nillable else self._of_type(particle.type)
            case Choice():
                branches = (self._of_particles(own.particles) for own in particle.branches)
                return min(branches, default=NEVER)
            case Wildcard():
                return 1
            case _:
                assert_never(particle)

    def _of_type(self, of: Type) -> int:
        if not isinstance(of, Shape):
            return 1
        own = () if of.is_abstract else (self._heights[of],)
        derived = self.content(of).derived.values()
        others = (self._heights[other] for other in derived if not other.is_abstract)
        return min((*own, *others), default=NEVER)


def _shapes(particles: tuple[Particle, ...]) -> Iterator[Shape]:
    """Yield the shapes of elements, and of those in choices."""
    left = list(particles)
    while left:
        particle = left.pop()
        match particle:
            case Element(type=of):
                if isinstance(of, Shape):
                    yield of
            case Choice(branches=branches):
                left += [own for branch in branches for own in branch.particles]
            case Wildcard():
                pass
            case _:
                assert_never(particle)
