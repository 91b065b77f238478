"""Enumerations that stay open: members that a schema lists, and any other text as it came.

A member is told by its exact spelling. A service that is newer than its WSDL sends others: they are
kept in the enumeration's class of unknown values, and are written as they came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Final

from .columns import Column
from .leaves import Leaf
from .lexical import list_items, not_of_type, unwritable, wrong_python_type


@dataclass(frozen=True, slots=True)
class Listing:
    """The origin of an enumeration: its members, and the class of all other texts of `base`."""

    base: Leaf[str]
    members: type[Enum]
    unknown: type[Any] | None  # Any: a record class with the field `text`


def enumeration(
    name: str,
    base: Leaf[str],
    members: type[Enum],
    unknown: type[Any] | None = None,  # Any: a record class with the field `text`
) -> Leaf[object]:
    """Return the leaf of an enumeration over texts of a base type.

    Without a class of unknown values it is closed: `read` raises NotOfType for any other text, as a
    union needs it of all its members but the last.
    """

    @cache
    def known() -> Mapping[str, Enum]:
        return {member.value: member for member in members}

    def read(text: str) -> object:
        content = base.read(text)
        member = known().get(content)
        if member is not None:
            return member
        if unknown is None:
            raise not_of_type(name, text, "is not listed")
        return unknown(text=content)

    @cache
    def without_blanks() -> Mapping[str, Enum]:
        return {text: member for text, member in known().items() if list_items(text) == [text]}

    def read_all(texts: Sequence[str]) -> Sequence[object] | None:
        try:
            return list(map(without_blanks().__getitem__, texts))
        except KeyError:
            return None

    def write(value: object) -> str:
        if isinstance(value, members):
            return str(value.value)
        if unknown is None or not isinstance(value, unknown):
            raise wrong_python_type(value, f"a {members.__name__}")
        other: Any = value  # Any: as above
        text = base.write(other.text)
        if text in known():
            raise unwritable(text, f"is a member of {members.__name__}, and not unknown")
        return text

    column = Column(members, _column, is_plain=False)
    return Leaf(name, read, write, Listing(base, members, unknown), column, read_all)


_TEXT: Final = attrgetter("_value_")  # as `value`, which takes five times as long


def _column(values: Sequence[Enum]) -> list[str] | None:
    texts = [*map(_TEXT, values)]
    return texts if {*map(type, texts)} == {str} else None
