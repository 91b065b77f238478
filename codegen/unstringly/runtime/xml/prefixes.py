"""Prefixes of namespaces in documents that are written."""

from binascii import crc32
from collections.abc import Iterator, Mapping
from typing import Final

from .escaping import escaped

XML: Final = "http://www.w3.org/XML/1998/namespace"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


class Prefixes(dict[str, str]):
    """The prefix of each namespace; one that is not there gets a prefix made of its letters."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__(prefixes)
        self._taken = {*prefixes.values()}

    def __missing__(self, namespace: str) -> str:
        prefix = f"x{crc32(namespace.encode()):08x}"
        while prefix in self._taken:
            prefix += "_"
        self._taken.add(prefix)
        self[namespace] = prefix
        return prefix

    def tag(self, name: str) -> str:
        """Return the name of an element or attribute with its prefix."""
        namespace, _, local = name.rpartition(" ")
        return f"{self[namespace]}:{local}" if namespace else local


class Qualified(Mapping[str, str]):
    """The prefixes of namespaces; each that is asked for is declared.

    Raises Unwritable for one with characters that XML lacks.
    """

    def __init__(self, prefixes: Prefixes, used: set[frozenset[str]]) -> None:
        self._prefixes, self._used = prefixes, used

    def __getitem__(self, namespace: str) -> str:
        if not namespace:
            return ""
        escaped(namespace)
        self._used.add(frozenset([namespace]))
        return self._prefixes[namespace]

    def __iter__(self) -> Iterator[str]:
        return iter(self._prefixes)

    def __len__(self) -> int:
        return len(self._prefixes)
