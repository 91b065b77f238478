"""Any text that a binding carries arrives at a real ASP.NET server, and comes back from it."""

import html
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import ParseError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.interop.aspnet_server import Arrival, AspNetServer
from tests.interop.sending import sent
from tests.interop.zeep_client import PORTS, ZeepClient

from msgsend import Binding, ServiceFault, operations
from msgsend._runtime.client.calls import Credentials
from msgsend._runtime.wire.decoding import read_result

QUOTED = 15
"""As much of a refused value ASP.NET quotes."""

NOBODY = Credentials({"user_code": "", "user_pass": ""})

DANGEROUS = re.compile("[<\uff1c][!A-Za-z\x00-\x1f]|&#")
"""What Mono takes for an attack in a form or an address. Microsoft's own runtime has nearly the
same rule: a `<` and a letter, `!`, `/` or `?`; and `&#`. It has no such rule for SOAP."""

_PIECES = st.sampled_from(
    ["&#", "&amp;", "<", "]]>", "\r\n", "\r", "\n", "\t", " ", "%", "+", "＜", "签", "😀"]
)
ANY_TEXT = st.lists(_PIECES | st.characters(codec="utf-8"), max_size=12).map("".join)
XML_TEXT = st.lists(
    _PIECES
    | st.sampled_from("\x7f\x85\u2028\ufeff")
    | st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"),
    max_size=12,
).map("".join)


def arrival(user: str, password: str, number: str, text: str) -> Arrival:
    names = ("userCode", "userPass", "DesNo", "Msg", "Channel")
    return Arrival("SendMsg", dict(zip(names, (user, password, number, text, ""), strict=True)))


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_forms_carry_every_text_that_asp_net_does_not_take_for_an_attack(
    aspnet: AspNetServer, user: str, password: str, number: str, text: str
) -> None:
    """CR, LF, CR LF, NUL and other control characters included."""
    account = Credentials({"user_code": user, "user_pass": password})
    call = operations.send_msg(des_no=number, msg=text, channel="", validate=False)
    for binding in (Binding.POST, Binding.GET):
        aspnet.clear()
        response = sent(call.request(binding, aspnet.address, account))
        if any(DANGEROUS.search(each) for each in (user, password, number, text)):
            assert aspnet.received() == []
            with pytest.raises(ServiceFault, match="potentially dangerous") as refused:
                call.result(binding, response, account)
            assert (refused.value.status, refused.value.code) == (500, "")
        else:
            assert aspnet.received() == [arrival(user, password, number, text)]


@pytest.mark.parametrize("binding", PORTS, ids=lambda binding: binding.value)
@given(user=XML_TEXT, password=XML_TEXT, number=XML_TEXT, text=XML_TEXT)
def test_soap_carries_every_text_of_xml(
    aspnet: AspNetServer,
    zeep_client: ZeepClient,
    binding: Binding,
    user: str,
    password: str,
    number: str,
    text: str,
) -> None:
    """CR and CR LF included, which an envelope does not keep unless they are escaped."""
    expected = arrival(user, password, number, text)
    account = Credentials({"user_code": user, "user_pass": password})
    call = operations.send_msg(des_no=number, msg=text, channel="", validate=False)
    aspnet.clear()
    sent(call.request(binding, aspnet.address, account))
    zeep_client.call(binding, "SendMsg", expected.given)
    assert aspnet.received() == [expected, expected]


@given(XML_TEXT)
def test_every_text_of_xml_comes_back_with_its_line_ends_as_lf(
    aspnet: AspNetServer, zeep_client: ZeepClient, text: str
) -> None:
    """ASP.NET does not escape line ends, so XML makes LF of them, on every binding."""
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    aspnet.answer("GetMo", text)
    call = operations.get_mo()
    for binding in Binding:
        response = sent(call.request(binding, aspnet.address, NOBODY))
        assert read_result(call.operation.endpoint, binding, response) == expected
    for binding in PORTS:
        parameters = {"userCode": "", "userPass": ""}
        assert zeep_client.call(binding, "GetMo", parameters) == (expected or None)


@pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
@pytest.mark.parametrize("character", ["\0", "\x01", "\x0c", "\x1b", "\ufffe", "\uffff"])
def test_what_xml_does_not_have_comes_back_as_well(
    aspnet: AspNetServer, character: str, binding: Binding
) -> None:
    """ASP.NET writes it as a character reference, as if XML 1.0 had it."""
    aspnet.answer("GetMo", f"好的{character}&#12;<")
    call = operations.get_mo()
    response = sent(call.request(binding, aspnet.address, NOBODY))
    assert f"好的&#x{ord(character):X};&amp;#12;".encode() in response.body
    with pytest.raises(ParseError):
        ElementTree.fromstring(response.body)
    expected = f"好的{character}&#12;<"
    assert read_result(call.operation.endpoint, binding, response) == expected


@pytest.mark.parametrize("binding", [Binding.POST, Binding.GET], ids=lambda binding: binding.value)
@pytest.mark.parametrize("password", ["p<assword", "密<a&\"b'c", "p<assword-that-is-cut-off"])
def test_a_secret_that_the_server_quotes_does_not_show(
    aspnet: AspNetServer, password: str, binding: Binding
) -> None:
    """ASP.NET names the parameter and quotes its value, spelled as in HTML."""
    account = Credentials({"user_code": "demo", "user_pass": password}, ("user_pass",))
    call = operations.get_mo()
    response = sent(call.request(binding, aspnet.address, account))
    quoted = password if len(password) <= QUOTED else f"{password[:QUOTED]}..."
    assert f'userPass="{quoted}"' in html.unescape(response.body.decode())
    with pytest.raises(ServiceFault, match=r"userPass=&quot;\*\*\*(\.\.\.)?&quot;"):
        call.result(binding, response, account)
