"""An application whose responses are damaged on the way, and whose other events are left alone."""

import asyncio
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Final

import pytest

from msgsend import parse_get_report
from msgsend._runtime.testing.emulation import Failing, Fault, fault_now
from msgsend._runtime.testing.faulty_app import faulty

Message = MutableMapping[str, Any]  # as ASGI has it
PARSERS: Final[Mapping[str, Callable[[str], object]]] = {"GetReport": parse_get_report}


async def nothing() -> Message:
    return {"type": "http.disconnect"}


def played(
    kind: str,
    fault: Fault | None,
    status: int,
    body: str,
    parsers: Mapping[str, Callable[[str], object]] = PARSERS,
) -> list[Message]:
    """Return what is sent of an application's answer that meets a fault."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def app(scope: object, receive: object, send: Any) -> None:  # Any: as ASGI has it
        if fault is not None:
            failing = fault_now.get()
            assert failing is not None
            failing.append(Failing(fault, "GetReport"))
        headers = [(b"content-type", b"text/xml")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body.encode()})

    async def run() -> None:
        await faulty(app, parsers)({"type": kind}, nothing, send)

    asyncio.run(run())
    return sent


PAGE = '<?xml version="1.0"?><string xmlns="urn:x">{}</string>'


def test_what_is_no_request_goes_through() -> None:
    assert played("lifespan", None, 200, "")[1]["body"] == b""


def test_without_a_fault_the_answer_goes_through() -> None:
    assert played("http", None, 200, "whole")[1]["body"] == b"whole"


@pytest.mark.parametrize("body", [PAGE.format("1,2,DELIVRD|"), "1,2,DELIVRD|"])
def test_a_result_is_damaged(body: str) -> None:
    start, sent = played("http", Fault.MALFORMED, 200, body)
    assert start["status"] == 200
    assert sent["body"] != body.encode()


@pytest.mark.parametrize(("status", "body"), [(500, PAGE.format("1,2,DELIVRD|")), (404, "none")])
def test_what_is_no_result_is_not_damaged(status: int, body: str) -> None:
    start, sent = played("http", Fault.MALFORMED, status, body)
    assert (start["status"], sent["body"]) == (status, body.encode())


@pytest.mark.parametrize("body", ["no document", "", "<?xml version='1.0'?>"])
def test_what_has_no_element_to_damage_stays(body: str) -> None:
    """Where the result is no text, the element of the response is given another name."""
    _, sent = played("http", Fault.MALFORMED, 200, body, {})
    assert sent["body"] == body.encode()
    _, sent = played("http", Fault.MALFORMED, 200, PAGE.format("1"), {})
    assert sent["body"] == PAGE.format("1").replace("string", "string-").encode()


def test_a_result_that_nothing_damages_stays() -> None:
    body = PAGE.format("1,2,DELIVRD|")
    _, sent = played("http", Fault.MALFORMED, 200, body, {"GetReport": list})
    assert sent["body"] == body.encode()


def test_silence_ends_with_the_connection() -> None:
    assert played("http", Fault.SILENCE, 200, "whole") == []
