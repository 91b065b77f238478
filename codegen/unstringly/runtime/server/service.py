"""A service's side of the four bindings, without I/O, as ASP.NET has it.

ASP.NET (Mono behind nginx) was seen to do this, and so do the functions here:

- The path of the service is found in any case. An operation's name is not, and parameters' names in
  forms and queries are.
- GET and POST: an unknown operation or a missing parameter is status 500 with `text/plain`. Of a
  parameter given twice both texts count, with a comma between them.
- SOAP: the envelope's namespace tells the version. `dispatch.py` finds the operation. An unknown
  one is a fault, with status 500. A body that is no XML is status 400 with nothing in it. A
  parameter that is left out is the empty text.
- An element that is posted where a form is not expected is the request of an operation by itself.
- A GET of the service with `?WSDL` gives its WSDL, and the documents that it names with `?xsd=` and
  `?wsdl=` are given too. They hold the address that the service was given, or else the one that was
  asked, unless that is none: then the status is 400. Headers of proxies are not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from ..client.calls import Operation
from ..errors.sealed import Secret
from ..wire.bindings import Binding
from ..wire.charsets import decoded
from ..wire.codec import Unasked, came_with
from ..wire.envelopes import NotXml, is_envelope, read_message
from ..wire.exchange import Response
from ..wire.media_types import FORM, media_type
from .asked import Asked, HttpRequest
from .dispatch import operation_asked
from .responses import fault, html, plain, xml
from .wsdl_documents import Documents, address_of, document, is_of_documents

_FORMS = {"GET": Binding.GET, "POST": Binding.POST}
_MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its name, its operations, its path, and its documents.

    `public_url` is the address in the documents; if it is empty, the one that was asked is.
    """

    name: str
    operations: Mapping[str, Operation]
    path: str
    documents: Documents = field(repr=False)
    public_url: str = ""

    def asked(self, request: HttpRequest) -> Asked | Response:
        """Return the call in a request, or the response to a request that is no call."""
        root = unquote(self.path).rstrip("/")
        rest = request.path[len(root) :]
        if request.path[: len(root)].lower() != root.lower() or not f"{rest}/".startswith("/"):
            return plain(404, "The resource cannot be found.")
        is_of_service = not rest.strip("/")
        if is_of_service and request.method == "GET" and is_of_documents(request.query):
            return self._document(request)
        posting = self._posting(rest, request)
        if posting and not (is_of_service and is_envelope(_text(request))):
            return _from_document(posting, request)
        operation = self._located(rest, request)
        if operation is not None or not is_of_service:
            return self._from_form(operation, rest, request)
        match request.method:
            case "POST":
                return self._from_envelope(request)
            case "GET":
                return html(f"{self.name}: {', '.join(sorted(self.operations))}; ?WSDL")
            case _:
                return plain(405, "Method not allowed.", ("Allow", "GET, POST"))

    def _document(self, request: HttpRequest) -> Response:
        host = request.headers.get("host")
        address = self.public_url or address_of(request.scheme, host, self.path)
        if not address:
            return plain(400, "The header Host is no host.")
        data = document(self.documents, request.query, address)
        if data is None:
            return plain(404, "There is no such document.")
        return xml(200, data)

    def _located(self, rest: str, request: HttpRequest) -> Operation | None:
        """Return the operation whose location is the rest of a path, with its query, or None."""
        binding = _FORMS.get(request.method)
        if binding is Binding.POST and not rest.strip("/") and not _is_form(request):
            return None  # it is an envelope
        return None if binding is None else next(self._at(rest, request, binding), None)

    def _at(self, rest: str, request: HttpRequest, binding: Binding) -> Iterator[Operation]:
        """Yield the operations over a binding whose location is the rest of a path."""
        query = (_fields(request.query) or {}).items()
        for operation in self.operations.values():
            if binding in operation.bindings:
                path, _, fields = operation.endpoint_of(binding).location.partition("?")
                is_here = unquote(path).strip("/") == rest.strip("/")
                if is_here and (_fields(fields) or {}).items() <= query:
                    yield operation

    def _posting(self, rest: str, request: HttpRequest) -> list[Operation]:
        """Return the operations that a posted element may ask for; none for a form."""
        if request.method != "POST" or _is_form(request):
            return []
        every = self._at(rest, request, Binding.POST)
        return [own for own in every if own.endpoint_of(Binding.POST).posted]

    def _from_form(
        self, operation: Operation | None, rest: str, request: HttpRequest
    ) -> Asked | Response:
        binding = _FORMS.get(request.method)
        if binding is None:
            return plain(405, "Method not allowed.", ("Allow", "GET, POST"))
        if operation is None:
            return plain(500, f"{rest.lstrip('/')} Web Service method name is not valid.")
        is_document = bool(operation.endpoint_of(binding).posted)
        if binding is Binding.POST and (is_document or not _is_form(request)):
            return plain(500, "Request format is invalid.")
        is_query = binding is Binding.GET
        fields = _fields(request.query if is_query else request.body.decode("latin-1"))
        if fields is None:
            return plain(400, "Bad request.")
        if operation.messages is not None:
            try:
                values = operation.messages.asked_by_form(fields)
                return _asked(operation, binding, values, request)
            except Unasked as error:
                return plain(500, str(error))
        missing = [name for name in operation.parameters if name.lower() not in fields]
        if missing:
            return plain(500, f"Missing parameter: {missing[0]}.")
        parameters = {name: ",".join(fields[name.lower()]) for name in operation.parameters}
        return _asked(operation, binding, parameters, request)

    def _from_envelope(self, request: HttpRequest) -> Asked | Response:
        media = media_type(request.headers.get("content-type"))
        text = _text(request)
        if media not in ("text/xml", "application/soap+xml", ""):
            return plain(415, "Unsupported media type.")
        try:
            message = read_message(text)
        except NotXml:
            return xml(400, b"", media or "text/xml")
        binding = message.binding
        if binding is None:
            words = "The message is no SOAP envelope."
            return fault(Binding.SOAP11, words, of_sender=True)
        operation = operation_asked(self.operations.values(), message, binding, request.headers)
        if operation is None:
            words = "Server did not recognize the action of the message."
            return fault(binding, words, of_sender=True)
        if operation.messages is not None:
            slots = tuple(operation.parameters)
            try:
                values = operation.messages.asked(binding, text, slots)
            except Unasked as error:
                return fault(binding, str(error), of_sender=True)
            return _asked(operation, binding, values, request, text)
        doubled = next((name for name in operation.parameters if name in message.doubled), "")
        if doubled:
            words = f"The parameter {doubled} comes more than once."
            return fault(binding, words, of_sender=True)
        parameters = {name: message.parameters.get(name, "") for name in operation.parameters}
        return _asked(operation, binding, parameters, request, text)


def _from_document(operations: list[Operation], request: HttpRequest) -> Asked | Response:
    """Return the call in a posted element: of the first operation to whose request it fits."""
    text, problem = _text(request), ""
    for operation in operations:
        assert operation.messages is not None
        try:
            values = operation.messages.posted(text, tuple(operation.parameters))
        except Unasked as error:
            problem = problem or str(error)
        else:
            return _asked(operation, Binding.POST, values, request, text)
    return plain(500, problem)


def _asked(
    operation: Operation,
    binding: Binding,
    parameters: Mapping[str, Any],
    request: HttpRequest,
    text: str = "",
) -> Asked:
    secrets = {
        name: Secret(text or "") for name, text in parameters.items() if name in operation.secret
    }
    others = {name: text for name, text in parameters.items() if name not in secrets}
    came = came_with(operation.asserted.get(binding, ()), request.headers, text)
    return Asked(operation, binding, others, secrets, came)


def _text(request: HttpRequest) -> str:
    """Return the text of a body; empty if it cannot be decoded."""
    return decoded(request.body, request.headers.get("content-type", "")) or ""


def _is_form(request: HttpRequest) -> bool:
    return media_type(request.headers.get("content-type")) == FORM


def _fields(text: str) -> dict[str, list[str]] | None:
    """Return the fields of a form or query, by names in small letters; None if too many."""
    texts: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(
            text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace"
        ):
            texts.setdefault(name.lower(), []).append(value)
    except ValueError:
        return None
    return texts
