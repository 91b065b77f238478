"""The names that components have in Python.

A name depends on the component alone, and on what has the same name and comes before: global types
first, then anonymous ones, each in the order of the documents. So a type that is added at the end
renames nothing. Names are given to all components, whether an operation reaches them or not, so
that a new operation renames nothing either.
"""

from __future__ import annotations

import builtins
import keyword
import unicodedata
from typing import TYPE_CHECKING

from unstringly.model.schema_built_in import BUILT_IN
from unstringly.model.schema_content import ComplexType
from unstringly.model.schema_simple import SimpleType
from unstringly.names import is_identifier, snake_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unstringly.model.schema import Schema
    from unstringly.model.schema_names import ComponentName


def capitalized(text: str) -> str:
    """Return the words of a text as the name of a class, or a part of one; capitals stay.

    `get-rate_2` is `GetRate2`. The result is empty for a text that has nothing for a name.
    """
    normal = unicodedata.normalize("NFKC", text)
    kept = "".join(part if snake_case(part).strip("_") else " " for part in normal)
    return "".join(word[:1].upper() + word[1:] for word in kept.replace("_", " ").split())


def class_name(text: str) -> str:
    """Return the words of a text as the name of a class, which is no built-in name."""
    name = capitalized(text) or "Type"
    name = name if is_identifier(name) or keyword.iskeyword(name) else f"Type{name}"
    return f"{name}Type" if keyword.iskeyword(name) or hasattr(builtins, name) else name


def constant_of(name: str) -> str:
    """Return the constant of a class: `ORDER_LINE` for `OrderLine`."""
    return snake_case(name).upper().strip("_")


def field_name(local: str) -> str:
    """Return the name of the field for an element or attribute."""
    pieces = [piece for piece in snake_case(local).split("_") if piece]
    name = "_".join(pieces)
    if name and not name.isidentifier():
        name = f"field_{name}"
    name = name or "field"
    return f"{name}_" if keyword.iskeyword(name) else name


def member_names(values: Iterable[str]) -> Iterator[str]:
    """Yield the names of the members of an enumeration, each once."""
    taken: set[str] = set()
    for value in values:
        pieces = [piece for piece in snake_case(value).upper().split("_") if piece]
        name = "_".join(pieces) or ("VALUE" if value else "EMPTY")
        name = name if is_identifier(name) else f"VALUE_{name}"
        yield _fresh(name, taken)


def _fresh(name: str, taken: set[str]) -> str:
    """Return the name with the first number behind it that makes it new, and take it."""
    number, fresh = 2, name
    while fresh in taken:
        fresh, number = f"{name}_{number}", number + 1
    taken.add(fresh)
    return fresh


class FieldNames:
    """The names of the fields of one class."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)

    def take(self, name: str) -> str:
        """Return a name that no other field has."""
        return _fresh(name, self._taken)


OF_TABLES = ("ENCODED_WRITER", "ROOT_ELEMENTS", "ROOT_TYPES", "XML_WRITER")
"""The constants of every module of tables."""


class ClassNames:
    """The names of the classes and tables of a package. No two classes share a constant."""

    def __init__(self, schema: Schema) -> None:
        self._taken: set[str] = set(OF_TABLES)
        self._names: dict[ComponentName, str] = {}
        own = [
            name
            for name, component in schema.components.items()
            if isinstance(component, SimpleType | ComplexType) and name not in BUILT_IN
        ]
        for name in sorted(own, key=lambda name: _rank(schema, name)):
            self._names[name] = self._first_free(_candidates(name))
        self._without_capitals = frozenset(
            name for name in self._names.values() if name == snake_case(name)
        )

    @property
    def without_capitals(self) -> frozenset[str]:
        """The names of classes that could be those of fields: their script has no capitals."""
        return self._without_capitals

    def of(self, name: ComponentName) -> str:
        """Return the name of a type."""
        return self._names[name]

    def take(self, name: str) -> str:
        """Return a name, with a number behind it if it is taken."""
        return self._first_free(iter([name]))

    def _first_free(self, names: Iterator[str]) -> str:
        name = ""
        for name in names:
            if self._take(name):
                return name
        joint = "_" if name[-1:].isdigit() else ""
        number = 2
        while not self._take(f"{name}{joint}{number}"):
            number += 1
        return f"{name}{joint}{number}"

    def _take(self, name: str) -> bool:
        key = constant_of(name)
        is_free = key not in self._taken
        self._taken.add(key)
        return is_free


def _rank(schema: Schema, name: ComponentName) -> tuple[bool, bool]:
    """Return the key that sorts types: those that may be classes first, then anonymous ones."""
    component = schema.components[name]
    is_plain = isinstance(component, SimpleType) and not component.facets.enumeration
    return is_plain, bool(name.way)


def _candidates(name: ComponentName) -> Iterator[str]:
    """Yield names for a type, the best first."""
    steps = (step.replace("#", " ").replace(":", " ") for step in name.way if step != ":type")
    words = [name.local, *steps]
    best = class_name(" ".join(words))
    yield best
    if name.way:
        best = f"{best}{'Attribute' if '@' in name.way[-1] else 'Element'}"
        yield best
    pieces = [piece for piece in name.namespace.replace(":", "/").split("/") if piece]
    named = [piece for piece in pieces if not piece[:1].isdigit()]
    yield best + "".join(capitalized(piece) for piece in named[-1:])
