"""Policies: where they are attached, which alternative is taken, what is wanted in the end."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.read.wsdl.small import Offered, document, written

from unstringly.diagnostics import Diagnostic
from unstringly.model.assertions import Asserted, Credential
from unstringly.read.wsdl import policies
from unstringly.read.wsdl.reader import read_wsdl

SP = "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702"
SP11 = "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy"
NAMES = f"""xmlns:wsp="http://www.w3.org/ns/ws-policy" xmlns:sp="{SP}" xmlns:sp11="{SP11}"
    xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
    xmlns:old="http://schemas.xmlsoap.org/ws/2004/09/policy"
    xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl"
    xmlns:wsam="http://www.w3.org/2007/05/addressing/metadata"
    xmlns:wsa4="http://schemas.xmlsoap.org/ws/2004/08/addressing/policy"
    xmlns:net="http://schemas.microsoft.com/ws/06/2004/policy/http" """
TOKEN = "<sp:SupportingTokens><wsp:Policy><sp:UsernameToken/></wsp:Policy></sp:SupportingTokens>"
DIGEST = TOKEN.replace(
    "<sp:UsernameToken/>",
    "<sp:UsernameToken><wsp:Policy><sp:HashPassword/></wsp:Policy></sp:UsernameToken>",
)
SIGNED = "<sp:SignedParts/>"
POLICY = f"<wsp:Policy>{TOKEN}</wsp:Policy>"
A = '<wsp:PolicyReference URI="#a"/>'
TEXT = Credential.USERNAME_TOKEN
CALL = document("Ask", "t:Ask", "t:Answer")


def read(changes: dict[str, str]) -> tuple[Asserted, list[Diagnostic]]:
    """What is asserted of the only operation of a WSDL after some replacements, and findings."""
    text = written((Offered("soap", (CALL,)),))
    for old, new in {'xmlns:t="urn:t"': f'xmlns:t="urn:t" {NAMES}', **changes}.items():
        assert old in text
        text = text.replace(old, new, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "S.wsdl")
        path.write_text(text, encoding="utf-8")
        service, findings = read_wsdl(path, "S.wsdl")
    assert service is not None
    (port,) = service.ports
    (bound,) = port.binding.operations
    return bound.asserted, list(findings)


def of(policy: str) -> tuple[Asserted, list[str]]:
    """What a policy of the binding asserts, and the codes of findings."""
    asserted, findings = read({BINDING: f"{BINDING}{policy}"})
    return asserted, [own.rule.code for own in findings]


BINDING = '<binding name="B0" type="t:T0">'
PLACES = [
    '<service name="S">',
    '<port name="P0" binding="t:B0">',
    BINDING,
    '<portType name="T0">',
    '<soap:operation soapAction="" style="document"/>',
    '<portType name="T0"><operation name="Ask">',
]


@pytest.mark.parametrize("place", PLACES)
def test_a_policy_counts_wherever_it_is_attached(place: str) -> None:
    assert read({place: f"{place}{POLICY}"}) == (Asserted(TEXT), [])


@pytest.mark.parametrize("message", ["input", "output"])
def test_so_it_does_within_a_message(message: str) -> None:
    body = f'<{message}><soap:body use="literal" />'
    asserted, findings = read({body: f"{body}{POLICY}"})
    assert (asserted, findings) == (Asserted(TEXT), [])


@pytest.mark.parametrize(
    ("named", "used"),
    [
        ('wsu:Id="a"', A),
        ('xml:id="a"', '<old:PolicyReference URI="#a"/>'),
        ('Name="urn:a"', '<wsp:PolicyReference URI="urn:a"/>'),
        ('wsu:Id="a"', f"<wsp:Policy><wsp:All>{A}</wsp:All></wsp:Policy>"),
    ],
)
def test_a_policy_is_found_by_its_name(named: str, used: str) -> None:
    changes = {"<types>": f"<wsp:Policy {named}>{TOKEN}</wsp:Policy><types>"}
    assert read({**changes, BINDING: f"{BINDING}{used}"}) == (Asserted(TEXT), [])


def test_an_attribute_may_name_policies() -> None:
    changes = {
        "<types>": f'<wsp:Policy wsu:Id="a">{TOKEN}</wsp:Policy><types>',
        BINDING: BINDING.replace(">", ' wsp:PolicyURIs="#a #b">'),
    }
    asserted, findings = read(changes)
    assert asserted == Asserted(TEXT)
    assert [(own.rule.code, "`#b`" in own.message) for own in findings] == [("W135", True)]


def one(*alternatives: str) -> str:
    """A policy with alternatives."""
    options = "".join(f"<wsp:All>{own}</wsp:All>" for own in alternatives)
    return f"<wsp:Policy><wsp:ExactlyOne>{options}</wsp:ExactlyOne></wsp:Policy>"


def optional(assertion: str) -> str:
    """An assertion that is optional."""
    name = re.match(r"<[\w:]+", assertion)
    assert name is not None
    return f'{name[0]} wsp:Optional="true"{assertion[name.end() :]}'


@pytest.mark.parametrize(
    ("policy", "asserted", "codes"),
    [
        (one(TOKEN, DIGEST), Asserted(TEXT), []),
        (one(SIGNED, DIGEST), Asserted(Credential.USERNAME_TOKEN_DIGEST), []),
        (one(TOKEN + SIGNED, SIGNED + SIGNED), Asserted(TEXT), ["W134"]),
        (one(), Asserted(), []),
        (one(optional(SIGNED)), Asserted(), []),
        (one(optional(TOKEN)), Asserted(), []),
        (one(SIGNED.replace("/>", ' wsp:Ignorable="1"/>')), Asserted(), []),
        (one(SIGNED.replace("/>", ' wsp:Optional="false"/>')), Asserted(), ["W134"]),
        (one("<net:BasicAuthentication/>"), Asserted(Credential.HTTP_BASIC), []),
        (one("<net:NegotiateAuthentication/>"), Asserted(), ["W134"]),
        (one("<sp:Wss11/><sp:Trust13/>"), Asserted(), []),
        (one(TOKEN.replace("<sp:", "<sp11:").replace("</sp:", "</sp11:")), Asserted(TEXT), []),
        (one(TOKEN.replace("Username", "Kerberos")), Asserted(), ["W134"]),
        (one(DIGEST.replace("HashPassword", "NoPassword")), Asserted(), ["W134"]),
        (one(DIGEST.replace("Supporting", "EndorsingSupporting")), Asserted(), ["W134"]),
    ],
)
def test_what_is_wanted_and_what_is_not_done(
    policy: str, asserted: Asserted, codes: list[str]
) -> None:
    assert of(policy) == (asserted, codes)


def transport(inner: str = "") -> str:
    """A policy that wants https."""
    token = f"<sp:HttpsToken><wsp:Policy>{inner}</wsp:Policy></sp:HttpsToken>"
    token = f"<sp:TransportToken><wsp:Policy>{token}</wsp:Policy></sp:TransportToken>"
    return f"""<wsp:Policy><sp:TransportBinding><wsp:Policy>{token}<sp:IncludeTimestamp/>
        </wsp:Policy></sp:TransportBinding></wsp:Policy>"""


@pytest.mark.parametrize(("scheme", "count"), [("http", 1), ("https", 0)])
def test_https_is_enough_for_a_binding_to_the_transport(scheme: str, count: int) -> None:
    asserted, findings = read(
        {BINDING: f"{BINDING}{transport()}", "http://localhost": f"{scheme}://localhost"}
    )
    assert asserted == Asserted(has_timestamp=True)
    assert [own.rule.code for own in findings] == ["W134"] * count


def test_https_may_come_with_basic() -> None:
    asserted, _ = of(transport("<sp:HttpBasicAuthentication/>"))
    assert asserted == Asserted(Credential.HTTP_BASIC, has_timestamp=True)


WSA = "http://www.w3.org/2005/08/addressing"
DRAFT = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
ADDRESSED = "<wsaw:UsingAddressing/>"


@pytest.mark.parametrize(
    ("assertion", "namespace"),
    [
        (ADDRESSED, WSA),
        (f'<wsaw:UsingAddressing w:required="true" xmlns:w="{WSDL}"/>', WSA),
        (f"<wsp:Policy>{ADDRESSED}</wsp:Policy>", WSA),
        ("<wsp:Policy><wsam:Addressing><wsp:Policy/></wsam:Addressing></wsp:Policy>", WSA),
        ("<old:Policy><wsa4:UsingAddressing/></old:Policy>", DRAFT),
    ],
)
def test_addressing_may_be_asserted_in_or_out_of_a_policy(assertion: str, namespace: str) -> None:
    asserted, codes = of(assertion)
    assert codes == []
    assert asserted.addressing is not None
    assert asserted.addressing.namespace == namespace


@pytest.mark.parametrize(
    ("changes", "action", "response"),
    [
        # the pattern of section 4.4.4: [target namespace][delimiter][port type][delimiter][name]
        ({}, "urn:t:T0:AskRequest", "urn:t:T0:AskResponse"),
        ({'soapAction=""': 'soapAction="urn:x"'}, "urn:x", "urn:t:T0:AskResponse"),
        (
            {'<input message="t:Ask0In"/>': '<input message="t:Ask0In" wsaw:Action="urn:i"/>'},
            "urn:i",
            "urn:t:T0:AskResponse",
        ),
        (
            {'<output message="t:Ask0Out"/>': '<output message="t:Ask0Out" name="Told"/>'},
            "urn:t:T0:AskRequest",
            "urn:t:T0:Told",
        ),
        (
            {'<output message="t:Ask0Out"/>': '<output message="t:Ask0Out" wsam:Action=" a "/>'},
            "urn:t:T0:AskRequest",
            "a",
        ),
    ],
)
def test_actions(changes: dict[str, str], action: str, response: str) -> None:
    asserted, findings = read({BINDING: f"{BINDING}{ADDRESSED}", **changes})
    assert findings == []
    assert asserted.addressing is not None
    assert asserted.addressing.action == action
    assert asserted.addressing.response_action == response


def test_a_finding_names_the_line_and_the_operations() -> None:
    _, findings = read({BINDING: f"{BINDING}\n<wsp:Policy>\n{SIGNED}{SIGNED}</wsp:Policy>"})
    (finding,) = findings
    assert finding.span.column == 1
    assert finding.note == "asserted for `Ask`"
    assert "signs or encrypts" in finding.message


def test_policies_without_end_are_findings() -> None:
    """A chain, a circle, deep nesting, and references that double: no error, and linear time."""
    chain = "".join(
        f'<wsp:Policy wsu:Id="c{n}"><wsp:ExactlyOne><sp:SupportingTokens><wsp:Policy>'
        f'<wsp:PolicyReference URI="#c{n + 1}"/><wsp:ExactlyOne><wsp:PolicyReference '
        f'URI="#c{n + 1}"/></wsp:ExactlyOne></wsp:Policy></sp:SupportingTokens>'
        "</wsp:ExactlyOne></wsp:Policy>"
        for n in range(2_000)
    )
    doubling = "".join(
        f'<wsp:Policy wsu:Id="d{n}">{f"""<wsp:PolicyReference URI="#d{n + 1}"/>""" * 2}'
        "</wsp:Policy>"
        for n in range(2_000)
    )
    circle = '<wsp:Policy wsu:Id="e"><wsp:PolicyReference URI="#e"/></wsp:Policy>'
    used = "".join(f'<wsp:PolicyReference URI="#{name}"/>' for name in ("c0", "d0", "e"))
    changes = {"<types>": f"{chain}{doubling}{circle}<types>", BINDING: f"{BINDING}{used}"}
    _, findings = read(changes)
    assert {own.rule.code for own in findings} <= {"W134", "W135"}
    assert any(own.rule.code == "W135" for own in findings)


NESTED = st.recursive(
    st.sampled_from([TOKEN, DIGEST, SIGNED, optional(SIGNED), '<wsp:PolicyReference URI="#a"/>']),
    lambda inner: st.tuples(
        st.sampled_from(["wsp:Policy", "wsp:All", "wsp:ExactlyOne", "sp:TransportBinding"]),
        st.lists(inner, max_size=3),
    ).map(lambda drawn: f"<{drawn[0]}>{''.join(drawn[1])}</{drawn[0]}>"),
)


@given(NESTED, NESTED)
def test_any_policy_is_read(first: str, second: str) -> None:
    """The operation is there, whatever a policy says, and findings are of the two rules alone."""
    named = f'<wsp:Policy wsu:Id="a">{first}</wsp:Policy>'
    asserted, findings = read(
        {"<types>": f"{named}<types>", BINDING: f"{BINDING}<wsp:Policy>{second}</wsp:Policy>"}
    )
    assert {own.rule.code for own in findings} <= {"W134", "W135"}
    if "Username" not in first + second:
        assert asserted.credential is None


def test_policies_that_are_too_large_together_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, and the operations are there."""
    monkeypatch.setattr(policies, "_MOST_ASSERTIONS", 10)
    many = "".join(f"<sp:X{number}/>" for number in range(8))
    changes = {
        "<types>": f'<wsp:Policy wsu:Id="a">{many}</wsp:Policy><types>',
        BINDING: "".join(
            (BINDING, *(f"<wsp:Policy>{A}{own}</wsp:Policy>" for own in (SIGNED, TOKEN)))
        ),
    }
    _, findings = read(changes)
    (finding,) = (own for own in findings if own.rule.code == "W135")
    assert finding.message == "policies are too large together"
