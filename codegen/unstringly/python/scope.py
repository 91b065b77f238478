"""The names of symbols in a module: their own, or private ones where these are taken.

A module has one name for each symbol. Whatever the module binds itself keeps its name: a class, a
field, a parameter. Symbols of users (`.records`, `.types`, `.messages`) come next, then those of
the package, then Python's. A symbol whose name is taken when it comes is imported under a private
name: `from datetime import time as _time`, and `from builtins import str as _str`.
"""

import builtins
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from unstringly.python.imports import import_lines
from unstringly.python.nodes import DictComprehension, Generator, Lambda, Name, Symbol
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Class,
    For,
    Function,
    Parameter,
)

T = TypeVar("T")
Tree: TypeAlias = object
"""A node, or anything that is made of nodes: tuples, and dataclasses such as a module's view."""

USERS = (".messages", ".records", ".types")
_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of symbols in one module."""

    names: Mapping[Symbol, str]
    own: str = ""

    def imports(self) -> str:
        """Return the import statements that these names need."""
        others = {symbol: name for symbol, name in self.names.items() if symbol.module != self.own}
        return import_lines(others)

    def resolved(self, tree: T) -> T:
        """Return the same tree with names of this module instead of symbols."""
        return cast("T", _resolved(tree, self.names))


def scope_of(
    tree: Tree, bound: Iterable[str] = (), own: str = "", offered: Iterable[str] = ()
) -> Scope:
    """Return the names for the symbols of a module.

    `bound` are names that its fixed text binds. `own` is the module itself as others import it:
    its symbols are not imported. Symbols that it offers to others, under the names `offered`,
    keep these names.
    """
    public = frozenset(offered)
    symbols = sorted(dict.fromkeys(symbols_of(tree)), key=_rank)
    taken = {*bound, *_bound(tree), *(_offered(symbol, public) for symbol in symbols)}
    names: dict[Symbol, str] = {}
    for symbol in symbols:
        name = symbol.local or symbol.name
        if _offered(symbol, public):
            names[symbol] = name
            continue
        if symbol.module == own or (symbol.module == "builtins" and name not in taken):
            names[symbol] = name
            continue
        while name in taken or (name in _BUILTINS and symbol.module != "builtins"):
            # two underscores in front would mean another name inside a class
            name = f"{name}_" if name.startswith("_") else f"_{name}"
        taken.add(name)
        names[symbol] = name
    return Scope(names, own)


def _offered(symbol: Symbol, public: frozenset[str]) -> str:
    """Return the name of a symbol of the runtime that the module offers to others, or ""."""
    name = symbol.local or symbol.name
    return name if symbol.module.startswith("._") and name in public else ""


def _rank(symbol: Symbol) -> tuple[int, str, str]:
    """Return the key that sorts symbols in the order in which they get names."""
    if symbol.module in USERS:
        place = 0
    elif symbol.module.startswith("."):
        place = 1
    else:
        place = 3 if symbol.module == "builtins" else 2
    return (place, symbol.module, symbol.name)


def _parts(tree: Tree) -> Iterator[Tree]:
    """Yield the items of a tuple, or the fields of a dataclass."""
    if isinstance(tree, tuple):
        yield from cast("tuple[Tree, ...]", tree)
    elif dataclasses.is_dataclass(tree) and not isinstance(tree, type):
        for field in dataclasses.fields(tree):
            yield getattr(tree, field.name)


def symbols_of(tree: Tree) -> Iterator[Symbol]:
    """Yield the symbols in a tree, as often as they occur."""
    if isinstance(tree, Symbol):
        yield tree
        return
    for part in _parts(tree):
        yield from symbols_of(part)


def _bound(tree: Tree) -> Iterator[str]:
    """Yield the names that a tree binds, in any function or class of it."""
    match tree:
        case Function(name=name) | Class(name=name) | Parameter(name=name):
            yield name
        case AnnotatedAssign(name=name):
            yield name
        case Assign(targets=targets):
            yield from (target.text for target in targets if isinstance(target, Name))
        case For(target=target) | Generator(target=target) | DictComprehension(target=target):
            yield target
        case Lambda(parameters=parameters):
            yield from parameters
        case _:
            pass
    for part in _parts(tree):
        yield from _bound(part)


def _resolved(tree: Tree, names: Mapping[Symbol, str]) -> Tree:
    if isinstance(tree, Symbol):
        return Name(names[tree])
    if isinstance(tree, tuple):
        return tuple(_resolved(part, names) for part in cast("tuple[Tree, ...]", tree))
    if not dataclasses.is_dataclass(tree) or isinstance(tree, type):
        return tree
    parts = {field.name: getattr(tree, field.name) for field in dataclasses.fields(tree)}
    return dataclasses.replace(
        tree, **{name: _resolved(part, names) for name, part in parts.items()}
    )
