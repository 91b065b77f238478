"""Which lexical forms the formatters check, and what their tables are called.

One type can have several: a padded field does not begin or end with padding, a field with a
nil spelling cannot hold that text as a value. Where they are the same language they share a
table.
"""

from dataclasses import dataclass

from unstringly.automata.dfa import Dfa
from unstringly.compile.common import Common
from unstringly.compile.compiled import Compiled, PlacedLeaf
from unstringly.model.contract import Contract
from unstringly.model.grammar import DateType, EnumType, Form, Type
from unstringly.model.parts import as_leaf
from unstringly.model.uses import Use
from unstringly.plan.vocabulary import constant


@dataclass(frozen=True, slots=True)
class Guard:
    """A form's table: its name, the language, its simple part and how messages describe it.

    `nil` is a text of the form that means None in this place; `padded` says that texts of the form
    are missing because they begin or end with padding.
    """

    name: str
    language: Dfa
    form: Form
    common: Common | None
    nil: str | None
    padded: bool


@dataclass(frozen=True, slots=True)
class Guards:
    """The tables, in the order of the spec, and the table of each use."""

    tables: tuple[Guard, ...]
    names: dict[Use, str]

    def language(self, use: Use) -> Dfa:
        """The contents that may be written in a place that has a table."""
        return next(table.language for table in self.tables if table.name == self.names[use])


def guards_of(contract: Contract, compiled: Compiled) -> Guards:
    """The guards of everything that the contract's package writes and sends."""
    tables: dict[str, Guard] = {}
    of_type: dict[str, list[Guard]] = {}
    names: dict[Use, str] = {}
    order = {name: number for number, name in enumerate(contract.definitions)}
    for use in sorted(compiled.leaves, key=lambda use: order[use.type]):
        leaf = as_leaf(contract.definitions[use.type])
        if not _is_guarded(leaf):
            continue
        placed = compiled.leaves[use]
        stem = f"{constant(leaf)}_FORM"
        guards = of_type.setdefault(stem, [])
        language = placed.contents.written
        guard = next((each for each in guards if each.language == language), None)
        if guard is None:
            name = _free(tables, f"{stem}_TRIMMED" if use.padded and stem in tables else stem)
            guard = tables[name] = _guard(name, use, placed)
            guards.append(guard)
        names[use] = guard.name
    return Guards(tuple(tables.values()), names)


def _is_guarded(leaf: Type) -> bool:
    """Dates exist or do not, and closed codes are written from a list: neither needs a table."""
    if isinstance(leaf, DateType):
        return False
    return not (isinstance(leaf, EnumType) and leaf.form is None)


def _guard(name: str, use: Use, placed: PlacedLeaf) -> Guard:
    contents = placed.contents
    return Guard(
        name,
        contents.written,
        placed.form,
        placed.common,
        nil=use.nil if contents.takes_nil else None,
        padded=contents.loses_padded,
    )


def _free(tables: dict[str, Guard], name: str) -> str:
    """The name, or the name with the first number that is free: one type in several places."""
    candidate, number = name, 2
    while candidate in tables:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
