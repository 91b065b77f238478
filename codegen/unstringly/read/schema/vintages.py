"""Schemas in the namespaces of drafts of XML Schema, of 1999 and of October 2000.

Such documents are read as if they were in the namespace of 2001. Types that were renamed since
then are read by their new names. What is otherwise different in them has no place in the
language of today, and is reported as that.
"""

from typing import Final

from unstringly.model.schema_names import XSD
from unstringly.model.service import QName
from unstringly.read.wsdl.elements import resolve
from unstringly.read.wsdl.xml import Node

DRAFTS: Final = frozenset(
    {"http://www.w3.org/1999/XMLSchema", "http://www.w3.org/2000/10/XMLSchema"}
)
XML: Final = "http://www.w3.org/XML/1998/namespace"

_RENAMED = {
    "ur-type": "anyType",
    "timeInstant": "dateTime",
    "timeDuration": "duration",
    "recurringDate": "gMonthDay",
    "recurringDay": "gDay",
    "month": "gYearMonth",
    "year": "gYear",
    "uriReference": "anyURI",
    "uri-reference": "anyURI",
    "binary": "base64Binary",
    "CDATA": "normalizedString",
    "non-negative-integer": "nonNegativeInteger",
    "non-positive-integer": "nonPositiveInteger",
    "negative-integer": "negativeInteger",
    "positive-integer": "positiveInteger",
}


def is_schema(node: Node, local: str = "schema") -> bool:
    """Say whether an element is XML Schema's element `local`, of any vintage."""
    return node.local == local and (node.namespace == XSD or node.namespace in DRAFTS)


def modern(root: Node) -> Node:
    """Return a schema whose elements are in the namespace of today; itself if they are already."""
    if root.namespace not in DRAFTS:
        return root
    order: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting.extend(node.children)
    renamed: dict[int, Node] = {}
    for node in reversed(order):
        name = f"{{{XSD}}}{node.local}" if node.namespace in DRAFTS else node.name
        content = tuple(
            renamed[id(item)] if isinstance(item, Node) else item for item in node.content
        )
        renamed[id(node)] = Node(name, node.attributes, node.namespaces, node.span, content)
    return renamed[id(root)]


def qualified(node: Node, text: str) -> QName:
    """Return the namespace and local name of a name that is written in an element.

    Names of drafts of XML Schema become those of today. Raises `Refused` (W112) if the prefix is
    not declared.
    """
    if text.startswith("xml:"):
        return QName(XML, text.removeprefix("xml:"))
    name = resolve(node, text)
    if name.namespace in DRAFTS:
        return QName(XSD, _RENAMED.get(name.local, name.local))
    return name
