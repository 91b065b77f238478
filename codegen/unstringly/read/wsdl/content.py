"""The SOAP, HTTP and MIME extensions of a binding (WSDL 1.1, sections 3 to 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.service import BindingKind, BoundOperation
from unstringly.read.wsdl.asserting import ADDRESSING
from unstringly.read.wsdl.elements import WSDL, Origins, attribute, header_text, name_of
from unstringly.read.wsdl.findings import Refused, gather, quoted
from unstringly.read.wsdl.policies import WSP

if TYPE_CHECKING:
    from xsdata.models.wsdl import ExtensibleElement

    from unstringly.read.wsdl.xml import Node

BINDING = Rule(
    "W116",
    Severity.WARNING,
    "a binding is of a kind that is not supported",
    wrong="""\
Supported are SOAP 1.1 and SOAP 1.2 over HTTP, HTTP GET and HTTP POST. A binding must hold
exactly one of `soap:binding`, `soap12:binding` and `http:binding`, the SOAP ones with HTTP
as their transport.""",
    why="""\
Nothing is known of how to call it, so its ports are left out, with the operations that the
finding names.""",
    example='<soap:binding transport="http://schemas.xmlsoap.org/soap/smtp" />',
    todo="""\
Nothing, as long as another port offers the operations. Otherwise call them with another
client.""",
)

NOT_LITERAL = Rule(
    "W117",
    Severity.WARNING,
    "the style or the encoding of a SOAP operation is not known",
    wrong="""\
The style is `document` or `rpc`, the use `literal` or `encoded`. An encoded message is in
rpc style and in SOAP's own encoding, and so is the other message of the operation. A header
is literal.""",
    why="""\
What the messages look like on the wire is not known, so the operations that the finding
names are left out of that binding.""",
    example='<soap:body use="encoded" encodingStyle="http://xml.apache.org/xml-soap/literalxml" />',
    todo="""\
Nothing, if another port has the operation. Otherwise call it with another client.""",
)

CONTENT = Rule(
    "W118",
    Severity.WARNING,
    "the body of a request or response is described in a way that is not supported",
    wrong="""\
A SOAP request or response has one `soap:body`. An HTTP GET request is `http:urlEncoded`, an
HTTP POST request `mime:content` of type `application/x-www-form-urlencoded` or of an XML type, or
`mime:mimeXml`. The response of both is `mime:mimeXml` or `mime:content` of a text type, or nothing
if its message has no parts. Attachments, headers that are no elements, `http:urlReplacement` and
extensions marked `wsdl:required` are not supported.""",
    why="""\
A call without the rest would not be the one that the service expects. The operations that
the finding names are left out of that binding.""",
    example="<wsdl:input> <mime:multipartRelated> ... </wsdl:input>",
    todo="""\
Nothing, as long as another port offers the operation. Otherwise call it with another
client.""",
)

RULES = (BINDING, NOT_LITERAL, CONTENT)

SOAP11 = "http://schemas.xmlsoap.org/wsdl/soap/"
SOAP12 = "http://schemas.xmlsoap.org/wsdl/soap12/"
HTTP = "http://schemas.xmlsoap.org/wsdl/http/"
MIME = "http://schemas.xmlsoap.org/wsdl/mime/"

NAMESPACES = {
    BindingKind.SOAP11: SOAP11,
    BindingKind.SOAP12: SOAP12,
    BindingKind.HTTP_GET: HTTP,
    BindingKind.HTTP_POST: HTTP,
}
_SOAP_OVER_HTTP = (
    "http://schemas.xmlsoap.org/soap/http",
    "http://www.w3.org/2003/05/soap/bindings/HTTP/",
)
_VERBS = {"GET": BindingKind.HTTP_GET, "POST": BindingKind.HTTP_POST}
_XML = ("text/xml", "application/xml")
_FORM = "application/x-www-form-urlencoded"
_STYLES = ("document", "rpc")
_ENCODINGS = (
    "http://schemas.xmlsoap.org/soap/encoding/",
    "http://www.w3.org/2003/05/soap-encoding",
)


class SoapContent(NamedTuple):
    """The `soap:body` of an input or output, its headers, and whether it is in SOAP's encoding."""

    body: Node
    headers: tuple[Node, ...]
    is_encoded: bool = False


class HttpContent(NamedTuple):
    """The name of the part in a body, if the binding gives one; is the body XML?"""

    part: str | None
    is_xml: bool


def extensions(origins: Origins, model: ExtensibleElement) -> tuple[Node, ...]:
    """Return the extensions of an element of WSDL: its children in other namespaces."""
    return tuple(origins[element] for element in model.extended_elements)


def read_kind(node: Node, children: tuple[Node, ...]) -> tuple[BindingKind, Node]:
    """Return the kind of a binding and the extension that says so; raises `Refused` (W116)."""
    candidates = [
        child
        for child in children
        if child.local == "binding" and child.namespace in (SOAP11, SOAP12, HTTP)
    ]
    if len(candidates) != 1:
        many = "more than one" if candidates else "none"
        message = f"the binding {_name(node)} has {many} of SOAP's or HTTP's elements `binding`"
        raise Refused(_unsupported(node, message))
    extension = candidates[0]
    if extension.namespace == HTTP:
        verb = extension.attributes.get("verb", "")
        if verb not in _VERBS:
            raise Refused(_unsupported(extension, f"the HTTP verb {quoted(verb)} is not supported"))
        return _VERBS[verb], extension
    transport = extension.attributes.get("transport", "")
    if transport not in _SOAP_OVER_HTTP:
        raise Refused(_unsupported(extension, f"the transport {quoted(transport)} is not HTTP"))
    is_soap11 = extension.namespace == SOAP11
    return BindingKind.SOAP11 if is_soap11 else BindingKind.SOAP12, extension


def read_call(
    kind: BindingKind, binding: Node, operation: Node, children: tuple[Node, ...]
) -> BoundOperation:
    """Return an operation with its SOAP action or HTTP location, read from its extensions.

    `binding` is the extension that `read_kind` has returned. Raises `Refused`.
    """
    _refuse_required(children)
    calls = [child for child in children if child.name == f"{{{NAMESPACES[kind]}}}operation"]
    name = name_of(operation)
    if kind in (BindingKind.HTTP_GET, BindingKind.HTTP_POST):
        if len(calls) != 1:
            raise Refused(_bad_content(operation, f"{quoted(name)} has no http:operation"))
        attribute(calls[0], "location")
        location = header_text(calls[0], "location")
        return BoundOperation(name, None, location, operation.span)
    call = calls[0] if calls else None
    styled = _styled(binding, call)
    style = styled.attributes.get("style", "document")
    if style not in _STYLES:
        message = f"the style {quoted(style)} is not supported, only `document` and `rpc`"
        raise Refused(Diagnostic(NOT_LITERAL, styled.span, message))
    action = header_text(call, "soapAction") if call else ""
    return BoundOperation(name, action, None, operation.span)


def is_rpc(kind: BindingKind, binding: Node, children: tuple[Node, ...]) -> bool:
    """Say whether an operation is in rpc style; `children` are its extensions."""
    calls = [child for child in children if child.name == f"{{{NAMESPACES[kind]}}}operation"]
    return _styled(binding, calls[0] if calls else None).attributes.get("style") == "rpc"


def _styled(binding: Node, call: Node | None) -> Node:
    """Return the extension that says the style: that of the operation, or else of the binding."""
    return call if call is not None and "style" in call.attributes else binding


def read_soap_content(
    node: Node, children: tuple[Node, ...], kind: BindingKind, *, is_rpc: bool
) -> SoapContent:
    """Return the one body of an input or output, and its headers; raises `Refused`."""
    namespace = NAMESPACES[kind]
    _refuse_required(children)
    for child in children:
        if child.namespace == MIME:
            message = f"attachments ({quoted(child.local)}) are not supported"
            raise Refused(_bad_content(child, message))
    headers = tuple(child for child in children if child.name == f"{{{namespace}}}header")
    bodies = [child for child in children if child.name == f"{{{namespace}}}body"]
    if len(bodies) != 1:
        raise Refused(_bad_content(node, f"the {node.local} needs one body of this SOAP version"))
    return SoapContent(bodies[0], headers, _is_encoded(bodies[0], is_rpc=is_rpc))


def _is_encoded(body: Node, *, is_rpc: bool) -> bool:
    """Say whether a body is in SOAP's encoding; raises `Refused` (W117) for any other encoding."""
    use = body.attributes.get("use", "literal")
    encodings = body.attributes.get("encodingStyle", "").split()
    if use == "literal":
        return False
    message = f"the use {quoted(use)} is not supported, only `literal` and `encoded`"
    if use == "encoded" and not is_rpc:
        message = "the use `encoded` is not supported in document style"
    elif use == "encoded" and (not encodings or any(own in _ENCODINGS for own in encodings)):
        return True
    elif use == "encoded":
        message = f"the encoding {quoted(' '.join(encodings))} is not supported"
    raise Refused(Diagnostic(NOT_LITERAL, body.span, message))


def read_http_request_content(
    node: Node, children: tuple[Node, ...], kind: BindingKind
) -> HttpContent:
    """Return what a request is: XML by itself, or parameters in a query or a form.

    Raises `Refused` (W118).
    """
    content = _only(node, children)
    type_, part = content.attributes.get("type", ""), content.attributes.get("part")
    if kind is BindingKind.HTTP_GET and content.name == f"{{{HTTP}}}urlEncoded":
        return HttpContent(None, is_xml=False)
    if kind is BindingKind.HTTP_POST:
        is_content = content.name == f"{{{MIME}}}content"
        if content.name == f"{{{MIME}}}mimeXml" or (is_content and type_ in _XML):
            return HttpContent(part, is_xml=True)
        if is_content and type_ == _FORM:
            return HttpContent(None, is_xml=False)
    raise Refused(_bad_content(content, f"{_shown(content)} is not supported in this request"))


def read_http_response(
    node: Node, children: tuple[Node, ...], *, is_empty: bool
) -> HttpContent | None:
    """Return what the body of a response is; None if it is not said of an empty message.

    Raises `Refused` (W118).
    """
    if is_empty and not _contents(children):
        _refuse_required(children)
        return None
    content = _only(node, children)
    part = content.attributes.get("part")
    if content.name == f"{{{MIME}}}mimeXml":
        return HttpContent(part, is_xml=True)
    if content.name == f"{{{MIME}}}content" and _is_text(content.attributes.get("type", "")):
        return HttpContent(part, content.attributes["type"].startswith("text/xml"))
    raise Refused(_bad_content(content, f"{_shown(content)} is not supported in a response"))


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/")


def _only(node: Node, children: tuple[Node, ...]) -> Node:
    """Return the one extension that describes an input's or output's content; raises `Refused`."""
    contents = _contents(children)
    if len(contents) != 1:
        message = f"the {node.local} needs one description of its content, and has {len(contents)}"
        raise Refused(_bad_content(node, message))
    _refuse_required([child for child in children if child is not contents[0]])
    return contents[0]


def _contents(children: tuple[Node, ...]) -> list[Node]:
    return [child for child in children if child.namespace in (HTTP, MIME)]


def _shown(content: Node) -> str:
    type_ = content.attributes.get("type")
    return quoted(content.local) + (f" of type {quoted(type_)}" if type_ else "")


def _refuse_required(children: tuple[Node, ...] | list[Node]) -> None:
    """Raise `Refused` if an unknown extension is marked `wsdl:required`."""

    def check(child: Node) -> None:
        required = child.attributes.get(f"{{{WSDL}}}required", "").strip() in ("true", "1")
        known = child.namespace in (SOAP11, SOAP12, HTTP, MIME, *WSP) or child.name in ADDRESSING
        if required and not known:
            message = f"the extension {quoted(child.name)} is required, and not supported"
            raise Refused(_bad_content(child, message))

    gather(children, check)


def _unsupported(node: Node, message: str) -> Diagnostic:
    return Diagnostic(BINDING, node.span, message)


def _name(node: Node) -> str:
    return quoted(node.attributes.get("name", ""))


def _bad_content(node: Node, message: str) -> Diagnostic:
    return Diagnostic(CONTENT, node.span, message)
