"""Which name a symbol has in a module: its own, or a private one where that is taken.

A module has one name for each symbol. What the module binds itself keeps its name wherever it is
bound: a class, a field, a parameter. Symbols of users (`.records`, `.types`) come next, then those
of the package, then Python's. What comes later and is taken is imported under a private name:
`from datetime import time as _time`, and `from builtins import str as _str`.
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

USERS = (".records", ".types")
_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of symbols in one module."""

    names: Mapping[Symbol, str]
    own: str = ""

    def imports(self) -> str:
        """The import statements that these names need."""
        others = {symbol: name for symbol, name in self.names.items() if symbol.module != self.own}
        return import_lines(others)

    def resolved(self, tree: T) -> T:
        """The same with the names that symbols have here."""
        return cast("T", _resolved(tree, self.names))


def scope_of(
    tree: Tree, bound: Iterable[str] = (), own: str = "", offered: Iterable[str] = ()
) -> Scope:
    """The names for the symbols of a module.

    `bound` are names that its fixed text binds. `own` is the module itself as others import it:
    what comes of it is not imported. Symbols that it offers to others, under the names `offered`,
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
    """The name of a symbol of the runtime, if the module offers it to others."""
    name = symbol.local or symbol.name
    return name if symbol.module.startswith("._") and name in public else ""


def _rank(symbol: Symbol) -> tuple[int, str, str]:
    if symbol.module in USERS:
        place = 0
    elif symbol.module.startswith("."):
        place = 1
    else:
        place = 3 if symbol.module == "builtins" else 2
    return (place, symbol.module, symbol.name)


def _parts(tree: Tree) -> Iterator[Tree]:
    """What a node is made of."""
    if isinstance(tree, tuple):
        yield from cast("tuple[Tree, ...]", tree)
    elif dataclasses.is_dataclass(tree) and not isinstance(tree, type):
        for field in dataclasses.fields(tree):
            yield getattr(tree, field.name)


def symbols_of(tree: Tree) -> Iterator[Symbol]:
    """The symbols in a tree, as often as they are there."""
    if isinstance(tree, Symbol):
        yield tree
        return
    for part in _parts(tree):
        yield from symbols_of(part)


def _bound(tree: Tree) -> Iterator[str]:
    """The names that a tree binds, in whatever function or class."""
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
