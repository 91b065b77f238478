"""Keys of the grammar and what they hold, each said once: for readers, suggestions and editors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Plain(Enum):
    """Values of keys that need no more words; each is a definition in the schema."""

    TEXT = "text"
    TEXTS = "texts"
    FLAG = "flag"
    COUNT = "count"
    LANGUAGE = "language"
    LOCALIZED = "localized_text"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """One of some words, or a list of several."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exactly:
    """A number that is the only one."""

    number: int


@dataclass(frozen=True, slots=True)
class Several:
    """Two names or more."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A mapping that has the keys of a table."""

    table: str


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping from names to mappings, each with the keys of one of some tables.

    With `or_text` a text may stand for such a mapping; `least` is how many names there must be.
    """

    tables: tuple[str, ...]
    or_text: bool = False
    least: int = 0


Held: TypeAlias = Plain | OneOf | SomeOf | Exactly | Several | Inside | Entries


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what it holds, and what editors say of it."""

    name: str
    held: Held = Plain.TEXT
    description: str = ""


DOC = Key("doc", Plain.LOCALIZED)


@dataclass(frozen=True, slots=True)
class KindKeys:
    """The key that says of which kind a type is, and the keys that go with it."""

    key: Key
    others: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of a mapping, which messages call `called`.

    All of `required` must be there, and exactly one of `one_of`, if there are such.
    """

    called: str
    keys: tuple[Key, ...]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    description: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the keys, in their order."""
        return tuple(key.name for key in self.keys)


Tables: TypeAlias = Mapping[str, Table]
