"""The recorded requests and responses, taken apart."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from unstringly.runtime.wire.bindings import Endpoint
from unstringly.runtime.wire.exchange import Response

WIRE = Path(__file__).parents[2] / "data" / "wire"
NAMESPACE = "http://tempuri.org/"
OPERATIONS = (
    "GetBalance",
    "GetMo",
    "GetMo2",
    "GetReport",
    "GetReport2",
    "SendMsg",
    "SendVoiceCode",
    "SendVoiceCodeWithTemplate",
)
HOST = "http://gateway.example:1210"
ADDRESS = f"{HOST}/Services/MsgSend.asmx"


def endpoint(operation: str) -> Endpoint:
    return Endpoint(
        namespace=NAMESPACE,
        element=operation,
        action=f"{NAMESPACE}{operation}",
        response=f"{operation}Response",
        result=f"{operation}Result",
        location=f"/{operation}",
        root="string",
        root_namespace=NAMESPACE,
    )


@dataclass(frozen=True)
class Message:
    """The first line of a message, its headers by lower-case name, and its body."""

    first: str
    headers: dict[str, str]
    body: bytes

    @property
    def response(self) -> Response:
        return Response(int(self.first.split()[1]), tuple(self.headers.items()), self.body)


def message(name: str) -> Message:
    head, _, body = (WIRE / name).read_bytes().partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Message(first, {key.lower(): value for key, value in pairs}, body)


def request_of(operation: str, binding: Enum) -> Message:
    """By a Binding of the generator's runtime, or of the package's copy."""
    return message(f"{operation}.{binding.value}.request.http")


def response_of(operation: str, binding: Enum) -> Message:
    return message(f"{operation}.{binding.value}.response.http")
