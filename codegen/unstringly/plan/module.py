"""A planned file: its path, the template that prints it, and the view that the template prints."""

from typing import TypeAlias

from msgspec import Struct

from unstringly.python.nodes import Display, Name, Text
from unstringly.python.statement_nodes import Assign, Statement

View: TypeAlias = Struct
"""Any frozen struct: its fields are the variables of a template."""


class Module(Struct, frozen=True):
    """A planned file, by path below the output folder.

    `template` is the name of a file in `templates/`, `view` a struct with its variables. `own`
    is the module as its siblings import it. `bound` are names that the template binds, and
    `offered` those that the module has for others.
    """

    path: str
    template: str
    header: str
    view: View
    own: str = ""
    bound: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


class Body(Struct, frozen=True):
    """A module that is all statements: the names in `__all__`, and the statements below it."""

    names: tuple[str, ...]
    body: tuple[Statement, ...]


def exported(names: tuple[str, ...] | list[str]) -> Assign:
    """Return the statement `__all__ = [...]` with the names that a module offers."""
    return Assign((Name("__all__"),), Display("list", tuple(map(Text, names)), expanded=True))
