"""Names of a schema that Python, or a generated package, has for something else."""

import importlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generator.importing import imported_files
from tests.generator.services import put, write_tree

from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check

NAMES = (
    *("self", "validate", "class", "None", "True", "operations", "call", "Call"),
    *("Client", "annotations", "print", "object", "str", "int", "tuple", "Decimal", "datetime"),
    *("messages", "nil", "record", "Final", "MAPPING", "x-y", "x.y", "ünï", "新", "a1", "A1"),
    *("match", "type", "key", "close", "aclose", "caller", "timeout"),
    *("Enum", "property", "Handlers", "Secret", "create_app", "Binding", "Response", "T", "expect"),
    *("ServiceFault", "ROOT_ELEMENTS", "XmlWriter", "Element", "field", "Literal", "x" * 90),
    *("OPERATIONS", "GetIt", "getIt", "GET_IT", "get_it", "NotSent", "errors", "Url", "uRL"),
)
MODULES = ("client", "async_client", "errors", "journal", "messages", "operations", "server")
HEAD = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
"""


def sequence(content: str) -> str:
    return f"<s:complexType><s:sequence>{content}</s:sequence></s:complexType>"


def wsdl(names: Sequence[str]) -> str:
    """An operation, two types, a fault and a parameter for each name, which all hold the others."""
    own = "".join(f'<s:element name="{name}" type="s:int" minOccurs="0"/>' for name in names)
    schema = messages = operations = bound = ""
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        schema += f"""
      <s:complexType name="{name}"><s:sequence>
        <s:element name="{name}" type="s:int"/>
        <s:element name="{other}" type="t:{other}" minOccurs="0" form="unqualified"/>
        <s:choice>
          <s:element name="{name}_1" type="s:int"/><s:element name="{name}_2" type="t:E{name}"/>
        </s:choice>
      </s:sequence></s:complexType>
      <s:simpleType name="E{name}"><s:restriction base="s:string">
        <s:enumeration value="{name}"/><s:enumeration value="{other}"/><s:enumeration value=""/>
      </s:restriction></s:simpleType>"""
        schema += f'<s:element name="{name}">{sequence(own)}</s:element>'
        schema += f'<s:element name="{name}Response" type="t:{name}"/>'
        schema += f'<s:element name="{name}Fault">{sequence(own)}</s:element>'
        for kind in ("", "Response", "Fault"):
            part = f'<part name="p" element="t:{name}{kind}"/>'
            messages += f'<message name="{name}{kind}">{part}</message>'
        operations += f"""
    <operation name="{name}">
      <input message="t:{name}"/><output message="t:{name}Response"/>
      <fault name="f" message="t:{name}Fault"/>
    </operation>"""
        bound += f"""
    <operation name="{name}"><soap:operation soapAction=""/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation>"""
    return f"""{HEAD}  <types>
    <s:schema targetNamespace="urn:x" elementFormDefault="qualified">{schema}</s:schema>
  </types>
  {messages}
  <portType name="T">{operations}</portType>
  <binding name="B" type="t:T">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>{bound}
  </binding>
  <service name="X">
    <port name="P" binding="t:B"><soap:address location="http://localhost/x"/></port>
  </service>
</definitions>
"""


def package(folder: Path, names: Sequence[str]) -> dict[str, str]:
    place = put(folder / "odd", "x.wsdl", wsdl(names), "service: X\nwsdl: x.wsdl\npackage: odd\n")
    checked = check([place], folder)
    assert [str(own) for own in checked.findings if own.severity is Severity.ERROR] == []
    return build(checked, whole=True)


@settings(max_examples=min(15, settings().max_examples // 3))
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
def test_any_names_make_a_package_with_an_operation_each(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        files = package(Path(folder), names)
    with imported_files(files, "odd"):
        for module in MODULES:
            importlib.import_module(f"odd.{module}")
        operations = importlib.import_module("odd.operations").OPERATIONS
        assert [*operations] == names


@pytest.mark.few(0)
def test_all_of_them_together_are_clean(tmp_path: Path) -> None:
    write_tree(tmp_path, package(tmp_path, NAMES))
    python = [sys.executable, "-m"]
    for command in (
        [*python, "mypy", "--strict", "odd"],
        [*python, "ruff", "check", "--isolated", "--line-length=100", "odd"],
        [*python, "ruff", "format", "--check", "--isolated", "--line-length=100", "odd"],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
