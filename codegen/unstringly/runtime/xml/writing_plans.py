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

    `spaces` has the element's namespace, if it is in one.
    """

    particle: Particle
    name: str = ""
    tag: str = ""
    opening: str = ""
    closing: str = ""
    spaces: frozenset[str] = frozenset()
    write: WriteText | None = None

    @property
    def is_required(self) -> bool:
        """Whether something must be sent."""
        return self.particle.least > 0


NO_STEP: Final = Step(Wildcard(""))
"""No element."""


class WritingPlan:
    """A shape, or a branch of a choice.

    `values` returns the values of a record's particles, which the steps are for; `writes` is there
    for a record with nothing but texts of at most one each, which `is_plain` if there are no
    attributes either. `spaces` are the namespaces of all tags of the steps and of the attributes,
    `names` the names of all elements. `nil_slots` are those of elements that may be nil and may be
    absent. `by_class` has the types that are derived, by class. `begins_anew` says that two
    branches of this kind are two for a reader as well.
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
        writes = tuple(step.write for step in self.steps if step.write is not None)
        has_texts = len(writes) == len(self.steps) > 0 and not self.nil and self.cls is not None
        self.writes = writes if has_texts else None
        self.is_plain = has_texts and not (content.attributes or content.text or self.is_abstract)
        self._templates: dict[tuple[bool, ...], str] = {}
        self._template = self._template_of(self.steps)
        self.nil_slots = frozenset(
            part.slot
            for part in content.particles
            if isinstance(part, Element) and part.nillable and (part.least, part.most) == (0, 1)
        )
        self.has_doubles = len(self.names) < _count(content.particles)
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

    def template(self, values: tuple[object, ...] | None = None) -> str:
        """Return what is filled with the texts of a record that has nothing but texts.

        `values` are the record's if some of them are None. Raises ValueError if one must not be.
        """
        if values is None:
            return self._template
        is_there = tuple(value is not None for value in values)
        template = self._templates.get(is_there)
        if template is None:
            present = [step for step, there in zip(self.steps, is_there, strict=True) if there]
            if any(step.is_required for step in self.steps if step not in present):
                raise ValueError
            template = self._template_of(present)
            if len(self._templates) < _MOST_TEMPLATES:
                self._templates[is_there] = template
        return template

    def _template_of(self, steps: Iterable[Step]) -> str:
        return "".join(f"{step.opening}%s{step.closing}" for step in steps)


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
    return Step(particle, particle.name, tag, f"<{tag}>", f"</{tag}>", spaces, write)


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
