"""What the reader says of faulty documents, and what it keeps of them.

A case is `golden/wsdl/NAME.wsdl`. Its first comment holds a line `LINE:COLUMN: SEVERITY CODE
MESSAGE` for every finding, in order (the file's name before it where it is another one), and
then `kept PORT: OPERATION, ...` for every port that was read, and `lost OPERATION: CODE, ...` for
every operation that is in no port, with the rules that say why.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from unstringly.model.service import Service
from unstringly.read.wsdl.losses import left_out
from unstringly.read.wsdl.reader import RULES, read_wsdl

GOLDEN = Path(__file__).parents[2] / "golden" / "wsdl"
CASES = sorted(GOLDEN.glob("*.wsdl"))
COMMENT = re.compile(rb"<!--\r?\n(.*?)-->", re.DOTALL)
ELSEWHERE = {  # rules that no text file can show; see test_wsdl_hostile
    "W101",
}


def describe(path: Path) -> Iterator[str]:
    service, findings = read_wsdl(path, path.name)
    for finding in findings:
        span = finding.span
        file = "" if span.file == path.name else f"{span.file}:"
        place = f"{file}{span.line}:{span.column}"
        yield f"{place}: {finding.severity.value} {finding.rule.code} {finding.message}"
        assert finding.help.endswith((".", "?")), finding
    yield from kept(service)
    for lost in left_out(findings, () if service is None else service.operations()):
        assert all(f"`{lost.name}`" in finding.note for finding in lost.reasons)
        yield f"lost {lost.name}: {', '.join(finding.rule.code for finding in lost.reasons)}"


def kept(service: Service | None) -> Iterator[str]:
    if service is None:
        yield "kept nothing"
        return
    for port in service.ports:
        names = ", ".join(operation.name for operation in port.binding.operations)
        yield f"kept {port.name}: {names}"
        same = [operation.name for operation in port.binding.port_type.operations]
        assert names == ", ".join(same)


def expected(path: Path) -> list[str]:
    comment = COMMENT.search(path.read_bytes())
    assert comment, f"{path} has no comment with the expected findings"
    return comment[1].decode().splitlines()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_findings(path: Path) -> None:
    assert list(describe(path)) == expected(path)


def test_every_rule_has_a_case() -> None:
    shown = {
        code for path in CASES for code in re.findall(r"\bW\d{3}\b", "\n".join(expected(path)))
    }
    assert shown | ELSEWHERE == {rule.code for rule in RULES}
