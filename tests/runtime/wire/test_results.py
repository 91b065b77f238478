"""Results: the recorded ones, and nothing that only looks like one."""

import codecs
import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import at_most_steps
from tests.runtime.wire import xsdata_envelopes
from tests.runtime.wire.test_requests import XML_TEXT, each_binding
from tests.runtime.wire.wire import NAMESPACE, OPERATIONS, endpoint, message, response_of

from unstringly.runtime.errors.exceptions import MalformedResponse, ServiceFault
from unstringly.runtime.errors.sealed import Secret
from unstringly.runtime.wire.bindings import SOAP_11, SOAP_12, Binding
from unstringly.runtime.wire.decoding import read_result
from unstringly.runtime.wire.exchange import Response

XML = "text/xml; charset=utf-8"
DECLARED = '<?xml version="1.0" encoding="utf-8"?>'
SEND = endpoint("SendMsg")
XML_CHARACTER = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Production 2 of XML 1.0."""

ODD_DECLARATION = re.compile(r"\s*<\?xml\s[^<>]*\?>")
"""Such a declaration is passed over: the charset is known by then."""


def response(
    body: str | bytes, content_type: str | None = XML, status: int = 200, **headers: str
) -> Response:
    data = body.encode() if isinstance(body, str) else body
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    pairs += [("Content-Type", content_type)] if content_type is not None else []
    return Response(status, tuple(pairs), data)


def wrapped(content: str, binding: Binding = Binding.POST) -> str:
    """A response with this content in its result element."""
    if binding in (Binding.GET, Binding.POST):
        return f'{DECLARED}<string xmlns="{NAMESPACE}">{content}</string>'
    soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
    return (
        f'{DECLARED}<s:Envelope xmlns:s="{soap}"><s:Body><SendMsgResponse xmlns="{NAMESPACE}">'
        f"<SendMsgResult>{content}</SendMsgResult></SendMsgResponse></s:Body></s:Envelope>"
    )


def read(answer: Response, binding: Binding = Binding.POST) -> str:
    return read_result(SEND, binding, answer)


@each_binding
@pytest.mark.parametrize("operation", OPERATIONS)
def test_recorded_results_are_read(operation: str, binding: Binding) -> None:
    recorded = response_of(operation, binding)
    elements = ElementTree.fromstring(recorded.body)
    name = "string" if binding in (Binding.GET, Binding.POST) else f"{operation}Result"
    (element,) = elements.iter(f"{{{NAMESPACE}}}{name}")
    expected = element.text or ""
    assert read_result(endpoint(operation), binding, recorded.response) == expected


FAULTS = {
    "missing-parameter.get": (Binding.GET, 500, ""),
    "unknown-operation.post": (Binding.POST, 500, ""),
    "not-xml.soap11": (Binding.SOAP11, 400, ""),
    "unknown-action.soap11": (Binding.SOAP11, 500, "soap:Client"),
    "unknown-action.soap12": (Binding.SOAP12, 500, "soap:Sender"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_recorded_faults_are_faults(name: str) -> None:
    binding, status, code = FAULTS[name]
    with pytest.raises(ServiceFault) as raised:
        read(message(f"fault.{name}.response.http").response, binding)
    assert (raised.value.status, raised.value.code) == (status, code)
    if code:
        assert raised.value.message.startswith("System.Web.Services.Protocols.SoapException")
    assert raised.value.__context__ is None


@each_binding
@given(text=XML_TEXT)
def test_any_text_is_read_as_xml_means_it(binding: Binding, text: str) -> None:
    written = escape(text, {"\r": "&#13;"})
    assert read(response(wrapped(written, binding)), binding) == text
    raw = wrapped(escape(text), binding)
    assert read(response(raw), binding) == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("binding", [Binding.SOAP11, Binding.SOAP12])
@given(text=XML_TEXT)
def test_what_xsdata_writes_is_read(binding: Binding, text: str) -> None:
    text = text.replace("\r", "")
    answer = xsdata_envelopes.SendMsgResponse(text)
    body = xsdata_envelopes.written(binding, xsdata_envelopes.Content(response=answer))
    assert read(response(body), binding) == text


@each_binding
@given(text=st.text(max_size=20))
def test_characters_that_xml_does_not_have_are_read(binding: Binding, text: str) -> None:
    """As ASP.NET writes them: by their numbers."""
    text = text.replace("\r", "")
    foreign = {c: f"&#x{ord(c):X};" for c in text if not XML_CHARACTER.fullmatch(c)}
    body = wrapped(escape(text, foreign), binding)
    assert read(response(body.encode("utf-8", "surrogatepass")), binding) == text


def test_references_stay_what_they_are() -> None:
    assert read(response(wrapped("&amp;#xC;&#xC;&#65;&#x1F600;"))) == "&#xC;\x0cA\U0001f600"
    assert read(response(wrapped("\ue000C\ue000&#xC;"))) == "\ue000C\ue000\x0c"
    assert read(response(wrapped("<![CDATA[&#xC;]]>&#xC;"))) == "&#xC;\x0c"
    for body in (wrapped("&#x110000;"), wrapped("&#xC;<b/>")):
        with pytest.raises(MalformedResponse):
            read(response(body))


def test_a_fault_in_several_languages() -> None:
    fault = (
        f'<s:Envelope xmlns:s="{SOAP_12}"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value>'
        "<s:Subcode><s:Value>m:Late</s:Value></s:Subcode></s:Code><s:Reason>"
        '<s:Text xml:lang="en">late</s:Text><s:Text xml:lang="zh">迟</s:Text></s:Reason>'
        "<s:Detail><Value>x</Value></s:Detail></s:Fault></s:Body></s:Envelope>"
    )
    with pytest.raises(ServiceFault) as raised:
        read(response(fault, status=500), Binding.SOAP12)
    assert (raised.value.code, raised.value.message) == ("s:Sender / m:Late", "late / 迟")


def test_empty_results_are_empty_texts() -> None:
    assert read(response(f'<string xmlns="{NAMESPACE}" />')) == ""
    assert read(response(f'<x:string xmlns:x="{NAMESPACE}"></x:string>')) == ""
    assert read(response(wrapped("a<!-- b --><![CDATA[<c>]]><?d e?>f"))) == "a<c>f"
    assert read(response(wrapped("1").encode("utf-16"), None)) == "1"
    assert read(response(codecs.BOM_UTF8 + wrapped("é").encode())) == "é"
    assert read(response(wrapped("回复").encode("gb2312"), "text/xml; charset=gb2312")) == "回复"
    declared = wrapped("回复").replace("utf-8", "GBK").encode("gbk")
    assert read(response(declared, "text/xml")) == "回复"


MALFORMED = {
    "another root": f'<error xmlns="{NAMESPACE}">123</error>',
    "no namespace": "<string>123</string>",
    "another namespace": '<string xmlns="urn:x">123</string>',
    "an element inside": wrapped("1<b/>2"),
    "nil": f'<string xmlns="{NAMESPACE}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '
    'i:nil="true"/>',
    "a document type": f'<!DOCTYPE string><string xmlns="{NAMESPACE}">1</string>',
    "cut short": wrapped("123")[:-12],
    "empty": "",
    "two roots": wrapped("1") + f'<string xmlns="{NAMESPACE}">2</string>',
    "deep": "<a>" * 100_000,
    "entities": '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><string>&b;</string>',
    "no text": "\0\0",
    "a SOAP envelope": wrapped("1", Binding.SOAP11),
}
SOAP = wrapped("1", Binding.SOAP11)
MALFORMED_SOAP = {
    "SOAP 1.2": wrapped("1", Binding.SOAP12),
    "no body": f'<s:Envelope xmlns:s="{SOAP_11}"/>',
    "no result": SOAP.replace("<SendMsgResult>1</SendMsgResult>", ""),
    "two results": SOAP.replace(
        "</SendMsgResult>", "</SendMsgResult><SendMsgResult>2</SendMsgResult>"
    ),
    "another response": SOAP.replace("SendMsgResponse", "GetMoResponse"),
    "text beside it": SOAP.replace("<SendMsgResult>", "2<SendMsgResult>"),
    "a bare string": wrapped("1"),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_what_only_looks_like_a_result_is_malformed(body: str) -> None:
    with pytest.raises(MalformedResponse) as raised:
        read(response(body))
    assert raised.value.raw == body
    assert raised.value.__context__ is None
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("body", MALFORMED_SOAP.values(), ids=MALFORMED_SOAP)
def test_other_envelopes_are_malformed(body: str) -> None:
    with pytest.raises(MalformedResponse):
        read(response(body), Binding.SOAP11)


def test_a_header_before_the_body_is_passed_over() -> None:
    header = "<s:Body><s:Header/>"
    with_header = SOAP.replace("<s:Body>", f"<s:Header><a>b<c/></a></s:Header>{header[:8]}")
    assert read(response(with_header), Binding.SOAP11) == "1"


def test_a_body_of_another_charset_is_malformed() -> None:
    with pytest.raises(MalformedResponse, match="charset"):
        read(response(wrapped("é").encode("latin-1")))
    assert read(response(wrapped("1"), "text/xml; charset=klingon")) == "1"


def test_a_broken_compressed_body_is_malformed() -> None:
    with pytest.raises(MalformedResponse, match="is broken gzip"):
        read(response(b"\x1f\x8b" + b"x" * 20, content_encoding="gzip"))


@pytest.mark.parametrize("status", [301, 302, 307, 404, 500, 503])
def test_other_statuses_are_faults(status: int) -> None:
    with pytest.raises(ServiceFault, match=f"HTTP status {status}"):
        read(response(wrapped("123"), status=status, location="http://elsewhere/?a=1"))


def test_pages_are_faults() -> None:
    with pytest.raises(ServiceFault, match="text/html") as raised:
        read(response("<html><body>Please\nlog in</body></html>", "text/html"))
    assert raised.value.excerpt == "<html><body>Please log in</body></html>"


@pytest.mark.parametrize(
    "echo", ["p&ss w<rd", "p&amp;ss w&lt;rd", "p%26ss%20w%3Crd", "p%26ss+w%3Crd"]
)
def test_an_echo_of_a_secret_does_not_show(echo: str) -> None:
    page = response(f"bad: {echo}", "text/plain", 500)
    with pytest.raises(ServiceFault) as raised:
        read_result(SEND, Binding.POST, page, [Secret("p&ss w<rd")])
    assert raised.value.received == page.body
    assert echo not in str(raised.value) + repr(raised.value)
    assert "bad: ***" in str(raised.value)


def test_a_large_result_takes_linear_time() -> None:
    large = response(wrapped("x" * 4_000_000))
    with at_most_steps(40):
        assert len(read(large)) == 4_000_000


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, 400), st.integers(0, 3), st.sampled_from(["", "<", ">", "1", "/", "x"])
    ),
    max_size=3,
)


@each_binding
@given(changes=MUTATIONS, status=st.sampled_from([200, 200, 200, 500]))
def test_a_changed_response_is_read_as_it_stands_or_refused(
    binding: Binding, changes: list[tuple[int, int, str]], status: int
) -> None:
    body = wrapped("2314357620085030623", binding)
    for at, gone, new in changes:
        body = body[:at] + new + body[at + gone :]
    try:
        text = read(response(body, status=status), binding)
    except (MalformedResponse, ServiceFault):
        return
    assert status == 200
    names = ["string"]
    if binding in (Binding.SOAP11, Binding.SOAP12):
        names = ["Envelope", "Body", "SendMsgResponse", "SendMsgResult"]
    element = ElementTree.fromstring(ODD_DECLARATION.sub("", body))
    for name in names[1:]:
        (element,) = element
        assert element.tag.rsplit("}")[-1] == name
    assert (element.text or "") == text
    assert len(element) == 0


@given(
    st.binary(max_size=60),
    st.sampled_from([None, XML, "text/html", "text/xml; charset=utf-16", "x"]),
    st.integers(200, 599),
    st.sampled_from(Binding),
)
def test_nothing_else_is_raised(
    body: bytes, content_type: str | None, status: int, binding: Binding
) -> None:
    with pytest.raises((MalformedResponse, ServiceFault)):
        read(response(body, content_type, status), binding)
