"""What `unstringly check` says where a spec and its WSDL do not fit together, to the letter.

A case is a folder of `golden/link` with a spec, its WSDL and `expected.txt`: the whole output.
`pytest tests --update-golden` writes the expected texts anew; look at the difference.
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.generator.services import ROOT, put_minimal

from unstringly.cli import main
from unstringly.diagnostics import Severity
from unstringly.rules import ALL

GOLDEN = ROOT / "tests" / "golden" / "link"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/grammar.yaml"))
HEAD = re.compile(r"^\S+:\d+:\d+: (\w+)\[(\w\d{3})\]: ", re.MULTILINE)


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, monkeypatch: pytest.MonkeyPatch, update_golden: bool) -> None:
    monkeypatch.chdir(GOLDEN)
    result = CliRunner().invoke(main, ["check", case, "--source=."])
    expected = GOLDEN / case / "expected.txt"
    if update_golden:
        expected.write_text(result.stderr, encoding="utf-8", newline="\n")
    assert result.stderr == expected.read_bytes().decode("utf-8")
    found = HEAD.findall(result.stderr)
    errors = [code for severity, code in found if severity == Severity.ERROR.value]
    assert result.exit_code == (1 if errors else 0)
    assert ("no errors" in result.stdout) == (not errors)
    assert case == "clean" or case.split("_")[0] in {code for _, code in found}
    for severity, code in found:
        assert ALL[code].severity.value == severity
    assert result.stderr.count("^\n") == len(found), "each finding has its excerpt and carets"


def test_every_rule_has_a_case() -> None:
    assert {case.split("_")[0] for case in CASES} == {
        *(code for code in ALL if code[0] in "LN"),
        "clean",
    }


def test_nothing_lies_about() -> None:
    for path in GOLDEN.iterdir():
        names = {each.name for each in path.iterdir()}
        assert names == {"grammar.yaml", "Tiny.wsdl", "expected.txt"}, path


def test_errors_have_no_echo(tmp_path: Path) -> None:
    """What the reader has refused is not missed afterwards."""
    folder = put_minimal(tmp_path / "tiny")
    grammar = folder / "grammar.yaml"
    text = grammar.read_text(encoding="utf-8")
    grammar.write_text(text.replace("effect: read", "effect: reed"), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", f"--source={tmp_path}"])
    assert [code for _, code in HEAD.findall(result.stderr)] == ["S108"]
