"""The bodies of requests and responses of SOAP, as zeep has them."""

from typing import Any, NamedTuple

from tests.read.schema.zeep_types import document_of_zeep, name_of


class ZeepBody(NamedTuple):
    """A body: its name with braces, and its children with their types if it is of rpc style."""

    name: str
    children: tuple[tuple[str, str], ...] | None


class ZeepCall(NamedTuple):
    """The bodies of an operation; None for one that is empty."""

    input: ZeepBody | None
    output: ZeepBody | None
    is_rpc: bool


def calls_by_zeep(path: str) -> dict[tuple[str, str], ZeepCall] | None:
    """All operations of SOAP by the local names of binding and operation; None if zeep fails."""
    document = document_of_zeep(path)
    if document is None:
        return None
    calls: dict[tuple[str, str], ZeepCall] = {}
    for name, binding in document.bindings.items():
        for operation in binding._operations.values():
            if not hasattr(operation, "style"):
                continue  # HTTP
            is_rpc = operation.style == "rpc"
            calls[name.rpartition("}")[2], operation.name] = ZeepCall(
                _body(operation.input, is_rpc=is_rpc),
                _body(operation.output, is_rpc=is_rpc),
                is_rpc,
            )
    return calls


def _body(message: Any, *, is_rpc: bool) -> ZeepBody | None:
    """A body; one of several elements in document style has the name of the envelope's body."""
    body = None if message is None else message.body
    if body is None:
        return None
    children = (
        tuple((child.qname.text, name_of(child.type)) for _, child in body.type.elements)
        if is_rpc
        else None
    )
    return ZeepBody(body.qname.text, children)
