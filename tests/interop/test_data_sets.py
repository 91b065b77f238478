"""DataSets against .NET's own code: Mono's ASP.NET sends them, and says what it makes of ours."""

import importlib
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.generator.importing import imported_files
from tests.interop.aspnet_server import AspNetServer, missing

from unstringly.pipeline import build, check

SOURCE = Path(__file__).parent / "aspnet_data_sets"
OPERATIONS = ("GetRates", "GetOrders", "GetEmpty", "GetNull", "GetTable")


@pytest.fixture(scope="module")
def server() -> Iterator[AspNetServer]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    with AspNetServer(SOURCE) as server:
        yield server


@pytest.fixture(scope="module")
def package(server: AspNetServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A package for the WSDL that the server gives of itself."""
    address = urlsplit(server.address)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=60)
    connection.request("GET", f"{address.path}?WSDL")
    folder = tmp_path_factory.mktemp("given")
    (folder / "given.wsdl").write_bytes(connection.getresponse().read())
    connection.close()
    (folder / "grammar.yaml").write_text("service: DataSets\nwsdl: given.wsdl\npackage: given\n")
    checked = check([folder], folder)
    assert [finding.about for finding in checked.findings] == ["GetBalance"]
    with imported_files(build(checked, whole=True), "given") as package:
        importlib.import_module("given.data_sets")
        yield package


@pytest.fixture(params=["SOAP11", "SOAP12", "POST", "GET"])
def client(request: pytest.FixtureRequest, server: AspNetServer, package: Any) -> Iterator[Any]:
    binding = package.Binding[request.param]
    with package.Client(base_url=server.address, binding=binding, timeout=60) as client:
        yield client


def test_what_is_sent_is_read_over_each_binding(client: Any) -> None:
    rates = client.get_rates()
    assert [row["Currency"] for row in rates["Rates"].rows] == ["EUR", "USD", "  <&>\né ", "CNY"]
    assert [tuple(row.values()) for row in client.get_orders()["Line"].rows] == [
        (1, "another"),
        (2, "two"),
        (1, None),
    ]
    assert dict(client.get_empty()) == {}
    assert client.get_null() is None
    assert [row["Rate"] for row in client.get_table().only.rows] == [Decimal("1.5"), None]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_pinned_bytes_are_what_is_sent(server: AspNetServer, operation: str) -> None:
    address = urlsplit(server.address)
    body = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<{operation} xmlns="http://tempuri.org/"/></s:Body></s:Envelope>'
    )
    connection = HTTPConnection(str(address.hostname), address.port, timeout=60)
    headers = {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": f'"http://tempuri.org/{operation}"',
    }
    connection.request("POST", address.path, body, headers)
    came = connection.getresponse().read()
    connection.close()
    pinned = Path(__file__).parents[1] / "data" / "data_sets" / f"{operation}.xml"
    assert came == pinned.read_bytes()


@pytest.fixture
def caller(server: AspNetServer, package: Any) -> Iterator[Any]:
    soap = package.Binding.SOAP11
    with package.Client(base_url=server.address, binding=soap, timeout=60) as client:
        yield client


def made(package: Any, namespace: str = "") -> Any:
    """A DataSet with a column of each kind, odd names, and a row of each state."""
    own = package.data_sets
    column, row, state, place = own.Column, own.Row, own.RowState, own.Place
    columns = [
        column("A b", is_required=True),
        column("<é汇>", "int", place=place.ATTRIBUTE),
        column("_x0041_", "decimal"),
        column("At", "dateTime"),
        column("Id", "guid"),
        column("Bytes", "base64Binary"),
        column("Any", "anyType"),
        column("Hidden", "int", place=place.HIDDEN),
    ]
    full = {
        "A b": " <&>\n",
        "<é汇>": -1,
        "_x0041_": Decimal("1.50"),
        "At": datetime(2026, 1, 5, 12, 30, tzinfo=UTC) + timedelta(microseconds=123456),
        "Id": uuid.UUID(int=5),
        "Bytes": b"\0\xff",
        "Any": 7,
        "Hidden": 3,
    }
    rows = [
        full,
        row({"A b": "new"}, state=state.INSERTED),
        row(full | {"_x0041_": Decimal(2)}, state=state.MODIFIED, before=full),
    ]
    texts = [column("Number", "int", place=place.ATTRIBUTE), column("Text", place=place.TEXT)]
    return own.DataSet(
        [
            own.Table("My rates", columns, rows, [full | {"A b": "gone"}]),
            own.Table("Lines", texts, [{"Number": 1, "Text": "x"}, {"Number": 2}]),
        ],
        name="Set of mine",
        namespace=namespace,
    )


@pytest.mark.parametrize("namespace", ["", "urn:example:mine"])
def test_what_is_written_is_read_by_dotnet(caller: Any, package: Any, namespace: str) -> None:
    lines = caller.describe(given=made(package, namespace)).splitlines()
    assert lines[0] == f"Set of mine|{namespace}"
    states = [line.split("|")[1] for line in lines if line.startswith("My rates|")]
    assert sorted(states) == ["Added", "Deleted", "Modified", "Unchanged"]
    whole = "\n".join(lines)
    for words in (
        "|A b:String= <&>\n= <&>\n|<é汇>:Int32=-1=-1|_x0041_:Decimal=1.50=2|At:DateTime=",
        "|Id:Guid=00000000-0000-0000-0000-000000000005=",
        "|Bytes:Byte[]=AP8==AP8=|Any:Object=7=7|Hidden:Int32=3=3",
        "My rates|Added|A b:String=new|<é汇>:Int32=|",
        "My rates|Deleted|A b:String=gone|",
        "Lines|Unchanged|Number:Int32=1=1|Text:String=x=x",
        "Lines|Unchanged|Number:Int32=2=2|Text:String==",
    ):
        assert words in whole


@pytest.mark.parametrize("namespace", ["", "urn:example:mine"])
def test_what_dotnet_sends_back_is_what_it_was_sent(
    caller: Any, package: Any, namespace: str
) -> None:
    given = made(package, namespace)
    again = caller.echo(given=given)
    assert again.name == given.name
    for name, table in given.items():
        assert list(again[name].columns) == list(table.columns)
        assert again[name].rows == table.rows
        assert again[name].deleted == table.deleted


@pytest.mark.parametrize("operation", ["get_rates", "get_orders"])
def test_what_came_from_dotnet_goes_back_to_it(caller: Any, operation: str) -> None:
    came = getattr(caller, operation)()
    again = caller.echo(given=came)
    for name, table in came.items():
        assert again[name].columns == table.columns
        assert again[name].rows == table.rows
        for one, other in zip(again[name].deleted, table.deleted, strict=True):
            # it takes an empty cell of bytes for NULL here, and nowhere else
            assert dict(one) == dict(other) | {"Picture": None}
