"""Emulators that nobody wrote: what they answer, what tests script, and what they note.

The service is the one of tests/cases, which has texts with a grammar and structures.
"""

import importlib
import subprocess
import sys
import threading
from collections.abc import Generator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tests.cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.generator.importing import imported_files
from tests.generator.services import write_tree
from tests.plan.messages.sampling import conforms

from unstringly.pipeline import build, check

CASE = Path(str(tests.cases.__file__)).parent / "parcels"
STRUCTURED = ("Book", "Price", "Offices", "ReportAddress", "Rate")


MODULES = ("emulator", "errors", "messages", "operations", "server", "strategies", "testing")


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return build(check([CASE], CASE), whole=True)


@pytest.fixture(scope="module")
def parcels(files: Mapping[str, str]) -> Generator[Any]:  # Any: a package that was just made
    with imported_files(files, "parcels") as package:
        for module in MODULES:
            importlib.import_module(f"parcels.{module}")
        yield package


def client(parcels: Any, emulator: Any, binding: str = "SOAP11") -> Any:
    return parcels.testing.client(emulator, binding=parcels.Binding[binding])


def address(parcels: Any) -> Any:
    return parcels.messages.Address(street="Hauptstraße 1", country="DE", note=None)


def booked(parcels: Any, caller: Any) -> Any:
    messages = parcels.messages
    to = address(parcels)
    card = messages.OrderCard(card=messages.Card(kind="x", token=b"1"))
    order = messages.Order(to=to, grams=500, ready=date(2026, 1, 6), choice=card)
    return caller.book(order=order, express=True)


@pytest.mark.parametrize("binding", ["SOAP11", "SOAP12"])
def test_each_operation_is_answered_at_once(parcels: Any, binding: str) -> None:
    emulator = parcels.emulator.Emulator()
    with client(parcels, emulator, binding) as caller:
        assert conforms(booked(parcels, caller), parcels.messages.Booking)
        rate = caller.rate(currency="EUR", day=date(2026, 1, 1))
        assert conforms(rate, parcels.messages.RateResponse)
        assert caller.track(number="7")
        assert caller.notice(address=address(parcels)) is None
    kinds = [type(request).__name__ for request in emulator.received]
    assert kinds == ["Book", "Rate", "Track", "Notice"]
    assert emulator.received[0].order.to.street == "Hauptstraße 1"


def test_a_seed_says_which_results_come(parcels: Any) -> None:
    def results(seed: int, order: tuple[str, ...]) -> dict[str, list[object]]:
        emulator = parcels.emulator.Emulator(seed=seed)
        drawn: dict[str, list[object]] = {name: [] for name in order}
        for _ in range(3):
            for name in order:
                drawn[name].append(emulator.drawn(name))
        return drawn

    assert results(1, STRUCTURED) == results(1, STRUCTURED[::-1])
    assert results(1, STRUCTURED) != results(2, STRUCTURED)
    assert any(one != other for one, other, _ in results(1, STRUCTURED).values())


def test_threads_get_each_result_once(parcels: Any) -> None:
    one, other = parcels.emulator.Emulator(), parcels.emulator.Emulator()
    drawn: list[object] = []

    def draw() -> None:
        drawn.extend([one.drawn("Rate") for _ in range(20)])

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = [other.drawn("Rate") for _ in range(80)]
    assert sorted(map(repr, drawn)) == sorted(map(repr, expected))


def test_scripts_come_once_and_in_order(parcels: Any) -> None:
    emulator = parcels.emulator.Emulator()
    messages = parcels.messages
    results = [
        messages.RateResponse(rate=rate, until=date(2026, 1, rate)) for rate in map(int, "123")
    ]
    for result in results:
        emulator.script("Rate", result)
    with client(parcels, emulator) as caller:
        again = [caller.rate(currency="EUR", day=date(2026, 1, 1)) for _ in range(4)]
    assert again[:3] == results
    assert again[3] == parcels.emulator.Emulator().drawn("Rate")


def test_none_can_be_scripted(parcels: Any) -> None:
    emulator = parcels.emulator.Emulator()
    emulator.script("Cancel", None)
    emulator.script("Cancel", RuntimeError("the second call"))
    with client(parcels, emulator) as caller:
        assert caller.cancel(number=1) is None
        with pytest.raises(parcels.errors.ServiceFault):
            caller.cancel(number=1)


def test_declared_faults_can_be_scripted(parcels: Any) -> None:
    emulator = parcels.emulator.Emulator()
    detail = parcels.messages.NotServed(country="XX")
    emulator.script("Book", parcels.errors.NotServed.of(detail, "sorry"))
    with client(parcels, emulator) as caller:
        with pytest.raises(parcels.errors.NotServed) as caught:
            booked(parcels, caller)
        assert caught.value.detail == detail
        assert conforms(booked(parcels, caller), parcels.messages.Booking)


@pytest.mark.parametrize(
    ("operation", "result"), [("Price", "much"), ("Book", 5), ("Track", "no scans"), ("Rate", None)]
)
def test_what_is_no_result_is_refused_at_once(parcels: Any, operation: str, result: object) -> None:
    emulator = parcels.emulator.Emulator()
    with pytest.raises(parcels.errors.Unwritable):
        emulator.script(operation, result)
    assert emulator.drawn(operation)


def test_an_unknown_operation_is_refused(parcels: Any) -> None:
    with pytest.raises(ValueError, match="there are Track, Book"):
        parcels.emulator.Emulator().script("Bok", None)


def test_texts_with_a_grammar_can_be_scripted(parcels: Any) -> None:
    emulator = parcels.emulator.Emulator()
    emulator.script("Track", parcels.TrackError.UNKNOWN_NUMBER)
    with client(parcels, emulator) as caller:
        assert caller.track(number="7") is parcels.TrackError.UNKNOWN_NUMBER
        assert caller.track(number="7") == emulator.drawn("Track")


@pytest.mark.parametrize("binding", ["SOAP11", "SOAP12"])
def test_responses_go_wrong(parcels: Any, binding: str) -> None:
    emulator = parcels.emulator.Emulator()
    faults = parcels.testing.Fault
    expected = {
        faults.CUT_BODY: parcels.errors.IncompleteResponse,
        faults.PAGE: parcels.errors.ServiceFault,
        faults.BAD_GATEWAY: parcels.errors.ServiceFault,
        faults.MALFORMED: parcels.errors.MalformedResponse,
    }
    with client(parcels, emulator, binding) as caller:
        for fault, error in expected.items():
            emulator.fail(fault, "Rate")
            with pytest.raises(error):
                caller.rate(currency="EUR", day=date(2026, 1, 1))
        assert caller.rate(currency="EUR", day=date(2026, 1, 1))


@pytest.mark.parametrize("operation", ["Cancel", "Notice"])
def test_what_has_no_result_cannot_be_malformed(parcels: Any, operation: str) -> None:
    with pytest.raises(ValueError, match="is malformed"):
        parcels.emulator.Emulator().fail(parcels.testing.Fault.MALFORMED, operation)


def test_secrets_are_sealed_where_calls_are_told(parcels: Any) -> None:
    told: list[str] = []
    emulator = parcels.emulator.Emulator(told.append)
    caller = parcels.Client(
        customer="me",
        password="s3cret",
        base_url=emulator.address,
        transport=parcels.InProcessTransport(emulator.app),
    )
    with caller:
        booked(parcels, caller)
    assert told[0].startswith("received Book(")
    assert "s3cret" not in told[0]


def test_hypothesis_is_not_needed(files: Mapping[str, str], tmp_path: Path) -> None:
    write_tree(tmp_path, files)
    script = """
import sys
sys.modules["hypothesis"] = None
from datetime import date
from parcels.testing import client, emulator
with emulator() as service, client(service) as caller:
    print(caller.rate(currency="EUR", day=date(2026, 1, 1)) == type(service)().drawn("Rate"))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env={"PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


@settings(
    max_examples=min(30, settings().max_examples), suppress_health_check=[HealthCheck.too_slow]
)
@given(st.data())
def test_strategies_of_the_package(parcels: Any, data: st.DataObject) -> None:
    strategies = parcels.strategies
    messages = parcels.messages
    order = data.draw(strategies.order())
    assert conforms(order, messages.Order)
    request = data.draw(strategies.request_of_rate())
    assert type(request) is parcels.server.Rate
    assert conforms(data.draw(strategies.result_of_rate()), messages.RateResponse)
    emulator = parcels.emulator.Emulator()
    booking = data.draw(strategies.result_of_book())
    emulator.script("Book", booking)
    with client(parcels, emulator) as caller:
        assert booked(parcels, caller) == booking
        assert caller.rate(currency=request.currency, day=request.day)
    assert emulator.received[-1] == request
