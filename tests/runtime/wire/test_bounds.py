"""Work is bounded: a peer is read in the time that its size takes, whatever its shape."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from tests.effort import at_most_steps
from tests.runtime.wire.test_results import SEND, response, wrapped
from tests.runtime.wire.wire import NAMESPACE

from unstringly.runtime.errors.exceptions import MalformedResponse, ServiceFault
from unstringly.runtime.errors.sealed import Secret
from unstringly.runtime.wire.bindings import SOAP_11, Binding
from unstringly.runtime.wire.charsets import decoded
from unstringly.runtime.wire.decoding import read_result
from unstringly.runtime.wire.envelopes import NotXml, read_message
from unstringly.runtime.wire.exchange import Response

MEGABYTE = 1024 * 1024
ATTRIBUTE = 'a{0}=""'
WITH_A_SIGN = 'a{0}=">"'
DECLARED = 'xmlns:a{0}="u{0}"'
IN_NAMESPACES = f'{DECLARED} a{{0}}:x=""'


def filled(piece: str, size: int) -> str:
    return piece * (size // len(piece))


def numbered(piece: str, size: int) -> str:
    return " ".join(piece.format(number) for number in range(size // (len(piece) + 4)))


PIECES = {
    "text": "x",
    "entities": "&amp;",
    "references": "&#22238;",
    "characters that XML lacks": "&#1;",
    "halves": "&#55357;&#56832;",
    "comments": "x<!---->",
    "CDATA": "x<![CDATA[y]]>",
    "open CDATA": "&#1;<![CDATA[",
    "instructions": "x<?p?>",
    "elements": "<a/>",
    "texts in elements": "<a>x</a>",
    "elements in elements": "<a>",
    "blanks": " ",
    "many attributes each": f"<a {numbered(ATTRIBUTE, 10_000)}/>",
    "many namespaces each": f"<a {numbered(DECLARED, 10_000)}/>",
}
WHOLES: dict[str, Callable[[int], str]] = {
    "attributes": lambda size: f"<a {numbered(ATTRIBUTE, size)}/>",
    "attributes with a sign": lambda size: f"<a {numbered(WITH_A_SIGN, size)}/>",
    "namespaces": lambda size: f"<a {numbered(DECLARED, size)}/>",
    "attributes in namespaces": lambda size: f"<a {numbered(IN_NAMESPACES, size)}/>",
    "a long name": lambda size: f"<{filled('a', size)}/>",
    "a long attribute": lambda size: f'<a b="{filled("c", size)}"/>',
    "a long comment": lambda size: f"<!--{filled('x', size)}-->",
    "names": lambda size: "".join(f"<a{number}/>" for number in range(size // 9)),
    "a long namespace": lambda size: f'<a xmlns="{"u" * 15_000}">{filled("<b/>", size)}</a>',
}
SHAPES = (*PIECES, *WHOLES)


def shaped(name: str, size: int) -> str:
    """The content of an element, of some size. It is made where it is read, and not collected."""
    return filled(PIECES[name], size) if name in PIECES else WHOLES[name](size)


def message(inner: str, before: str = "") -> str:
    return (
        f'<s:Envelope xmlns:s="{SOAP_11}">{before}<s:Body>'
        f'<SendMsg xmlns="{NAMESPACE}">{inner}</SendMsg></s:Body></s:Envelope>'
    )


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))


def in_time(text: str) -> None:
    body = text.encode()
    with at_most_steps(15), suppress(NotXml):
        read_message(decoded(body, "text/xml; charset=utf-8") or "")


@pytest.mark.few(4)
@pytest.mark.parametrize("name", SHAPES)
def test_a_request_of_a_megabyte_is_read_in_no_time(name: str) -> None:
    content = shaped(name, MEGABYTE)
    in_time(message(f"<a>{content}</a>"))
    in_time(message(content))
    in_time(message("", f"<s:Header>{content}</s:Header>"))
    in_time(content)


def test_a_request_with_entities_is_refused_before_they_grow() -> None:
    with at_most_steps(4), pytest.raises(NotXml):
        read_message(f'<!DOCTYPE l [<!ENTITY a0 "x">{LAUGHS}]>{message("<a>&a9;</a>")}')


def test_a_request_gives_all_its_text() -> None:
    call = read_message(message(f"<a>{'b&lt;<!-- --><![CDATA[c]]>' * 1000}</a><e/>"))
    assert call.parameters == {"a": "b<c" * 1000, "e": ""}


@pytest.mark.few(15)
@pytest.mark.parametrize("place", ["result", "fault", "message", "code", "header", "root"])
@pytest.mark.parametrize("name", SHAPES)
def test_a_large_response_is_read_in_linear_time_and_shown_in_short(name: str, place: str) -> None:
    content = shaped(name, 2 * MEGABYTE)
    begin = f'<s:Envelope xmlns:s="{SOAP_11}">'
    body = {
        "result": wrapped(content, Binding.SOAP11),
        "fault": f"{begin}<s:Body><s:Fault>{content}</s:Fault></s:Body></s:Envelope>",
        "message": f"{begin}<s:Body><s:Fault><faultcode>s:Server</faultcode>"
        f"<faultstring>{content}</faultstring></s:Fault></s:Body></s:Envelope>",
        "code": f"{begin}<s:Body><s:Fault><faultcode>{content}</faultcode></s:Fault></s:Body>"
        "</s:Envelope>",
        "header": f"{begin}<s:Header>{content}</s:Header><s:Body/></s:Envelope>",
        "root": content,
    }[place]
    came = response(body)
    with at_most_steps(80):
        error = raised_by(came)
    if error is not None:
        assert error.received == came.body
        assert len(str(error)) < 6_000
        assert len(repr(error)) < 20_000


def raised_by(came: Response) -> MalformedResponse | ServiceFault | None:
    try:
        read_result(SEND, Binding.SOAP11, came)
    except (MalformedResponse, ServiceFault) as error:
        return error
    return None


def test_a_fault_of_15_megabytes_is_read_like_a_small_one() -> None:
    words = "password sh12345678 is wrong. " * 500_000
    body = (
        f'<s:Envelope xmlns:s="{SOAP_11}"><s:Body><s:Fault><faultcode>s:Server</faultcode>'
        f"<faultstring>{words}</faultstring></s:Fault></s:Body></s:Envelope>"
    )
    came = response(body, status=500)
    with at_most_steps(50), pytest.raises(ServiceFault) as raised:
        read_result(SEND, Binding.SOAP11, came, [Secret("sh12345678")])
    assert raised.value.received == came.body
    assert raised.value.code == "s:Server"
    assert raised.value.message.endswith("…")
    assert "sh12345678" not in str(raised.value) + repr(raised.value)
    assert 3_000 < len(str(raised.value)) < 6_000


def test_a_tag_in_a_long_text_is_no_long_tag() -> None:
    text = "a<b" + "c" * 100_000 + "\"'"
    assert read_result(SEND, Binding.POST, response(wrapped(f"<![CDATA[{text}]]>"))) == text
    assert read_result(SEND, Binding.POST, response(wrapped(f"<!--{text}-->1"))) == "1"
    long = f'<string xmlns="{NAMESPACE}" a=\'>"{"b" * 9000}\' b="<&gt;>"/>'.replace('"<', '"')
    assert read_result(SEND, Binding.POST, response(long)) == ""
