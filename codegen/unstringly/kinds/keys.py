"""Keys of the grammar and what they hold, each said once: for readers, suggestions and editors."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from msgspec import Struct


class Plain(Enum):
    """Values of keys that need no more words; each is a definition in the schema."""

    TEXT = "text"
    TEXTS = "texts"
    FLAG = "flag"
    COUNT = "count"
    LANGUAGE = "language"
    LOCALIZED = "localized_text"
    MEANING = "meaning"
    PIECES = "pieces"


class Layered(Enum):
    """Values of keys that say how a text stands inside another one."""

    LAYERS = "layers"
    ESCAPES = "escapes"


class OneOf(Struct, frozen=True):
    """One of some words."""

    words: tuple[str, ...]


class SomeOf(Struct, frozen=True):
    """One of some words, or a list of several."""

    words: tuple[str, ...]


class Exactly(Struct, frozen=True):
    """A number that is the only one."""

    number: int


class Several(Struct, frozen=True):
    """Two names or more."""


class Inside(Struct, frozen=True):
    """A mapping that has the keys of a table."""

    table: str


class Entries(Struct, frozen=True):
    """A mapping from names to mappings, each with the keys of one of some tables.

    With `or_text` a text may stand for such a mapping; `least` is how many names there must be.
    """

    tables: tuple[str, ...]
    or_text: bool = False
    least: int = 0


class Lists(Struct, frozen=True):
    """A mapping from names to lists, each of texts and of mappings with the keys of a table."""

    table: str


Held: TypeAlias = Plain | Layered | OneOf | SomeOf | Exactly | Several | Inside | Entries | Lists


class Key(Struct, frozen=True):
    """A key, what it holds, and what editors say of it."""

    name: str
    held: Held = Plain.TEXT
    description: str = ""


DOC = Key("doc", Plain.LOCALIZED)


class KindKeys(Struct, frozen=True):
    """The key that says of which kind a type is, and the keys that go with it."""

    key: Key
    others: tuple[Key, ...]


class Table(Struct, frozen=True):
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
