"""The examples of docs/wsdl.md run, one after the other, against the service of the page."""

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
        from parcels import server  # type: ignore[import-not-found]  # it was just made

        handlers = Handlers(package)
        names = {"transport": package.InProcessTransport(server.create_app(handlers))}
        exec(code, names)
    assert len(handlers.asked) == 4
    write_tree(tmp_path, files)
    head = "from parcels import InProcessTransport\n\ntransport: InProcessTransport\n"
    (tmp_path / "page.py").write_text(head + code, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "page.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_grammar_is_that_of_the_service() -> None:
    (example,) = examples("yaml")
    grammar = (CASE / "grammar.yaml").read_text(encoding="utf-8")
    for line in example.splitlines():
        if "Account." in line:
            assert line.strip() in grammar
