"""A service as its WSDL 1.1 document describes it, in WSDL's own terms.

It has only operations that can be generated: `read/wsdl/` reports the others and leaves them out.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from unstringly.model.assertions import NOTHING, Asserted
from unstringly.model.schema import Schema

if TYPE_CHECKING:
    from unstringly.diagnostics import Diagnostic, Span
    from unstringly.model.schema_names import ComponentName


class BindingKind(Enum):
    """The four ways to call an operation that are supported."""

    SOAP11 = "soap11"
    SOAP12 = "soap12"
    HTTP_GET = "http_get"
    HTTP_POST = "http_post"


class QName(Struct, frozen=True):
    """A qualified name: namespace and local part."""

    namespace: str
    local: str


class Part(Struct, frozen=True):
    """One input parameter or one result, as it goes over a binding.

    For SOAP a parameter is a child element of the request's body element, for HTTP a form or
    query field; `type` is its XSD type: a built-in simple one, if need be the one at the bottom
    of the restrictions that the WSDL declares. `declared` is the type that the WSDL gives it. In a
    structured message `slot` is the field that it fills, and `type` is `string` if that takes any
    text.
    """

    name: str
    type: QName
    span: Span
    declared: ComponentName | None = None
    slot: str = ""
    documentation: str = ""


class Header(Struct, frozen=True):
    """An element in the header of a SOAP message (WSDL 1.1, section 3.7).

    `is_required` says that the binding marks it with `wsdl:required`.
    """

    element: ComponentName
    is_required: bool
    span: Span


class Message(Struct, frozen=True):
    """Parts of an operation in one direction, and their wrapper element where there is one.

    `element` is the body element of a SOAP message, or the root element of an XML document over
    HTTP; None for a query or form, for a text response, and for a body with nothing in it. `body`
    is the component of the schema that the element is: for rpc style, and for the parts of an HTTP
    request, one that was made of the parts; None for a text response and for an empty body.
    `is_text` says that all parts are of simple types and stand where texts may be sent for them;
    without it there are no parts. An empty body is no text, nor is a message with headers.
    One that is not literal is in SOAP's encoding (SOAP 1.1, section 5).
    """

    name: str
    element: QName | None
    parts: tuple[Part, ...]
    span: Span
    body: ComponentName | None = None
    is_text: bool = True
    headers: tuple[Header, ...] = ()
    is_encoded: bool = False


class Fault(Struct, frozen=True):
    """A fault that an operation declares: the element in the detail of the SOAP fault."""

    element: ComponentName
    span: Span


class Operation(Struct, frozen=True):
    """A named call of a port type with its input and output messages; a one-way call has no output.

    Only its request is sent, and nothing comes back. The messages of a structured one are not
    texts, but have shapes. Its name is its own in the service; `declared` is that of its port type,
    if that is another one.
    """

    name: str
    documentation: str
    input: Message
    output: Message | None
    span: Span
    is_structured: bool = False
    faults: tuple[Fault, ...] = ()
    declared: str = ""

    @property
    def local(self) -> str:
        """Return its name in its port type, after which elements are named."""
        return self.declared or self.name


class LeftOut(Struct, frozen=True):
    """An operation of the WSDL without a binding that can be generated, and the reasons."""

    name: str
    reasons: tuple[Diagnostic, ...]


class PortType(Struct, frozen=True):
    """The operations that a binding offers."""

    name: str
    operations: tuple[Operation, ...]
    span: Span


class BoundOperation(Struct, frozen=True):
    """One operation, as a binding offers it.

    `soap_action` is the raw attribute (SOAP only); `location` the path suffix (HTTP only);
    `asserted` is what the policies of the service want.
    """

    name: str
    soap_action: str | None
    location: str | None
    span: Span
    asserted: Asserted = NOTHING


class Binding(Struct, frozen=True):
    """A way to put the operations of a port type on the wire.

    `operations` and those of `port_type` are the same ones in the same order: `port_type` has
    the operations that this binding offers, with their messages as they go over it.
    """

    name: str
    kind: BindingKind
    port_type: PortType
    operations: tuple[BoundOperation, ...]
    span: Span


class Port(Struct, frozen=True):
    """A binding at an address; it is empty if the WSDL has none that can be called.

    `service` is the name of the service that has it.
    """

    name: str
    binding: Binding
    address: str
    span: Span
    service: str = ""


class PortAddress(Struct, frozen=True):
    """A place in a document where a port's address stands."""

    location: str


class Reference(Struct, frozen=True):
    """A place in a document where another one is named.

    `location` is the name as it stands there; `document` is one of the names of the service's
    documents.
    """

    location: str
    document: str


class Document(Struct, frozen=True):
    """A file of the service's description: the WSDL, or a file that it imports.

    `name` is its path as seen from the WSDL's folder. `content` is its text, without a byte order
    mark and with an XML declaration that says UTF-8, in pieces: between them are the addresses of
    ports and the names of other documents. A reference to a missing document is left out, so that
    nobody looks for it elsewhere.
    """

    name: str
    is_schema: bool
    content: tuple[str | PortAddress | Reference, ...]


class Service(Struct, frozen=True):
    """The service: its ports in the document's order, and the document's target namespace.

    The ports of other services of the document follow its own. Each operation is in one port of a
    kind. `documents` are the WSDL itself and all that it imports, directly or not; `schema` has the
    components that they declare.
    """

    name: str
    namespace: str
    documentation: str
    ports: tuple[Port, ...]
    span: Span
    documents: tuple[Document, ...] = ()
    schema: Schema = field(default_factory=lambda: Schema({}))

    def operations(self) -> dict[str, Operation]:
        """Return every operation by name, in the order of the first port that offers it."""
        operations: dict[str, Operation] = {}
        for port in self.ports:
            for operation in port.binding.port_type.operations:
                operations.setdefault(operation.name, operation)
        return operations
