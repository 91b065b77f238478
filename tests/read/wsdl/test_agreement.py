"""Ports that offer one operation: what a call over one of them can also say over the other."""

import pytest
from tests.read.wsdl.small import Call, Offered, Part, document, read

XML = '<mime:mimeXml part="Body"/>'
RPC = Call(
    *("Say", (Part("pair", "t:Pair"),), (Part("result", "t:Pair"),), "rpc"),
    *('namespace="urn:r"', 'namespace="urn:r"'),
)
WRAPPED = (
    '<s:element name="{}"><s:complexType><s:sequence>{}</s:sequence></s:complexType></s:element>'
)
KEY = '<s:element name="key" type="s:string"/>'
SCHEMA = "".join(
    (
        WRAPPED.format("Get", KEY),
        WRAPPED.format("GetResponse", '<s:element name="GetResult" type="t:Numbers"/>'),
        WRAPPED.format("GetText", '<s:element name="GetResult" type="s:string"/>'),
        WRAPPED.format("TwinText", '<s:element name="GetResult" type="s:string"/>'),
        WRAPPED.format("Twin", KEY),
        WRAPPED.format("TwinResponse", '<s:element name="GetResult" type="t:Numbers"/>'),
    )
)
GET = document("Say", "t:Get", "t:GetResponse")


def get(*names: str, answer: str = "t:Numbers") -> Call:
    """A call over HTTP GET with some parameters."""
    parts = tuple(Part(name, "s:string") for name in names)
    return Call("Say", parts, (Part("Body", f"element {answer}"),), response_body=XML)


def agreed(*ports: Offered) -> bool:
    """Say whether all ports have the operation; if not, the first alone has it."""
    service, findings = read(ports, SCHEMA)
    assert service is not None
    offering = [port.name for port in service.ports]
    if not findings:
        assert len(offering) == len(ports)
        return True
    assert [finding.rule.code for finding in findings] == ["W124"]
    assert offering == ["P0"]
    return False


@pytest.mark.parametrize(
    "call",
    [
        *(RPC, GET, RPC._replace(output=None), document("Say", "t:Numbers", "t:Done")),
        *(document("Say", "t:Ask", None), Call("Say", (), ())),
    ],
)
def test_the_same_messages_of_both_versions_of_soap_agree(call: Call) -> None:
    assert agreed(Offered("soap", (call,)), Offered("soap12", (call,)))


@pytest.mark.parametrize(
    "other",
    [
        document("Say", "t:Twin", "t:GetResponse"),
        document("Say", "t:Get", "t:TwinResponse"),
        document("Say", "t:Get", "t:Done"),
        document("Say", "t:Get", None),
        RPC,
    ],
)
def test_other_elements_of_soap_disagree_even_if_alike(other: Call) -> None:
    assert not agreed(Offered("soap", (GET,)), Offered("soap12", (other,)))
    assert not agreed(Offered("soap", (other,)), Offered("soap12", (GET,)))


def test_texts_agree_by_their_names_whatever_is_around_them() -> None:
    one = document("Say", "t:Get", "t:GetText")
    assert agreed(
        Offered("soap", (one,)), Offered("soap12", (document("Say", "t:Twin", "t:TwinText"),))
    )
    other = document("Say", "t:GetText", "t:GetText")
    assert not agreed(Offered("soap", (one,)), Offered("soap12", (other,)))


def test_an_empty_response_is_one() -> None:
    empty, none = GET._replace(output=()), GET._replace(output=None)
    assert not agreed(Offered("soap", (empty,)), Offered("soap12", (none,)))


def test_parts_of_rpc_that_differ_disagree() -> None:
    """The elements that are made of them have one name, and only one of them can have it."""
    other = RPC._replace(input=(Part("pair", "t:Numbers"),))
    service, findings = read([Offered("soap", (RPC,)), Offered("soap12", (other,))])
    assert [finding.rule.code for finding in findings] == ["W115"]
    assert service is not None
    assert [port.name for port in service.ports] == ["P0"]


def test_http_agrees_with_soap_by_names_and_the_type_of_the_result() -> None:
    """ASP.NET has such pairs: an array in the response of SOAP is the root of that of HTTP."""
    soap = Offered("soap", (GET,))
    assert agreed(soap, Offered("GET", (get("key"),)))
    assert agreed(soap, Offered("POST", (get("key"),)))
    for other in (get(), get("kay"), get("key", "more"), get("key", answer="t:Text")):
        assert not agreed(soap, Offered("GET", (other,)))


def test_nothing_agrees_with_nothing_alone() -> None:
    soap = Offered("soap", (document("Say", "t:Get", "t:Done"),))
    void = get("key")._replace(output=(), response_body="")
    assert agreed(soap, Offered("GET", (void,)))
    assert not agreed(soap, Offered("GET", (get("key"),)))
    one_way = Offered("soap", (document("Say", "t:Get", None),))
    assert not agreed(one_way, Offered("GET", (void,)))
    assert agreed(one_way, Offered("GET", (void._replace(output=None),)))


SHOWN = {
    "Odd": "`(left, right, G, Text, any) -> int, int, G, string, any` in `T0`",
    "Simple": "`(Simple) -> Simple/:type` in `T0`",
    "Numbers": "`(number) -> int` in `T0`",
}


@pytest.mark.parametrize("answer", ["Answer", "Pair"])
def test_bodies_of_every_content_are_compared(answer: str) -> None:
    """Groups, wildcards, attributes and bases: what HTTP has no counterpart for disagrees."""
    odd = """<s:element name="Odd"><s:complexType><s:complexContent><s:extension base="t:Pair">
        <s:sequence><s:group ref="t:G"/><s:element ref="t:Text"/><s:any processContents="lax"/>
        </s:sequence></s:extension></s:complexContent></s:complexType></s:element>
        <s:group name="G"><s:sequence><s:element name="g" type="s:int"/></s:sequence></s:group>
        <s:element name="Pair" type="t:Pair"/>
        <s:element name="Simple"><s:complexType><s:simpleContent><s:extension base="s:int">
        <s:attribute name="a" type="s:int"/></s:extension></s:simpleContent></s:complexType>
        </s:element>"""
    for asked in ("Odd", "Simple", "Numbers"):
        soap = Offered("soap", (document("Say", f"t:{asked}", f"t:{asked}"),))
        http = get("left", "right", answer=f"t:{answer}")
        service, findings = read([soap, Offered("GET", (http,))], odd)
        (finding,) = findings
        assert finding.rule.code == "W124"
        assert SHOWN[asked] in finding.message
        assert service is not None
