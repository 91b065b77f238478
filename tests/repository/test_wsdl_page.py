"""The examples of docs/wsdl.md run, one after the other, against the service of the page."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

from tests.cases.test_parcels import CASE, Handlers
from tests.generator.importing import imported_files
from tests.generator.services import ROOT, write_tree

from unstringly.pipeline import build, check

PAGE = ROOT / "docs" / "wsdl.md"


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_examples_run_and_are_typed(tmp_path: Path) -> None:
    code = "\n".join(examples("python"))
    files = build(check([CASE], CASE), whole=True)
    with imported_files(files, "parcels") as package:
        server = importlib.import_module("parcels.server")
        handlers = Handlers(package)
        names = {"transport": package.InProcessTransport(server.create_app(handlers))}
        exec(code, names)
    assert len(handlers.asked) == 5
    write_tree(tmp_path, files)
    head = "from parcels import InProcessTransport\n\ntransport: InProcessTransport\n"
    (tmp_path / "page.py").write_text(head + code, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "page.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_grammar_is_that_of_the_service() -> None:
    headers, strings = examples("yaml")
    grammar = (CASE / "grammar.yaml").read_text(encoding="utf-8")
    told = [line for line in headers.splitlines() if "Account." in line]
    told += [line.partition("#")[0] for line in strings.splitlines()]
    assert len(told) == 6
    for line in told:
        assert line.strip() in grammar
