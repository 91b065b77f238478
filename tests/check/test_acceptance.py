"""Findings about operations that are there (W131 to W134) are acknowledged by these names."""

from pathlib import Path

import pytest
from tests.generator.services import put

from unstringly.diagnostics import Diagnostic
from unstringly.pipeline import check

GOLDEN = Path(__file__).parents[1] / "golden" / "wsdl"
CASES = {
    "W131": "same_name_in_two_port_types",
    "W132": "overloads_with_names",
    "W133": "requests_alike",
    "W134": "policy_not_kept",
}
GRAMMAR = "service: Echo\nwsdl: Echo.wsdl\n"


def found(folder: Path, case: str, accepted: list[str], code: str) -> tuple[Diagnostic, ...]:
    text = (GOLDEN / f"{case}.wsdl").read_text(encoding="utf-8")
    names = "".join(f"  {name}: {{codes: {code}, reason: known}}\n" for name in accepted)
    grammar = GRAMMAR + (f"accept:\n{names}" if names else "")
    return check([put(folder / "echo", "Echo.wsdl", text, grammar)], folder).findings


@pytest.mark.parametrize("code", CASES)
def test_a_finding_is_acknowledged_by_all_its_operations(tmp_path: Path, code: str) -> None:
    case = CASES[code]
    findings = [own for own in found(tmp_path, case, [], code) if own.rule.code == code]
    names = sorted({name for own in findings for name in own.operations})
    assert findings
    assert all(own.operations for own in findings)
    left = {own.rule.code for own in found(tmp_path, case, names, code)}
    assert left.isdisjoint((code, "G106"))
    for name in names:
        others = [other for other in names if other != name]
        after = [own for own in found(tmp_path, case, others, code) if own.rule.code == code]
        assert after == [own for own in findings if name in own.operations]
