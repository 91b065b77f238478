"""Services on disk, and the files that the generator makes of them."""

import sysconfig
from collections.abc import Mapping
from pathlib import Path

from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check
from unstringly.project import find_project

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "wsdl"
GENERATED = ROOT / "generated"
DISTRIBUTION = find_project(ROOT, None, None).distribution
SHIPPED = SOURCE / "msgsend"
SHIPPED_WSDL = (SHIPPED / "MsgSend.wsdl").read_text(encoding="utf-8")
SHIPPED_GRAMMAR = (SHIPPED / "grammar.yaml").read_text(encoding="utf-8")
SCRIPT = Path(sysconfig.get_path("scripts")) / "unstringly"

MINIMAL_WSDL = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x"
    xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
  <types>
    <s:schema targetNamespace="urn:x">
      <s:element name="string" type="s:string"/>
    </s:schema>
  </types>
  <message name="In"><part name="key" type="s:string"/></message>
  <message name="Out"><part name="Body" element="t:string"/></message>
  <portType name="Type">
    <documentation>What it is for.</documentation>
    <operation name="Ask">
      <documentation>What it does.</documentation>
      <input message="t:In"/><output message="t:Out"/>
    </operation>
  </portType>
  <binding name="Get" type="t:Type">
    <http:binding verb="GET"/>
    <operation name="Ask">
      <http:operation location="/Ask"/>
      <input><http:urlEncoded/></input>
      <output><mime:mimeXml part="Body"/></output>
    </operation>
  </binding>
  <service name="Tiny">
    <port name="Get" binding="t:Get"><http:address location="http://localhost/tiny"/></port>
  </service>
</definitions>
"""

MINIMAL_GRAMMAR = """\
service: Tiny
types:
  Word: {text: '[a-z]+'}
  Code: {enum: {-1: FAILED}, values: integer}
grammars:
  words: {list: [Word], separator: ','}
  answer: {choice: [words, Code]}
operations:
  Ask: {effect: read, parameters: {key: {doc: What to ask}}, result: answer}
"""


def put(folder: Path, wsdl_name: str, wsdl: str, grammar: str) -> Path:
    """A service's folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / wsdl_name).write_text(wsdl, encoding="utf-8", newline="")
    (folder / "grammar.yaml").write_text(grammar, encoding="utf-8", newline="")
    return folder


def put_minimal(folder: Path) -> Path:
    """The smallest service that has a list, a choice and a code."""
    return put(folder, "Tiny.wsdl", MINIMAL_WSDL, MINIMAL_GRAMMAR)


def put_settings(folder: Path) -> None:
    """The settings of this project, for another one whose output is to be the same."""
    for name in ("pyproject.toml", "LICENSE"):
        (folder / name).write_bytes((ROOT / name).read_bytes())


def generated(folder: Path) -> dict[str, str]:
    """The files of the service in a folder, which has no errors, in a project such as this."""
    checked = check([folder], folder.parent)
    errors = [found for found in checked.findings if found.severity is Severity.ERROR]
    assert [f"{found.span} {found.message}" for found in errors] == []
    return build(checked, whole=True, distribution=DISTRIBUTION)


def read_tree(folder: Path) -> dict[str, str]:
    """The files below a folder, by path, without what Python keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def write_tree(folder: Path, files: Mapping[str, str]) -> None:
    """These files below a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode("utf-8"))
