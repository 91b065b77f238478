"""A planned file: where it goes, the template that prints it, and what the template prints."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Module:
    """`template` is the name of a file in `templates/`, `view` its variables."""

    path: str
    template: str
    view: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Function:
    """A function to print: its whole head line, its docstring and the lines of its body."""

    head: str
    doc: str
    body: tuple[str, ...]
