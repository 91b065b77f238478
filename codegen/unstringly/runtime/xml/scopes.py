"""The namespaces in scope at a place of a document."""

from collections.abc import Mapping
from typing import Final

from ..wire.xml_events import Refused

_MOST: Final = 500
"""The most declarations in force at a place."""
_RESERVED: Final = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
LONGEST: Final = 2_000
"""The longest namespace, in characters: it is part of the name of every element in it."""


class Scope:
    """The namespaces by prefix, as expat tells of declarations; "" is the default's prefix."""

    __slots__ = ("_before", "namespaces")

    def __init__(self) -> None:
        self.namespaces: dict[str, str] = {}
        self._before: list[tuple[str, str | None]] = []

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        """Take a declaration. Raises Refused."""
        if len(self._before) == _MOST or len(namespace or "") > LONGEST:
            raise Refused("has too many namespaces, or too long ones")
        prefix = prefix or ""
        self._before.append((prefix, self.namespaces.get(prefix)))
        self.namespaces[prefix] = namespace or ""

    def forget(self, _: str | None) -> None:
        """Take the end of the element with the last declaration."""
        prefix, namespace = self._before.pop()
        if namespace is None:
            del self.namespaces[prefix]
        else:
            self.namespaces[prefix] = namespace


def is_declarable(namespace: str) -> bool:
    """Say whether a namespace can be declared and is read again; one with blanks is not."""
    is_one_word = namespace.split() == [namespace]
    return is_one_word and namespace not in _RESERVED and len(namespace) <= LONGEST


def name_in(namespaces: Mapping[str, str], told: str) -> str | None:
    """Return a name with a prefix as tables have it, or None if the prefix is not declared."""
    prefix, colon, local = told.strip(" \t\r\n").rpartition(":")
    if colon and prefix not in namespaces:
        return None
    return f"{namespaces.get(prefix, '')} {local}".strip()
