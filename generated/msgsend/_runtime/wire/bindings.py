# Copied by unstringly 0.1.0. Do not edit.
"""Requests over the four bindings: HTTP GET and POST, SOAP 1.1 and SOAP 1.2.

A parameter is never left out: an empty one is sent empty. A text that a binding cannot carry is
refused before anything is sent: XML 1.0 has no control characters besides tab, LF and CR
(production 2), and no encoding has lone surrogates.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple, assert_never
from urllib.parse import quote, urlencode

from .exchange import Arriving, Request, unheard, unwatched
from .media_types import FORM


class Binding(Enum):
    """The way in which a call is put on the wire. All of them give the same typed result."""

    POST = "post"
    """A form in the body: small, and keeps passwords out of addresses."""
    GET = "get"
    """All parameters in the address, which proxies and servers write into their logs."""
    SOAP11 = "soap11"
    """A SOAP 1.1 envelope."""
    SOAP12 = "soap12"
    """A SOAP 1.2 envelope."""


SOAP_11: Final = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12: Final = "http://www.w3.org/2003/05/soap-envelope"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The description of one operation on the wire, from the WSDL.

    `element` and `response` are the body elements of the SOAP messages, `result` is the element of
    the result inside `response`, all in `namespace`; `location` is the path that the HTTP
    bindings add to the address, `root` the root element of their responses, in `root_namespace`;
    without one these responses are plain text. `posted` is the root element of a request over POST
    that is an XML document; without one it is a form.
    """

    namespace: str
    element: str = ""
    action: str = ""
    response: str = ""
    result: str = ""
    location: str = ""
    root: str = ""
    root_namespace: str = ""
    posted: str = ""

    def answers_text(self, binding: Binding) -> bool:
        """Say whether a response over a binding is the result itself, and not XML that holds it."""
        return binding in (Binding.GET, Binding.POST) and not self.root

    def place(self, binding: Binding, base_url: str) -> str:
        """Return the address that a request over a binding goes to, without the parameters."""
        is_soap = binding in (Binding.SOAP11, Binding.SOAP12)
        return base_url if is_soap else _place(base_url, self.location)


class NotCarried(ValueError):
    """A character of a parameter cannot be carried; the value itself is not kept.

    `carrier` is what cannot carry it, in words for people; it is empty for the binding.
    """

    def __init__(self, parameter: str, character: str, carrier: str = "") -> None:
        super().__init__(parameter, character, carrier)
        self.parameter = parameter
        self.character = character
        self.carrier = carrier


NOT_XML: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 does not have (production 2)."""

_NOT_UNICODE: Final = re.compile("[\ud800-\udfff]")
_MARKUP: Final = re.compile("[&<>\r]")
_IN_ADDRESSES: Final = "/?&=%:;,+@!$'()*~-._"
_IDENTITY: Final = ("Accept-Encoding", "identity")


_FORM: Final = (
    ("Content-Type", f"{FORM}; charset=utf-8"),
    _IDENTITY,
)
_DOCUMENT: Final = (("Content-Type", "text/xml; charset=utf-8"), _IDENTITY)


def build_request(
    endpoint: Endpoint,
    binding: Binding,
    base_url: str,
    parameters: Sequence[tuple[str, str]],
    leaving: Callable[[], None] = unheard,
    arriving: Callable[[Arriving], None] = unwatched,
) -> Request:
    """Return the request of a call.

    `base_url` is an address without query, fragment and a last slash. `leaving` and `arriving` are
    the request's own. Raises NotCarried for a character that the binding does not have.
    """
    is_soap = binding in (Binding.SOAP11, Binding.SOAP12)
    refused = _not_carried(parameters, NOT_XML if is_soap else _NOT_UNICODE)
    if refused is not None:
        del parameters
        raise NotCarried(*refused)
    match binding:
        case Binding.GET:
            place = _place(base_url, endpoint.location)
            url = f"{place}{'&' if '?' in place else '?'}{urlencode(parameters)}"
            return Request("GET", url, (_IDENTITY,), b"", leaving, arriving)
        case Binding.POST:
            url = _place(base_url, endpoint.location)
            body = urlencode(parameters).encode("ascii")
            return Request("POST", url, _FORM, body, leaving, arriving)
        case Binding.SOAP11 | Binding.SOAP12:
            soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
            shell = _shell(soap, endpoint.namespace, endpoint.element, endpoint.action)
            fields = [f"<{name}>{_escaped(value)}</{name}>" for name, value in parameters]
            body = f"{shell.before}{''.join(fields)}{shell.behind}".encode()
            return Request("POST", base_url, shell.headers, body, leaving, arriving)
        case _:
            assert_never(binding)


def build_soap_request(
    endpoint: Endpoint,
    binding: Binding,
    base_url: str,
    header: str,
    content: str,
    leaving: Callable[[], None] = unheard,
    arriving: Callable[[Arriving], None] = unwatched,
) -> Request:
    """Return the request of a call whose header and body are written already, over SOAP."""
    soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
    shell = _shell(soap, endpoint.namespace, "", endpoint.action)
    before = shell.before
    if header:
        before = before.replace("<soap:Body>", f"<soap:Header>{header}</soap:Header><soap:Body>")
    body = f"{before}{content}{shell.behind}".encode()
    return Request("POST", base_url, shell.headers, body, leaving, arriving)


def build_document_request(
    endpoint: Endpoint,
    base_url: str,
    content: str,
    leaving: Callable[[], None] = unheard,
    arriving: Callable[[Arriving], None] = unwatched,
) -> Request:
    """Return the request of a call over POST whose body is an element that is written already."""
    body = f'<?xml version="1.0" encoding="utf-8"?>\n{content}'.encode()
    url = _place(base_url, endpoint.location)
    return Request("POST", url, _DOCUMENT, body, leaving, arriving)


@lru_cache(maxsize=64)
def _place(base_url: str, location: str) -> str:
    """Return the address of an operation: a location never changes the host."""
    joint = "" if location.startswith(("/", "?")) or not location else "/"
    return f"{base_url}{joint}{quote(location, safe=_IN_ADDRESSES)}"


def action_uri(action: str) -> str:
    """Return an action as it stands in headers, which are ASCII."""
    return action if action.isascii() else "".join(c if c.isascii() else quote(c) for c in action)


def _not_carried(
    parameters: Sequence[tuple[str, str]], foreign: re.Pattern[str]
) -> tuple[str, str] | None:
    """Return the first parameter that holds a foreign character, and that character, or None."""
    if foreign.search("".join([value for _, value in parameters])) is None:
        return None
    matches = ((name, foreign.search(value)) for name, value in parameters)
    return next((name, match[0]) for name, match in matches if match is not None)


class _Shell(NamedTuple):
    """The parts that all SOAP requests of an operation share: the envelope, the headers."""

    before: str
    behind: str
    headers: tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def _shell(soap: str, namespace: str, element: str, action: str) -> _Shell:
    """Return the text around the parameters, and the headers. None of it is a secret.

    Without an element the text is what is around the content of the body.
    """
    content_type: tuple[tuple[str, str], ...]
    action = action_uri(action)
    if soap == SOAP_11:
        content_type = (("Content-Type", "text/xml; charset=utf-8"), ("SOAPAction", f'"{action}"'))
    else:
        media = "application/soap+xml; charset=utf-8" + (action and f'; action="{action}"')
        content_type = (("Content-Type", media),)
    before = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<soap:Envelope xmlns:soap="{soap}"><soap:Body>'
    )
    behind = "</soap:Body></soap:Envelope>"
    if element:
        before += f'<{element} xmlns="{_attribute(namespace)}">'
        behind = f"</{element}>{behind}"
    return _Shell(before, behind, (*content_type, _IDENTITY))


def _escaped(text: str) -> str:
    """Return character data; a CR is written as a reference, or it would be read as a LF."""
    if not _MARKUP.search(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
