"""Responses of the service's side: results, faults, and lines of text."""

from ..errors.exceptions import ServiceFault, Unwritable
from ..wire.bindings import Binding
from ..wire.codec import Headed
from ..wire.envelopes import write_document, write_envelope, write_fault, write_string
from ..wire.exchange import Response
from .asked import Asked

_OK = 200


def answer(asked: Asked, result: str) -> Response:
    """Return the response with a result, over the binding of the call."""
    endpoint = asked.operation.endpoint_of(asked.binding)
    if endpoint.answers_text(asked.binding):
        return plain(_OK, result)
    media = "application/soap+xml" if asked.binding is Binding.SOAP12 else "text/xml"
    if asked.operation.messages is not None:
        header = result.header if isinstance(result, Headed) else ""
        text = write_document(asked.binding, result, asked.came.header + header)
    elif asked.binding in (Binding.GET, Binding.POST):
        text = write_string(endpoint, result)
    else:
        text = write_envelope(asked.binding, endpoint, result, asked.came.header)
    return xml(_OK, text.encode("utf-8", "replace"), media)


def failed(asked: Asked, words: str) -> Response:
    """Return the response of a service that could not answer."""
    if asked.is_form:
        return plain(500, words)
    return fault(asked.binding, words, of_sender=False, header=asked.came.fault_header)


def declared(asked: Asked, error: ServiceFault) -> Response | None:
    """Return the response of a service that answers with a declared fault.

    None: it is not declared for the operation, or cannot be written. Then it is an error as any
    other one, perhaps from another service that a handler has called.
    """
    messages = asked.operation.messages
    try:
        detail = "" if messages is None else messages.detail(error)
    except Unwritable:
        return None
    if not detail:
        return None
    if asked.is_form:
        return failed(asked, error.message)
    header = asked.came.fault_header
    return fault(asked.binding, error.message, of_sender=False, detail=detail, header=header)


def fault(
    binding: Binding, words: str, *, of_sender: bool, detail: str = "", header: str = ""
) -> Response:
    """Return a SOAP fault, with status 500; `detail` is the element in its detail."""
    text = write_fault(binding, words, of_sender=of_sender, detail=detail, header=header)
    media = "application/soap+xml" if binding is Binding.SOAP12 else "text/xml"
    return xml(500, text.encode("utf-8"), media)


def plain(status: int, words: str, *headers: tuple[str, str]) -> Response:
    """Return a response with a line of text."""
    kind = ("Content-Type", "text/plain; charset=utf-8")
    return Response(status, (kind, *headers), words.encode("utf-8", "replace"))


def html(words: str) -> Response:
    """Return a response with a page of one line."""
    text = words.replace("&", "&amp;").replace("<", "&lt;")
    kind = ("Content-Type", "text/html; charset=utf-8")
    return Response(_OK, (kind,), f"<html><body>{text}</body></html>".encode())


def xml(status: int, data: bytes, media: str = "text/xml") -> Response:
    """Return a response with a document in UTF-8, of a media type."""
    return Response(status, (("Content-Type", f"{media}; charset=utf-8"),), data)
