"""What a WSDL costs: no operation is dropped without a word, and no word misleads."""

import csv
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.generator.services import MINIMAL_GRAMMAR, MINIMAL_WSDL, ROOT, put

from unstringly.checked import Checked
from unstringly.cli.report import Style, render
from unstringly.cli.reporting.shown import MOST_SHOWN
from unstringly.diagnostics import Diagnostic, Loss
from unstringly.model.service import Service
from unstringly.pipeline import check
from unstringly.read.wsdl.findings import quoted, quoted_address
from unstringly.read.wsdl.losses import told
from unstringly.rules import ALL

CORPUS = Path(os.environ.get("UNSTRINGLY_CORPUS", ROOT.parent / "shared" / "wsdl-corpus"))
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SHIPPED = (ROOT / "wsdl/msgsend/MsgSend.wsdl").read_text(encoding="utf-8")
GRAMMAR = "service: MsgSend\n"
UNREAD = ("W102", "W103", "W104", "S120")
"""The rules about files of which nothing is read."""

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no corpus in {CORPUS}: UNSTRINGLY_CORPUS says where it is"
)


def checked(folder: Path, wsdl: str, grammar: str = GRAMMAR) -> Checked:
    return check([put(folder / "it", "MsgSend.wsdl", wsdl, grammar)], folder)


def of(found: Checked, code: str) -> list[Diagnostic]:
    return [finding for finding in found.findings if finding.rule.code == code]


def test_a_finding_of_two_bindings_is_given_once_and_names_both(tmp_path: Path) -> None:
    """Both SOAP bindings have the operation, and so have the HTTP ones, by other messages."""
    wsdl = SHIPPED.replace(
        'name="VoiceCode" type="s:string"', 'name="VoiceCode" type="s:anyURL"', 1
    )
    assert wsdl != SHIPPED
    (finding,) = of(checked(tmp_path, wsdl), "W111")
    assert "`anyURL`" in finding.message
    assert finding.note == (
        "`SendVoiceCode` is left out of the bindings `MsgSendSoap` and `MsgSendSoap12`, "
        "and generated for `MsgSendHttpGet` and `MsgSendHttpPost`"
    )
    assert "Did you mean `anyURI`?" in finding.help


def test_what_differs_in_place_alone_is_given_once(tmp_path: Path) -> None:
    """The style of two bindings is said once, with the other place."""
    wsdl = SHIPPED.replace('style="document"', 'style="wrapped"')
    found = of(checked(tmp_path, wsdl), "W117")
    assert len(found) == len({finding.message + finding.note for finding in found}) == 8
    for finding in found:
        assert "`MsgSendSoap` and `MsgSendSoap12`" in finding.note
        assert "the same at it/MsgSend.wsdl:" in finding.note


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (
            'name="parameters" element="tns:GetBalance"',
            'name="parameters" type="s:string"',
            "W115",
        ),
        (
            'name="GetBalanceResult" type="s:string"',
            'name="GetBalanceResult" type="s:list"',
            "W111",
        ),
        ('<soap:body use="literal"', '<soap:body use="encoded"', "W117"),
        (
            'minOccurs="0" maxOccurs="1" name="GetMoResult"',
            'maxOccurs="x" name="GetMoResult"',
            "W108",
        ),
        ('message="tns:GetMoSoapIn"', 'message="tns:GetMoSoapInn"', "W111"),
        ('message="tns:GetMoSoapIn"', 'message="tnt:GetMoSoapIn"', "W112"),
    ],
)
def test_each_names_the_operations_and_advises_no_change_of_the_service(
    tmp_path: Path, before: str, after: str, code: str
) -> None:
    assert before in SHIPPED
    found = of(checked(tmp_path, SHIPPED.replace(before, after, 1)), code)
    assert found
    for finding in found:
        assert finding.lost
        for loss in finding.lost:
            assert f"`{loss.operation}`" in finding.note
        words = f"{finding.help} {finding.message}"
        assert not re.search(r"elementFormDefault|[Aa]sk the service|[Uu]se a simple type", words)


def test_the_advice_of_the_rules_is_for_those_who_own_a_copy() -> None:
    for rule in ALL.values():
        if rule.code.startswith("W"):
            assert not re.search(r"elementFormDefault|[Aa]sk the service|simple type", rule.todo)


def test_an_operation_left_out_is_not_said_to_be_missing(tmp_path: Path) -> None:
    wsdl = MINIMAL_WSDL.replace('<part name="key" type="s:string"/>', '<part name="key"/>')
    grammar = MINIMAL_GRAMMAR.replace("  Ask:", "  Other: {effect: read}\n  Ask:")
    wsdl = wsdl.replace('<operation name="Ask">', '<operation name="Other">', 1) + ""
    wsdl = wsdl.replace(
        '    <operation name="Ask">\n      <http', '    <operation name="Other">\n      <http'
    )
    more = MINIMAL_WSDL[MINIMAL_WSDL.index("  <portType") : MINIMAL_WSDL.index("  <service")]
    more = more.replace('"Type"', '"Kept"').replace('"Get"', '"Post"').replace('"GET"', '"POST"')
    more = more.replace('"t:Type"', '"t:Kept"').replace('"t:In"', '"t:Good"')
    more = more.replace(
        "<http:urlEncoded/>", '<mime:content type="application/x-www-form-urlencoded"/>'
    )
    more = '<message name="Good"><part name="key" type="s:string"/></message>\n' + more
    port = '<port name="Post" binding="t:Post"><http:address location="http://localhost/p"/></port>'
    wsdl = wsdl.replace("  <service", f"{more}  <service").replace(
        "  </service>", f"{port}\n  </service>"
    )
    folder = put(tmp_path / "it", "Tiny.wsdl", wsdl, grammar)
    found = check([folder], tmp_path)
    (finding,) = of(found, "L101")
    assert "no operation" not in finding.message
    assert finding.message.startswith("operation 'Other' is left out of the package: ")
    assert "W115 at it/Tiny.wsdl:" in finding.message


TWO = '<wsdl:service name="Admin"><wsdl:port name="A" binding="tns:MsgSendSoap">\
<soap:address location="http://localhost/a" /></wsdl:port></wsdl:service>\n</wsdl:definitions>'


def test_the_service_that_the_grammar_names_leads(tmp_path: Path) -> None:
    """No message goes to the other one, over whatever binding, though it has more of them."""
    wsdl = SHIPPED.replace("</wsdl:definitions>", TWO)
    for leading, other, ports in (
        ("Admin", "MsgSend", ["A"]),
        ("MsgSend", "Admin", ["MsgSendSoap", "MsgSendSoap12", "MsgSendHttpGet", "MsgSendHttpPost"]),
    ):
        read = checked(tmp_path / leading, wsdl, f"service: {leading}\nwsdl: MsgSend.wsdl\n")
        assert read.ok
        assert not of(read, "L109")
        (finding,) = of(read, "W122")
        assert finding.message == f"the service `{other}` adds no operation"
        assert not finding.lost
        (contract,) = read.contracts
        assert contract.service.name == leading
        assert [port.name for port in contract.service.ports] == ports


def lost_and_kept(finding: Diagnostic) -> set[str]:
    """The bindings that a line of the note says to be without an operation, and to have it."""
    both: set[str] = set()
    for line in finding.note.splitlines():
        lost, _, kept = line.partition("left out of ")[2].partition("generated for ")
        both |= set(re.findall("`[^`]*`", lost)) & set(re.findall("`[^`]*`", kept))
    return both


@cache
def shipped() -> Service:
    (contract,) = check([ROOT / "wsdl/msgsend"], ROOT).contracts
    return contract.service


@st.composite
def losses(draw: st.DrawFn) -> tuple[Diagnostic, Service]:
    """A finding that costs something, beside a service that offers some of it all the same."""
    service = shipped()
    bindings = ["", *(port.binding.name for port in service.ports)]
    loss = st.builds(Loss, st.sampled_from([*PARTLY, "Gone"]), st.sampled_from(bindings))
    lost = tuple(draw(st.lists(loss, min_size=1, max_size=6)))
    ports = draw(st.lists(st.sampled_from(service.ports), unique=True))
    finding = Diagnostic(ALL["W122"], service.span, "a reason", lost=lost)
    return finding, replace(service, ports=tuple(ports))


PARTLY = ("SendMsg", "GetMo")


@given(losses())
def test_no_binding_is_said_to_lose_and_to_have_an_operation(
    drawn: tuple[Diagnostic, Service],
) -> None:
    finding, service = drawn
    (found,) = told([finding], service)
    assert not lost_and_kept(found)
    names = {loss.operation for loss in finding.lost}
    assert all(f"`{name}`" in found.note for name in names)
    assert ("other bindings" in found.help) <= ("left out of" in found.note)
    assert ("another client" in found.help) == ("Gone" in names or not service.ports)


@pytest.mark.parametrize("quote", [quoted, quoted_address])
def test_long_texts_are_cut_in_the_middle(quote: Callable[[str], str]) -> None:
    common = "http://schemas.example/" + "a" * 300
    shown = {quote(f"{common}/{end}") for end in ("one", "two", "three")}
    assert len(shown) == 3
    assert all("…" in each and len(each) < 210 for each in shown)


@given(st.text(max_size=400), st.sampled_from([quoted, quoted_address]))
def test_what_is_quoted_is_short_and_visible(text: str, quote: Callable[[str], str]) -> None:
    shown = quote(text)
    assert len(shown) <= 203
    assert shown.isprintable()
    if text.isprintable() and len(text) <= 80:
        assert shown == f"`{text}`"


@pytest.mark.parametrize(
    "location",
    [
        "http://services.example.com/services/notifications/messaging/v3.2/soap/endpoint.svc?xsd{}",
        "http://services.example.com/services/notifications/messaging/v{}/soap/endpoint.svc?singleWsdl"
        "&amp;format=text-and-numbers&amp;and=whatever-else-there-is",
    ],
    ids=["at the end", "in the middle"],
)
def test_addresses_of_imports_are_told_apart(tmp_path: Path, location: str) -> None:
    imports = "".join(
        f'<wsdl:import namespace="urn:{n}" location="{location.format(n)}" />' for n in range(3)
    )
    wsdl = SHIPPED.replace("<wsdl:types>", f"{imports}<wsdl:types>", 1)
    found = of(checked(tmp_path, wsdl), "W109")
    assert len({finding.message for finding in found}) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312"])
def test_a_finding_in_an_imported_file_has_its_excerpt(tmp_path: Path, encoding: str) -> None:
    start, end = SHIPPED.index("<s:schema"), SHIPPED.index("</s:schema>") + len("</s:schema>")
    schema = SHIPPED[start:end].replace(
        'name="GetMoResult" type="s:string"', 'name="GetMoResult" type="s:strin"'
    )
    schema = schema.replace("<s:schema", '<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"', 1)
    schema = schema.replace("</s:schema>", "<!-- 短信 --></s:schema>")
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n{schema}'
    imported = '<s:import schemaLocation="types/a.xsd" namespace="http://tempuri.org/" />'
    wsdl = f"{SHIPPED[:start]}<s:schema>{imported}</s:schema>{SHIPPED[end:]}"
    (tmp_path / "it" / "types").mkdir(parents=True)
    (tmp_path / "it" / "types" / "a.xsd").write_bytes(text.encode(encoding))
    found = checked(tmp_path, wsdl)
    (finding,) = of(found, "W111")
    assert finding.span.file == "it/types/a.xsd"
    report = render([finding], found.sources, Style.TEXT)
    assert 'name="GetMoResult" type="s:strin"' in report
    assert "\ufffd" not in report
    assert report.count("^\n") == 1


def cases() -> Iterator[tuple[str, Path]]:
    if CORPUS.is_dir():
        with (CORPUS / "sources.tsv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                yield row["name"], CORPUS / row["name"] / row["main_file"]


def bound(path: Path) -> set[str]:
    """The operations of all bindings of all services in a file alone, as ElementTree sees them."""
    root = ElementTree.parse(path).getroot()
    bindings = {
        binding.get("name", ""): [each.get("name", "") for each in binding.iter(f"{WSDL}operation")]
        for binding in root.findall(f"{WSDL}binding")
    }
    ports = [port.get("binding", "") for port in root.iter(f"{WSDL}port")]
    return {name for port in ports for name in bindings.get(port.rpartition(":")[2], ())}


@needs_corpus
def test_every_operation_of_real_services_is_generated_or_named(tmp_path: Path) -> None:
    seen = lost = 0
    for name, path in cases():
        try:
            names = bound(path)
        except (ElementTree.ParseError, LookupError, ValueError):
            continue
        services = ElementTree.parse(path).getroot().findall(f"{WSDL}service")
        if not services:
            continue
        grammar = f"service: '{services[0].get('name')}'\nwsdl: '{path.name}'\npackage: it\n"
        folder = tmp_path / name
        folder.mkdir()
        for file in path.parent.rglob("*"):
            if file.is_file():
                (folder / file.relative_to(path.parent)).parent.mkdir(parents=True, exist_ok=True)
                (folder / file.relative_to(path.parent)).write_bytes(file.read_bytes())
        (folder / "grammar.yaml").write_text(grammar, encoding="utf-8")
        found = check([folder], tmp_path)
        if any(finding.rule.code in UNREAD for finding in found.findings):
            continue
        told: set[str] = set()
        lines: list[str] = []
        for outcome in found.outcomes:
            told = {each.name for each in outcome.generated}
            told |= {each.name for each in outcome.left_out}
            lines = list(outcome.lines())
            lost += len(outcome.left_out)
        assert names <= told, (name, names - told)
        seen += len(names)
        keys = [
            (f.rule.code, f.message, frozenset(loss.operation for loss in f.lost))
            for f in found.findings
            if f.lost
        ]
        assert len(keys) == len(set(keys)), name
        for finding in found.findings:
            assert not lost_and_kept(finding), name
        report = render(found.findings, found.sources, Style.TEXT)
        # A finding at the first character of a file that cannot be read has no line to show.
        shown = min(len(found.findings), MOST_SHOWN)
        assert report.count("^\n") >= shown - len(of(found, "W101")), name
        assert len(lines) == len(told)
    assert seen > 500
    assert lost > 100
