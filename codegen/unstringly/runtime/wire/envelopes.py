"""SOAP messages on the service's side: calls are read, results and faults are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .bindings import NOT_XML, SOAP_11, SOAP_12, Binding, Endpoint
from .xml_events import read_events

_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_TYPES = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
)


class NotXml(Exception):
    """A message is no XML document, or has a document type, or is too large or too deep."""


@dataclass(frozen=True, slots=True)
class Message:
    """A call: its binding (None if it is no envelope), the body's first element, its parameters.

    `doubled` are the names of parameters that come more than once: none of them has a text.
    """

    binding: Binding | None
    namespace: str
    element: str
    parameters: Mapping[str, str] = field(repr=False)
    doubled: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Envelope:
    """The state of the parser."""

    binding: Binding | None = None
    namespace: str = ""
    element: str = ""
    parameters: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    open: list[str] = field(default_factory=list[str])
    doubled: set[str] = field(default_factory=set[str])
    in_body: bool = False
    is_call: bool = False

    def start(self, name: str, _: dict[str, str]) -> None:
        """Take the beginning of an element."""
        local = name.rsplit(" ", 1)[-1]
        namespace = name[: -len(local)].rstrip()
        depth = len(self.open)
        if depth == 0 and local == "Envelope":
            self.binding = {SOAP_11: Binding.SOAP11, SOAP_12: Binding.SOAP12}.get(namespace)
        elif depth == 1:
            self.in_body = local == "Body" and namespace in (SOAP_11, SOAP_12)
        elif depth == 2 and self.in_body:
            self.is_call = not self.element
            if self.is_call:
                self.namespace, self.element = namespace, local
        elif depth == 3 and self.in_body and self.is_call:
            if local in self.parameters:
                self.doubled.add(local)
            self.parameters[local] = []
        self.open.append(local)

    def end(self, _: str) -> None:
        """Take the end of an element."""
        self.open.pop()

    def characters(self, data: str) -> None:
        """Take character data."""
        if len(self.open) == 4 and self.in_body and self.is_call:
            self.parameters[self.open[3]].append(data)


def read_message(text: str) -> Message:
    """Return the call in a message. Raises NotXml."""
    envelope, problem, _, repaired = read_events(text, _Envelope)
    if problem:
        raise NotXml
    parameters = {
        name: "".join(parts)
        for name, parts in envelope.parameters.items()
        if name not in envelope.doubled
    }
    if repaired is not None:
        parameters = {name: repaired.restored(value) for name, value in parameters.items()}
    doubled = frozenset(envelope.doubled)
    return Message(envelope.binding, envelope.namespace, envelope.element, parameters, doubled)


def is_envelope(text: str) -> bool:
    """Say whether a text is an envelope of SOAP."""
    try:
        return read_message(text).binding is not None
    except NotXml:
        return False


def write_string(endpoint: Endpoint, result: str) -> str:
    """Write a result over GET and POST, as ASP.NET writes it."""
    element = f'{endpoint.root} xmlns="{_attribute(endpoint.root_namespace)}"'
    if not result:
        return f"{_HEAD}\n<{element} />"
    return f"{_HEAD}\n<{element}>{written(result)}</{endpoint.root}>"


def write_envelope(binding: Binding, endpoint: Endpoint, result: str, header: str = "") -> str:
    """Write a result over SOAP, as ASP.NET writes it; `header` has elements for the header."""
    inner = f"<{endpoint.result}>{written(result)}</{endpoint.result}>"
    if not result:
        inner = f"<{endpoint.result} />"
    response = endpoint.response
    namespace = _attribute(endpoint.namespace)
    return _enveloped(binding, f'<{response} xmlns="{namespace}">{inner}</{response}>', header)


def write_document(binding: Binding, content: str, header: str = "") -> str:
    """Write a response whose content is written already: in an envelope over SOAP."""
    is_soap = binding in (Binding.SOAP11, Binding.SOAP12)
    return _enveloped(binding, content, header) if is_soap else f"{_HEAD}\n{content}"


def write_fault(
    binding: Binding, words: str, *, of_sender: bool, detail: str = "", header: str = ""
) -> str:
    """Write a fault: of the sender of the message, or of the service.

    `detail` is an element, `header` has elements for the header.
    """
    reason = written(words)
    if binding is Binding.SOAP12:
        code = "Sender" if of_sender else "Receiver"
        return _enveloped(
            binding,
            f"<soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code><soap:Reason>"
            f'<soap:Text xml:lang="en">{reason}</soap:Text></soap:Reason>'
            f"{_detail('soap:Detail', detail)}</soap:Fault>",
            header,
        )
    code = "Client" if of_sender else "Server"
    return _enveloped(
        binding,
        f"<soap:Fault><faultcode>soap:{code}</faultcode><faultstring>{reason}</faultstring>"
        f"{_detail('detail', detail)}</soap:Fault>",
        header,
    )


def _detail(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag}>" if content else f"<{tag} />"


def _enveloped(binding: Binding, inner: str, header: str) -> str:
    soap = SOAP_12 if binding is Binding.SOAP12 else SOAP_11
    head = f"<soap:Header>{header}</soap:Header>" if header else ""
    return (
        f'{_HEAD}<soap:Envelope xmlns:soap="{soap}" {_TYPES}>{head}<soap:Body>{inner}'
        "</soap:Body></soap:Envelope>"
    )


def written(text: str) -> str:
    """Write character data as ASP.NET does: raw line ends, references for characters not in XML."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return NOT_XML.sub(lambda character: f"&#x{ord(character[0]):X};", escaped)


def _attribute(text: str) -> str:
    return written(text).replace('"', "&quot;")
