"""The examples of docs/wsdl.md run, one after the other, against the services of the page."""

import importlib
import re
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from tests.cases.test_parcels import CASE, Handlers
from tests.cases.test_rates import CASE as RATES
from tests.cases.vaults import CASE as VAULT
from tests.cases.vaults import Handlers as VaultHandlers
from tests.cases.vaults import told
from tests.generator.importing import imported_files
from tests.generator.services import ROOT, write_tree

from unstringly.pipeline import build, check
from unstringly.read.addresses import read_address_map
from unstringly.read.spec.reader import spec_from_bytes
from unstringly.rules import ALL
from unstringly.vendor.entries import FOLDER, file_name

PAGE = ROOT / "docs" / "wsdl.md"
OPERATIONS = re.compile(r"`(operations: \{[^`…]*\})`")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def is_of_rates(example: str) -> bool:
    """Say whether an example is about DataSets, of another service."""
    return "rates" in example


@pytest.mark.few(0)
def test_the_examples_of_data_sets_run_and_are_typed(tmp_path: Path) -> None:
    code = "\n".join(part for part in examples("python") if is_of_rates(part))
    files = build(check([RATES], RATES), whole=True)
    with imported_files(files, "rates") as package:
        own, emulator = (importlib.import_module(f"rates.{m}") for m in ("data_sets", "emulator"))
        service = emulator.Emulator(seed=1)
        rate = own.Rate(currency="EUR", rate=Decimal("1.50"))
        service.script("GetRates", own.DataSet([own.RATE_ROWS.table([rate])]))
        exec(code, {"transport": package.InProcessTransport(service.app)})
        assert service.received[-1].rates["Rates"].rows[0].before["Rate"] == Decimal("1.50")
    write_tree(tmp_path, files)
    head = "from rates import InProcessTransport\n\ntransport: InProcessTransport\n"
    (tmp_path / "page.py").write_text(head + code, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "page.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    """The packages of the page but for that of DataSets."""
    return build(check([CASE, VAULT], CASE), whole=True)


CODE = "\n".join(part for part in examples("python") if not is_of_rates(part))


def test_the_examples_run(files: Mapping[str, str]) -> None:
    with imported_files(files, "parcels") as package, imported_files(files, "vault") as vault:
        server = importlib.import_module("parcels.server")
        handlers = Handlers(package)
        for module in ("answers", "messages", "server"):
            importlib.import_module(f"vault.{module}")
        guarded = VaultHandlers(vault, told(vault), password="secret")
        names = {
            "transport": package.InProcessTransport(server.create_app(handlers)),
            "vault_transport": vault.InProcessTransport(vault.server.create_app(guarded)),
        }
        exec(CODE, names)
    assert len(guarded.asked) == 2
    assert len(handlers.asked) == 5


@pytest.mark.few(0)
def test_the_examples_are_typed(files: Mapping[str, str], tmp_path: Path) -> None:
    write_tree(tmp_path, files)
    head = "import parcels\nimport vault as v\n\ntransport: parcels.InProcessTransport\n"
    head += "vault_transport: v.InProcessTransport\n"
    (tmp_path / "page.py").write_text(head + CODE, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "page.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_grammar_is_that_of_the_service() -> None:
    headers, strings = [each for each in examples("yaml") if "- address" not in each]
    grammar = (CASE / "grammar.yaml").read_text(encoding="utf-8")
    told = [line for line in headers.splitlines() if "Account." in line]
    told += [line.partition("#")[0] for line in strings.splitlines()]
    assert len(told) == 6
    for line in told:
        assert line.strip() in grammar


def test_the_map_of_addresses_is_one(tmp_path: Path) -> None:
    example = next(each for each in examples("yaml") if "- address" in each)
    (tmp_path / "addresses.yaml").write_text(example, encoding="utf-8")
    address_map, findings = read_address_map(tmp_path / "addresses.yaml", "addresses.yaml")
    assert findings == ()
    assert address_map is not None
    fetched = [entry for entry, _ in address_map.entries if entry.digest]
    assert len(address_map.entries) > len(fetched) > 0
    for entry in fetched:
        assert entry.file == f"{FOLDER}/{file_name(entry.address, is_schema=True)}"


def test_operations_that_pages_and_rules_show_can_be_written_so() -> None:
    """What is told to go into a grammar has all keys that an operation needs."""
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")]
    rules = [text for rule in ALL.values() for text in (rule.todo, rule.wrong)]
    shown = {own for text in (*pages, *rules) for own in OPERATIONS.findall(text)}
    assert len(shown) >= 2
    for own in shown:
        _, findings = spec_from_bytes(f"service: Any\n{own}\n".encode(), "grammar.yaml")
        assert findings == (), own
