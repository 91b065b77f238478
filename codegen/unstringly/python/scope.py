"""The names of symbols in a module: their own, or private ones where these are taken.

A module has one name for each symbol. Whatever the module binds itself keeps its name: a class, a
field, a parameter. Symbols of users (`.records`, `.types`, `.messages`) come next, then those of
the package, then Python's. A symbol whose name is taken when it comes is imported under a private
name: `from datetime import time as _time`, and `from builtins import str as _str`.
"""

import builtins
from collections.abc import Callable, Iterable, Mapping
from operator import is_
from typing import Final, NamedTuple, TypeAlias, TypeVar, cast

from msgspec import Struct
from msgspec.structs import astuple

from unstringly.python.imports import import_lines
from unstringly.python.nodes import (
    Constant,
    DictComprehension,
    Generator,
    Lambda,
    Name,
    Number,
    Pieces,
    Symbol,
    Text,
)
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Class,
    Comment,
    Delete,
    Docstring,
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
        names = {symbol: Name(name) for symbol, name in self.names.items()}
        return cast("T", _resolved(tree, names))


def scope_of(
    tree: Tree, bound: Iterable[str] = (), own: str = "", offered: Iterable[str] = ()
) -> Scope:
    """Return the names for the symbols of a module.

    `bound` are names that its fixed text binds. `own` is the module itself as others import it:
    its symbols are not imported. Symbols that it offers to others, under the names `offered`,
    keep these names.
    """
    public = frozenset(offered)
    survey = _survey(tree)
    symbols = sorted(survey.symbols, key=_rank)
    taken = {*bound, *survey.bound, *(_offered(symbol, public) for symbol in symbols)}
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


def symbols_of(tree: Tree) -> Iterable[Symbol]:
    """Return the symbols in a tree, each once, in the order in which they come first."""
    return _survey(tree).symbols


class _Survey(NamedTuple):
    """What is in a tree: its symbols, and the names that any function or class in it binds."""

    symbols: dict[Symbol, None]
    bound: set[str]


_LEAVES: Final = frozenset(
    (
        *(str, int, bool, float, type(None)),
        *(Name, Text, Number, Constant, Pieces, Docstring, Comment, Delete),
    )
)
"""The types of what has no nodes in it; most of what there is in a tree."""


def _survey(tree: Tree) -> _Survey:
    """Look at each node of a tree once, however often it is there."""
    symbols: dict[Symbol, None] = {}
    bound: set[str] = set()
    seen: set[int] = set()
    ahead = [tree]
    while ahead:
        node = ahead.pop()
        kind = type(node)
        if kind in _LEAVES or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Symbol):
            symbols[node] = None
            continue
        if kind in _BINDING:
            bound.update(_bound(node))
        ahead += _parts(node)[::-1]
    return _Survey(symbols, bound)


def _parts(node: Tree) -> tuple[Tree, ...]:
    """Return the items of a tuple, or the fields of a struct; nothing else has nodes in it."""
    if isinstance(node, tuple):
        return cast("tuple[Tree, ...]", node)
    return astuple(node) if isinstance(node, Struct) else ()


_BINDING: Final = frozenset(
    (
        *(Function, Class, Parameter, AnnotatedAssign, Assign),
        *(For, Generator, DictComprehension, Lambda),
    )
)
"""The nodes that bind names."""


def _bound(node: Tree) -> Iterable[str]:
    """Return the names that a node binds itself."""
    match node:
        case Function(name=name) | Class(name=name) | Parameter(name=name):
            return (name,)
        case AnnotatedAssign(name=name):
            return (name,)
        case Assign(targets=targets):
            return [target.text for target in targets if isinstance(target, Name)]
        case For(target=target) | Generator(target=target) | DictComprehension(target=target):
            return (target,)
        case Lambda(parameters=parameters):
            return parameters
        case _:
            return ()


def _resolved(tree: Tree, names: Mapping[Symbol, Name]) -> Tree:
    """Return a tree with names instead of symbols; what has no symbols stays as it is."""
    if isinstance(tree, Symbol):
        return names[tree]
    parts = _parts(tree)
    resolved = [part if type(part) in _LEAVES else _resolved(part, names) for part in parts]
    if all(map(is_, parts, resolved)):
        return tree
    if isinstance(tree, tuple):
        return tuple(resolved)
    kind = cast("Callable[..., Tree]", type(tree))
    return kind(*resolved)
