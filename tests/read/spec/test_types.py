"""What is wrong in the declaration of a type is told, and the rest of it is read on."""

from pathlib import Path

import pytest
from tests.check.test_other_checks import findings

SPEC = """
types:
  T: {declaration}
operations:
  Days: {{effect: read, result: T}}
"""


@pytest.mark.parametrize(
    ("declaration", "rule", "words"),
    [
        ("{integer: '['}", "P101", "this `[` is not closed"),
        ("{decimal: '['}", "P101", "this `[` is not closed"),
        ("{integer: '[0-9]', width: 1000}", "S109", "`width` is at most 200, not 1000"),
        ("{date: {a: b}}", "S107", "each of `date` is a text; here is a mapping"),
        ("{time: []}", "S110", "`time` is an empty list"),
    ],
)
def test_it_is_told(tmp_path: Path, declaration: str, rule: str, words: str) -> None:
    (told,) = findings(tmp_path, SPEC.format(declaration=declaration))
    assert (told.rule.code, told.message) == (rule, words)
    assert told.span.line == 4
