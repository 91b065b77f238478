"""From messages (WSDL 1.1, section 2.3) to `Message`s: the rules, and what all bindings share.

The messages of SOAP are read in `soap_messages`, those of HTTP in `http_messages`. Any literal body
is read: what its element holds stands in the schema, whatever that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.schema_names import ComponentName
from unstringly.model.service import Message
from unstringly.read.wsdl.findings import Refused, gather, quoted
from unstringly.read.wsdl.names import duplicate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xsdata.models.wsdl import Message as MessageModel

    from unstringly.diagnostics import Span
    from unstringly.model.schema_content import Element
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.made import MadeBody
    from unstringly.read.wsdl.xml import Node

NOT_SIMPLE = Rule(
    "W114",
    Severity.WARNING,
    "a value that is sent without XML is not of a simple type",
    wrong="""\
A parameter of an HTTP request stands in a query or a form, and the result of a text response is
that text. Either is of a built-in simple type of XML Schema or of a type that restricts one;
a parameter may also be a list, a union, or an array of such values, which is sent by
repetition. This one is of another type.""",
    why="""\
Elements within a value have no place there, so the operations that the finding names are
left out of those bindings.""",
    example='<wsdl:part name="order" type="tns:Order" />          it has elements of its own',
    todo="""\
Nothing, if another binding has the operation. Otherwise call it with another client.""",
)

NO_BODY = Rule(
    "W115",
    Severity.WARNING,
    "it cannot be said how a message is sent",
    wrong="""\
In document style each part in the body of a SOAP message has `element=`. In rpc style the body is
an element with the operation's name that holds all parts, each with `type=` or `element=`, and
no schema declares another element of that name. The parts of an HTTP request have `type=`, or one
has `element=`; an HTTP response has one part, with `element=` if it is XML. A binding names only
parts that are there.""",
    why="""\
What the message looks like on the wire is not known, so the operations that the finding
names are left out of those bindings.""",
    example='<wsdl:part name="userCode" type="s:string" />        in document style',
    todo="""\
Nothing, if another binding has the operation. Otherwise call it with another client. Do not
edit your copy into that shape: the service would not take such calls.""",
)

RULES = (NOT_SIMPLE, NO_BODY)


class ReadMessage(NamedTuple):
    """A message, and its body if that was made of its parts."""

    message: Message
    made: MadeBody | None = None


def empty_message(origin: Node, name: str) -> ReadMessage:
    """Return a message with nothing in its body."""
    return ReadMessage(Message(name, None, (), origin.span, None, is_text=False))


def message_of(catalog: Catalog, node: Node) -> tuple[MessageModel, Node]:
    """Return the message that the input or output of a port type refers to; raises `Refused`."""
    model = catalog.messages.referred(node, "message")
    return model, catalog.origins[model]


def name_of_element(element: Element) -> ComponentName:
    """Return the name of a global element as a component."""
    return ComponentName("element", element.name.namespace, element.name.local)


def refuse_same_names(nodes: Iterable[Node]) -> None:
    """Require that the names of parts differ; raises `Refused` (W110)."""
    first: dict[str, Span] = {}

    def check(node: Node) -> None:
        name = node.attributes.get("name", "")
        if name and first.setdefault(name, node.span) is not node.span:
            raise Refused(duplicate("part", name, node.span, first[name]))

    gather(nodes, check)


def no_body(span: Span, message: str) -> Refused:
    """Return the refusal (W115) of a message whose body is not known."""
    return Refused(Diagnostic(NO_BODY, span, message))


def no_such_part(span: Span, part: str) -> Refused:
    """Return the refusal (W115) of a binding that names a part which is not there."""
    return no_body(span, f"the binding speaks of a part {quoted(part)}, and there is none")
