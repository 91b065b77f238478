"""The example of docs/grammar-spec.md is a spec without a finding, and reads its own text."""

import re
from pathlib import Path

from unstringly.automata.compile import compile_result
from unstringly.link.definitions import link_definitions
from unstringly.read.spec.reader import spec_from_bytes

DOC = Path(__file__).parents[2] / "docs" / "grammar-spec.md"


def test_the_example_is_a_spec() -> None:
    example, strings = re.findall(r"```yaml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    spec, findings = spec_from_bytes(example.encode(), "example")
    assert spec is not None
    assert not findings
    definitions, findings_of_names = link_definitions(spec.definitions, spec.left_out)
    assert not findings_of_names
    assert definitions.keys() == spec.definitions.keys()
    _, automaton = compile_result(definitions, "track", spec.line_ends)
    names = {element.name for element in automaton.elements}
    assert {"Scan", "Scan.scanned_at", "Scan.step", "Scan.place", "Fault"} <= names
    spec, findings = spec_from_bytes(f"service: Tracking\n{strings}".encode(), "example")
    assert spec is not None
    assert not findings
    assert [own.grammar for own in spec.strings] == ["order_lines", "Filter", "Line", "rows"]
