"""Data flows one way: no room of the generator imports from one that comes after it."""

import ast
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest
from tests.generator.services import ROOT

SOURCES = ROOT / "codegen" / "unstringly"

FLOORS = (
    {"counting", "durable", "manifest", "names", "nearest", "regular_files"},
    {"diagnostics", "distribution"},
    {"model"},
    {"python"},
    {"kinds"},
    {"python_names"},
    {"read"},
    {"shapes"},
    {"link"},
    {"automata"},
    {"compile"},
    {"check"},
    {"plan"},
    {"render", "runtime_files"},
    {"inputs", "outcome", "project", "rules"},
    {"checked"},
    {"checking"},
    {"pipeline"},
    {"output", "vendor"},
    {"cli"},
    {"__main__"},
)
"""Rooms, and modules that lie outside of rooms, lowest first.

A room imports from its own floor and from those below it. What is copied into packages is no part
of the generator.
"""

MAKERS = {"automata.compile", "automata.leaves", "automata.network"}
"""What makes automata. Plans take them from `compile`, where they are made once."""

Imports = Mapping[str, frozenset[str]]


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCES.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCES).with_suffix("").parts)
        if not name.startswith("runtime.") and name != "__init__":
            yield name.removesuffix(".__init__"), path


def imported(path: Path) -> Iterator[str]:
    """The generator's modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.ImportFrom(module=str(module)):
                yield module
                yield from (f"{module}.{each.name}" for each in node.names)
            case ast.Import():
                yield from (each.name for each in node.names)
            case _:
                pass


def graph() -> Imports:
    """What each module imports of the others, by their names below `unstringly`."""
    known = dict(modules())
    found: dict[str, frozenset[str]] = {}
    for name, path in known.items():
        below = (each.removeprefix("unstringly.") for each in imported(path))
        found[name] = frozenset(each for each in below if each in known)
    return found


def room(module: str) -> str:
    return module.partition(".")[0]


FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}


def upward(imports: Imports) -> set[tuple[str, str]]:
    """The imports of a module from a later floor."""
    return {
        (module, other)
        for module, others in imports.items()
        for other in others
        if FLOOR[room(other)] > FLOOR[room(module)]
    }


def test_each_room_has_a_floor() -> None:
    assert {room(module) for module in graph()} == set(chain.from_iterable(FLOORS))


def test_no_room_imports_from_a_later_one() -> None:
    assert upward(graph()) == set()


@pytest.mark.parametrize(
    ("module", "other"),
    [
        ("check.bounds", "plan.guards"),
        ("link.linker", "automata.alphabets"),
        ("model.spec", "read.spec"),
        ("kinds.date", "automata.leaves"),
        ("python.build", "kinds.table"),
    ],
)
def test_an_import_from_a_later_room_is_noticed(module: str, other: str) -> None:
    assert upward({module: frozenset([other])}) == {(module, other)}


def test_rules_of_linking_are_named_where_names_are_checked() -> None:
    namers = {
        (module, "link.rules")
        for module, others in graph().items()
        if "link.rules" in others and room(module) not in ("link", "check", "rules")
    }
    assert namers == set()


def test_plans_make_no_automata() -> None:
    makers = {
        (module, other)
        for module, others in graph().items()
        if room(module) in ("plan", "render")
        for other in others & MAKERS
    }
    assert makers == set()
