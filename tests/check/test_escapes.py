"""G110: a backslash and a letter, where a line end or another character was meant."""

from pathlib import Path

import pytest
import yaml
from tests.check.test_other_checks import codes, findings

from unstringly.diagnostics import Diagnostic

PLACES = {
    "separator of a record": "separator: {text}",
    "one of two separators": "separator: [';', {text}]",
    "initiator of a record": "separator: ';', initiator: {text}",
    "terminator of a record": "separator: ';', terminator: {text}",
    "initiator": "separator: ';', fields: {{a: A, b: {{type: B, initiator: {text}}}}}",
    "terminator": "separator: ';', fields: {{a: A, b: {{type: B, terminator: {text}}}}}",
    "nil": "separator: ';', fields: {{a: A, b: {{type: B, nil: {text}}}}}",
    "constant": "separator: ';', fields: {{a: A, c: {{constant: {text}}}, b: B}}",
}
LISTS = {
    "separator of a list": "separator: {text}",
    "final separator": "separator: '#', trailing: allowed, final_separator: ['!', {text}]",
}
TYPES = {
    "excluded": "{{text: '[a-z]+', excludes: [x, {text}]}}",
    "unit": "{{integer: '[1-9]', unit: {text}}}",
    "code": "{{enum: {{{text}: X, y: Y}}}}",
    "date": "{{date: {date}}}",
}
ESCAPES = (r"\n", r"\r", r"\t", r"\x7c", r"\u2028", r"\U0001F600", r"|;\n", r'\t"')
UNCLEAR = (r"\012", r"\101", r"\\n", r"\\n|", r"\x", r"\x1", r"\n\d")
"""Texts that YAML cannot read in double quotes, or reads as something that is not meant."""
NOT_CARRIED = (r"\0", r"\x1e", r"\u0002", r"\uD800", r"\UFFFFFFFF", r"\uFFFE")
IN_OPERATIONS = {
    "null": "null: {text}",
    "default": "parameters: {{day: {{default: {text}}}}}",
    "fixed": "parameters: {{day: {{fixed: {text}}}}}",
    "variant": "variants: {{Others: {{parameters: {{day: {{fixed: {text}}}}}}}}}",
}


def spec(place: str, text: str) -> str:
    """Return a grammar with a text, spelled as YAML, in one place."""
    record = PLACES.get(place, "separator: ';'").format(text=text)
    if "fields" not in record:
        record += ", fields: {a: A, b: B}"
    grammar = LISTS.get(place, "separator: '#'").format(text=text)
    leaf = TYPES.get(place, "{{text: '[a-z]+'}}").format(
        text=text, date=f"{text[0]}%Y{text[1:-1]}%m%d{text[-1]}"
    )
    return f"""
    types:
      A: {leaf}
      B: {{text: '[0-9]+'}}
    records:
      R: {{{record}}}
    grammars:
      rows: {{list: [R], {grammar}}}
    operations:
      Days: {{effect: read, result: rows}}
    """


def escapes(folder: Path, text: str) -> list[Diagnostic]:
    return [finding for finding in findings(folder, text) if finding.rule.code == "G110"]


@pytest.mark.some(35)
@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("place", [*PLACES, *LISTS, *TYPES])
def test_an_escape_in_single_quotes_is_none(tmp_path: Path, place: str, escape: str) -> None:
    (finding,) = escapes(tmp_path, spec(place, f"'{escape}'"))
    wanted = finding.help.split("double quotes: ")[1].split("; or")[0]
    meant = yaml.safe_load(wanted)
    if place == "date":
        meant = meant.replace("%Y", "").replace("%m%d", "")
    assert meant == escape.encode().decode("unicode_escape")


@pytest.mark.some(50)
@pytest.mark.parametrize("escape", [*UNCLEAR, *NOT_CARRIED])
@pytest.mark.parametrize("place", [*PLACES, *LISTS, "excluded", "code"])
def test_nothing_is_offered_that_is_not_right(tmp_path: Path, place: str, escape: str) -> None:
    (finding,) = escapes(tmp_path, spec(place, f"'{escape}'"))
    assert '"' not in finding.help
    assert ("XML cannot carry" in finding.help) == (escape in NOT_CARRIED)
    assert "accept" in finding.help


@pytest.mark.parametrize("place", IN_OPERATIONS)
def test_the_texts_of_operations(tmp_path: Path, place: str) -> None:
    text = IN_OPERATIONS[place].format(text=r"'\n'")
    grammar = f"operations:\n  Orders: {{effect: read, {text}}}\n"
    (finding,) = escapes(tmp_path, grammar)
    assert 'double quotes: "\\n"; or `accept: {Orders: ' in finding.help
    accepted = f"{grammar}accept: {{Orders: {{codes: G110, reason: the service sends it}}}}\n"
    assert codes(tmp_path, accepted) == []
    assert escapes(tmp_path, grammar.replace("'", '"')) == []


@pytest.mark.some(35)
@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("place", [*PLACES, *LISTS, *TYPES])
def test_what_is_advised_is_no_finding(tmp_path: Path, place: str, escape: str) -> None:
    meant = escape.replace('"', r"\"")
    assert escapes(tmp_path, spec(place, f'"{meant}"')) == []


@pytest.mark.parametrize("text", [r"\ ", r"C:\dir", r"\\", "n", r"\u12", "\\"])
def test_other_backslashes_are_no_escapes(tmp_path: Path, text: str) -> None:
    assert escapes(tmp_path, spec("constant", f"'{text}'")) == []


def test_a_pattern_has_escapes_of_its_own(tmp_path: Path) -> None:
    text = spec("nil", "''").replace("'[a-z]+'", r"'[^\n\r\t\x1f;#]+'")
    assert escapes(tmp_path, text) == []


def test_each_text_is_told_where_it_stands(tmp_path: Path) -> None:
    (finding,) = escapes(tmp_path, spec("constant", r"'\n'"))
    line = (tmp_path / "grammar.yaml").read_text().splitlines()[finding.span.line - 1]
    assert line[finding.span.column - 1 :].startswith("c: {constant")


@pytest.mark.parametrize(("name", "left"), [("rows", ["G105"]), ("R", ["G105", "G106", "G110"])])
def test_it_can_be_accepted_and_only_where_it_is(
    tmp_path: Path, name: str, left: list[str]
) -> None:
    accepted = f"accept: {{{name}: {{codes: G110, reason: the service sends a backslash}}}}\n"
    text = spec("separator of a list", r"'\n'") + accepted
    assert sorted(finding.rule.code for finding in findings(tmp_path, text)) == left
