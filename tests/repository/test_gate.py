"""The gate runs in full what others run a part of."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from coverage import CoverageData

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
PART = re.compile(r"mark\.some\(|(max_examples|most) >= 150")
"""What a file has in which the gate does more than others do."""

FEW = "tests/read/spec/test_schema.py"
"""A file with a test that is marked `few`, and none that is marked `some`."""

PARTIAL = [
    path.relative_to(TESTS.parent)
    for path in sorted(TESTS.rglob("test_*.py"))
    if path != Path(__file__) and PART.search(path.read_text(encoding="utf-8"))
]


SCRIPT = (TESTS.parent / ".ci" / "run").read_text(encoding="utf-8")


def in_full() -> list[str]:
    """The files and folders that the gate tests with more examples."""
    (listed,) = re.findall(r'^make pytest HYPOTHESIS_PROFILE=gate TESTS="([^"]+)"', SCRIPT, re.M)
    return [name for name in str(listed).split() if name != "\\" and not name.startswith("--")]


def test_the_gate_measures_coverage() -> None:
    assert "\nmake test COVERAGE=yes\n" in SCRIPT


def test_there_are_such_files() -> None:
    assert len(PARTIAL) > 5


@pytest.mark.parametrize("path", PARTIAL, ids=str)
def test_the_gate_runs_all_of_it(path: Path) -> None:
    assert any(path.is_relative_to(name) for name in in_full())


def test_what_the_gate_names_is_there() -> None:
    assert [name for name in in_full() if not (TESTS.parent / name).exists()] == []


@pytest.mark.few(0)
@pytest.mark.parametrize(("profile", "is_part"), [("ci", False), ("versions", True)])
def test_the_gate_runs_all_cases_of_few(profile: str, is_part: bool) -> None:
    """Its `make test` does, with the only profile that is set before it."""
    before, _, _ = SCRIPT.partition("\nmake test COVERAGE=yes\n")
    assert re.findall(r"HYPOTHESIS_PROFILE=(\w+)", before) == ["ci"]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", FEW]
    environment = os.environ | {"HYPOTHESIS_PROFILE": profile}
    collected = subprocess.run(
        command, cwd=TESTS.parent, env=environment, capture_output=True, check=True, text=True
    )
    assert ("deselected" in collected.stdout) is is_part


@pytest.mark.parametrize(
    ("goal", "is_measured"),
    [("coverage", True), ("pytest COVERAGE=yes", True), ("pytest", False), ("test", False)],
)
def test_coverage_is_measured_where_it_is_asked_for(goal: str, is_measured: bool) -> None:
    """By `make`: the tests run under coverage, once, and then the floor is asked for."""
    command = ["make", "-n", *goal.split(), "TESTS=tests/x"]
    above = {name: own for name, own in os.environ.items() if name not in ("MAKEFLAGS", "COVERAGE")}
    made = subprocess.run(
        command, cwd=ROOT, env=above, capture_output=True, check=True, text=True
    ).stdout
    run = re.findall(r"python -m (coverage run -m )?pytest -n auto tests/x$", made, re.M)
    assert run == ["coverage run -m " if is_measured else ""]
    assert ("python -m tests.coverage_floor" in made.partition("pytest -n auto")[2]) is is_measured


@pytest.mark.few(0)
def test_what_a_measured_program_reaches_is_kept(tmp_path: Path) -> None:
    """Also what the programs reach that it starts, as the settings say."""
    program = tmp_path / "program.py"
    program.write_text(
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'unstringly', 'explain', 'W123'], check=True)\n"
    )
    data = tmp_path / "data"
    environment = os.environ | {"COVERAGE_FILE": str(data)}
    command = [sys.executable, "-m", "coverage", "run", str(program)]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    reached: set[str] = set()
    for path in tmp_path.glob("data.*"):
        kept = CoverageData(str(path))
        kept.read()
        reached |= {name for name in kept.measured_files() if kept.lines(name)}
    assert str(ROOT / "codegen/unstringly/cli/explain.py") in reached
