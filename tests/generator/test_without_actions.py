"""A service whose WSDL gives no SOAP actions: called by our client, by zeep, and by hand."""

import importlib
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import requests
import zeep
from tests.generator.client_services import TRIED, Port, wsdl
from tests.generator.importing import imported
from tests.generator.services import generated, put, write_tree

from unstringly.runtime.testing import socket_server

_ZEEP: Any = zeep  # whose functions have no annotations
GRAMMAR = """
service: Alone
types: {Word: {text: '[a-z]+'}}
operations: {Ask: {effect: read, result: Word}, Tell: {effect: read, result: Word}}
"""
PORTS = [
    Port(kind, {"Ask": ("key",), "Tell": ("key",)}, actions={"Ask": "", "Tell": ""}, name=kind)
    for kind in ("SOAP11", "SOAP12")
]
ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
    '<Tell xmlns="urn:x"><key>raw</key></Tell></e:Body></e:Envelope>'
)


class Handlers:
    """The name of what was asked, and the key."""

    def ask(self, request: Any) -> str:
        return f"asked{request.key}"

    def tell(self, request: Any) -> str:
        return f"told{request.key}"


class Running(NamedTuple):
    package: ModuleType
    address: str


@pytest.fixture(params=['soapAction=""', ""], ids=["empty", "absent"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    text = wsdl("Alone", PORTS).replace('soapAction=""', request.param)
    files = generated(put(tmp_path / "alone", "It.wsdl", text, TRIED + GRAMMAR))
    write_tree(tmp_path / "out", files)
    with imported(tmp_path / "out", "alone") as package:
        server = importlib.import_module("alone.server")
        with socket_server.serving(server.create_app(Handlers(), path="/x")) as base:
            yield Running(package, f"{base}/x")


@pytest.mark.parametrize("kind", ["SOAP11", "SOAP12"])
def test_our_client(running: Running, kind: str) -> None:
    package = running.package
    with package.Client(base_url=running.address, binding=package.Binding[kind]) as client:
        assert (client.tell(key="us"), client.ask(key="us")) == ("toldus", "askedus")


@pytest.mark.parametrize("kind", ["SOAP11", "SOAP12"])
def test_zeep(running: Running, kind: str) -> None:
    with requests.Session() as session:
        session.trust_env = False  # a proxy of this machine knows nothing of its loopback
        transport = _ZEEP.Transport(session=session)
        service = _ZEEP.Client(f"{running.address}?wsdl", transport=transport).bind("Alone", kind)
        assert (service.Tell(key="z"), service.Ask(key="z")) == ("toldz", "askedz")


@pytest.mark.parametrize("header", [None, "", '""'])
def test_by_hand(running: Running, header: str | None) -> None:
    parts = urlsplit(running.address)
    headers = {"Content-Type": "text/xml; charset=utf-8"}
    if header is not None:
        headers["SOAPAction"] = header
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    connection.request("POST", parts.path, ENVELOPE, headers)
    response = connection.getresponse()
    assert (response.status, b">toldraw<" in response.read()) == (200, True)
    connection.close()
