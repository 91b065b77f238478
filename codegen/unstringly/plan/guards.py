"""Which lexical forms the formatters check, and what their tables are called.

One type can have several: a padded field does not begin or end with padding, a field with a
nil spelling cannot hold that text as a value. Where they are the same language they share a
table.
"""

from msgspec import Struct

from unstringly.automata.dfa import Dfa
from unstringly.compile.common import Common
from unstringly.compile.compiled import Compiled, PlacedLeaf
from unstringly.kinds.package import Package
from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract, whole_texts
from unstringly.model.grammar import Form, LineEnds
from unstringly.model.parts import as_leaf
from unstringly.model.uses import Use
from unstringly.plan.nesting import in_fields, in_padding


class Guard(Struct, frozen=True):
    """A form's table: its name, the language, its simple part and how messages describe it.

    `nils` are texts of the form that mean None in this place; `padded` says that texts of the form
    are missing because they begin or end with padding.
    """

    name: str
    language: Dfa
    form: Form
    common: Common | None
    nils: tuple[str, ...]
    padded: bool


class Guards(Struct, frozen=True):
    """The tables, in the order of the spec, and the table of each use."""

    tables: tuple[Guard, ...]
    names: dict[Use, str]

    def language(self, use: Use) -> Dfa | None:
        """The contents that may be written in a place; None if it has no table."""
        name = self.names.get(use)
        return next((table.language for table in self.tables if table.name == name), None)


def guards_of(contract: Contract, compiled: Compiled) -> Guards:
    """The guards of everything that the contract's package writes and sends."""
    tables: dict[str, Guard] = {}
    of_type: dict[str, list[Guard]] = {}
    names: dict[Use, str] = {}
    order = {name: number for number, name in enumerate(contract.definitions)}
    for use in sorted(compiled.leaves, key=lambda use: order[use.type]):
        kind = kind_of(as_leaf(contract.definitions[use.type]))
        if not kind.is_guarded:
            continue
        placed = compiled.leaves[use]
        stem = kind.table
        guards = of_type.setdefault(stem, [])
        language = placed.contents.written
        guard = next((each for each in guards if each.language == language), None)
        if guard is None:
            name = _free(tables, f"{stem}_TRIMMED" if use.padded and stem in tables else stem)
            guard = tables[name] = _guard(name, use, placed)
            guards.append(guard)
        names[use] = guard.name
    return Guards(tuple(tables.values()), names)


def package_of(contract: Contract, guards: Guards) -> Package:
    """The definitions of a contract as the modules of its package see them."""
    is_lf = contract.spec.line_ends is LineEnds.LF
    return Package(
        contract.definitions,
        guards.names,
        in_padding(contract),
        is_lf,
        frozenset(whole_texts(contract)),
        in_fields(contract),
    )


def _guard(name: str, use: Use, placed: PlacedLeaf) -> Guard:
    contents = placed.contents
    return Guard(
        name,
        contents.written,
        placed.form,
        placed.common,
        nils=contents.nils_taken,
        padded=contents.loses_padded,
    )


def _free(tables: dict[str, Guard], name: str) -> str:
    """The name, or the name with the first number that is free: one type in several places."""
    candidate, number = name, 2
    while candidate in tables:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
