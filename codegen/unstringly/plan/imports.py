"""The imports of one generated module, from the names that its plan has used.

A plan asks the collector for each name it writes (`imports.name("datetime", "datetime")`), so
that a module imports exactly what it mentions.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from unstringly.plan.layout import call

_Natural: TypeAlias = list[tuple[str, int]]

_THIRD_PARTY = ("hypothesis",)


@dataclass
class Imports:
    """Grows while one module is planned; names of `own`, the module itself, are not imported."""

    own: str = ""
    _names: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def name(self, module: str, name: str) -> str:
        """The name itself, imported from the module."""
        if module != self.own:
            self._names.setdefault(module, set()).add(name)
        return name

    def module(self, package: str, module: str) -> str:
        """The name of a sibling module, imported from its package (`.`)."""
        return self.name(package, module)

    def lines(self, *, indent: int = 0, renamed: Mapping[str, str] | None = None) -> str:
        """The import statements: standard library, third party, own package.

        `indent` is where they will stand, and is not written; `renamed` maps names to those that
        the module has for them.
        """
        new = renamed or dict[str, str]()
        groups: list[list[str]] = [[], [], []]
        for module in sorted(self._names, key=_module_order):
            found = sorted(self._names[module], key=_name_order)
            names = [name for name in found if name not in new]
            group = 2 if module.startswith(".") else int(module.split(".")[0] in _THIRD_PARTY)
            statement = f"from {module} import {', '.join(names)}"
            if indent + len(statement) > 100:
                statement = call(f"from {module} import (", names)
            groups[group] += [statement] if names else []
            groups[group] += [f"from {module} import {n} as {new[n]}" for n in found if n in new]
        return "\n\n".join("\n".join(group) for group in groups if group)


class Qualified(Imports):
    """Imports in which what comes of a spec is named with its module: `types.ErrorCode`."""

    def name(self, module: str, name: str) -> str:
        """The name as the module has to write it."""
        if module in (".types", ".records"):
            return f"{super().name('.', module[1:])}.{name}"
        return super().name(module, name)


def _module_order(module: str) -> tuple[int, str]:
    """Parents before siblings, then by name."""
    return (-(len(module) - len(module.lstrip("."))), module.lower())


def in_order(names: Iterable[str]) -> list[str]:
    """Names as `__all__` lists them: constants, then classes, then the rest."""
    return sorted(names, key=lambda name: (_kind(name), _with_numbers(name)))


def _name_order(name: str) -> tuple[int, _Natural, _Natural]:
    """The same in an import statement, as isort has it."""
    return (_kind(name), _with_numbers(name.lower()), _with_numbers(name))


def _kind(name: str) -> int:
    if name.isupper() and len(name) > 1:
        return 0
    return 1 if name[:1].isupper() else 2


def _with_numbers(name: str) -> _Natural:
    """The parts of a name, so that 9 comes before 10."""
    parts = re.split("([0-9]+)", name)
    return [
        (part, int(number)) for part, number in zip(parts[::2], [*parts[1::2], "-1"], strict=True)
    ]
