"""The actions of messages, by WS-Addressing's binding to WSDL (section 4.4).

An attribute `Action` of the message says it. Else it is the SOAP action of a request, and else
[target namespace]/[port type]/[name of the message].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from unstringly.read.wsdl.elements import WSDL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.read.wsdl.xml import Node

_ACTION = tuple(
    f"{{{namespace}}}Action"
    for namespace in (
        "http://www.w3.org/2007/05/addressing/metadata",
        "http://www.w3.org/2007/02/addressing/metadata",
        "http://www.w3.org/2006/05/addressing/wsdl",
        "http://www.w3.org/2006/02/addressing/wsdl",
        "http://www.w3.org/2005/08/addressing",
        "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    )
)


def action_of(
    direction: Literal["input", "output"],
    operation: Node,
    names: tuple[str, str],
    *,
    soap_action: str = "",
) -> str:
    """Return the action of a message of an operation of a port type.

    `names` are the target namespace and the local name of the port type.
    """
    tag = f"{{{WSDL}}}{direction}"
    node = next((child for child in operation.children if child.name == tag), None)
    attributes: Mapping[str, str] = {} if node is None else node.attributes
    for name in _ACTION:
        if attributes.get(name, "").strip():
            return attributes[name].strip()
    if soap_action:
        return soap_action
    namespace, port_type = names
    delimiter = ":" if namespace.lower().startswith("urn:") else "/"
    start = namespace if namespace.endswith(delimiter) else f"{namespace}{delimiter}"
    message = attributes.get("name", "").strip() or _default_name(direction, operation)
    return f"{start}{port_type}{delimiter}{message}"


def _default_name(direction: Literal["input", "output"], operation: Node) -> str:
    """Return the name of a message that has none (WSDL 1.1, section 2.4.5)."""
    name = operation.attributes.get("name", "").strip()
    if direction == "output":
        return f"{name}Response"
    is_one_way = all(child.name != f"{{{WSDL}}}output" for child in operation.children)
    return name if is_one_way else f"{name}Request"
