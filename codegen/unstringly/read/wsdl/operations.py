"""One operation of a binding (WSDL 1.1, section 2.5), with its messages as they go over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.service import BindingKind, BoundOperation, Operation
from unstringly.read.wsdl import content as wsdl_content
from unstringly.read.wsdl.elements import documentation, name_of
from unstringly.read.wsdl.faults import read_faults
from unstringly.read.wsdl.findings import Refused, both, quoted
from unstringly.read.wsdl.headers import with_headers, with_response_headers
from unstringly.read.wsdl.http_messages import (
    read_http_request,
    read_http_response,
    read_posted,
)
from unstringly.read.wsdl.made import MadeBody, http_name
from unstringly.read.wsdl.messages import ReadMessage, message_of
from unstringly.read.wsdl.soap_messages import Wrapper, read_document, read_rpc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xsdata.models.wsdl import BindingMessage, BindingOperation, PortTypeOperation

    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import Message
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.elements import Origins
    from unstringly.read.wsdl.xml import Node

EXCHANGE = Rule(
    "W119",
    Severity.WARNING,
    "an operation does not begin with a request",
    wrong="""\
An operation has a `wsdl:input`, and then a `wsdl:output` unless it is one-way. This one is a
notification (no input) or a solicit-response (output first). Or the binding does not say how the
response is sent, which is known in document style alone.""",
    why="""\
HTTP has no counterpart for what a service sends by itself. And if it is not known what a response
looks like, nobody can read it. So the operation is left out.""",
    example="""\
<wsdl:operation name="News"> <wsdl:output message="tns:NewsOut" /> </wsdl:operation>""",
    todo="""\
Nothing. If the response is missing in your copy alone, fetch the document again.""",
)

RULES = (EXCHANGE,)


class ReadOperation(Struct, frozen=True):
    """One operation of a port type, its counterpart in a binding, and bodies made of its parts.

    `findings` are about what is left out of it.
    """

    operation: Operation
    bound: BoundOperation
    bodies: tuple[MadeBody, ...]
    findings: tuple[Diagnostic, ...] = ()

    def named(self, name: str) -> ReadOperation:
        """Return the operation under another name, with made bodies of its own."""
        if name == self.operation.name:
            return self
        bodies = tuple(body if body.name.is_unsent else body.of(name) for body in self.bodies)
        pairs = zip(self.bodies, bodies, strict=True)
        components = {body.name: own.name for body, own in pairs}
        operation = self.operation
        output = None if operation.output is None else _moved(operation.output, components)
        operation = replace(
            operation,
            name=name,
            declared=operation.local,
            input=_moved(operation.input, components),
            output=output,
        )
        return ReadOperation(operation, replace(self.bound, name=name), bodies, self.findings)


def _moved(message: Message, components: Mapping[ComponentName, ComponentName]) -> Message:
    """Return a message whose body is another component."""
    body = message.body
    return message if body is None else replace(message, body=components.get(body, body))


class OperationReader(Struct, frozen=True):
    """A reader of the operations of one binding.

    `name` is the binding's, `namespace` that of its port type. `extension` is its `soap:binding`,
    `soap12:binding` or `http:binding` element.
    """

    catalog: Catalog
    name: str
    namespace: str
    kind: BindingKind
    extension: Node

    def read(self, abstract: PortTypeOperation, bound: BindingOperation) -> ReadOperation:
        """Return an operation as port type and binding describe it.

        Raises `Refused` with every finding that keeps the operation from being called.
        """
        origins = self.catalog.origins
        node, bound_node = origins.intact(abstract), origins.intact(bound)
        input_, output = _exchange(origins, abstract)
        _, bound_output = _exchange(origins, bound)
        children = wsdl_content.extensions(origins, bound)
        is_rpc = wsdl_content.is_rpc(self.kind, self.extension, children)
        if output and bound_output is None and (is_rpc or self.kind not in _SOAP):
            message = f"the operation {quoted(name_of(node))} has an output in the port type, "
            raise Refused(Diagnostic(EXCHANGE, node.span, f"{message}and none in the binding"))
        call, (request, answered) = both(
            lambda: wsdl_content.read_call(self.kind, self.extension, bound_node, children),
            lambda: both(
                lambda: self._read_request(node, input_, bound.input, is_rpc=is_rpc),
                lambda: self._read_response(
                    node, output, bound.output if bound_output else None, is_rpc=is_rpc
                ),
            ),
        )
        response, problems = (None, ()) if answered is None else answered
        messages = (request,) if response is None else (request, response)
        if len({read.message.is_encoded for read in messages}) > 1:
            message = f"only one message of the operation {quoted(name_of(node))} is encoded"
            raise Refused(Diagnostic(wsdl_content.NOT_LITERAL, bound_node.span, message))
        operation = Operation(
            name_of(node),
            documentation(node),
            request.message,
            None if response is None else response.message,
            node.span,
            faults=read_faults(self.catalog, abstract),
        )
        bodies = tuple(message.made for message in messages if message.made is not None)
        return ReadOperation(operation, call, bodies, problems)

    def _read_request(
        self, operation: Node, node: Node, bound: BindingMessage, *, is_rpc: bool
    ) -> ReadMessage:
        bound_node = self.catalog.origins[bound]
        children = wsdl_content.extensions(self.catalog.origins, bound)
        if self.kind in _SOAP:
            content = wsdl_content.read_soap_content(bound_node, children, self.kind, is_rpc=is_rpc)
            if is_rpc:
                wrapper = Wrapper(name_of(operation), operation.span)
                message = read_rpc(self.catalog, node, content, wrapper)
            else:
                message = read_document(self.catalog, node, content, is_result=False)
            return with_headers(self.catalog, message, content)
        own = wsdl_content.read_http_request_content(bound_node, children, self.kind)
        if own.is_xml:
            return read_posted(self.catalog, node, own)
        body = http_name(self.namespace, name_of(operation), self.name)
        return read_http_request(self.catalog, node, body)

    def _read_response(
        self, operation: Node, node: Node | None, bound: BindingMessage | None, *, is_rpc: bool
    ) -> tuple[ReadMessage, tuple[Diagnostic, ...]] | None:
        """Return the message of the output, and findings; None if the operation is one-way.

        Without `bound` it is sent as document style has it.
        """
        if node is None:
            return None
        if bound is None:
            content = wsdl_content.SoapContent(operation, ())
            return read_document(self.catalog, node, content, is_result=True), ()
        bound_node = self.catalog.origins[bound]
        children = wsdl_content.extensions(self.catalog.origins, bound)
        if self.kind in _SOAP:
            content = wsdl_content.read_soap_content(bound_node, children, self.kind, is_rpc=is_rpc)
            if is_rpc:
                wrapper = Wrapper(f"{name_of(operation)}Response", operation.span)
                message = read_rpc(self.catalog, node, content, wrapper)
            else:
                message = read_document(self.catalog, node, content, is_result=True)
            return with_response_headers(self.catalog, message, content)
        model, _ = message_of(self.catalog, node)
        is_empty = not model.parts
        response = wsdl_content.read_http_response(bound_node, children, is_empty=is_empty)
        return read_http_response(self.catalog, node, response), ()


_SOAP = (BindingKind.SOAP11, BindingKind.SOAP12)


def _exchange(
    origins: Origins, model: PortTypeOperation | BindingOperation
) -> tuple[Node, Node | None]:
    """Return the input and the output of an operation (WSDL 1.1, section 2.4).

    A one-way operation has no output. Raises `Refused` (W119) unless the input comes first.
    """
    input_, output = origins.find(model.input), origins.find(model.output)
    if input_ is not None:
        if output is None:
            return input_, None
        if (input_.span.line, input_.span.column) < (output.span.line, output.span.column):
            return input_, output
    problem = "has no input" if input_ is None else "sends its output before its input"
    node = origins[model]
    message = f"the operation {quoted(name_of(node))} {problem}"
    raise Refused(Diagnostic(EXCHANGE, node.span, message))
