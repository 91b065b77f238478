"""Results that are null: left out, or nil. What a grammar says of them is read in their place."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import zeep
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.wire.test_requests import XML_TEXT, each_binding
from tests.runtime.wire.test_results import DECLARED, SEND, XML, response, wrapped
from tests.runtime.wire.wire import NAMESPACE

from unstringly.runtime.errors.exceptions import MalformedResponse, ServiceFault
from unstringly.runtime.wire.bindings import SOAP_11, SOAP_12, Binding
from unstringly.runtime.wire.decoding import read_result

XSI = "http://www.w3.org/2001/XMLSchema-instance"
SOAP = (Binding.SOAP11, Binding.SOAP12)
WSDL = Path(__file__).parents[3] / "wsdl" / "msgsend" / "MsgSend.wsdl"
_ZEEP: Any = zeep  # whose functions have no annotations


def enveloped(binding: Binding, inner: str, more: str = "") -> str:
    """An envelope with something in its body."""
    soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
    return f'{DECLARED}<s:Envelope xmlns:s="{soap}"{more}><s:Body>{inner}</s:Body></s:Envelope>'


class Written(NamedTuple):
    """How a server writes things that mean nothing."""

    prefix: str = "xsi"
    nil: str = "true"
    blank: str = ""
    mark: str = "x"
    early: bool = False


WAYS = st.builds(
    Written,
    prefix=st.sampled_from(["xsi", "i", "d3p1", "ns0", "空"]),
    nil=st.sampled_from(["true", "1", " true ", "\n1"]),
    blank=st.sampled_from(["", " ", "\n  ", "\r\n\t", "<!-- none -->", "<?none?>"]),
    mark=st.sampled_from(["", "x"]),
    early=st.booleans(),
)


def nil(name: str, way: Written, inner: str = "") -> tuple[str, str]:
    """An element that is nil, and the declaration that the element around it must have."""
    declared = f' xmlns:{way.prefix}="{XSI}"'
    own = "" if way.early else declared
    mark = f"{way.mark}:" if way.mark else ""
    spaced = f'xmlns{":" + way.mark if way.mark else ""}="{NAMESPACE}"'
    start = f'<{mark}{name} {spaced}{own} {way.prefix}:nil="{way.nil}">'
    element = f"{start}{inner}{way.blank}</{mark}{name}>"
    return element, declared if way.early else ""


def nulls(binding: Binding, way: Written) -> list[str]:
    """All responses whose result is null, as a way has them."""
    if binding not in SOAP:
        return [f"{DECLARED}{nil('string', way._replace(early=False))[0]}"]
    result, around = nil("SendMsgResult", way)
    whole, above = nil("SendMsgResponse", way)
    bare = f'<SendMsgResponse xmlns="{NAMESPACE}"'
    return [
        enveloped(binding, f"{way.blank}{bare}/>{way.blank}"),
        enveloped(binding, f"{bare}>{way.blank}</SendMsgResponse>"),
        enveloped(binding, f"{bare}>{way.blank}{result}{way.blank}</SendMsgResponse>", around),
        enveloped(binding, whole, above),
    ]


@each_binding
@given(way=WAYS, null=st.one_of(st.just(""), XML_TEXT))
def test_null_is_what_the_grammar_says(binding: Binding, way: Written, null: str) -> None:
    for body in nulls(binding, way):
        assert read_result(SEND, binding, response(body), null=null) == null
        with pytest.raises(MalformedResponse, match=r"has no result|is nil") as raised:
            read_result(SEND, binding, response(body))
        assert raised.value.raw == body


@pytest.mark.parametrize("binding", SOAP)
@given(way=WAYS)
def test_zeep_finds_no_result_either(binding: Binding, way: Written) -> None:
    """It stumbles over what stands in empty elements, and over a response that is nil."""
    for body in nulls(binding, way._replace(blank=""))[:3]:
        assert understood_by_zeep(binding, body) is None
    assert understood_by_zeep(binding, wrapped("1", binding)) == "1"


def understood_by_zeep(binding: Binding, body: str) -> object:
    """What zeep makes of a response, which it is given as if it had come."""
    port = "MsgSendSoap" if binding is Binding.SOAP11 else "MsgSendSoap12"
    service = CLIENT.bind("MsgSend", port)
    kind = "text/xml" if binding is Binding.SOAP11 else "application/soap+xml"

    came = SimpleNamespace(
        status_code=200,
        headers={"Content-Type": f"{kind}; charset=utf-8"},
        content=body.encode(),
        encoding="utf-8",
    )
    result: object = service._binding.process_reply(CLIENT, service._binding.get("SendMsg"), came)
    return result


CLIENT: Any = _ZEEP.Client(str(WSDL))


@each_binding
@given(text=XML_TEXT)
def test_what_is_not_null_stays_what_it_is(binding: Binding, text: str) -> None:
    """An empty element is the empty text, and so is one of which nil is said to be false."""
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    body = wrapped(written.replace("\r", "&#13;"), binding)
    assert read_result(SEND, binding, response(body), null="null") == text
    name = "SendMsgResult" if binding in SOAP else "string"
    for false in ("false", "0", " false "):
        marked = body.replace(f"<{name}", f'<{name} xmlns:i="{XSI}" i:nil="{false}"', 1)
        assert marked != body
        assert read_result(SEND, binding, response(marked), null="null") == text


def bodies(binding: Binding) -> dict[str, str]:
    """Responses in which something is missing or nil, and that are no null."""
    plain = Written()
    if binding not in SOAP:
        return {
            "a text": f"{DECLARED}{nil('string', plain, '1')[0]}",
            "an element": f"{DECLARED}{nil('string', plain, '<b/>')[0]}",
            "another root": f"{DECLARED}{nil('text', plain)[0]}",
            "nothing": "",
            "cut": f"{DECLARED}{nil('string', plain)[0]}"[:-4],
        }
    result = nil("SendMsgResult", plain)[0]
    bare = f'<SendMsgResponse xmlns="{NAMESPACE}"'
    inner = {
        "no response": "",
        "another response": f'<GetMoResponse xmlns="{NAMESPACE}"/>',
        "another namespace": '<SendMsgResponse xmlns="urn:x"/>',
        "two responses": f"{bare}/>{bare}/>",
        "a text": f"{bare}>1</SendMsgResponse>",
        "another element": f"{bare}><Other/></SendMsgResponse>",
        "two results": f"{bare}>{result}{result}</SendMsgResponse>",
        "a result beside nil": f"{bare}>{result}<SendMsgResult>1</SendMsgResult></SendMsgResponse>",
        "nil with a text": f"{bare}>{nil('SendMsgResult', plain, '1')[0]}</SendMsgResponse>",
        "nil with an element": f"{bare}>{nil('SendMsgResult', plain, '<b/>')[0]}</SendMsgResponse>",
        "a result in nil": nil("SendMsgResponse", plain, "<x:SendMsgResult/>")[0],
        "a text in nil": nil("SendMsgResponse", plain, "1")[0],
    }
    envelopes = {name: enveloped(binding, element) for name, element in inner.items()}
    nil_body = enveloped(binding, "").replace("<s:Body>", f'<s:Body xmlns:i="{XSI}" i:nil="1">')
    soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
    return envelopes | {
        "nil instead of a body": nil_body,
        "a response in a nil body": nil_body.replace("></s:Body>", f">{bare}/></s:Body>"),
        "an envelope alone": f'<s:Envelope xmlns:s="{soap}"/>',
        "nothing": "",
        "cut": enveloped(binding, f"{bare}/>")[:-4],
        "a document type": f"<!DOCTYPE x>{enveloped(binding, f'{bare}/>').partition('?>')[2]}",
    }


@pytest.mark.parametrize(
    ("binding", "name"), [(each, name) for each in Binding for name in bodies(each)]
)
def test_what_is_broken_is_no_null(binding: Binding, name: str) -> None:
    body = bodies(binding)[name]
    with pytest.raises(MalformedResponse) as raised:
        read_result(SEND, binding, response(body), null="")
    assert raised.value.raw == body


@each_binding
def test_errors_and_pages_are_no_null(binding: Binding) -> None:
    for body in nulls(binding, Written()):
        for answer in (response(body, status=500), response(body, "text/html")):
            with pytest.raises(ServiceFault):
                read_result(SEND, binding, answer, null="")
    if binding in SOAP:
        fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>late</faultstring></s:Fault>"
        with pytest.raises(ServiceFault):
            read_result(SEND, binding, response(enveloped(binding, fault), XML), null="")
