"""The names of symbols in a module: their own, or private ones where these are taken.

A module has one name for each symbol. Whatever the module binds itself keeps its name: a class, a
field, a parameter. Symbols of users (`.records`, `.types`, `.messages`) come next, then those of
the package, then Python's. A symbol whose name is taken when it comes is imported under a private
name: `from datetime import time as _time`, and `from builtins import str as _str`.
"""

import builtins
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache
from operator import is_
from typing import TypeAlias, TypeVar, cast

from msgspec import Struct

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
"""A node, or anything that is made of nodes: tuples, and structs such as a module's view."""

USERS = (".messages", ".records", ".types")
_BUILTINS = frozenset(dir(builtins))


class Scope(Struct, frozen=True):
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


def _parts(tree: Tree) -> tuple[Tree, ...]:
    """Return the items of a tuple, or the fields of a struct."""
    if isinstance(tree, tuple):
        return cast("tuple[Tree, ...]", tree)
    return tuple(getattr(tree, name) for name in _field_names(cast("Hashable", type(tree))))


@cache
def _field_names(kind: Hashable) -> tuple[str, ...]:
    """Return the names of the fields of a struct; none of any other type."""
    if not isinstance(kind, type) or not issubclass(kind, Struct):
        return ()
    return kind.__struct_fields__


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
    parts = _parts(tree)
    resolved = tuple([_resolved(part, names) for part in parts])
    if isinstance(tree, tuple):
        return resolved
    if all(map(is_, parts, resolved)):
        return tree
    kind = cast("Callable[..., Tree]", type(tree))
    return kind(**dict(zip(_field_names(cast("Hashable", type(tree))), resolved, strict=True)))
