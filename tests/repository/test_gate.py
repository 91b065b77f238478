"""The gate runs in full what others run a part of."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PART = re.compile(r"mark\.some\(|max_examples >= 400")
"""What a file has in which the gate does more than others do."""

PARTIAL = [
    path.relative_to(TESTS.parent)
    for path in sorted(TESTS.rglob("test_*.py"))
    if path != Path(__file__) and PART.search(path.read_text(encoding="utf-8"))
]


def in_full() -> list[str]:
    """The files and folders that the gate tests with more examples."""
    script = (TESTS.parent / ".ci" / "run").read_text(encoding="utf-8")
    (listed,) = re.findall(r'^make pytest HYPOTHESIS_PROFILE=gate TESTS="([^"]+)"', script, re.M)
    return [name for name in str(listed).split() if name != "\\"]


def test_there_are_such_files() -> None:
    assert len(PARTIAL) > 5


@pytest.mark.parametrize("path", PARTIAL, ids=str)
def test_the_gate_runs_all_of_it(path: Path) -> None:
    assert any(path.is_relative_to(name) for name in in_full())


def test_what_the_gate_names_is_there() -> None:
    assert [name for name in in_full() if not (TESTS.parent / name).exists()] == []
