"""Leaves: how a simple type is read and written, and lists and unions of them (section 4.1.2).

A leaf of a list is read item by item; one of a union by the first member that takes the text. A
member takes a text if it reads it, and would write what it has read: so reading may be lenient
elsewhere without a union taking the wrong member.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar, cast

from ..errors.exceptions import Unwritable
from .columns import AnyColumn
from .lexical import list_items, not_of_type, unwritable, wrong_python_type

T_co = TypeVar("T_co", covariant=True)

ReadAll: TypeAlias = Callable[[Sequence[str]], Sequence[T_co] | None]
"""A function that returns the values of many texts, in order, as `read` would.

It returns None if a text is not as usual, and always for one with white space in it; but for
`unchanged`, for texts that are their own values.
"""


def unchanged(texts: Sequence[str]) -> Sequence[str]:
    """Return texts as they are."""
    return texts


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T_co]):
    """A simple type: its name, and the two functions between texts and values.

    `read` raises NotOfType, a ValueError. `write` takes any object and raises Unwritable, a
    ValueError too, for what `read` would not give back. `origin` says what the type is made of, for
    who draws values: an `Items`, a `Members`, `facets.Restriction` or `enumerations.Listing`. It is
    None for a built-in type. `column` is there for a type of which many values are written faster
    at once, `read_all` for one of which many texts are read faster so.
    """

    name: str
    read: Callable[[str], T_co]
    write: Callable[[object], str]
    origin: object = field(default=None, repr=False, compare=False)
    column: AnyColumn | None = field(default=None, repr=False, compare=False)
    read_all: "ReadAll[T_co] | None" = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Items:
    """The origin of a list: the leaf of its items, at least `least` of them."""

    item: Leaf[object]
    least: int


@dataclass(frozen=True, slots=True)
class Members:
    """The origin of a union: the leaves of its members, in order."""

    members: tuple[Leaf[object], ...]


def list_of(name: str, item: Leaf[T_co], least: int = 0) -> Leaf[tuple[T_co, ...]]:
    """Return the leaf of a list: items with white space between them, as a tuple.

    `least` is what is asked of what is written; a list that came with fewer items is read.
    """

    def read(text: str) -> tuple[T_co, ...]:
        return tuple(map(item.read, list_items(text)))

    def write(value: object) -> str:
        if not isinstance(value, tuple | list):
            raise wrong_python_type(value, "a tuple")
        items = cast("Sequence[object]", value)
        if len(items) < least:
            raise unwritable(f"{len(items)} items", f"are fewer than {least}")
        texts: list[str] = []
        for number, part in enumerate(items):
            try:
                text = item.write(part)
                if list_items(text) != [text]:
                    why = "is not one item of a list: empty, or has white space"
                    raise unwritable(text, why)
            except Unwritable as error:
                raise error.inside(f"[{number}]") from None
            texts.append(text)
        return " ".join(texts)

    return Leaf(name, read, write, Items(item, least))


def union_of(name: str, *members: Leaf[T_co]) -> Leaf[T_co]:
    """Return the leaf of a union, whose value is that of its first member that takes the text.

    A value is written by the first member whose text no earlier member takes.
    """

    def taken(text: str) -> tuple[Leaf[T_co], T_co]:
        for member in members:
            try:
                value = member.read(text)
                member.write(value)
            except ValueError:
                continue
            return member, value
        raise not_of_type(name, text, f"is of none of the types {_names(members)}")

    def write(value: object) -> str:
        for member in members:
            try:
                text = member.write(value)
                if taken(text)[0] is member:
                    return text
            except ValueError:
                continue
        raise wrong_python_type(value, f"a value of {_names(members)} that is read as such")

    return Leaf(name, lambda text: taken(text)[1], write, Members(members))


def _names(members: tuple[Leaf[object], ...]) -> str:
    return ", ".join(member.name for member in members)
