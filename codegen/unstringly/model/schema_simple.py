"""Simple types: types of texts (XML Schema part 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from unstringly.diagnostics import Span
    from unstringly.model.schema_names import ComponentName


class Atomic(Struct, frozen=True):
    """Values of one built-in type, the nearest in the row of bases, by its local name."""

    built_in: str


class ListOf(Struct, frozen=True):
    """Values of a simple type, separated by blanks."""

    item: ComponentName


class UnionOf(Struct, frozen=True):
    """Values of the first of these simple types that takes the text."""

    members: tuple[ComponentName, ...]


Variety: TypeAlias = Atomic | ListOf | UnionOf


class Enumerated(Struct, frozen=True):
    """One value of an enumeration, as it is written."""

    value: str
    documentation: str
    span: Span


class Facets(Struct, frozen=True):
    """The facets of one step of restriction; those of the base type hold too.

    A text must match one of `patterns`. An enumeration replaces that of the base. Bounds are kept
    as they are written.
    """

    enumeration: tuple[Enumerated, ...] = ()
    patterns: tuple[str, ...] = ()
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_inclusive: str | None = None
    max_inclusive: str | None = None
    min_exclusive: str | None = None
    max_exclusive: str | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None
    white_space: str | None = None


NO_FACETS = Facets()


class SimpleType(Struct, frozen=True):
    """A type of texts.

    `base` is the type that it restricts: `anySimpleType` for a list or union that is none of
    another one. `variety` is the whole truth, also where it comes from the base.
    """

    name: ComponentName
    base: ComponentName
    variety: Variety
    facets: Facets
    documentation: str
    span: Span
