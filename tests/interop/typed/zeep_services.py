"""zeep on both sides of a service: its reader of requests, its client, its writer of responses."""

from collections.abc import Callable, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import requests
import zeep
from tests.read.schema.zeep_types import Nowhere

from unstringly.model.schema_names import XSD
from unstringly.read.schema.known import KNOWN, SOAP_ENCODING
from unstringly.read.schema.vintages import XML

_ZEEP: Any = zeep  # whose functions have no annotations
_ETREE: Any = import_module("lxml.etree")  # which has no annotations


def with_a_group(schema: str) -> str:
    """Return the schema of SOAP's encoding with a group for the items of arrays.

    So it is in the schema at the address of its namespace, and zeep looks for it.
    """
    start, end = schema.index("<xs:sequence>"), schema.index("</xs:sequence>")
    items = schema[start : end + len("</xs:sequence>")]
    group = f'<xs:group name="Array">{items}</xs:group>'
    used = schema.replace(items, '<xs:group ref="t:Array" minOccurs="0"/>', 1)
    return used.replace("</xs:schema>", f"{group}</xs:schema>")


STANDARDS = {
    "http://schemas.xmlsoap.org/soap/encoding/": with_a_group(KNOWN[SOAP_ENCODING]),
    "http://www.w3.org/2005/05/xmlmime": KNOWN["http://www.w3.org/2005/05/xmlmime"],
    "http://www.w3.org/2005/08/addressing/ws-addr.xsd": KNOWN[
        "http://www.w3.org/2005/08/addressing"
    ],
    "https://www.w3.org/2001/xml.xsd": KNOWN[XML],
    "http://www.w3.org/2001/XMLSchema.xsd": KNOWN[XSD],
}
"""What zeep looks for by itself, by its address."""

Post = Callable[[Mapping[str, str], bytes], tuple[int, Mapping[str, str], bytes]]
"""A function from headers and a body to a status, headers and a body."""


class Content(NamedTuple):
    """What zeep reads in an envelope: its values, None where there is nothing."""

    body: Any
    header: Any


class Answer:
    """A response as zeep looks at it."""

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.status_code, self.headers, self.content = status, headers, content
        self.encoding = "utf-8"


class ZeepService:
    """A service by zeep, over one of its ports."""

    def __init__(self, client: Any, service: str, port: str) -> None:
        services = client.wsdl.services
        named = (name for name, own in services.items() if port in own.ports)
        if port not in services[service].ports:
            service = next(named, service)
        self._client, self._service = client, service
        self._port = services[service].ports.get(port)  # None: of a service in an imported file
        if self._port is not None and self._port.binding_options is None:
            self._port.binding_options = {"address": "http://localhost/"}  # it has none of its own

    def has(self, name: str) -> bool:
        """Say whether zeep knows an operation."""
        return self._port is not None and name in self._port.binding.all()

    def operation(self, name: str) -> Any:
        """Return zeep's operation. Raises ValueError for one that it left out."""
        return self._port.binding.get(name)

    def call(self, name: str, given: Content, post: Post) -> tuple[int, bytes]:
        """Call an operation with values that zeep has read; return status and body."""
        message = self.operation(name).input
        kept: list[Answer] = []

        def sent(_: str, body: bytes, headers: Mapping[str, str]) -> Answer:
            kept.append(Answer(*post(headers, body)))
            return kept[0]

        self._client.transport.post = sent
        proxy = self._client.bind(self._service, self._port.name)
        with self._client.settings(raw_response=True):
            proxy[name](*_arguments(message, given), **_keywords(message, given))
        (answer,) = kept
        return answer.status_code, answer.content


def read(message: Any, text: bytes) -> Content:
    """Return the values in an envelope, as a message of zeep's reads them."""
    envelope = _ETREE.fromstring(text)
    body = envelope.find("soap-env:Body", namespaces=message.nsmap)
    header = envelope.find("soap-env:Header", namespaces=message.nsmap)
    has_body = message.envelope is not None and message.body is not None and len(body)
    values = message._deserialize_body(body)["body"] if has_body else None
    headers: Any = message._deserialize_headers(header) if message.envelope is not None else {}
    return Content(values, headers.get("header"))


def written(message: Any, given: Content, name: str) -> bytes:
    """Return an envelope with values, as zeep writes it.

    In rpc style zeep names a response after its message, and not after the operation: `name` is
    the right one.
    """
    serialized = message.serialize(*_arguments(message, given), **_keywords(message, given))
    if message.operation.style == "rpc":
        serialized.content[-1][0].tag = name
    data: bytes = _ETREE.tostring(serialized.content)
    return data


def _arguments(message: Any, given: Content) -> list[Any]:
    is_leaf = given.body is not None and not hasattr(given.body, "__values__")
    return [given.body] if is_leaf else []


def _keywords(message: Any, given: Content) -> dict[str, Any]:
    body: Any = {} if given.body is None or _arguments(message, given) else given.body.__values__
    header = {} if given.header is None else {"_soapheaders": dict(given.header.__values__)}
    return {**body, **header}


class Standards(Nowhere):
    """The network, of which only schemas of standards are there, as the generator knows them."""

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> Any:
        text = STANDARDS.get(str(request.url))
        if text is None:
            raise OSError(request.url)
        response = requests.Response()
        response.status_code = 200
        response.raw = BytesIO(text.encode())
        return response


def loaded(path: Path) -> Any:
    """Return zeep's client of a WSDL in a file; None if it reads none, which is its own affair."""
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, Standards())
        try:
            return _ZEEP.Client(str(path), transport=_ZEEP.Transport(session=session))
        except Exception:
            return None
