"""SOAP messages of SendMsg as xsdata's own data classes: an oracle that shares no code with us."""

from dataclasses import dataclass, field

from tests.runtime.wire.wire import NAMESPACE
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.serializers import XmlSerializer

from unstringly.runtime.wire.bindings import Binding

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"


@dataclass
class SendMsg:
    class Meta:
        namespace = NAMESPACE

    userCode: str = field(default="", metadata={"type": "Element"})  # noqa: N815 - the WSDL's
    Msg: str = field(default="", metadata={"type": "Element"})


@dataclass
class SendMsgResponse:
    class Meta:
        namespace = NAMESPACE

    SendMsgResult: str = field(default="", metadata={"type": "Element"})


@dataclass
class Content:
    call: SendMsg | None = field(
        default=None, metadata={"name": "SendMsg", "type": "Element", "namespace": NAMESPACE}
    )
    response: SendMsgResponse | None = field(
        default=None,
        metadata={"name": "SendMsgResponse", "type": "Element", "namespace": NAMESPACE},
    )


@dataclass
class Envelope11:
    class Meta:
        name = "Envelope"
        namespace = SOAP_11

    Body: Content | None = field(default=None, metadata={"type": "Element"})


@dataclass
class Envelope12:
    class Meta:
        name = "Envelope"
        namespace = SOAP_12

    Body: Content | None = field(default=None, metadata={"type": "Element"})


def written(binding: Binding, content: Content) -> str:
    """A message as xsdata writes it."""
    envelope = Envelope11 if binding is Binding.SOAP11 else Envelope12
    # xsdata leaves the types of a parameter open that is not given here
    return XmlSerializer().render(envelope(content))  # pyright: ignore[reportUnknownMemberType]


def read(binding: Binding, message: bytes) -> Content | None:
    """The content of a message's body as xsdata reads it."""
    if binding is Binding.SOAP11:
        return XmlParser().from_bytes(message, Envelope11).Body
    return XmlParser().from_bytes(message, Envelope12).Body
