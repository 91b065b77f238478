"""Strings in messages whose elements have one name on the wire: the grammar's name tells them."""

from pathlib import Path

import pytest
from tests.generator.services import put

from unstringly.pipeline import build, check


def named(at: int) -> str:
    return f' name="By{at}"' if at else ""


def operation(at: int, use: str) -> str:
    body = f'<soap:body use="{use}" namespace="urn:r"/>'
    return (
        f'<operation name="Find"><soap:operation soapAction="a{at}"/>'
        f"<input{named(at)}>{body}</input><output>{body}</output></operation>"
    )


def wsdl(use: str) -> str:
    """Three operations `Find` of rpc style; the port of another port type has one more."""
    messages = "".join(
        f'<message name="In{at}"><part name="key" type="s:string"/>'
        f'<part name="p{at}" type="s:int"/></message>'
        f'<message name="Out{at}"><part name="found" type="s:string"/>'
        f'<part name="r{at}" type="s:int"/></message>'
        for at in range(4)
    )
    abstract = [
        f'<operation name="Find"><input{named(at)} message="t:In{at}"/>'
        f'<output message="t:Out{at}"/></operation>'
        for at in range(3)
    ]
    abstract.append(abstract[0].replace("In0", "In3").replace("Out0", "Out3"))
    style = '<soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>'
    return f"""\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
  {messages}
  <portType name="Type">{"".join(abstract[:3])}</portType>
  <portType name="Other">{abstract[3]}</portType>
  <binding name="Soap" type="t:Type">
    {style}{"".join(operation(at, use) for at in range(3))}
  </binding>
  <binding name="OtherSoap" type="t:Other">{style}{operation(0, use)}</binding>
  <service name="Tiny">
    <port name="Soap" binding="t:Soap"><soap:address location="http://localhost/tiny"/></port>
    <port name="Admin" binding="t:OtherSoap"><soap:address location="http://localhost/a"/></port>
  </service>
</definitions>
"""


NAMES = {
    "Find": "find",
    "Find.By1": "find_by1",
    "Find.By2": "second",  # by `python_name`
    "Admin.Find": "admin_find",
}
GRAMMAR = """\
service: Tiny
wsdl: Tiny.wsdl
types: {{Word: {{text: '[a-z]+'}}, Day: {{date: '%Y%m%d'}}}}
strings: {{{name}.key: Day, {name}Response.found: Word}}
operations: {{Find: {{effect: read}}, Find.By2: {{effect: read, python_name: second}}}}
"""


@pytest.mark.parametrize("use", ["literal", "encoded"])
@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_the_operation_is_enough(tmp_path: Path, name: str, use: str) -> None:
    folder = put(tmp_path / "tiny", "Tiny.wsdl", wsdl(use), GRAMMAR.format(name=name))
    checked = check([folder], tmp_path)
    assert checked.ok
    source = build(checked, whole=True)["tiny/operations.py"]
    for other, function in NAMES.items():
        parameters = source.partition(f"\ndef {function}(")[2].partition(':\n    """')[0]
        is_typed = "key: date | Malformed" in parameters
        assert is_typed == (other == name)


def test_another_name_is_told(tmp_path: Path) -> None:
    grammar = GRAMMAR.format(name="Find.By3")
    checked = check([put(tmp_path / "tiny", "Tiny.wsdl", wsdl("literal"), grammar)], tmp_path)
    told = [finding.help for finding in checked.findings if finding.rule.code == "L115"]
    assert len(told) == 2
    assert all("did you mean 'Find.By" in help_text for help_text in told)
