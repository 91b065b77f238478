"""Failures that no server causes, and a whole run of Sentry's SDK with its default options."""

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults.clients import Terms, Way, async_client, attempt, gateway, new_account
from tests.faults.echoes import ECHOES, PASSWORD
from tests.faults.evidence import leaks, texts_of
from tests.faults.held import variables
from tests.faults.servers import Peer, Server
from tests.faults.test_outcomes import each_way
from tests.runtime.client.fakes import PHONE, SIGNED, Script, answered

from msgsend import (
    Client,
    InvalidParameter,
    JournalFailed,
    MsgSendError,
    NotSent,
    Request,
    Response,
    SendFailed,
    ServiceFault,
    TooSoon,
    operations,
)

NOWHERE = "http://127.0.0.1:9/a"
ROOT = Path(__file__).parents[2]


def hidden(error: BaseException) -> BaseException:
    """The error, which must have come through frames of the package and must show nothing."""
    assert list(variables(error))
    assert leaks(*texts_of(error)) == []
    return error


def made(
    transport: object, password: str | Callable[[], str] = PASSWORD, **terms: object
) -> Client:
    arguments: dict[str, object] = {"user_code": new_account(), "base_url": NOWHERE, **terms}
    return Client(user_pass=password, transport=transport, **arguments)  # type: ignore[arg-type]  # any


def send(client: Client) -> object:
    return client.send_msg(des_no=PHONE, msg=SIGNED)


def failing() -> str:
    raise LookupError("the vault is sealed")


@pytest.mark.parametrize("password", [failing, lambda: PASSWORD.encode(), lambda: None])
def test_a_password_that_cannot_be_had(password: Callable[[], str]) -> None:
    with pytest.raises((LookupError, InvalidParameter)) as raised:
        send(made(Script([answered("1")]), password))
    hidden(raised.value)


def test_a_password_of_the_moment_that_nothing_can_carry() -> None:
    with pytest.raises(InvalidParameter, match="user_pass") as raised:
        send(made(Script([]), lambda: f"{PASSWORD}\ud800"))
    hidden(raised.value)


def test_a_call_that_comes_too_soon() -> None:
    client = made(Script([answered("1.5"), answered("1.5")]), when_too_soon="raise")
    client.get_balance()
    with pytest.raises(TooSoon) as raised:
        client.get_balance()
    hidden(raised.value)


class Raises:
    """A transport of somebody's own. What it raises is made anew: this object is the user's."""

    def __init__(self, make: Callable[[], BaseException]) -> None:
        self.make = make

    def send(self, request: Request, deadline: float) -> Response:
        request.leaving()
        raise self.make()

    def close(self) -> None: ...


RAISED: dict[str, Callable[[], BaseException]] = {
    "Ctrl-C": KeyboardInterrupt,
    "exit": SystemExit,
    "a mistake": lambda: ValueError(PASSWORD),
    "cut": lambda: SendFailed("cut", sent=True, received=PASSWORD.encode(), status=500),
    "stopped": lambda: SendFailed("stopped", sent=True, interrupt=KeyboardInterrupt()),
}


@pytest.mark.parametrize("name", RAISED)
def test_what_a_transport_raises(name: str) -> None:
    with pytest.raises((MsgSendError, KeyboardInterrupt, SystemExit)) as raised:
        send(made(Raises(RAISED[name])))
    hidden(raised.value)


def test_a_task_that_is_cancelled() -> None:
    async def cancelled() -> asyncio.CancelledError:
        client = async_client(Terms(server.url))
        task = asyncio.create_task(client.get_report())
        while not server.seen.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as raised:
            await task
        await client.aclose()
        return raised.value

    with Server(Peer.hold) as server:
        hidden(asyncio.run(cancelled()))


@each_way
def test_a_journal_that_fails_has_no_variable_of_ours(way: Way) -> None:
    def full(operation: str, raw: bytes) -> None:
        raise OSError(28, "No space left on device")

    with Server(ECHOES["result"].serve) as server:
        client = gateway(way, Terms(server.url, journal=full))
        with pytest.raises(JournalFailed) as raised:
            client.call("get_report")
        client.close()
    assert PASSWORD.split("&")[0].encode() in raised.value.raw
    hidden(raised.value)


def test_a_pickle_of_a_failure_shows_nothing() -> None:
    with Server(ECHOES["page 500"].serve) as server:
        fault = attempt("http", Terms(server.url), "SendMsg")
    assert isinstance(fault, ServiceFault)
    assert leaks(pickle.dumps(fault).decode("latin-1")) == []
    assert leaks(fault.raw) != []


def test_a_call_that_is_used_without_a_client() -> None:
    call = operations.send_msg(des_no=PHONE, msg=SIGNED)
    account = vars(made(Script([])))["_caller"]._config.account
    page = Response(500, (("X-Echo", PASSWORD),), f"no {PASSWORD}".encode())
    with pytest.raises(ServiceFault) as raised:
        call.result(call.operation.bindings[0], page, account)
    del page
    hidden(raised.value)


def test_a_client_that_is_closed() -> None:
    client = Client(user_code="demo", user_pass=PASSWORD, base_url=NOWHERE)
    client.close()
    with pytest.raises(NotSent) as raised:
        send(client)
    hidden(raised.value)


@pytest.mark.few(0)
def test_a_whole_run_of_sentry_sends_no_password() -> None:
    """In a process of its own: the SDK changes the standard library."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "generated")])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.faults.sentry_run"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "8 events, 0 leaks\n"
