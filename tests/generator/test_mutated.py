"""Thousands of changed WSDLs go through the whole generator, and none has power over it.

Each gives findings or a package: never a traceback, code of the document's making, or work without
bounds. The gate does this for a thousand of our own WSDLs; `tests/interop/typed` for public ones.
"""

import re
import tempfile
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import settings
from tests.generator.mutated_services import (
    PACKAGE,
    assert_bounded,
    calls_to_generate,
    generate,
    import_all,
)
from tests.generator.mutations import MUTATIONS, doubled_groups, mutated
from tests.generator.services import ROOT
from tests.read.schema import everything

SERVICE = """
<w:message name="In"><w:part name="body" element="t:order"/></w:message>
<w:message name="Out"><w:part name="body" element="t:included"/></w:message>
<w:message name="Wrong"><w:part name="body" element="t:anything"/></w:message>
<w:portType name="Type"><w:operation name="Put">
  <w:input message="t:In"/><w:output message="t:Out"/><w:fault name="Wrong" message="t:Wrong"/>
</w:operation></w:portType>
<w:binding xmlns:p="http://schemas.xmlsoap.org/wsdl/soap/" name="B" type="t:Type">
  <p:binding transport="http://schemas.xmlsoap.org/soap/http"/>
  <w:operation name="Put"><p:operation soapAction="urn:t/Put"/>
    <w:input><p:body use="literal"/></w:input><w:output><p:body use="literal"/></w:output>
    <w:fault name="Wrong"><p:fault name="Wrong" use="literal"/></w:fault>
  </w:operation></w:binding>
<w:service name="S"><w:port xmlns:p="http://schemas.xmlsoap.org/wsdl/soap/" name="P"
  binding="t:B"><p:address location="http://localhost/s"/></w:port></w:service>
</w:definitions>"""


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


SOURCES: Final = (
    {"S.wsdl": text_of("tests/cases/parcels/parcels.wsdl")},
    {"S.wsdl": text_of("tests/generator/rich/Rich.wsdl")},
    {
        "S.wsdl": everything.WSDL.replace("</w:definitions>", SERVICE).replace("[,]", ""),
        "other.xsd": everything.OTHER.replace("all.wsdl", "S.wsdl"),
        "chameleon.xsd": everything.CHAMELEON,
    },
    {"S.wsdl": text_of("wsdl/msgsend/MsgSend.wsdl")},
)
WEIGHTS: Final = (20, 50, 40, 3)
BATCHES: Final = 10
SAMPLE: Final = 20
"""One of so many packages is imported, and the calls of one of so many runs are counted."""

_NAME = re.compile(r"[^\W\d][\w.-]*")


def cases() -> int:
    """The cases of a batch: with `long` all batches have ten thousand, and in the gate a tenth."""
    most = settings().max_examples
    return 1_000 if most >= 1_000 else 100 if most >= 150 else min(most, 10)


def put(folder: Path, files: dict[str, str]) -> None:
    """Write a service's folder, with a grammar for the service that the WSDL has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    service = re.search(r"<(?:[\w.-]+:)?service\s[^>]*?name=\"([^\"]*)\"", files["S.wsdl"])
    name = service[1] if service and _NAME.fullmatch(service[1]) else "S"
    grammar = f"service: '{name}'\nwsdl: S.wsdl\npackage: {PACKAGE}\n"
    (folder / "grammar.yaml").write_text(grammar, encoding="utf-8")


def drawn(seed: int) -> dict[str, str]:
    """The files of a service, one of them changed; mostly the WSDL."""
    random = Random(seed)
    files = dict(random.choices(SOURCES, WEIGHTS)[0])
    name = random.choice(("S.wsdl", "S.wsdl", *files))
    files[name] = mutated(random, files[name])
    return files


@pytest.mark.few(5)
@pytest.mark.few(4)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_changed_wsdls_give_findings_or_packages(batch: int) -> None:
    refused = packages = 0
    documents = range(batch, cases() * BATCHES, BATCHES)
    for seed in documents:
        with tempfile.TemporaryDirectory() as root:
            folder = Path(root, "service")
            put(folder, drawn(seed))
            outcome = generate(folder, Path(root))
            packages += bool(outcome.files)
            refused += not outcome.files
            if outcome.files and packages % SAMPLE == 1:
                import_all(folder, outcome.files)
            if (packages + refused) % SAMPLE == 1:
                assert_bounded(folder, Path(root))
            assert {path.name for path in folder.iterdir()} <= {
                *("S.wsdl", "other.xsd", "chameleon.xsd", "grammar.yaml")
            }
    assert packages + refused == len(documents) == cases()
    assert min(packages, refused) >= len(documents) / 10


@pytest.mark.parametrize("source", range(len(SOURCES)))
def test_the_sources_give_packages(source: int, tmp_path: Path) -> None:
    put(tmp_path / "service", SOURCES[source])
    outcome = generate(tmp_path / "service", tmp_path)
    assert outcome.files
    assert all(contract.operations for contract in outcome.checked.contracts)
    import_all(tmp_path / "service", outcome.files)


@pytest.mark.parametrize(
    "mutation", [*dict.fromkeys(MUTATIONS)], ids=lambda mutation: str(mutation.__name__)
)
def test_each_change_changes_something(mutation: object) -> None:
    change = next(each for each in MUTATIONS if each is mutation)
    text = SOURCES[2]["S.wsdl"]
    assert sum(change(Random(seed), text) != text for seed in range(20)) > 10


@pytest.mark.few(3)
@pytest.mark.few(2)
@pytest.mark.parametrize("kind", range(4))
@pytest.mark.parametrize("closed", [False, True])
def test_what_doubles_takes_linear_time(kind: int, closed: bool, tmp_path: Path) -> None:
    """Each of a row has the one before it twice: 2 to the power of 80 of the first."""

    def calls(count: int) -> int:
        text = doubled_groups(SOURCES[0]["S.wsdl"], count, kind, closed=closed)
        put(tmp_path / str(count), {"S.wsdl": text})
        return calls_to_generate(tmp_path / str(count), tmp_path)

    calls(1)  # what is made once
    few = calls(1)
    for count in (40, 80):
        assert calls(count) - few < 20_000 * count


def test_a_service_whose_last_operation_has_no_form_is_an_error(tmp_path: Path) -> None:
    """Groups in each other, too deep: the schema is right, and a class cannot be made of it."""
    text = doubled_groups(SOURCES[2]["S.wsdl"], 80, 0, closed=False)
    text = text.replace('name="included" type="t:Adopted"', 'name="included" type="t:D79"')
    put(tmp_path / "service", {**SOURCES[2], "S.wsdl": text})
    outcome = generate(tmp_path / "service", tmp_path)
    assert not outcome.files
    codes = {finding.rule.code for finding in outcome.checked.findings}
    assert {"W121", "W129"} <= codes
