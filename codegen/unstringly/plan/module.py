"""A planned file: its path, the template that prints it, and the view that the template prints."""

from dataclasses import Field, dataclass
from typing import Any, ClassVar, Protocol

from unstringly.python.nodes import Display, Name, Text
from unstringly.python.statement_nodes import Assign, Statement


class View(Protocol):
    """Any frozen dataclass: its fields are the variables of a template."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]  # as dataclasses declare it


@dataclass(frozen=True, slots=True)
class Module:
    """A planned file, by path below the output folder.

    `template` is the name of a file in `templates/`, `view` a dataclass with its variables. `own`
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


@dataclass(frozen=True, slots=True)
class Body:
    """A module that is all statements: the names in `__all__`, and the statements below it."""

    names: tuple[str, ...]
    body: tuple[Statement, ...]


def exported(names: tuple[str, ...] | list[str]) -> Assign:
    """Return the statement `__all__ = [...]` with the names that a module offers."""
    return Assign((Name("__all__"),), Display("list", tuple(map(Text, names)), expanded=True))
