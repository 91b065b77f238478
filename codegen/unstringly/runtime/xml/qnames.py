"""Qualified names as values: QName and NOTATION (sections 3.2.18 and 3.2.19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .lexical import compiled, not_of_type, trimmed, unwritable, wrong_python_type
from .name_characters import NCNAME_PATTERN

XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class QName:
    """A name in a namespace; the namespace is empty for a name in none."""

    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{{{self.namespace}}}{self.name}" if self.namespace else self.name


_QNAME_PATTERN: Final = f"(?:({NCNAME_PATTERN}):)?({NCNAME_PATTERN})"


def read_qname(text: str, namespaces: Mapping[str, str]) -> QName:
    """Return the name in a text. Raises NotOfType, also for a prefix that is not declared.

    `namespaces` are those in scope by their prefixes; the prefix of the default one is "".
    """
    parts = compiled(_QNAME_PATTERN).fullmatch(trimmed(text))
    if parts is None:
        raise not_of_type("QName", text, "is not an XML name with or without a prefix")
    prefix, name = parts[1] or "", parts[2]
    namespace = XML_NAMESPACE if prefix == "xml" else namespaces.get(prefix, "")
    if prefix and not namespace:
        raise not_of_type("QName", text, "has a prefix that is not declared")
    return QName(namespace, name)


def write_qname(value: object, prefixes: Mapping[str, str]) -> str:
    """Return a name with the prefix of its namespace. Raises Unwritable.

    `prefixes` are those in scope by their namespaces; "" is the prefix of the default one. A name
    in no namespace is written without a prefix, which needs `prefixes[""]` to be "": the caller
    says so that no default namespace is in scope.
    """
    if not isinstance(value, QName):
        raise wrong_python_type(value, "a QName")
    parts: dict[str, object] = {"namespace": value.namespace, "name": value.name}
    for place, part in parts.items():
        if not isinstance(part, str):
            raise wrong_python_type(part, "a str").inside(place)
    if compiled(NCNAME_PATTERN).fullmatch(value.name) is None:
        raise unwritable(value.name, "is not an XML name without a colon")
    prefix = "xml" if value.namespace == XML_NAMESPACE else prefixes.get(value.namespace)
    if prefix is None or (prefix and not value.namespace):
        raise unwritable(str(value), "is in a namespace that has no prefix here")
    return f"{prefix}:{value.name}" if prefix else value.name
