"""A password in a header of a structured request, where something goes wrong: it shows nowhere."""

import importlib
from collections.abc import Generator
from typing import Any

import pytest
from tests.cases.test_parcels import CASE, Handlers
from tests.faults.evidence import texts_of, whole_log
from tests.generator.importing import imported_files

from unstringly.pipeline import build, check

SHOWN = "geheimeswort"


@pytest.fixture(scope="module")
def parcels() -> Generator[Any]:  # Any: a package that was just made
    with imported_files(build(check([CASE], CASE), whole=True), "parcels") as package:
        for module in ("errors", "messages", "server"):
            importlib.import_module(f"parcels.{module}")
        yield package


class Quoting:
    """A service whose responses quote the request."""

    def __init__(self, body: str) -> None:
        self.body = body

    def send(self, request: Any, *_: object) -> Any:  # Any: classes of that package
        response = importlib.import_module("parcels").Response
        header = (("Content-Type", "text/xml; charset=utf-8"),)
        return response(200, header, self.body.replace("HERE", request.body.decode()).encode())

    def close(self) -> None:
        """Nothing is open."""


def failed(parcels: Any, transport: object, password: str, **order: Any) -> BaseException:
    """The exception of a call."""
    client = parcels.Client(customer="me", password=password, transport=transport)
    to = parcels.messages.Address(street="X", country="DE", note=None)
    choice = parcels.messages.OrderAccount(account="a")
    values = {"to": to, "grams": 1, "choice": choice, **order}
    with pytest.raises(parcels.errors.ParcelsError) as caught:
        client.book(order=parcels.messages.Order(**values))
    error: BaseException = caught.value
    return error


@pytest.mark.parametrize(
    ("password", "body", "order"),
    [
        (f"{SHOWN}\0", "", {}),
        (f"{SHOWN}\ud800", "", {}),
        (SHOWN, "", {"grams": 0}),
        (SHOWN, "HERE", {}),
        (SHOWN, "<html>HERE</html>", {}),
        (SHOWN, "", {}),
    ],
)
def test_it_shows_nowhere(parcels: Any, password: str, body: str, order: dict[str, Any]) -> None:
    with whole_log() as log:
        error = failed(parcels, Quoting(body), password, **order)
        shown = "\n".join([*texts_of(error), *log.texts])
    assert SHOWN not in shown
    assert SHOWN[:8] not in shown


def test_a_service_whose_handler_fails_does_not_tell_it(parcels: Any) -> None:
    class Failing(Handlers):
        def book(self, request: Any, /) -> object:
            raise ValueError(f"no {request.customer}")

    app = parcels.server.create_app(Failing(parcels))
    with whole_log() as log:
        error = failed(parcels, parcels.InProcessTransport(app), SHOWN)
        shown = "\n".join([*texts_of(error), *log.texts])
    assert SHOWN not in shown
