"""zeep reads the WSDL that a server serves, with everything that it imports, and nothing else.

The WSDLs are those of the corpus. Where it is not there the tests are skipped; with
UNSTRINGLY_INTEROP=required they fail.
"""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep
from requests.adapters import BaseAdapter, HTTPAdapter
from tests.generator.services import imported, write_tree
from tests.interop.corpus import CORPUS, PACKAGE, Entry, entries, missing, package_of

from unstringly.plan.documents import served_pieces
from unstringly.read.wsdl_bytes import read_text
from unstringly.read.wsdl_findings import Refused
from unstringly.read.wsdl_shipping import shipped_documents
from unstringly.read.wsdl_xml import parse_xml
from unstringly.runtime.apps import service_app
from unstringly.runtime.serving import Asked, Served
from unstringly.runtime.socket_server import listening

_ZEEP: Any = zeep  # whose functions have no annotations
LEAST_GENERATED, LEAST_READ = 25, 100
"""So many there are at least, or the tests would say nothing."""

pytestmark = pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")  # zeep's, of odd WSDLs


class Elsewhere(AssertionError):
    """Something was looked for on the network."""


class Refusing(BaseAdapter):
    """The rest of the network."""

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> Any:
        raise Elsewhere(request.url)

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


def described(client: Any) -> tuple[dict[str, list[str]], list[str]]:
    """What zeep has read: the operations by port, and all types."""
    ports = {
        f"{service.name} {name}": sorted(port.binding.all())
        for service in client.wsdl.services.values()
        for name, port in service.ports.items()
    }
    return ports, sorted(str(each.qname) for each in client.wsdl.types.types)


def addresses(client: Any) -> set[str]:
    """Where zeep would send its calls."""
    return {
        port.binding_options["address"]
        for service in client.wsdl.services.values()
        for port in service.ports.values()
    }


@pytest.fixture
def corpus() -> list[Entry]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    return list(entries())


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
            with listening(server.create_app(object())) as base:
                client = read_by_zeep(f"{base}{path}?WSDL", base)
        expected = described(read_by_zeep(str(CORPUS / entry.path)))
        assert described(client) == expected, entry.name
        assert described(read_by_zeep(str(out / PACKAGE / "service.wsdl"))) == expected, entry.name
        assert addresses(client) == {f"{base}{path}"}, entry.name
        made.append(entry.name)
    assert len(made) >= LEAST_GENERATED, made


@contextmanager
def documents_served(path: Path) -> Iterator[tuple[str, str]]:
    """A server of a WSDL's documents without operations: its address, and its base."""

    async def answered(_: Asked) -> str:
        raise AssertionError

    text = read_text(path, path.name)
    parse_xml(text, path.name)
    pieces = served_pieces(shipped_documents(path, {path.resolve(): text}))
    served = Served("It", {}, "/a b/It.asmx", {query: tuple(each) for query, each in pieces.items()})
    with listening(service_app(served, answered, most_bytes=1000, seconds=1)) as base:
        yield f"{base}/a%20b/It.asmx", base


def test_every_wsdl_that_zeep_reads(corpus: list[Entry]) -> None:
    """Also those that nothing is generated from: their imports are served as others are."""
    read: list[str] = []
    for entry in corpus:
        try:
            expected = described(read_by_zeep(str(CORPUS / entry.path)))
        except Exception:  # what zeep has against a WSDL is its own affair
            continue
        with documents_served(CORPUS / entry.path) as (address, base):
            client = read_by_zeep(f"{address}?wsdl", base)
        print(entry.name, described(client)==expected, addresses(client), address)
        read.append(entry.name)
    assert len(read) >= LEAST_READ, read


def test_no_wsdl_sends_its_readers_elsewhere(corpus: list[Entry]) -> None:
    """Whatever a WSDL imports from other servers, what is served for it does not."""
    for entry in corpus:
        try:
            with documents_served(CORPUS / entry.path) as (address, base):
                read_by_zeep(f"{address}?wsdl", base)
        except Elsewhere as error:
            pytest.fail(f"{entry.name}: {error}")
        except Refused:
            pass
        except Exception as e:  # it may miss what it would have found there
            print(entry.name, repr(e)[:200])
