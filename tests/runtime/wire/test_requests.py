"""Requests: the recorded ones byte for byte, and other parsers read them as they are meant."""

from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import canonicalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.wire import xsdata_envelopes
from tests.runtime.wire.wire import ADDRESS, HOST, OPERATIONS, endpoint, request_of

from unstringly.runtime.client.addresses import checked_address
from unstringly.runtime.wire.bindings import Binding, NotCarried, build_request

SENT = {
    "userCode": "demo",
    "userPass": "s3cret",
    "DesNo": "13900000000",
    "Msg": "您的验证码是 <1234> & 5分钟内有效【签名】",
    "Channel": "0",
}
EXPECTED_BESIDES = {"host", "content-length", "accept-encoding"}
"""Host and length are the transport's; that no coding is wanted is said, and harmless."""
each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
soap = pytest.mark.parametrize("binding", [Binding.SOAP11, Binding.SOAP12])
XML_TEXT = st.text(
    st.one_of(
        st.sampled_from("<&>]'\"\r\n\t 签\U0001f600"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    ),
    max_size=20,
)


def recorded_parameters(operation: str) -> list[tuple[str, str]]:
    query = urlsplit(request_of(operation, Binding.GET).first.split()[1]).query
    return parse_qsl(query, keep_blank_values=True, strict_parsing=True)


@each_binding
@pytest.mark.parametrize("operation", OPERATIONS)
def test_requests_are_the_recorded_ones(operation: str, binding: Binding) -> None:
    recorded = request_of(operation, binding)
    request = build_request(endpoint(operation), binding, ADDRESS, recorded_parameters(operation))
    assert f"{request.method} {request.url.removeprefix(HOST)} HTTP/1.1" == recorded.first
    assert request.body == recorded.body
    headers = {name.lower(): value for name, value in request.headers}
    assert headers.keys() ^ recorded.headers.keys() <= EXPECTED_BESIDES
    for name in headers.keys() & recorded.headers.keys():
        if binding is Binding.POST and name == "content-type":
            assert headers[name] == recorded.headers[name] + "; charset=utf-8"
        else:
            assert headers[name] == recorded.headers[name]


def test_the_recorded_message_is_what_was_sent() -> None:
    assert dict(recorded_parameters("SendMsg")) == SENT


@soap
@given(code=XML_TEXT, text=XML_TEXT)
def test_xsdata_reads_the_envelope(binding: Binding, code: str, text: str) -> None:
    request = build_request(
        endpoint("SendMsg"), binding, ADDRESS, [("userCode", code), ("Msg", text)]
    )
    call = xsdata_envelopes.read(binding, request.body)
    assert call == xsdata_envelopes.Content(xsdata_envelopes.SendMsg(code, text))


@soap
@given(code=XML_TEXT, text=XML_TEXT)
def test_xsdata_writes_the_same_envelope(binding: Binding, code: str, text: str) -> None:
    code, text = code.replace("\r", ""), text.replace("\r", "")  # xsdata lets XML make LF of it
    body = xsdata_envelopes.Content(xsdata_envelopes.SendMsg(code, text))
    request = build_request(
        endpoint("SendMsg"), binding, ADDRESS, [("userCode", code), ("Msg", text)]
    )
    assert canonicalize(request.body.decode(), rewrite_prefixes=True) == canonicalize(
        xsdata_envelopes.written(binding, body), rewrite_prefixes=True
    )


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.text(max_size=20)), max_size=4))
def test_another_parser_reads_forms_and_queries(parameters: list[tuple[str, str]]) -> None:
    for binding in (Binding.GET, Binding.POST):
        if any("\ud800" <= character <= "\udfff" for _, text in parameters for character in text):
            with pytest.raises(NotCarried):
                build_request(endpoint("SendMsg"), binding, ADDRESS, parameters)
            continue
        request = build_request(endpoint("SendMsg"), binding, ADDRESS, parameters)
        written = urlsplit(request.url).query + request.body.decode("ascii")
        assert parse_qsl(written, keep_blank_values=True) == parameters


@soap
@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_carry_is_refused(binding: Binding, character: str) -> None:
    with pytest.raises(NotCarried) as refused:
        build_request(endpoint("SendMsg"), binding, ADDRESS, [("Msg", f"s3cret{character}")])
    assert (refused.value.parameter, refused.value.character) == ("Msg", character)
    assert "s3cret" not in repr(refused.value)


@each_binding
def test_empty_parameters_are_sent_empty(binding: Binding) -> None:
    request = build_request(endpoint("SendMsg"), binding, ADDRESS, [("Msg", ""), ("Channel", "")])
    sent = request.url.encode() + request.body
    assert b"Msg=&Channel=" in sent or b"<Msg></Msg><Channel></Channel>" in sent


def test_a_request_shows_no_secret() -> None:
    request = build_request(endpoint("SendMsg"), Binding.GET, ADDRESS, [("userPass", "s3cret")])
    assert "s3cret" not in repr(request)


@pytest.mark.parametrize(
    "address",
    ["", "gateway.example", "ftp://h/x", "http://h/x?a=1", "http://h/#a", "http://u:p@h/"],
)
def test_an_address_is_one_that_can_be_called(address: str) -> None:
    with pytest.raises(ValueError, match="an address"):
        checked_address(address)
    assert checked_address("http://h/x.asmx/") == "http://h/x.asmx"
