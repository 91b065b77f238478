"""Attributes of SOAP's encoding: the types of values, what is nil, and what an array is of."""

import re
from collections.abc import Mapping
from typing import Final

from .building import Unfit
from .encoded_tree import ENC, ENC_12, Node
from .scopes import name_in

XSD: Final = "http://www.w3.org/2001/XMLSchema"
ARRAY: Final = f"{ENC} Array"

_VINTAGES: Final = (
    XSD,
    "http://www.w3.org/2000/10/XMLSchema",
    "http://www.w3.org/1999/XMLSchema",
)
_INSTANCES: Final = tuple(f"{namespace}-instance" for namespace in _VINTAGES)
_TYPES: Final = frozenset(f"{namespace} type" for namespace in _INSTANCES)
_NILS: Final = frozenset(f"{one} {word}" for one in _INSTANCES for word in ("nil", "null"))
_IGNORED: Final = (
    *(f"{instance} " for instance in _INSTANCES),
    "http://www.w3.org/XML/1998/namespace ",
    "http://schemas.xmlsoap.org/soap/envelope/ ",
    "http://www.w3.org/2003/05/soap-envelope ",
    f"{ENC} ",
    f"{ENC_12} ",
)
_BLANKS: Final = " \t\r\n"
_TRUE: Final = ("true", "1")
_RENAMED: Final[Mapping[str, str]] = {
    "ur-type": "anyType",
    "timeInstant": "dateTime",
    "timeDuration": "duration",
    "uriReference": "anyURI",
    "base64": "base64Binary",
    "binary": "base64Binary",
}
"""Names of XML Schema's drafts and of the encoding, for types that have another name now."""

_ARRAY_TYPE: Final = f"{ENC} arrayType"
_ARRAY_SIZE: Final = f"{ENC_12} arraySize"
_ITEM_TYPE: Final = f"{ENC_12} itemType"
_ARRAYS: Final = (_ARRAY_TYPE, _ARRAY_SIZE, _ITEM_TYPE)
_SIZED: Final = re.compile(r"(?P<item>[^\[\]\s]+)(?P<inner>(?:\[[0-9,]*\])*)\[(?P<size>[0-9,]*)\]")


def type_of(node: Node) -> str:
    """Return the name of the type that an element tells, or nothing. Raises Unfit."""
    for attribute, told in node.attributes.items():
        if attribute in _TYPES:
            return _named(node, told, "xsi:type")
    return node.name if is_encoding(node.name) else ""


def built_in(name: str) -> str:
    """Return the name in XML Schema of a type that is of a draft of it, or of the encoding.

    Any other name stays as it is.
    """
    namespace, _, local = name.rpartition(" ")
    if namespace not in _VINTAGES and namespace not in (ENC, ENC_12):
        return name
    return f"{XSD} {_RENAMED.get(local, local)}"


def is_nil(node: Node) -> bool:
    """Say whether an element is nil, in any vintage of XML Schema."""
    for attribute, told in node.attributes.items():
        if attribute in _NILS and told.strip(_BLANKS) in _TRUE:
            return True
    return False


def is_array(node: Node) -> bool:
    """Say whether an element says itself that it is an array."""
    return any(name in node.attributes for name in _ARRAYS) or type_of(node) == ARRAY


def check_array(node: Node) -> None:
    """Raise Unfit for an array that is sent in part, or has more dimensions than one."""
    offset = node.attributes.get(f"{ENC} offset", "").strip(_BLANKS)
    if offset not in ("", "[0]"):
        raise Unfit("it is a part of an array (soapenc:offset)")
    if any(f"{ENC} position" in item.attributes for item in node.children):
        raise Unfit("it is an array with gaps (soapenc:position)")
    sized = _SIZED.fullmatch(node.attributes.get(_ARRAY_TYPE, "").strip(_BLANKS))
    sizes = node.attributes.get(_ARRAY_SIZE, "").split()
    if len(sizes) > 1 or (sized is not None and "," in sized["size"]):
        raise Unfit("it is an array of more dimensions than one")


def array_item(node: Node) -> str:
    """Return the name of the type of an array's items, if the array tells it. Raises Unfit."""
    sized = _SIZED.fullmatch(node.attributes.get(_ARRAY_TYPE, "").strip(_BLANKS))
    if sized is not None:
        return "" if sized["inner"] else _named(node, sized["item"], "soapenc:arrayType")
    told = node.attributes.get(_ITEM_TYPE)
    return "" if told is None else _named(node, told, "enc:itemType")


def is_encoding(name: str) -> bool:
    """Say whether a name is the encoding's own."""
    return name.startswith((f"{ENC} ", f"{ENC_12} "))


def is_ignored(attribute: str) -> bool:
    """Say whether an attribute is the encoding's own."""
    return attribute in ("id", "href") or attribute.startswith(_IGNORED)


def _named(node: Node, told: str, attribute: str) -> str:
    name = name_in(node.scope, told)
    if name is None:
        raise Unfit(f"the prefix in its {attribute} is not declared")
    return name
