"""Rules speak in one voice: what is wrong, why it matters, an example, what to do."""

import re

import pytest
from click.testing import CliRunner

from unstringly.cli.explain import explain
from unstringly.cli.explained import explained
from unstringly.diagnostics import Rule, Severity
from unstringly.read.spec.reader import spec_from_bytes
from unstringly.rules import ALL

LABELS = ("What is wrong", "Why it matters", "Example", "What to do")
SENTENCES = re.compile(r"[A-Z`\"0-9].*[.:;`]", re.DOTALL)
each_rule = pytest.mark.parametrize("rule", ALL.values(), ids=ALL)


def parts(text: str) -> dict[str, str]:
    """The parts of an explanation by their labels, as they come."""
    _, *found = re.split(r"\n\n(What is wrong|Why it matters|Example|What to do)\n", text)
    return dict(zip(found[::2], found[1::2], strict=True))


@each_rule
def test_four_parts_in_order(rule: Rule) -> None:
    text = explained(rule)
    assert text.startswith(f"{rule.code} ({rule.severity.value}): {rule.title}\n\n")
    found = parts(text)
    assert tuple(found) == LABELS
    assert found["What is wrong"] == rule.wrong
    assert found["Why it matters"] == rule.why
    assert found["What to do"] == rule.todo
    assert found["Example"].replace("    ", "", 1).startswith(rule.example.split("\n")[0])


@each_rule
def test_the_title_says_what_is_wrong(rule: Rule) -> None:
    assert "\n" not in rule.title
    assert 15 < len(rule.title) <= 90
    assert rule.title[0].islower() or rule.title.startswith("WSDL")
    assert not rule.title.endswith(".")
    assert not re.match("(every|all|only) ", rule.title), "say what is wrong, not what is right"
    assert isinstance(rule.severity, Severity)


@each_rule
def test_each_part_is_in_sentences(rule: Rule) -> None:
    for part in (rule.wrong, rule.why, rule.todo):
        assert SENTENCES.fullmatch(part.rstrip()), part
        assert part == part.strip()
        assert len(part.split()) > (0 if part is rule.todo else 4)
        assert not any(f"{label}:" in part for label in (*LABELS, "Example"))
    assert rule.wrong != rule.why
    assert rule.example == rule.example.strip("\n")
    assert rule.example.strip()
    assert "…" not in rule.example
    assert all(len(line) <= 100 for line in explained(rule).splitlines())


@each_rule
def test_what_to_do_tells_what_the_reader_can_do(rule: Rule) -> None:
    """An instruction begins each of them; the service is not the reader's."""
    assert re.match(
        r"(Add|Check|Choose|Close|Correct|Define|Delete|Do|Fetch|Give|Keep|Make|Move|Name|Nothing"
        r"|Put|Remove|Rename|Save|Say|Take|Tell|To use|To repeat|Use|Write|A WSDL that)\b",
        rule.todo,
    ), rule.todo
    assert "sk the service" not in rule.todo


def test_codes_are_whole() -> None:
    assert list(ALL) == sorted(ALL)
    assert all(re.fullmatch("[EFGLNPSW][0-9]{3}", code) for code in ALL)
    assert all(rule.code == code for code, rule in ALL.items())


def found_in(lines: str) -> set[str]:
    """The codes that the reader of specs finds in a spec with some lines."""
    _, findings = spec_from_bytes(f"service: A\n{lines}\n".encode(), "grammar.yaml")
    return {finding.rule.code for finding in findings}


TYPES = ("P101", "P102", "P103", "P104", "P105", "S107", "S116", "S117", "S118")


@pytest.mark.parametrize("code", TYPES)
def test_examples_of_types_have_what_they_are_for(code: str) -> None:
    examples = ALL[code].example.split(" " * 8)
    shown = [each.split("   ")[0] for each in examples if re.match("[a-z]+:", each)]
    assert shown
    for each in shown:
        lines = f"types:\n  T:\n    {each}"
        if each.startswith("default"):
            lines = (
                f"operations:\n  O:\n    effect: read\n    parameters:\n      p:\n        {each}"
            )
        assert code in found_in(lines), each


SECTIONS = {
    "S103": "{}",
    "S105": "{}",
    "S104": "types: {{T: {{{}}}}}",
    "S106": "{}",
    "S108": "operations: {{O: {{{}}}}}",
    "S109": "operations: {{O: {{effect: read, limits: {{{}}}}}}}",
    "S110": "types: {{T: {{text: a, {}}}}}",
    "S111": "types: {{{}}}",
    "S112": "records: {{R: {{separator: ',', {}}}}}",
    "S113": "{}",
    "S115": "types: {{T: {}}}",
    "S119": "records: {{R: {{separator: ',', {}}}}}",
}


@pytest.mark.parametrize("code", SECTIONS)
def test_examples_of_sections_have_what_they_are_for(code: str) -> None:
    example = ALL[code].example.split(" " * 8)[-1]
    assert code in found_in(SECTIONS[code].format(example))


def test_without_a_code_all_rules_are_listed() -> None:
    result = CliRunner().invoke(explain, [])
    assert [line.split()[0] for line in result.output.splitlines()] == [*ALL]


def test_an_unknown_code_is_a_wrong_call() -> None:
    result = CliRunner().invoke(explain, ["X999"])
    assert result.exit_code == 2
    assert "there is no rule 'X999'" in result.output
