"""No part of a password shows anywhere, whatever a server sends back."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
from tests.faults.clients import Terms, Way, attempt, gateway
from tests.faults.echoes import ECHOES, MARKS, PASSWORD, PLAIN_PASSWORD, spellings
from tests.faults.evidence import leaks, texts_of, whole_log
from tests.faults.faults import FAULTS, Fault
from tests.faults.outcomes import LONG, SHORT, UNBOUND
from tests.faults.servers import Server
from tests.faults.test_outcomes import each_way

from msgsend import AsyncClient, Binding, Client, JournalFailed, MsgSendError

EVERY: Final[dict[str, Fault]] = {
    **FAULTS,
    **{f"echo: {name}": fault for name, fault in ECHOES.items()},
}


def test_every_spelling_has_the_marks() -> None:
    """Otherwise these tests would look for the wrong thing."""
    for password in (PASSWORD, PLAIN_PASSWORD):
        for text in spellings(password):
            assert all(mark in text.lower() for mark in MARKS)
    assert leaks("a", f"b{PASSWORD[:6]}", "c") == [f"b{PASSWORD[:6]}"]


def shown(
    capfd: pytest.CaptureFixture[str], fault: Fault, way: Way, password: str, *bindings: Binding
) -> Iterator[str]:
    """Everything that calls let anybody see, made at the same time over these bindings."""
    timeout = SHORT if fault.hangs or fault.door == "closed" else LONG

    def call(binding: Binding) -> object:
        return attempt(way, Terms(server.url, binding, timeout, password=password), "SendMsg")

    with (
        Server(fault.serve, door=fault.door) as server,
        whole_log() as log,
        ThreadPoolExecutor() as threads,
    ):
        outcomes = list(threads.map(call, bindings))
    out, err = capfd.readouterr()
    yield from (out, err, *log.texts)
    for outcome in outcomes:
        if isinstance(outcome, MsgSendError):
            yield from texts_of(outcome)


@pytest.mark.few(24)
@pytest.mark.some(80)
@pytest.mark.parametrize("name", EVERY)
@each_way
def test_a_password_does_not_show(name: str, way: Way, capfd: pytest.CaptureFixture[str]) -> None:
    if way == "httpx" and name in UNBOUND:
        pytest.skip("HttpxTransport does not bound this, and says so")
    assert leaks(*shown(capfd, EVERY[name], way, PASSWORD, *Binding)) == []


@pytest.mark.few(20)
@pytest.mark.some(40)
@pytest.mark.parametrize("name", ECHOES)
@each_way
def test_a_password_without_special_characters_does_not_show(
    name: str, way: Way, capfd: pytest.CaptureFixture[str]
) -> None:
    """It can stand where the other one cannot, such as in a token or the name of an element."""
    assert leaks(*shown(capfd, ECHOES[name], way, PLAIN_PASSWORD, *Binding)) == []


@pytest.mark.some(6)
@each_way
@pytest.mark.parametrize("operation", ["GetMo", "GetReport2"])
@pytest.mark.parametrize("name", ["record", "result", "code", "request in the result"])
def test_a_poll_that_nobody_reads_shows_nothing(
    name: str, operation: str, way: Way, capfd: pytest.CaptureFixture[str]
) -> None:
    """What was malformed in it is told to the log when it is dropped."""
    with Server(ECHOES[name].serve) as server, whole_log() as log:
        outcome = attempt(way, Terms(server.url), operation)
        shown = list(texts_of(outcome)) if isinstance(outcome, MsgSendError) else []
        del outcome
        gc.collect()
    out, err = capfd.readouterr()
    assert leaks(out, err, *log.texts, *shown) == []


@each_way
@pytest.mark.parametrize("name", ["page 500", "result", "body cut", "body over the limit"])
def test_a_failing_journal_shows_nothing(
    name: str, way: Way, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(operation: str, raw: bytes) -> None:
        del raw
        raise OSError(28, "No space left on device")

    with Server(ECHOES[name].serve) as server, whole_log() as log:
        outcome = attempt(way, Terms(server.url, journal=full), "SendMsg")
    assert isinstance(outcome, JournalFailed)
    out, err = capfd.readouterr()
    assert leaks(out, err, *log.texts, *texts_of(outcome)) == []


WRONG: Final[dict[str, dict[str, object]]] = {
    "password in bytes": {"user_pass": PASSWORD.encode()},
    "password as a number": {"user_pass": (PASSWORD,)},
    "no password": {"user_pass": None},
    "a password that nothing can carry": {"user_pass": f"{PASSWORD}\ud800"},
    "address that is none": {"base_url": "gateway.example"},
    "address with a password": {"base_url": "http://demo:other@127.0.0.1/a"},
    "address with a query": {"base_url": "http://127.0.0.1/a?a=b"},
    "address in bytes": {"base_url": b"http://127.0.0.1/"},
    "address with a wrong port": {"base_url": "http://127.0.0.1:99999/a"},
    "binding by name": {"binding": "post"},
    "timeout of words": {"timeout": "soon"},
    "timeout below zero": {"timeout": -1},
    "retries below zero": {"retries": -1},
    "journal that is none": {"journal": "journal.txt"},
    "interval of words": {"interval": "never"},
    "an argument too many": {"password": PASSWORD},
}


def wrong(way: Way, changed: dict[str, object]) -> BaseException | None:
    """What comes of making a client with wrong arguments, and of its first call."""
    terms = Terms("http://127.0.0.1:9/a", timeout=SHORT)
    arguments: dict[str, Any] = {**terms.common, **changed}
    sender: Any = None
    try:
        sender = AsyncClient(**arguments) if way == "async" else Client(**arguments)
        if way != "async":
            sender.send_msg(des_no="13900000000", msg="a【b】")
    except (MsgSendError, TypeError, ValueError) as error:
        return error
    finally:
        if sender is not None and way != "async":
            sender.close()
    return None


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("way", ["http", "async"])
def test_wrong_arguments_show_no_password(
    name: str, way: Way, capfd: pytest.CaptureFixture[str]
) -> None:
    with whole_log() as log:
        error = wrong(way, WRONG[name])
    if way == "http":
        assert error is not None
    out, err = capfd.readouterr()
    texts = list(texts_of(error)) if error is not None else []
    assert leaks(out, err, *log.texts, *texts) == []


@pytest.mark.parametrize(
    "address", ["http://demo:{}@127.0.0.1/a", "http://127.0.0.1/a?userPass={}"]
)
def test_a_refused_address_is_not_quoted(address: str) -> None:
    """It may hold the password, if somebody took it from a log."""
    error = wrong("http", {"base_url": address.format(PLAIN_PASSWORD)})
    assert isinstance(error, ValueError)
    assert leaks(*texts_of(error)) == []


@each_way
def test_a_client_does_not_show_its_password(way: Way) -> None:
    sender = gateway(way, Terms("http://127.0.0.1:9/a"))
    client: object = vars(sender)["client"]
    attributes = [getattr(client, name, None) for name in dir(client)]
    assert leaks(repr(client), str(client), *map(repr, attributes)) == []
    sender.close()


@each_way
def test_a_refused_parameter_shows_no_password(way: Way) -> None:
    sender = gateway(way, Terms("http://127.0.0.1:9/a", Binding.SOAP11))
    with pytest.raises(ValueError, match="des_no") as refused:
        sender.call("send_msg", des_no="1,2", msg="a【b】")
    assert leaks(*texts_of(refused.value)) == []
    with pytest.raises(ValueError, match="msg") as refused:
        sender.call("send_msg", des_no="13900000000", msg="\ud800【b】")
    assert leaks(*texts_of(refused.value)) == []
    sender.close()
