"""Tables as the writer wants them: the texts of tags, made once for the prefixes of a package."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeAlias, cast

from ..errors.exceptions import Unwritable
from .prefixes import XML, Prefixes
from .tables import (
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
    Text,
    Whole,
    Wildcard,
)

WriteText: TypeAlias = Callable[[object], str]

_MOST_TEMPLATES: Final = 64
"""The most templates that a plan keeps, of those for records with a None."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A particle, and for an element its tags; `write` is there for a leaf that is sent as it is.

    `spaces` has the element's namespace, if it is in one. `place` is the element in a template.
    """

    particle: Particle
    name: str = ""
    tag: str = ""
    opening: str = ""
    closing: str = ""
    place: str = ""
    spaces: frozenset[str] = frozenset()
    write: WriteText | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """An element of records that are written as wholes: a leaf, or records of the plan `inner`."""

    step: Step
    is_many: bool
    leaf: Leaf | None
    inner: "WritingPlan | None"


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """What is in records that are written as wholes: their elements, and the namespaces in them.

    `height` is the number of records in each other, these included. It is 0 for records that are
    not written as wholes.
    """

    rows: tuple[Row, ...] = ()
    spaces: frozenset[str] = frozenset()
    height: int = 0


class WritingPlan:
    """A shape, or a branch of a choice.

    `values` returns the values of a record's particles, which the steps are for. `writes` is there
    for a record with nothing but leaves of at most one each; `template` then takes all of their
    texts, and `templates` have those for records with a None. `has_leaves` says that records may be
    written as wholes, and `inside`, once it is known, whether they are and what is in them
    (`whole_records`).

    `spaces` are the namespaces of all tags of the steps and of the attributes, `names` the names of
    all elements. `nil_slots` are those of elements that may be nil and may be absent. `by_class`
    has the types that are derived, by class. `begins_anew` says that two branches of this kind are
    two for a reader as well.
    """

    def __init__(self, source: Shape | Branch, prefixes: Prefixes) -> None:
        content = source.content() if isinstance(source, Shape) else Content(source.particles)
        self.cls, self.nil = source.cls, source.nil
        self.is_abstract = isinstance(source, Shape) and source.is_abstract
        self.steps = tuple(step_of(particle, prefixes) for particle in content.particles)
        self.values = _values_getter(source.cls, content.particles)
        self.attributes: tuple[tuple[str, Attribute], ...] = tuple(
            (prefixes.tag(own.name), own) for own in content.attributes
        )
        self.text: Text | None = content.text
        self.by_class: Mapping[type[object], tuple[str, Shape]] = {
            shape.cls: (name, shape)
            for name, shape in content.derived.items()
            if shape.cls is not None
        }
        self.is_open = bool(content.derived) or self.is_abstract
        self.names = names_of(content.particles)
        self.spaces = _spaces([*self.names, *(own.name for own in content.attributes)])
        self.nil_slots = frozenset(
            part.slot
            for part in content.particles
            if isinstance(part, Element) and part.nillable and (part.least, part.most) == (0, 1)
        )
        self.has_doubles = len(self.names) < _count(content.particles)
        leaves = (
            *(own.type for own in content.attributes),
            *([self.text.type] if self.text else ()),
        )
        self.has_leaves = not (self.nil or self.has_doubles or self.is_abstract) and not any(
            isinstance(leaf, ScopedLeaf) for leaf in leaves
        )
        writes = tuple(step.write for step in self.steps if step.write is not None)
        has_texts = len(writes) == len(self.steps) > 0 and self.cls is not None
        self.writes = writes if has_texts else None
        self.template = "".join(step.place for step in self.steps)
        self.templates: dict[tuple[bool, ...], str] = {}
        self.inside: Inside | None = None
        first = content.particles[0] if content.particles else None
        self.begins_anew = isinstance(first, Element) and first.least == first.most == 1

    def nil_of(self, record: object) -> frozenset[str]:
        """Return the slots of a record whose None is sent."""
        nil: object = getattr(record, self.nil)
        if not isinstance(nil, frozenset):
            raise Unwritable(self.nil, type(nil).__name__, "stands where a frozenset must be")
        slots = cast("frozenset[str]", nil)
        for slot in slots:
            if slot not in self.nil_slots:
                raise Unwritable(self.nil, str(slot), "is no field that may be nil and absent")
            if getattr(record, slot) is not None:
                raise Unwritable(slot, type(getattr(record, slot)).__name__, "is said to be nil")
        return slots

    def keep(self, there: tuple[bool, ...], template: str) -> None:
        """Keep the template of records that have some of their values, unless there are many."""
        if len(self.templates) < _MOST_TEMPLATES:
            self.templates[there] = template


def step_of(particle: Particle, prefixes: Prefixes) -> Step:
    """Return the step for a particle."""
    if not isinstance(particle, Element):
        return Step(particle)
    tag = prefixes.tag(particle.name)
    of = particle.type
    write = None
    if not isinstance(of, ScopedLeaf | Shape | Whole | AnyType):
        is_plain = particle.most == 1 and particle.default is None and particle.missing is None
        write = of.write if is_plain else None
    spaces = _spaces([particle.name])
    opening, closing = f"<{tag}>", f"</{tag}>"
    place = f"{opening}%s{closing}"
    return Step(particle, particle.name, tag, opening, closing, place, spaces, write)


def _spaces(names: Iterable[str]) -> frozenset[str]:
    """Return the namespaces of names that need a declaration."""
    return frozenset(name.rpartition(" ")[0] for name in names) - {"", XML}


def names_of(particles: tuple[Particle, ...]) -> frozenset[str]:
    """Return the names of all elements, also of those in branches."""
    names: set[str] = set()
    for particle in particles:
        match particle:
            case Element(name=name):
                names.add(name)
            case Choice(branches=branches):
                for branch in branches:
                    names |= names_of(branch.particles)
            case Wildcard():
                pass
    return frozenset(names)


def _count(particles: tuple[Particle, ...]) -> int:
    return sum(
        sum(_count(branch.particles) for branch in particle.branches)
        if isinstance(particle, Choice)
        else isinstance(particle, Element)
        for particle in particles
    )


def _values_getter(
    cls: type[object] | None, particles: tuple[Particle, ...]
) -> Callable[[object], tuple[object, ...]]:
    if cls is None:
        return lambda value: (value,)
    slots = [particle.slot for particle in particles]
    if len(slots) > 1:
        return attrgetter(*slots)
    if not slots:
        return lambda _: ()
    only = attrgetter(*slots)
    return lambda record: (only(record),)
