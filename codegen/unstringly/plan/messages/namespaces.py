"""The constants for namespaces in the tables, so that names stay short: `f"{_ORDERS_NS} Line"`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.names import snake_case
from unstringly.python.nodes import Expression, Format, Name, Text
from unstringly.python.statement_nodes import AnnotatedAssign, Statement
from unstringly.python.symbols import FINAL
from unstringly.runtime.xml.prefixes import XML

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unstringly.model.service import QName

_MOST_CHARACTERS = 20


class Namespaces:
    """The namespaces that are met, each with its constant."""

    def __init__(self) -> None:
        self._constants: dict[str, str] = {}

    def named(self, name: QName) -> Expression:
        """Return the source of a name as tables have it: namespace, blank, local name."""
        if not name.namespace:
            return Text(name.local)
        constant = self._constants.get(name.namespace)
        if constant is None:
            constant = self._constants[name.namespace] = self._constant(name.namespace)
        return Format((Name(constant), f" {name.local}"))

    def statements(self) -> Iterator[Statement]:
        """Yield the constants."""
        for namespace, constant in self._constants.items():
            yield AnnotatedAssign(constant, FINAL, Text(namespace))

    def prefixes(self) -> Iterator[tuple[Expression, Expression]]:
        """Yield each namespace with the prefix that it has in documents.

        That of XML itself always has the same one, which the runtime knows.
        """
        for namespace, constant in self._constants.items():
            if namespace == XML:
                continue
            word = constant.strip("_").removesuffix("NS").rstrip("_").lower()
            is_free = word.isascii() and not word.startswith(("xml", "xsi", "soap"))
            yield Name(constant), Text(word if word and is_free else f"n_{len(constant)}{word}")

    def _constant(self, namespace: str) -> str:
        """Return a constant by the last word of a namespace that is no number."""
        pieces = [piece for piece in namespace.replace(":", "/").split("/") if piece]
        words = [_shortened(snake_case(piece).upper().strip("_")) for piece in pieces]
        named = [word for word in words if word.isidentifier()]
        base = f"_{named[-1]}_NS" if named else "_NS"
        taken = set(self._constants.values())
        number, constant = 2, base
        while constant in taken:
            constant, number = f"{base}{number}", number + 1
        return constant


def _shortened(word: str) -> str:
    """Return the end of a long word."""
    while len(word) > _MOST_CHARACTERS and "_" in word:
        word = word.partition("_")[2].lstrip("_")
    return word[-_MOST_CHARACTERS:].strip("_")
