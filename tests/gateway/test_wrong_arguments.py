"""What parsers say of what is no text of a result, or of one with its XML around it."""

import re
from collections.abc import Callable
from typing import cast
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgsend import (
    Binding,
    Client,
    InvalidParameter,
    MalformedResponse,
    Parsed,
    format_get_mo2,
    parse_push,
    parsers,
    strategies,
)

PARSERS: dict[str, Callable[[object], object]] = {
    name: getattr(parsers, name) for name in parsers.__all__
}
each_parser = pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
WRAPPERS = (
    '<string xmlns="http://tempuri.org/">{}</string>',
    '<?xml version="1.0" encoding="utf-8"?>\r\n<string xmlns="http://tempuri.org/">{}</string>\n',
    '\ufeff<?xml version="1.0"?><ns1:string xmlns:ns1="http://tempuri.org/">{}</ns1:string>',
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" '
    f"{XSI}><soap:Body><GetMoResponse><GetMoResult>{{}}</GetMoResult></GetMoResponse></soap:Body>"
    "</soap:Envelope>",
)


@each_parser
@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "None is no result"),
        (b"123", "decode the bytes first"),
        (bytearray(b"-3"), "decode the bytes first"),
        (123, "not int"),
        (["123"], "not list"),
        (1.5, "not float"),
        (object(), "not object"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_pass(
    parse: Callable[[object], object], value: object, told: str
) -> None:
    with pytest.raises(TypeError, match="a parser takes the text of a result, a str") as raised:
        parse(value)
    assert told in str(raised.value)


def test_it_is_documented() -> None:
    assert "raises TypeError" in re.sub(r"\s+", " ", parsers.__doc__ or "")


def reasons(parse: Callable[[object], object], text: str) -> list[str]:
    """Why a text is none that the parser takes, in all its words."""
    try:
        result = parse(text)
    except MalformedResponse as error:
        return [error.reason]
    if isinstance(result, Parsed):
        return [piece.reason for piece in cast("Parsed[object]", result).malformed]
    return []


@each_parser
@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("inside", ["2314357620085030001", "-3", "", "1,13900000000,DELIVRD|"])
def test_xml_around_a_result_is_told(
    parse: Callable[[object], object], wrapper: str, inside: str
) -> None:
    text = wrapper.format(inside)
    if parse is PARSERS["parse_account"]:
        assert reasons(parse, text) == []  # an account is any text
        return
    problems = reasons(parse, text)
    assert problems
    assert all("looks like XML" in reason for reason in problems)


@pytest.mark.parametrize("text", ["<error>bad</error>", "<html><body>sorry</body></html>"])
def test_xml_that_is_the_result_is_told_as_that(text: str) -> None:
    """A client has undone the XML around it: nothing more is there to undo."""
    wrapped = f"<string>{escape(text)}</string>"
    inside = ElementTree.fromstring(wrapped).text or ""
    (reason,) = reasons(PARSERS["parse_get_mo2"], inside)
    assert "looks like XML or HTML; where XML is still around a result, " in reason
    assert "the client" not in reason


@given(strategies.replies(), st.sampled_from(WRAPPERS))
def test_xml_around_any_page_is_told(values: list[object], wrapper: str) -> None:
    text = wrapper.format(cast("Callable[[object], str]", format_get_mo2)(values))
    problems = reasons(PARSERS["parse_get_mo2"], text)
    assert problems == [] or all("looks like XML" in reason for reason in problems)


@given(st.text(st.sampled_from("<>ab3|,;- \n")))
def test_what_is_no_xml_is_not_called_so(text: str) -> None:
    is_called_so = any(
        "looks like XML" in reason for reason in reasons(PARSERS["parse_get_mo2"], text)
    )
    stripped = text.strip(" \n")
    assert is_called_so <= (stripped[:2] in ("<a", "<b") and stripped.endswith(">"))


@pytest.mark.parametrize("body", [None, "account=x", 5, ["x"]])
def test_a_push_is_bytes(body: object) -> None:
    with pytest.raises(TypeError, match="a push is the body of a request, as bytes, not "):
        parse_push(cast("bytes", body))


def test_a_binding_is_one_of_its_enum() -> None:
    with pytest.raises(InvalidParameter, match=r"give one of Binding\.GET, Binding\.POST, "):
        Client(
            user_code="demo",
            user_pass="demo",
            base_url="http://127.0.0.1",
            binding=cast("Binding", "POST"),
        )
