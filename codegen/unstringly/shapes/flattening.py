"""The content of a complex type written out: groups and base types in their places.

What comes out is a row of elements, wildcards and choices, and nothing else. A group that may be
absent or repeated as a whole is a choice with one branch. Groups that double their size with each
step, and rows of base types without end, are refused: no type has more than `MOST_PARTICLES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from unstringly.model.schema_content import (
    ONCE,
    AnyElement,
    ComplexContent,
    ComplexType,
    Compositor,
    Derivation,
    Element,
    ElementRef,
    Group,
    GroupRef,
    LocalElement,
    ModelGroup,
    Occurs,
    Particle,
    Wildcard,
)
from unstringly.model.schema_names import ANY_TYPE
from unstringly.shapes.shapes import Reason

if TYPE_CHECKING:
    from unstringly.diagnostics import Span
    from unstringly.model.schema import Schema
    from unstringly.model.schema_names import ComponentName

MOST_PARTICLES = 2_000
"""The most elements of a type, groups and base types written out."""
_MOST_DEPTH = 50
_OPTIONAL = Occurs(0, 1)


class NoShapeError(Exception):
    """A component has no shape, for this reason."""

    def __init__(self, words: str, span: Span) -> None:
        super().__init__(words)
        self.reason = Reason(words, span)


class FlatElement(Struct, frozen=True):
    """An element, so many times."""

    element: Element
    occurs: Occurs


class FlatWildcard(Struct, frozen=True):
    """Elements that are not declared, so many."""

    wildcard: Wildcard
    occurs: Occurs


class FlatChoice(Struct, frozen=True):
    """One of several rows, so many times. One branch is a group that may be absent or repeated.

    `head` is the local name of the element whose substitution group these are, if they are one.
    """

    branches: tuple[tuple[Flat, ...], ...]
    occurs: Occurs
    head: str = ""


Flat: TypeAlias = FlatElement | FlatWildcard | FlatChoice


def base_row(schema: Schema, type_: ComplexType) -> tuple[ComplexType, ...]:
    """Return a complex type and the complex types that it is derived from, the first of them first.

    Raises NoShapeError for a row without end.
    """
    row = [type_]
    while row[-1].base != ANY_TYPE:
        base = schema.components[row[-1].base]
        if not isinstance(base, ComplexType):
            break
        row.append(base)
        if len(row) > MOST_PARTICLES:
            raise NoShapeError(f"it has more than {MOST_PARTICLES} base types", type_.span)
    return tuple(reversed(row))


def flat_content(schema: Schema, type_: ComplexType) -> tuple[Flat, ...]:
    """Return the content of a type, that of its base types first. Raises NoShapeError."""
    flattening = _Flattening(schema, type_.span)
    flats: list[Flat] = []
    for base in base_row(schema, type_):
        if base.derivation is Derivation.RESTRICTION:
            flats.clear()
        if isinstance(base.content, ComplexContent) and base.content.particle is not None:
            flats += flattening.particle(base.content.particle, 0)
    return tuple(flats)


class _Flattening:
    """One type; `_room` is the number of particles that it may still have."""

    def __init__(self, schema: Schema, span: Span) -> None:
        self._schema, self._span = schema, span
        self._room = MOST_PARTICLES

    def particle(self, particle: Particle, depth: int) -> list[Flat]:
        """Return what a particle stands for."""
        self._room -= 1
        if self._room < 0:
            raise NoShapeError(f"it has more than {MOST_PARTICLES} elements", self._span)
        if depth > _MOST_DEPTH:
            raise NoShapeError(f"its groups are nested more than {_MOST_DEPTH} deep", self._span)
        match particle:
            case LocalElement(declaration=element, occurs=occurs):
                return [FlatElement(element, occurs)]
            case ElementRef():
                return self._reference(particle)
            case AnyElement(wildcard=wildcard, occurs=occurs):
                return [FlatWildcard(wildcard, occurs)]
            case GroupRef(name=name, occurs=occurs):
                group = self._schema.components[name]
                assert isinstance(group, Group)
                content = [] if group.content is None else self.particle(group.content, depth + 1)
                return _repeated(content, occurs)
            case ModelGroup(compositor=Compositor.CHOICE, particles=particles, occurs=occurs):
                return _choice([self.particle(part, depth + 1) for part in particles], occurs)
            case ModelGroup(particles=particles, occurs=occurs):
                rows = [self.particle(part, depth + 1) for part in particles]
                return _repeated([flat for row in rows for flat in row], occurs)
            case _:
                assert_never(particle)

    def _reference(self, reference: ElementRef) -> list[Flat]:
        """Return an element, or the choice of all that may stand for it."""
        members = self._substitutes(reference.name)
        if [element.name for element in members] == [self._element(reference.name).name]:
            return [FlatElement(members[0], reference.occurs)]
        if not members:
            raise NoShapeError("its element is abstract, and none stands for it", reference.span)
        rows = tuple((FlatElement(element, ONCE),) for element in members)
        return [FlatChoice(rows, reference.occurs, reference.name.local)]

    def _substitutes(self, head: ComponentName) -> list[Element]:
        """Return the elements that may stand where this one is declared, itself first."""
        waiting, met, members = [head], {head}, list[Element]()
        while waiting:
            name = waiting.pop(0)
            element = self._element(name)
            if not element.abstract:
                members.append(element)
            fresh = [own for own in self._schema.substitutes.get(name, ()) if own not in met]
            met.update(fresh)
            waiting += fresh
            if len(met) > MOST_PARTICLES:
                raise NoShapeError(f"it has more than {MOST_PARTICLES} elements", self._span)
        self._room -= len(members)
        return members

    def _element(self, name: ComponentName) -> Element:
        element = self._schema.components[name]
        assert isinstance(element, Element)
        return element


def _repeated(row: list[Flat], occurs: Occurs) -> list[Flat]:
    """Return a row that stands so many times as a whole."""
    if occurs == ONCE or not row:
        return row
    if len(row) == 1:
        both = _product(row[0].occurs, occurs)
        if both is not None:
            return [replace(row[0], occurs=both)]
    if occurs == _OPTIONAL and all(flat.occurs.least == 0 for flat in row):
        return row
    return [FlatChoice((tuple(row),), occurs)]


def _product(inner: Occurs, outer: Occurs) -> Occurs | None:
    """Return the times of what occurs within a repeated group; None if that is no range."""
    if inner == ONCE:
        return outer
    if inner.least > 1 and outer != ONCE:
        return None
    is_open = inner.most is None or outer.most is None
    return Occurs(
        inner.least * outer.least,
        None if is_open else (inner.most or 0) * (outer.most or 0),
    )


def _choice(rows: list[list[Flat]], occurs: Occurs) -> list[Flat]:
    """Return the choice of one row.

    A row that is empty, or is one element that may be absent, says that there may be none: so no
    two values mean the same.
    """
    branches: list[tuple[Flat, ...]] = []
    is_optional = False
    for row in rows:
        first = row[0] if len(row) == 1 else None
        if not row:
            is_optional = True
        elif isinstance(first, FlatChoice) and _is_within(first.occurs, occurs):
            branches += first.branches
            is_optional = is_optional or first.occurs.least == 0
        elif first is not None and first.occurs.least <= 1:
            times = ONCE if occurs.most is None else Occurs(1, first.occurs.most)
            branches.append((replace(first, occurs=times),))
            is_optional = is_optional or first.occurs.least == 0
        else:
            branches.append(tuple(row))
    branches = list(dict.fromkeys(branches))
    if not branches:
        return []
    both = Occurs(0, occurs.most) if is_optional else occurs
    if len(branches) == 1:
        return _repeated(list(branches[0]), both)
    return [FlatChoice(tuple(branches), both)]


def _is_within(inner: Occurs, outer: Occurs) -> bool:
    """Say whether a choice in a choice is one with it."""
    if outer.most is None:
        return inner.least <= 1
    return inner.least <= 1 and inner.most == 1
