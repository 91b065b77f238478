"""zeep reads the WSDL that a server serves, with everything that it imports, and nothing else.

The WSDLs are those of the corpus. Where it is not there the tests are skipped; with
UNSTRINGLY_INTEROP=required they fail.
"""

import importlib
import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
import zeep
from requests.adapters import BaseAdapter, HTTPAdapter
from tests.generator.importing import imported
from tests.generator.services import write_tree
from tests.interop.corpus import CORPUS, PACKAGE, Entry, entries, missing, package_of

from unstringly.plan.documents import served_pieces
from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.shipping import shipped_documents
from unstringly.read.wsdl.xml import parse_xml
from unstringly.runtime.server.apps import service_app
from unstringly.runtime.server.asgi import App, Receive, Scope, Send
from unstringly.runtime.server.asked import Asked
from unstringly.runtime.server.handling import Handling
from unstringly.runtime.server.service import Service
from unstringly.runtime.testing.socket_server import serving

_ZEEP: Any = zeep  # whose functions have no annotations
LEAST_GENERATED, LEAST_READ = 140, 100
"""So many there are at least, or the tests would say nothing."""

pytestmark = pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")  # zeep's, of odd WSDLs


KNOWN_TO_ZEEP = {
    "http://schemas.xmlsoap.org/soap/encoding/",
    "https://www.w3.org/2001/xml.xsd",
    "http://www.w3.org/2001/XMLSchema.xsd",
    "http://www.w3.org/2005/05/xmlmime",
    "http://www.w3.org/2005/08/addressing/ws-addr.xsd",
}
"""What it looks for by itself where a WSDL uses these namespaces, wherever that comes from."""


class Elsewhere(Exception):
    """Something was looked for on the network."""


class Refusing(BaseAdapter):
    """The rest of the network."""

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> Any:
        raise Elsewhere(str(request.url))

    def close(self) -> None:
        """There is nothing to close."""


def read_by_zeep(address: str, base: str = "") -> Any:
    """zeep's client for a WSDL in a file, or on the server at `base`."""
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, Refusing())
        if base:
            session.mount(base, HTTPAdapter())
        return _ZEEP.Client(address, transport=_ZEEP.Transport(session=session))


class Read(NamedTuple):
    """What zeep has read: the operations by port, all types, and where it would call."""

    operations: dict[str, list[str]]
    types: list[str]
    addresses: set[str]


def described(client: Any) -> Read:
    """What a client of zeep's has read."""
    ports = {
        f"{service.name} {name}": port
        for service in client.wsdl.services.values()
        for name, port in service.ports.items()
    }
    return Read(
        {name: sorted(port.binding.all()) for name, port in ports.items()},
        sorted(str(each.qname) for each in client.wsdl.types.types),
        {each.binding_options["address"] for each in ports.values() if each.binding_options},
    )


def attempt(address: str, base: str = "") -> Read | Exception:
    """What zeep reads at an address, or what it has against it, which is its own affair."""
    try:
        return described(read_by_zeep(address, base))
    except Exception as error:
        return error


def is_within(entry: Entry) -> bool:
    """Whether a WSDL is at the top of its folder: what lies above it is not read."""
    return len(entry.path.parts) == 2


@pytest.fixture
def corpus() -> list[Entry]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    return list(entries())


@pytest.mark.few(0)
def test_every_server_that_is_generated(corpus: list[Entry], tmp_path: Path) -> None:
    made: list[str] = []
    for entry in corpus:
        package = package_of(entry, tmp_path / "in" / entry.name)
        if package is None:
            continue
        out = tmp_path / "out" / entry.name
        write_tree(out, package.files)
        with imported(out, PACKAGE):
            server = importlib.import_module(f"{PACKAGE}.server")
            path = server.create_app.__kwdefaults__["path"]
            with serving(server.create_app(object())) as base:
                found = attempt(f"{base}{path}?WSDL", base)
        expected = attempt(str(CORPUS / entry.path))
        if isinstance(found, Elsewhere):
            assert str(found) in KNOWN_TO_ZEEP, entry.name
            continue
        if not isinstance(expected, Read):  # which is zeep's own affair
            continue
        assert isinstance(found, Read), (entry.name, found)
        assert (found.operations, found.types) == (expected.operations, expected.types), entry.name
        ours = {f"{base}{path}"} if over_http(expected) else set[str]()
        assert over_http(found) == ours, entry.name
        assert attempt(str(out / PACKAGE / "service.wsdl")) == expected, entry.name
        made.append(entry.name)
    assert len(made) >= LEAST_GENERATED, made


def over_http(read: Read) -> set[str]:
    """The addresses that are called over HTTP; those of other transports stay as they are."""
    return {address for address in read.addresses if address.startswith("http")}


class AnyWsdl:
    """An application that serves the documents of one WSDL after the other, and no operations."""

    path = "/a b/It.asmx"

    def __init__(self) -> None:
        self._app: App | None = None

    def turn_to(self, path: Path) -> None:
        """Serve this one. Raises Refused if it is no XML."""

        async def answered(_: Asked, __: Handling) -> str:
            raise AssertionError

        text = read_text(path, path.name)
        parse_xml(text, path.name)
        pieces = served_pieces(shipped_documents(path, {path.resolve(): text}))
        documents = {query: tuple(each) for query, each in pieces.items()}
        served = Service("It", {}, self.path, documents)
        self._app = service_app(served, answered, max_bytes=1000, timeout=1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._app is not None
        await self._app(scope, receive, send)


def test_every_wsdl(corpus: list[Entry]) -> None:
    """Also those that nothing is generated from: what zeep reads from a file, it reads as served.

    Whatever a WSDL imports from other servers, what is served for it does not.
    """
    read: list[str] = []
    app = AnyWsdl()
    with serving(app) as base:
        address = f"{base}/a%20b/It.asmx"
        for entry in corpus:
            try:
                app.turn_to(CORPUS / entry.path)
            except Refused:
                continue
            expected = attempt(str(CORPUS / entry.path))
            found = attempt(f"{address}?wsdl", base)
            if isinstance(found, Elsewhere):
                assert str(found) in KNOWN_TO_ZEEP, entry.name
            elif isinstance(expected, Read) and not is_within(entry):
                continue
            elif isinstance(expected, Read):
                assert isinstance(found, Read), (entry.name, found)
                assert (found.operations, found.types) == (expected.operations, expected.types)
                assert {each for each in found.addresses if each.startswith("http")} <= {address}
                read.append(entry.name)
    assert len(read) >= LEAST_READ, read
