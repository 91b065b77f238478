"""Examples of rules have what they are examples of, and no other error."""

from pathlib import Path

import pytest
from tests.generator.services import MINIMAL_WSDL, put

from unstringly.diagnostics import Severity
from unstringly.pipeline import check
from unstringly.rules import ALL

TYPES = """\
service: Tiny
types:
  Phone: {text: '[0-9]+'}
  Moment: {datetime: '%Y-%m-%d %H:%M:%S'}
  Timestamp: {datetime: '%Y-%m-%d %H:%M'}
"""
OPERATION = "operations: {Ask: {effect: read, parameters: {key: {}}, result: %s}}\n"
WHOLE = {
    "G101": "  %s\nrecords:\n  %s\ngrammars:\n  %s\n" + OPERATION.replace("%s", "replies"),
    "L107": "  B: {integer: '[0-9]{1,9}'}\n"
    "records: {A: {separator: '-', fields: {first: Phone, second: Phone}}}\n%s\n"
    + OPERATION.replace("%s", "all"),
    "L111": "  A: {text: '[a-z]+'}\nrecords:\n  R: {separator: ',', %s}\n"
    + OPERATION.replace("%s", "R"),
}
"""What makes specs of the lines of some examples."""


@pytest.mark.parametrize("code", WHOLE)
def test_an_example_has_its_error_alone(tmp_path: Path, code: str) -> None:
    lines = [line.partition("        ")[0] for line in ALL[code].example.splitlines()]
    whole = WHOLE[code]
    spec = TYPES.replace("%", "%%") + whole
    spec %= tuple(lines[: whole.count("%s")])
    found = check([put(tmp_path / "tiny", "Tiny.wsdl", MINIMAL_WSDL, spec)], tmp_path).findings
    assert [each.rule.code for each in found if each.severity is Severity.ERROR] == [code]
