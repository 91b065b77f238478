"""A service that is typed whole: structures of a schema beside a string with a grammar."""

import importlib
import pickle
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.cases.wrong_arguments import check_wrong_argument
from tests.generator.importing import imported_files

from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check

CASE = Path(__file__).parent / "parcels"
HISTORY = "Ulm,2026-01-05 10:30|Ulm,2026-01-06 11:00"
ADDRESS = "https://parcels.example/parcels.asmx"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    checked = check([CASE], CASE)
    assert not [own for own in checked.findings if own.severity is not Severity.INFO]
    return build(checked, whole=True)


@pytest.fixture(scope="module")
def parcels(files: dict[str, str]) -> Generator[Any]:  # Any: a package that was just made
    with imported_files(files, "parcels") as package:
        for module in ("errors", "messages", "server", "strategies"):
            importlib.import_module(f"parcels.{module}")
        yield package


@dataclass
class Handlers:
    """A service that does as it is told, and notes what it was asked."""

    package: Any  # Any: as above
    asked: list[Any] = field(default_factory=list[Any])

    def _noted(self, request: object) -> ModuleType:
        self.asked.append(request)
        messages: ModuleType = self.package.messages
        return messages

    def track(self, request: Any, /) -> object:
        self._noted(request)
        if not request.number:
            return self.package.TrackError.UNKNOWN_NUMBER
        stop = self.package.Stop(place="Ulm", at=datetime(2026, 1, 5, 10, 30))
        return (stop, stop)

    def book(self, request: Any, /) -> object:
        messages = self._noted(request)
        country = request.order.to.country
        if country == "XX":
            raise self.package.errors.NotServed.of(messages.NotServed(country=country), "sorry")
        state = messages.State.BOOKED if country == "DE" else messages.UnknownState(text="held")
        booked = datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
        return messages.Booking(
            number=7,
            state=state,
            booked=booked,
            history=self.package.parse_stops(HISTORY),
            pickup=self.package.Pickup(place="Ulm", start=datetime(2026, 1, 7, 8)),
        )

    def cancel(self, request: Any, /) -> None:
        self._noted(request)

    def price(self, request: Any, /) -> Decimal:
        self._noted(request)
        return Decimal(request.grams * len(request.country)) / 100

    def offices(self, request: Any, /) -> object:
        messages = self._noted(request)
        as_of = datetime(2026, 1, 5)
        return messages.OfficesResponse(office=(request.near, request.near), as_of=as_of)

    def report_address(self, request: Any, /) -> int:
        self._noted(request)
        return len(request.report.street)

    def rate(self, request: Any, /) -> object:
        messages = self._noted(request)
        return messages.RateResponse(rate=Decimal("1.10"), until=request.day)

    def notice(self, request: Any, /) -> None:
        self._noted(request)


class Session:
    """A client, and the service behind it."""

    def __init__(
        self,
        parcels: Any,
        binding: str,
        handlers: Handlers | None = None,
        customer: str = "me",
        **options: object,
    ) -> None:
        self.package = parcels
        self.messages = parcels.messages
        self.handlers = Handlers(parcels) if handlers is None else handlers
        app = parcels.server.create_app(self.handlers)
        self.requests: list[Any] = []
        self.client = parcels.Client(
            customer=customer,
            password="p<&>w",
            binding=parcels.Binding[binding],
            transport=parcels.InProcessTransport(app),
            **options,
        )

    def address(self, country: str = "DE", note: str | None = None) -> Any:  # Any: as above
        return self.messages.Address(street="Hauptstraße 1", country=country, note=note)

    def order(self, country: str = "DE") -> Any:  # Any: as above
        card = self.messages.OrderCard(card=self.messages.Card(kind="x", token=b"\0\xff"))
        return self.messages.Order(
            to=self.address(country), grams=500, ready=date(2026, 1, 6), choice=card
        )


SOAP = pytest.mark.parametrize("binding", ["SOAP11", "SOAP12"])


@SOAP
def test_a_string_with_a_grammar_beside_structures(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    stops = session.client.track(number="7")
    assert [stop.place for stop in stops] == ["Ulm", "Ulm"]
    assert session.client.track(number="") is parcels.TrackError.UNKNOWN_NUMBER


@SOAP
def test_structures_both_ways(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    order = session.order()
    booking = session.client.book(order=order, express=True, labels=("a", "<b>"))
    assert booking.state is session.messages.State.BOOKED
    assert booking.booked == datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
    (request,) = session.handlers.asked
    assert (request.order, request.express, request.labels) == (order, True, ("a", "<b>"))


@SOAP
def test_a_word_that_the_schema_does_not_list(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    booking = session.client.book(order=session.order("FR"))
    assert booking.state == session.messages.UnknownState(text="held")


@SOAP
def test_credentials_in_a_header_are_secrets(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    session.client.book(order=session.order())
    (request,) = session.handlers.asked
    assert request.customer == "me"
    assert request.password.matches("p<&>w")
    assert "p<&>w" not in repr(request) + repr(session.client)


@SOAP
def test_a_declared_fault_has_its_detail(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    with pytest.raises(parcels.errors.NotServed) as caught:
        session.client.book(order=session.order("XX"))
    fault = caught.value
    assert isinstance(fault, parcels.ServiceFault)
    assert (fault.status, fault.message) == (500, "sorry")
    assert fault.detail == session.messages.NotServed(country="XX")
    assert pickle.loads(pickle.dumps(fault)).detail == fault.detail


@SOAP
def test_a_fault_that_is_not_declared_here_tells_nothing(parcels: Any, binding: str) -> None:
    """It may come from another service, and quote other customers."""

    class Relaying(Handlers):
        def cancel(self, request: Any, /) -> None:
            detail = self.package.messages.NotServed(country="XX")
            raise self.package.errors.NotServed.of(detail, "customer 13900000000 is not served")

    session = Session(parcels, binding, Relaying(parcels))
    with pytest.raises(parcels.ServiceFault) as caught:
        session.client.cancel(number=1)
    assert type(caught.value) is parcels.ServiceFault
    assert caught.value.message == "The service could not answer."
    assert "13900000000" not in caught.value.raw


@SOAP
def test_a_value_that_cannot_be_sent_is_named_as_callers_know_it(
    parcels: Any, binding: str
) -> None:
    session = Session(parcels, binding, customer="\0")
    with pytest.raises(parcels.InvalidParameter) as caught:
        session.client.book(order=session.order())
    assert caught.value.parameter == "customer"
    session = Session(parcels, binding)
    order = replace(session.order(), to=replace(session.address(), street="\0"))
    with pytest.raises(parcels.InvalidParameter) as caught:
        session.client.book(order=order)
    assert caught.value.parameter == "order.to.street"


@SOAP
def test_nothing_and_one_way(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    assert session.client.cancel(number=2**40) is None
    assert session.client.notice(address=session.address()) is None
    cancel, notice = session.handlers.asked
    assert cancel.number == 2**40
    assert notice.address == session.address()


@SOAP
def test_several_results_are_a_record(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    locker = session.messages.Locker(street="Am Markt", country="AT", note="links", box=12)
    answer = session.client.offices(near=locker)
    assert answer.office == (locker, locker)
    assert answer.as_of == datetime(2026, 1, 5)
    rate = session.client.rate(currency="EUR", day=date(2026, 2, 3))
    assert (rate.rate, rate.until) == (Decimal("1.10"), date(2026, 2, 3))


@SOAP
def test_a_bare_element_is_the_only_parameter(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    assert session.client.report_address(report=session.address(note=None)) == 13


@pytest.mark.parametrize("binding", ["SOAP11", "SOAP12", "GET"])
def test_scalars_are_typed_over_each_binding(parcels: Any, binding: str) -> None:
    session = Session(parcels, binding)
    assert session.client.price(grams=250, country=("DE", "AT")) == Decimal(5)
    (request,) = session.handlers.asked
    assert (request.grams, request.country) == (250, ("DE", "AT"))


@pytest.mark.parametrize("binding", ["SOAP11", "SOAP12", "GET"])
@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"grams": 0, "country": ("DE",)}, "grams"),
        ({"grams": 30_001, "country": ("DE",)}, "grams"),
        ({"grams": 1.5, "country": ("DE",)}, "grams"),
        ({"grams": 5, "country": ("DE", "germany")}, "country"),
        ({"grams": 5, "country": ("DE",) * 4}, "country"),
        ({"grams": 5, "country": ()}, "country"),
    ],
)
def test_facets_are_checked_before_anything_is_sent(
    parcels: Any, binding: str, values: dict[str, Any], place: str
) -> None:
    session = Session(parcels, binding)
    with pytest.raises(parcels.InvalidParameter) as caught:
        session.client.price(**values)
    assert caught.value.parameter.startswith(place)
    assert not session.handlers.asked


def test_an_operation_is_offered_where_the_wsdl_binds_it(parcels: Any) -> None:
    session = Session(parcels, "GET")
    with pytest.raises(parcels.InvalidParameter, match="not offered over get"):
        session.client.cancel(number=1)


def test_a_journal_gives_what_the_calls_gave(parcels: Any, tmp_path: Path) -> None:
    session = Session(parcels, "SOAP11", journal=parcels.FileJournal(tmp_path))
    booking = session.client.book(order=session.order())
    session.client.cancel(number=1)
    stops = session.client.track(number="7")
    with pytest.raises(parcels.errors.NotServed):
        session.client.book(order=session.order("XX"))
    entries = list(parcels.read_journal(tmp_path))
    assert [entry.operation for entry in entries] == ["Book", "Cancel", "Track", "Book"]
    assert [entry.result for entry in entries[:3]] == [booking, None, stops]
    assert entries[3].result.detail == session.messages.NotServed(country="XX")


@pytest.mark.few(0)
def test_type_checkers_and_linters_have_no_complaint(files: dict[str, str], tmp_path: Path) -> None:
    for path, text in files.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    python = [sys.executable, "-m"]
    for command in (
        [*python, "mypy", "--strict", "parcels"],
        [*python, "ruff", "check", "--isolated", "--line-length=100", "parcels"],
        [*python, "ruff", "format", "--check", "--isolated", "--line-length=100", "parcels"],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("method", ["book", "price"])
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_wrong_value_is_refused_with_its_place(
    parcels: Any, method: str, data: DataObject
) -> None:
    check_wrong_argument(parcels, data, method, customer="me", password="p<&>w")
