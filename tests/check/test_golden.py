"""What `unstringly check` says of grammars that are linked and not sound, to the letter.

A case is a folder of `golden/check` with a spec for the smallest WSDL and `expected.txt`: the whole
output. `pytest tests --update-golden` writes the expected texts anew.
"""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.generator.services import MINIMAL_WSDL, ROOT

from unstringly.cli import main
from unstringly.diagnostics import Severity
from unstringly.rules import ALL

GOLDEN = ROOT / "tests" / "golden" / "check"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/grammar.yaml"))
HEAD = re.compile(r"^\S+:\d+:\d+: (\w+)\[(\w\d{3})\]: ", re.MULTILINE)


@pytest.mark.parametrize("case", CASES)
def test_case(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    folder = tmp_path / case
    folder.mkdir()
    shutil.copy(GOLDEN / case / "grammar.yaml", folder)
    (folder / "Tiny.wsdl").write_text(MINIMAL_WSDL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", case, "--source=."])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    expected = GOLDEN / case / "expected.txt"
    if update_golden:
        expected.write_text(result.stderr, encoding="utf-8", newline="\n")
    assert result.stderr == expected.read_bytes().decode("utf-8")
    found = HEAD.findall(result.stderr)
    errors = [code for severity, code in found if severity == Severity.ERROR.value]
    assert result.exit_code == (1 if errors else 0)
    rule, _, rest = case.partition("_")
    assert (rule in {code for _, code in found}) is (rest != "accepted")
    for severity, code in found:
        assert ALL[code].severity.value == severity


def test_nothing_lies_about() -> None:
    for path in GOLDEN.iterdir():
        assert {each.name for each in path.iterdir()} == {"grammar.yaml", "expected.txt"}, path
