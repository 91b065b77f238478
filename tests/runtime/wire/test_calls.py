"""Calls of the shipped package: what they send is what was recorded, and what they refuse."""

from collections.abc import Callable
from decimal import Decimal
from typing import assert_type

import pytest
from tests.runtime.wire.test_requests import EXPECTED_BESIDES, recorded_parameters
from tests.runtime.wire.wire import ADDRESS, HOST, request_of, response_of

from msgsend import (
    BatchNumber,
    Binding,
    ErrorCode,
    InvalidParameter,
    MalformedResponse,
    ServiceFault,
    UnknownErrorCode,
    VoiceTemplate,
    operations,
)
from msgsend._runtime.client.calls import Call, Credentials
from msgsend._runtime.wire.exchange import Response

each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
ACCOUNT = Credentials({"user_code": "demo", "user_pass": "s3cret"}, ("user_pass",))
PHONE = "13900000000"
SIGNED = "您的验证码是 <1234> & 5分钟内有效【签名】"

CALLS: dict[str, Callable[[], Call[object]]] = {
    "GetBalance": operations.get_balance,
    "GetMo": operations.get_mo,
    "GetMo2": operations.get_mo2,
    "GetReport": operations.get_report,
    "GetReport2": operations.get_report2,
    "SendMsg": lambda: operations.send_msg(des_no=PHONE, msg=SIGNED),
    "SendVoiceCode": lambda: operations.send_voice_code(
        des_no=PHONE, voice_code="123456", amount=2
    ),
    "SendVoiceCodeWithTemplate": lambda: operations.send_voice_code_with_template(
        des_no=PHONE, voice_code="123456", amount=1, template=VoiceTemplate.FEMALE_VERIFICATION_CODE
    ),
}


@each_binding
@pytest.mark.parametrize("name", CALLS)
def test_calls_send_what_was_recorded(name: str, binding: Binding) -> None:
    recorded = request_of(name, binding)
    request = CALLS[name]().request(binding, ADDRESS, ACCOUNT)
    assert f"{request.method} {request.url.removeprefix(HOST)} HTTP/1.1" == recorded.first
    assert request.body == recorded.body
    names = {header.lower() for header, _ in request.headers}
    assert names ^ recorded.headers.keys() <= EXPECTED_BESIDES


@pytest.mark.parametrize("name", CALLS)
def test_results_are_the_same_over_every_binding(name: str) -> None:
    call = CALLS[name]()
    results: list[object] = []
    for binding in Binding:
        response = response_of(name, binding).response
        own = Response(response.status, response.headers, response.body)
        results.append(call.result(binding, own, ACCOUNT))
    assert len(results) == len(Binding)
    assert all(result == results[0] for result in results)
    is_code = isinstance(results[0], ErrorCode | UnknownErrorCode)
    assert is_code is (name == "SendVoiceCodeWithTemplate")  # recorded with -13


def test_results_are_typed() -> None:
    call = operations.send_msg(des_no=PHONE, msg=SIGNED)
    assert_type(call, Call[BatchNumber | ErrorCode | UnknownErrorCode])
    assert_type(operations.get_balance(), Call[Decimal | ErrorCode | UnknownErrorCode])


REFUSED: dict[str, tuple[str, Callable[[], object]]] = {
    "two numbers": ("des_no", lambda: operations.send_msg(des_no=f"{PHONE},{PHONE}", msg=SIGNED)),
    "no signature": ("msg", lambda: operations.send_msg(des_no=PHONE, msg="hello")),
    "text behind it": ("msg", lambda: operations.send_msg(des_no=PHONE, msg="a【b】c")),
    "channel 999": (
        "channel",
        lambda: operations.send_msg(des_no=PHONE, msg=SIGNED, channel="999"),
    ),
    "a long text": (
        "msg",
        lambda: operations.send_international_msg(des_no=PHONE, msg="x" * 141),
    ),
    "a code of letters": (
        "voice_code",
        lambda: operations.send_voice_code(des_no=PHONE, voice_code="12a", amount=1),
    ),
    "full width digits": (
        "voice_code",
        lambda: operations.send_voice_code(des_no=PHONE, voice_code="１２", amount=1),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_document_does_not_allow_is_refused(name: str) -> None:
    parameter, call = REFUSED[name]
    with pytest.raises(InvalidParameter) as refused:
        call()
    assert refused.value.parameter == parameter
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\r\r\n"])
def test_line_ends_are_sent_as_they_are(end: str) -> None:
    signed = operations.send_msg(des_no=PHONE, msg=f"a{end}b【签名】")
    foreign = operations.send_international_msg(des_no=PHONE, msg=f"a{end}b")
    assert signed.given["Msg"] == f"a{end}b【签名】"
    assert foreign.given["Msg"] == f"a{end}b"


def test_checks_can_be_left_out() -> None:
    call = operations.send_msg(des_no="1,2", msg="no signature", validate=False)
    body = call.request(Binding.POST, ADDRESS, ACCOUNT).body
    assert b"DesNo=1%2C2&Msg=no+signature&Channel=0" in body


def test_fixed_parameters_are_sent_and_not_offered() -> None:
    call = operations.send_international_msg(des_no=PHONE, msg="x" * 140)
    assert call.request(Binding.POST, ADDRESS, ACCOUNT).body.endswith(b"&Channel=999")


@each_binding
def test_what_cannot_be_carried_is_refused_under_its_python_name(binding: Binding) -> None:
    call = operations.send_msg(des_no=PHONE, msg="\ud800【b】")
    with pytest.raises(InvalidParameter, match=r"msg: \w+ cannot carry U\+D800") as refused:
        call.request(binding, ADDRESS, ACCOUNT)
    assert refused.value.__context__ is None


def test_secrets_do_not_show() -> None:
    call = operations.get_balance()
    request = call.request(Binding.GET, ADDRESS, ACCOUNT)
    assert "s3cret" not in f"{ACCOUNT!r} {call!r} {request!r}"
    page = Response(500, (("Content-Type", "text/plain"),), b"userPass=s3cret is wrong")
    with pytest.raises(ServiceFault) as raised:
        call.result(Binding.GET, page, ACCOUNT)
    assert "s3cret" not in f"{raised.value} {raised.value!r}"


def test_a_text_that_is_no_result_is_malformed() -> None:
    body = b'<string xmlns="http://tempuri.org/">OK</string>'
    response = Response(200, (("Content-Type", "text/xml"),), body)
    with pytest.raises(MalformedResponse) as raised:
        operations.send_msg(des_no=PHONE, msg=SIGNED).result(Binding.POST, response, ACCOUNT)
    assert raised.value.raw == "OK"


def test_recorded_calls_are_made_from_these_parameters() -> None:
    assert dict(recorded_parameters("SendMsg"))["Msg"] == SIGNED
