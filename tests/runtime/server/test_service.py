"""The service that a package serves: as the recorded one answers, and as its grammar allows."""

import asyncio
from decimal import Decimal
from typing import cast
from xml.etree import ElementTree

import httpx2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.runtime.client.fakes import PHONE, SECRET, SIGNED
from tests.runtime.server.asgi import HOST, PATH, ask
from tests.runtime.server.handlers import Handlers
from tests.runtime.wire.test_calls import CALLS
from tests.runtime.wire.wire import OPERATIONS, Message, message, request_of, response_of

from msgsend import (
    AsyncClient,
    BatchNumber,
    Binding,
    ErrorCode,
    HttpxAsyncTransport,
    MsgSendError,
    Parsed,
    Response,
    ServiceFault,
    UnknownErrorCode,
    format_get_mo,
    format_get_report,
    parse_get_mo,
    parse_get_report,
    parse_get_report2,
    server,
    strategies,
)
from msgsend._runtime.client.calls import Credentials

each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
FORM = {"content-type": "application/x-www-form-urlencoded"}
NOBODY = Credentials({"user_code": "", "user_pass": ""})


SPELLED_OTHERWISE = {"GetReport", "GetReport2", "GetMo", "GetMo2"}
"""Lists have several spellings: separators and blanks."""


def own(recorded: Message) -> Response:
    """A recorded response, for the package's copy of the runtime."""
    response = recorded.response
    return Response(response.status, response.headers, response.body)


def answering(operation: str, binding: Binding) -> Handlers:
    """Handlers that answer what was recorded."""
    handlers = Handlers()
    recorded = CALLS[operation]().result(binding, own(response_of(operation, binding)), NOBODY)
    match recorded:
        case ErrorCode() | UnknownErrorCode():
            handlers.batch.value = recorded
        case Decimal():
            handlers.balance.value = recorded
        case Parsed():
            handlers.reports.value = parse_get_report(recorded.raw)
            handlers.timed.value = parse_get_report2(recorded.raw)
            handlers.replies.value = parse_get_mo(recorded.raw)
        case _:
            assert isinstance(recorded, str)
            handlers.batch.value = BatchNumber(recorded)
    return handlers


@each_binding
@pytest.mark.parametrize("operation", OPERATIONS)
def test_recorded_requests_get_the_recorded_responses(operation: str, binding: Binding) -> None:
    recorded = request_of(operation, binding)
    method, target, _ = recorded.first.split()
    handlers = answering(operation, binding)
    headers = {name: recorded.headers[name] for name in recorded.headers if name != "host"}
    answer = ask(server.create_app(handlers), method, target, recorded.body, headers)
    expected = response_of(operation, binding)
    assert len(handlers.asked) == 1
    assert answer.status_code == 200
    assert answer.headers["content-type"] == expected.headers["content-type"]
    call = CALLS[operation]()
    response = Response(200, tuple(answer.headers.items()), answer.content)
    assert values(call.result(binding, response, NOBODY)) == values(
        call.result(binding, own(expected), NOBODY)
    )
    if operation not in SPELLED_OTHERWISE:
        assert answer.content == expected.body


def values(result: object) -> object:
    """The records of a list, or the value itself."""
    return list(cast("Parsed[object]", result)) if isinstance(result, Parsed) else result


FAULTS = [
    "missing-parameter.get",
    "unknown-operation.post",
    "not-xml.soap11",
    "unknown-action.soap11",
    "unknown-action.soap12",
]


@pytest.mark.parametrize("name", FAULTS)
def test_recorded_mistakes_get_the_recorded_kind_of_answer(name: str) -> None:
    recorded = message(f"fault.{name}.request.http")
    expected = message(f"fault.{name}.response.http").response
    method, target, _ = recorded.first.split()
    headers = {key: value for key, value in recorded.headers.items() if key != "host"}
    handlers = Handlers()
    response = ask(server.create_app(handlers), method, target, recorded.body, headers)
    assert response.status_code == expected.status
    assert response.headers["content-type"] == expected.header("content-type")
    assert (b"Fault" in response.content) is (b"Fault" in expected.body)
    assert handlers.asked == []


def test_a_missing_parameter_is_named() -> None:
    app = server.create_app(Handlers())
    response = ask(app, "GET", f"{PATH}/GetBalance?userCode=demo")
    assert response.text == "Missing parameter: userPass."


def test_names_are_found_as_asp_net_finds_them() -> None:
    app = server.create_app(Handlers())
    good = "?usercode=a&USERPASS=b&more=c"
    assert ask(app, "GET", f"{PATH.lower()}/GetBalance{good}").status_code == 200
    assert ask(app, "GET", f"{PATH}/getbalance{good}").status_code == 500
    assert ask(app, "GET", f"/elsewhere{good}").status_code == 404
    assert ask(app, "PUT", f"{PATH}/GetBalance{good}").status_code == 405
    assert ask(app, "POST", f"{PATH}/GetBalance", b"userCode=a&userPass=b").status_code == 500
    assert ask(app, "POST", f"{PATH}/GetBalance", b"userCode=a&userPass=b", FORM).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<a",
        b"\xff\xfe",
        b'<!DOCTYPE s [<!ENTITY a "b">]><s/>',
        b"<a>" * 100,
    ],
)
def test_what_is_no_xml_is_a_bad_request(body: bytes) -> None:
    response = ask(server.create_app(Handlers()), "POST", PATH, body, {"content-type": "text/xml"})
    assert (response.status_code, response.content) == (400, b"")


def test_the_wsdl_has_the_address_that_was_asked() -> None:
    response = ask(server.create_app(Handlers()), "GET", f"{PATH}?WSDL")
    elements = ElementTree.fromstring(response.content)
    addresses = {
        element.get("location") for element in elements.iter() if element.tag.endswith("}address")
    }
    assert addresses == {f"{HOST}{PATH}"}
    assert ask(server.create_app(Handlers()), "GET", f"{PATH}?wsdl").content == response.content


def called(handlers: Handlers, binding: Binding, name: str) -> object:
    """What a client gets that calls an operation."""

    async def run() -> object:
        transport = HttpxAsyncTransport(httpx2.ASGITransport(server.create_app(handlers)))
        async with AsyncClient(
            user_code="demo",
            user_pass=SECRET,
            base_url=f"http://127.0.0.1{PATH}",
            binding=binding,
            transport=transport,
        ) as client:
            try:
                match name:
                    case "send_msg":
                        return await client.send_msg(des_no=PHONE, msg=SIGNED)
                    case "get_report":
                        return await client.get_report()
                    case _:
                        return await client.get_mo()
            except MsgSendError as error:
                return error

    return asyncio.run(run())


@pytest.mark.few(1)
@each_binding
@settings(max_examples=settings().max_examples // 4)  # an example takes four event loops
@given(data=st.data())
def test_what_handlers_return_is_what_clients_get(binding: Binding, data: st.DataObject) -> None:
    handlers = Handlers()
    reports = data.draw(strategies.reports())
    replies = data.draw(strategies.replies())
    written = format_get_report(reports) + format_get_mo(replies)
    assume("\r" not in written)  # ASP.NET does not escape it, and XML makes LF of it
    handlers.reports.value, handlers.replies.value = reports, replies
    assert values(called(handlers, binding, "get_report")) == reports
    assert values(called(handlers, binding, "get_mo")) == replies


@each_binding
@pytest.mark.parametrize(
    "value", [RuntimeError(SECRET), BatchNumber("12 34"), UnknownErrorCode("-3")]
)
def test_what_the_grammar_does_not_allow_is_not_said(
    binding: Binding, value: Exception | BatchNumber, caplog: pytest.LogCaptureFixture
) -> None:
    handlers = Handlers()
    handlers.batch.value = value
    response = called(handlers, binding, "send_msg")
    assert isinstance(response, ServiceFault)
    assert "could not answer" in str(response)
    assert SECRET not in f"{response}{response!r}"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_requests_do_not_show_the_password() -> None:
    handlers = Handlers()
    called(handlers, Binding.POST, "send_msg")
    (request,) = handlers.asked
    assert isinstance(request, server.SendMsg)
    assert request.user_pass.matches(SECRET)
    assert (request.msg, request.channel) == (SIGNED, "0")
    assert SECRET not in repr(request)


@pytest.mark.parametrize("binding", [Binding.SOAP11, Binding.SOAP12])
@pytest.mark.parametrize("name", ["userCode", "userPass", "DesNo", "Msg", "Channel"])
def test_a_parameter_that_comes_twice_has_no_text(name: str, binding: Binding) -> None:
    """Two texts joined would be one that nobody has sent, such as a password, or a number."""
    handlers = Handlers()
    account = Credentials({"user_code": "demo", "user_pass": SECRET})
    request = CALLS["SendMsg"]().request(binding, PATH, account)
    doubled = request.body.replace(f"</{name}>".encode(), f"</{name}><{name}>1</{name}>".encode())
    assert doubled != request.body
    response = ask(server.create_app(handlers), "POST", PATH, doubled, dict(request.headers))
    assert response.status_code == 500
    assert f"The parameter {name} comes more than once." in response.text
    assert handlers.asked == []
