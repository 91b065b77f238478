"""The import statements of a module, as isort orders them, and the order of `__all__`."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from unstringly.python.literals import WIDTH, display_width
from unstringly.python.nodes import Symbol

_Natural: TypeAlias = list[tuple[str, int]]

_THIRD_PARTY = ("hypothesis", "pytest")


def import_lines(names: Mapping[Symbol, str], *, depth: int = 0) -> str:
    """Return the statements, in parts for the standard library, other packages, and the package.

    `names` has the name of each symbol in the module. `depth` is that of the place where the
    statements will stand; the indent is not written.
    """
    modules: dict[str, dict[str, str]] = {}
    for symbol, name in names.items():
        if symbol.module != "builtins" or name != symbol.name:
            modules.setdefault(symbol.module, {})[symbol.name] = name
    groups: tuple[list[str], ...] = ([], [], [])
    for module in sorted(modules, key=_module_order):
        outside = int(module.split(".")[0] in _THIRD_PARTY)
        groups[2 if module.startswith(".") else outside].extend(
            _statements(module, modules[module], depth)
        )
    return "\n\n".join("\n".join(group) for group in groups if group)


def _statements(module: str, names: Mapping[str, str], depth: int) -> Iterable[str]:
    """Yield the statements for one module: one for all names, and one for each renamed name."""
    unchanged = sorted((name for name in names if names[name] == name), key=_name_order)
    renamed = [name for name in names if names[name] != name]
    for first in sorted([*unchanged[:1], *renamed], key=_name_order):
        imported = unchanged if names[first] == first else [f"{first} as {names[first]}"]
        line = f"from {module} import {', '.join(imported)}"
        if 4 * depth + display_width(line) > WIDTH:
            items = (f"    {item}," for item in imported)
            line = "\n".join([f"from {module} import (", *items, ")"])
        yield line


def _module_order(module: str) -> tuple[int, str]:
    """Return the key that sorts modules: parents before siblings, then by name."""
    return (-(len(module) - len(module.lstrip("."))), module.lower())


def in_order(names: Iterable[str]) -> list[str]:
    """Return names as `__all__` lists them: constants, then classes, then the rest."""
    return sorted(names, key=lambda name: (_kind(name), _with_numbers(name)))


def _name_order(name: str) -> tuple[int, _Natural, _Natural]:
    """Return the key that sorts names in an import statement, as isort does."""
    return (_kind(name), _with_numbers(name.lower()), _with_numbers(name))


def _kind(name: str) -> int:
    if name.isupper() and len(name) > 1:
        return 0
    return 1 if name[:1].isupper() else 2


def _with_numbers(name: str) -> _Natural:
    """Return the parts of a name, so that 9 comes before 10."""
    parts = re.split("([0-9]+)", name)
    return [
        (part, int(number)) for part, number in zip(parts[::2], [*parts[1::2], "-1"], strict=True)
    ]
