"""Bytes that a real ASP.NET service has sent, in tests/data/depot: they are read without a server.

Where there is one (test_depot.py), it must still send the same; `pytest tests --update-golden`
writes them anew.
"""

import importlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import fromstring, parse

import pytest
from tests.generator.importing import imported_files
from tests.generator.services import ROOT
from tests.interop.aspnet_server import DEPOT, AspNetServer
from tests.interop.depot import CUSTOMER, PACKAGE, PASSWORD, calls_of, files_of, meaning
from tests.interop.sending import sent
from tests.interop.typed.exchanging import Playing
from tests.read.wsdl.test_served import meaning as meaning_of_wsdl

from msgsend._runtime.wire.exchange import Request

KEPT: Final = ROOT / "tests" / "data" / "depot"
WSDL: Final = KEPT / "Depot.wsdl"
ADDRESS: Final = f"http://localhost{DEPOT.path}"


class Kept(NamedTuple):
    """A response that is kept: the name of the call in `calls_of`, and the binding."""

    call: str
    binding: str

    @property
    def path(self) -> Path:
        """The file with the body."""
        return KEPT / f"{self.call.replace(',', '').replace(' ', '_')}.{self.binding}.xml"


RESPONSES: Final = [
    Kept("everything in an order", "soap11"),
    Kept("no order, and a header", "soap11"),
    Kept("derived types", "soap12"),
    Kept("derived types", "get"),
    Kept("nil", "soap11"),
    Kept("several results", "soap11"),
    Kept("bytes", "soap12"),
    Kept("nothing comes back", "soap11"),
    Kept("any element", "soap11"),
    Kept("a date elsewhere", "post"),
    Kept("no finite number", "soap11"),
    Kept("rpc, encoded", "soap11"),
    Kept("rpc, encoded", "soap12"),
    Kept("rpc, literal", "soap11"),
]
each_response = pytest.mark.parametrize(
    "kept", RESPONSES, ids=lambda kept: kept.path.stem.replace(".", "-")
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:  # Any: just generated
    files = files_of(WSDL.read_bytes(), tmp_path_factory.mktemp("depot"))
    with imported_files(files, PACKAGE) as package:
        importlib.import_module(f"{PACKAGE}.messages")
        yield package


def called(package: Any, kept: Kept, answered: Callable[[Any], Any]) -> object:
    """Return the result of the call, when a function answers the request."""
    call = calls_of(package)[kept.call]
    with package.Client(
        base_url=ADDRESS,
        binding=package.Binding(kept.binding),
        transport=Playing(answered),
        customer=CUSTOMER,
        password=PASSWORD,
    ) as client:
        result: object = getattr(client, call.method)(**call.given)
        return result


@each_response
def test_what_was_sent_is_read(package: Any, kept: Kept) -> None:
    kind = (("Content-Type", "text/xml; charset=utf-8"),)
    response = package.Response(200, kind, kept.path.read_bytes())
    result = called(package, kept, lambda _: response)
    assert meaning(result) == meaning(calls_of(package)[kept.call].result)


@each_response
def test_the_same_is_sent_today(
    depot_server: AspNetServer, package: Any, kept: Kept, update_golden: bool
) -> None:
    def answered(request: Any) -> Any:
        url = request.url.replace(ADDRESS, depot_server.address)
        response = sent(Request(request.method, url, request.headers, request.body))
        if update_golden:
            kept.path.write_bytes(response.body)
        assert response.body == kept.path.read_bytes()
        return package.Response(response.status, response.headers, response.body)

    called(package, kept, answered)


def test_the_same_wsdl_is_served_today(depot_server: AspNetServer, update_golden: bool) -> None:
    served = sent(Request("GET", f"{depot_server.address}?WSDL", (), b""))
    body = served.body.replace(depot_server.address.encode(), ADDRESS.encode())
    if update_golden:
        WSDL.write_bytes(body)
    assert meaning_of_wsdl(fromstring(body)) == meaning_of_wsdl(parse(WSDL).getroot())
