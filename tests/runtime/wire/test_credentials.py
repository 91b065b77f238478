"""Credentials and addresses in messages: laws, and zeep's own as the judge."""

import base64
import importlib
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.wire.addressing import Addressing
from unstringly.runtime.wire.basic import HttpBasic
from unstringly.runtime.wire.bindings import Binding, Endpoint, build_request, build_soap_request
from unstringly.runtime.wire.exchange import Request
from unstringly.runtime.wire.presented import Presented
from unstringly.runtime.wire.soap_headers import read_header
from unstringly.runtime.wire.user_tokens import WSSE, WSU, SecurityHeader

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
SOAP = st.sampled_from([Binding.SOAP11, Binding.SOAP12])
MOMENT = datetime(2026, 1, 5, 10, 30, 0, 999_999, tzinfo=UTC)
NONCE = bytes(range(65, 81))
ENVELOPE = {
    Binding.SOAP11: "http://schemas.xmlsoap.org/soap/envelope/",
    Binding.SOAP12: "http://www.w3.org/2003/05/soap-envelope",
}
_ETREE: Any = importlib.import_module("lxml.etree")  # which has no annotations
_USERNAME: Any = importlib.import_module("zeep.wsse.username")  # nor has zeep
_WSA: Any = importlib.import_module("zeep.wsa")


def plain(binding: Binding = Binding.SOAP11, header: str = "") -> Request:
    """A request without additions."""
    endpoint = Endpoint("urn:x", "A", action="urn:a")
    if header:
        return build_soap_request(endpoint, binding, "https://x.example/s", header, "<A/>")
    return build_request(endpoint, binding, "https://x.example/s", [("b", "<c>")])


def elements(request: Request) -> list[tuple[str, str | None, dict[str, str]]]:
    """The names, texts and attributes of all elements in the header, in order."""
    header = _ETREE.fromstring(request.body)[0]
    assert header.tag.endswith("}Header")
    return [(own.tag, own.text, dict(own.attrib)) for own in header.iter() if own is not header]


def token(header: SecurityHeader, username: str, password: str, binding: Binding) -> Request:
    """A request with a security header."""
    return header.sent(plain(binding), {"username": username, "password": password})


@given(username=TEXTS, password=TEXTS, other=TEXTS)
def test_any_text_is_seen_as_it_was_given(username: str, password: str, other: str) -> None:
    """The law of both tokens: a password matches exactly if it is the one that was given."""
    for header in (SecurityHeader("text"), SecurityHeader("digest", has_timestamp=True)):
        text = token(header, username, password, Binding.SOAP11).body.decode()
        came = header.came({}, text).credentials
        assert came.username == username
        assert came.matches(password)
        assert came.matches(other) == (password == other)


@given(username=TEXTS.filter(lambda text: ":" not in text), password=TEXTS, other=TEXTS)
def test_basic_carries_any_text_too(username: str, password: str, other: str) -> None:
    basic = HttpBasic()
    request = Request("GET", "https://x.example", (), b"")
    headers = dict(basic.sent(request, {"username": username, "password": password}).headers)
    came = basic.came({"authorization": headers["Authorization"]}, "").credentials
    assert came.username == username
    assert came.matches(password)
    assert came.matches(other) == (password == other)


@pytest.mark.parametrize(
    "header",
    [
        *("", "Basic", "Basic !", "Digest x", "Basic /w=="),
        f"Basic {base64.b64encode(b'no colon').decode()}",
    ],
)
def test_headers_that_are_no_credentials_are_none(header: str) -> None:
    assert HttpBasic().came({"authorization": header}, "").credentials is None


@given(username=TEXTS, password=TEXTS, binding=SOAP, is_digest=st.booleans())
def test_tokens_are_those_of_zeep(
    username: str, password: str, binding: Binding, is_digest: bool
) -> None:
    ours = token(
        SecurityHeader(
            "digest" if is_digest else "text", now=lambda: MOMENT, random=lambda _: NONCE
        ),
        username,
        password,
        binding,
    )
    theirs = _USERNAME.UsernameToken(
        username,
        password,
        use_digest=is_digest,
        nonce=NONCE.decode(),
        created=MOMENT.replace(microsecond=0),
        zulu_timestamp=True,
    )
    soap = ENVELOPE[binding]
    envelope = _ETREE.fromstring(f'<s:Envelope xmlns:s="{soap}"><s:Body/></s:Envelope>')
    theirs.apply(envelope, {})
    expected = Request("POST", "", (), _ETREE.tostring(envelope))

    def told(request: Request) -> list[tuple[str, str, dict[str, str]]]:
        return [(tag, text or "", attributes) for tag, text, attributes in elements(request)]

    assert told(ours) == told(expected)


@given(binding=SOAP, address=st.sampled_from(["https://x.example/s", "https://x.example/s&t"]))
def test_addresses_are_those_of_zeep(binding: Binding, address: str) -> None:
    own = Addressing("http://www.w3.org/2005/08/addressing", "urn:a<b", "urn:c", fresh=lambda: "m")
    request = Request("POST", address, (), plain(binding).body)
    soap = ENVELOPE[binding]
    envelope = _ETREE.fromstring(f'<s:Envelope xmlns:s="{soap}"><s:Body/></s:Envelope>')
    operation = SimpleNamespace(abstract=SimpleNamespace(wsa_action="urn:a<b"), soapaction="")
    _WSA.WsAddressingPlugin().egress(envelope, {}, operation, {"address": address})
    ours = {tag: text for tag, text, _ in elements(own.sent(request, {}))}
    theirs = elements(Request("POST", "", (), _ETREE.tostring(envelope)))
    for tag, text, _ in theirs:
        if tag.endswith("}MessageID"):
            assert ours[tag] == "m"
            assert text is not None
            assert text.startswith("urn:uuid:")
        else:
            assert ours[tag] == text
    reply = "{http://www.w3.org/2005/08/addressing}Address"
    assert ours[reply] == "http://www.w3.org/2005/08/addressing/anonymous"


def test_the_draft_has_an_address_of_its_own() -> None:
    own = Addressing("http://schemas.xmlsoap.org/ws/2004/08/addressing", "a", "b")
    header = read_header(own.sent(plain(), {}).body.decode())
    anonymous = f"{own.namespace}/role/anonymous"
    assert header.text(f"{own.namespace} ReplyTo", f"{own.namespace} Address") == anonymous
    assert own.came({}, "<a/>").header.endswith(">b</wsa:Action>")


def test_names_of_messages_are_fresh() -> None:
    own = Addressing("http://www.w3.org/2005/08/addressing", "a", "b")
    headers = [read_header(own.sent(plain(), {}).body.decode()) for _ in range(9)]
    names = {header.text(f"{own.namespace} MessageID") for header in headers}
    assert None not in names
    assert len(names) == 9


@given(binding=SOAP, first=st.booleans())
def test_additions_stand_beside_headers_of_the_operation(binding: Binding, first: bool) -> None:
    """The rest of the request is what it was, byte for byte."""
    header = "<own>&lt;soap:Body&gt;</own>" if first else ""
    before = plain(binding, header).body
    after = SecurityHeader(has_timestamp=True).sent(plain(binding, header), {}).body
    text = after.decode()
    start, end = text.index("<wsse:Security"), text.index("</wsse:Security>")
    rest = text[:start] + text[end + len("</wsse:Security>") :]
    assert rest.replace("<soap:Header></soap:Header>", "").encode() == before


def test_a_time_stamp_alone_is_no_credential() -> None:
    own = SecurityHeader(has_timestamp=True, now=lambda: MOMENT)
    text = own.sent(plain(), {}).body.decode()
    header = read_header(text)
    stamp = (f"{WSSE} Security", f"{WSU} Timestamp")
    assert header.text(*stamp, f"{WSU} Created") == "2026-01-05T10:30:00Z"
    assert header.text(*stamp, f"{WSU} Expires") == "2026-01-05T10:35:00Z"
    assert own.came({}, text).credentials is None


@pytest.mark.parametrize(
    "token_text",
    [
        "",
        "<Username>me</Username>",
        "<Username>me</Username><Password/>",
        '<Username>me</Username><Password Type="x#PasswordDigest">a</Password>',
        '<Username>me</Username><Password Type="x#PasswordDigest"/><Nonce>!</Nonce>',
        "<Username>me</Username><Password>one</Password><Password>two</Password>",
    ],
)
def test_what_does_not_prove_anything_matches_nothing(token_text: str) -> None:
    text = (
        f'<e:Envelope xmlns:e="{ENVELOPE[Binding.SOAP11]}"><e:Header><Security xmlns="{WSSE}">'
        "<UsernameToken>"
        f"{token_text}</UsernameToken></Security></e:Header><e:Body/></e:Envelope>"
    )
    came = SecurityHeader("digest").came({}, text).credentials
    assert came is None or not any(map(came.matches, ("a", "one", "two", "me")))


def test_presented_credentials_show_only_the_name() -> None:
    text = token(SecurityHeader("text"), "me", "open sesame", Binding.SOAP11).body.decode()
    came = SecurityHeader("text").came({}, text).credentials
    assert isinstance(came, Presented)
    assert repr(came) == "Presented(username='me')"


def test_a_header_without_end_is_read_as_far_as_it_goes() -> None:
    """Nothing that a caller sends makes a service raise."""
    start = f'<Envelope xmlns="{ENVELOPE[Binding.SOAP11]}"><Header>'
    for text in ("", "<", "<a><Header>", start, f"{start}{'<b>' * 1000}"):
        assert read_header(text).text("Security") is None
    name = f"{ENVELOPE[Binding.SOAP11]} a"
    assert read_header(f"{start}<a>x</a>").text(name) == "x"
