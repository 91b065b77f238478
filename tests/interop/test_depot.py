"""A package for a real ASP.NET service with types: what is sent arrives, answers are read.

The service notes what its code got, in words of its own. aspnet/Depot.asmx says what Mono does
otherwise than .NET.
"""

import asyncio
import importlib
import subprocess
import sys
import sysconfig
from collections.abc import Generator, Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.generator.importing import imported_files
from tests.generator.services import write_tree
from tests.interop.aspnet_server import AspNetServer
from tests.interop.depot import (
    ALL,
    CUSTOMER,
    PACKAGE,
    PASSWORD,
    SOAP,
    DepotCall,
    calls_of,
    files_of,
    meaning,
)
from tests.interop.depot_values import TEXT, booking
from tests.interop.sending import sent

from msgsend._runtime.wire.exchange import Request

SCRIPTS = Path(sysconfig.get_path("scripts"))
FAILING = ("Fail", "Remark", "Rows")
"""Operations whose calls have a test of their own."""


@pytest.fixture(scope="module")
def files(depot_server: AspNetServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    served = sent(Request("GET", f"{depot_server.address}?WSDL", (), b""))
    return files_of(served.body, tmp_path_factory.mktemp("depot"))


@pytest.fixture(scope="module")
def package(files: dict[str, str]) -> Generator[Any]:  # Any: a package that was just made
    with imported_files(files, PACKAGE) as package:
        importlib.import_module(f"{PACKAGE}.messages")
        yield package


def opened(package: Any, server: AspNetServer, binding: str) -> Any:
    return package.Client(
        base_url=server.address,
        binding=package.Binding(binding),
        customer=CUSTOMER,
        password=PASSWORD,
    )


def test_each_operation_is_called_over_each_of_its_bindings(package: Any) -> None:
    operations = importlib.import_module(f"{PACKAGE}.operations").OPERATIONS
    offered = {
        (name, binding.value)
        for name, operation in operations.items()
        for binding in operation.bindings
        if name not in FAILING
    }
    made = {(call.operation, own) for call in calls_of(package).values() for own in call.bindings}
    assert made == offered
    assert len(operations) == 18


@pytest.mark.parametrize("binding", ALL)
def test_what_is_sent_arrives_and_the_answer_is_read(
    depot_server: AspNetServer, package: Any, binding: str
) -> None:
    with opened(package, depot_server, binding) as client:
        for call in _over(binding, calls_of(package).values()):
            depot_server.clear()
            result = getattr(client, call.method)(**call.given)
            assert depot_server.calls() == [call.noted], call
            assert meaning(result) == meaning(call.result), call
            assert type(result) is type(call.result), call


@pytest.mark.parametrize("binding", ALL)
def test_the_asynchronous_client_does_the_same(
    depot_server: AspNetServer, package: Any, binding: str
) -> None:
    chosen = [*_over(binding, calls_of(package).values())]

    async def results() -> list[object]:
        async with package.AsyncClient(
            base_url=depot_server.address,
            binding=package.Binding(binding),
            customer=CUSTOMER,
            password=PASSWORD,
        ) as client:
            return [await getattr(client, call.method)(**call.given) for call in chosen]

    depot_server.clear()
    assert [*map(meaning, asyncio.run(results()))] == [meaning(call.result) for call in chosen]
    assert depot_server.calls() == [call.noted for call in chosen]


def _over(binding: str, every: Iterable[DepotCall]) -> Iterator[DepotCall]:
    yield from (call for call in every if binding in call.bindings)


@pytest.mark.parametrize("binding", ["get", "post"])
def test_what_c_sharp_names_otherwise_is_a_fault_over_forms(
    depot_server: AspNetServer, package: Any, binding: str
) -> None:
    """Over SOAP the same values arrive (`calls_of`)."""
    depot_server.clear()
    with opened(package, depot_server, binding) as client:
        with pytest.raises(package.ServiceFault, match="Input string was not in a correct format"):
            client.half(number=float("inf"))
        with pytest.raises(package.ServiceFault, match="the rest"):
            client.find(name="a", country=package.messages.Country.THE_REST)
    assert depot_server.calls() == []


@pytest.mark.parametrize(("binding", "code"), [("soap11", "Client"), ("soap12", "Sender")])
def test_exceptions_of_the_service_are_faults(
    depot_server: AspNetServer, package: Any, binding: str, code: str
) -> None:
    with opened(package, depot_server, binding) as client:
        with pytest.raises(package.ServiceFault, match="not there") as raised:
            client.fail(how="detail")
        assert raised.value.code == f"soap:{code}"
        assert '<NotServed xmlns="urn:example:depot"><country>XX</country>' in raised.value.raw
        with pytest.raises(package.ServiceFault, match="it cannot <be>") as raised:
            client.fail(how="")
        assert raised.value.code in ("soap:Server", "soap:Receiver")


@pytest.mark.parametrize("binding", SOAP)
def test_a_one_way_call_needs_no_answer(
    depot_server: AspNetServer, package: Any, binding: str
) -> None:
    with opened(package, depot_server, binding) as client:
        assert client.remark(text="on the way") is None


@pytest.mark.parametrize("binding", ALL)
def test_a_data_set_is_read(depot_server: AspNetServer, package: Any, binding: str) -> None:
    at = datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
    columns = {"Id": "int", "Full Name": "string", "Price": "decimal", "At": "dateTime"}
    depot_server.clear()
    with opened(package, depot_server, binding) as client:
        table = client.rows(count=2)["Row"]
        assert {name: own.type for name, own in table.columns.items()} == columns
        assert [dict(row) for row in table.rows] == [
            {"Id": 0, "Full Name": "name 0", "Price": Decimal(0), "At": at},
            {"Id": 1, "Full Name": None, "Price": Decimal("0.25"), "At": at},
        ]
        assert not [*client.rows(count=0)["Row"].rows]
    noted = [{"operation": "Rows", "parameters": {"count": count}} for count in ("2", "0")]
    assert depot_server.calls() == noted


@pytest.mark.parametrize("binding", SOAP)
def test_headers_of_responses_are_for_who_asks(
    depot_server: AspNetServer, package: Any, binding: str
) -> None:
    messages = package.messages
    with opened(package, depot_server, binding) as client:
        given = {"order": None, "express": True, "trace": messages.Trace(token=TEXT, calls=1)}
        answer = client.answers.book(**given)
        assert answer.headers.trace == messages.Trace(token=TEXT, calls=7)
        assert answer.result == client.book(**given) == booking(package, None)
        assert not answer.malformed


PROGRAM = """\
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never, assert_type

from depot import Client
from depot.data_sets import DataSet
from depot.messages import (
    Booking,
    Country,
    Item,
    Letter,
    Order,
    OrderCard,
    OrderIban,
    Parcel,
    Trace,
    UnknownCountry,
    UnknownType,
    XmlFragment,
)

client = Client(customer="me", password="secret")
order = Order(
    id="7f9d3c1e-0000-4000-8000-00000000abcd",
    to=Country.DE,
    by=None,
    ordered=datetime.now(),
    day=date.today(),
    delivered=None,
    items=(Letter(grams=1, registered=True), None),
    choice=OrderIban(iban="AT00"),
    version=1,
)
booking = client.book(order=order, express=True, trace=Trace(calls=1))
assert_type(booking, Booking | None)
assert_type(client.quote(
    grams=1, country=Country.AT, express=False, factor=0.5, at=datetime.now()
), Decimal)
assert_type(client.stock(least=None), int | None)
assert_type(client.sum(numbers=(1, 2)), int)
assert_type(client.rate(count=1).until, datetime)
assert_type(client.rows(count=1), DataSet | None)
assert_type(client.answers.book(order=None, express=True).headers.trace, Trace | None)
assert_type(client.pass_(any_element=XmlFragment(b"<a/>")).data, bytes)
for item in client.items(any=True) or ():
    match item:
        case None | UnknownType():
            pass
        case Item() | Letter() | Parcel():
            assert_type(item.grams, int | None)
        case _:
            assert_never(item)
if booking is not None and booking.booked is not None:
    match booking.booked.choice:
        case OrderCard(card=card):
            assert_type(card.check, bytes | None)
        case OrderIban() | None:
            pass
    assert_type(booking.booked.to, Country | UnknownCountry)
"""
WRONG = {
    "client.sum(numbers=[1])": "list",
    "client.stock()": "least",
    "client.remark(text='a').text": "None",
    "client.half(number='1')": "number",
}


@pytest.fixture(scope="module")
def user(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder, with the package and programs in it."""
    folder = tmp_path_factory.mktemp("user")
    write_tree(folder, files)
    (folder / "right.py").write_text(PROGRAM, encoding="utf-8")
    head = 'from depot import Client\n\nclient = Client(customer="me", password="secret")\n'
    (folder / "wrong.py").write_text(head + "\n".join(WRONG), encoding="utf-8")
    (folder / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "include": ["right.py", "wrong.py"]}', encoding="utf-8"
    )
    return folder


@pytest.mark.few(0)
@pytest.mark.parametrize(
    "command",
    [
        (sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "right.py", "wrong.py"),
        (str(SCRIPTS / "pyright"), "-p", "."),
    ],
    ids=["mypy", "pyright"],
)
def test_programs_are_checked_against_the_types(user: Path, command: tuple[str, ...]) -> None:
    """Each wrong line has an error, and the right program has none."""
    done = subprocess.run(command, cwd=user, capture_output=True, check=False, encoding="utf-8")
    problems = [
        line for line in done.stdout.splitlines() if ": error: " in line or " - error: " in line
    ]
    assert [line for line in problems if "wrong.py" not in line] == []
    first = 4
    for number, words in enumerate(WRONG.values(), first):
        assert any(f"wrong.py:{number}" in line and words in line for line in problems), done.stdout
    assert len({line.partition("wrong.py:")[2].partition(":")[0] for line in problems}) == len(
        WRONG
    )
