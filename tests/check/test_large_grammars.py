"""Large grammars are decided in seconds: 40 fields in 10 alternatives, or long delimiters."""

from pathlib import Path

import pytest
from tests.effort import at_most_steps
from tests.generator.services import MINIMAL_WSDL

from unstringly.checked import Checked
from unstringly.diagnostics import Severity
from unstringly.pipeline import check

FIELDS = 40
RECORDS = 10
STEPS = 1_000
"""Millions of steps of an empty loop; some twenty seconds of the processor."""

TYPES = """
types:
  Id: {text: '[0-9]{1,18}'}
  Name: {text: '[^,|;]*'}
  Count: {integer: '[0-9]{1,9}'}
  Amount: {decimal: '-?[0-9]{1,12}(\\.[0-9]{1,4})?'}
  State: {enum: {A: ACTIVE, S: SUSPENDED, DELIVRD: DELIVERED}, open: true, form: '[^,|; ]+'}
  Day: {date: '%Y-%m-%d', zeros: optional}
  Moment: {datetime: '%Y/%m/%d %H:%M:%S', zeros: optional}
"""
KINDS = ("Id", "Name", "Count", "State", "Amount", "Day", "Name", "Moment")


def record(number: int, last: str, *, count: int, padding: bool, optional: int) -> str:
    """Return a record; all of them begin with the same fields and differ in the last one."""
    kinds = [KINDS[at % len(KINDS)] for at in range(count - 1)]
    fields = [
        f"      f{at}: {{type: {kind}, optional: {str(at >= count - optional).lower()}}}"
        for at, kind in enumerate([*kinds, last])
    ]
    head = [f"  R{number}:", "    separator: ','"]
    head += ["    padding: whitespace"] if padding else []
    return "\n".join([*head, "    fields:", *fields])


def spec(
    lasts: list[str],
    *,
    choice: bool = False,
    padding: bool = False,
    optional: int = 0,
    counts: list[int] | None = None,
) -> str:
    widths = counts or [FIELDS] * len(lasts)
    records = [
        record(at, f"Last{at}", count=width, padding=padding, optional=optional)
        for at, width in enumerate(widths)
    ]
    names = ", ".join(f"R{at}" for at in range(len(lasts)))
    pad = ", padding: whitespace" if padding else ""
    root = (
        f"  root: {{choice: [{names}]{pad}}}"
        if choice
        else f"  root: {{list: [{names}], separator: '|', trailing: allowed{pad}}}"
    )
    return "\n".join(
        [
            "service: Tiny",
            "package: tiny",
            "wsdl: tiny.wsdl",
            "line_ends: lf",
            TYPES.strip(),
            *(f"  Last{at}: {{text: '{last}'}}" for at, last in enumerate(lasts)),
            "records:",
            *records,
            "grammars:",
            root,
            "operations:",
            "  Ask: {effect: read, parameters: {key: {}}, result: root}",
        ]
    )


def decided(tmp_path: Path, text: str) -> Checked:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "tiny.wsdl").write_text(MINIMAL_WSDL)
    (folder / "grammar.yaml").write_text(text)
    with at_most_steps(STEPS):
        return check([folder], tmp_path)


LETTERS = [f"{letter}[0-9]*" for letter in "ABCDEFGHIJ"]
OVERLAPPING = [*LETTERS[:-1], "[A-C]x?"]
DIGITS = ["[0-9]+"] * RECORDS
WIDTHS = list(range(FIELDS - RECORDS + 1, FIELDS + 1))

ONE_READING = {
    "told apart by the last field": spec(LETTERS),
    "a choice": spec(LETTERS, choice=True),
    "padding everywhere": spec(LETTERS, padding=True),
    "told apart by the number of fields": spec(DIGITS, padding=True, counts=WIDTHS),
    "optional fields at the end": spec(DIGITS[:4], optional=5, counts=[10, 20, 30, 40]),
}
TWO_READINGS = {
    "two last fields overlap": spec(OVERLAPPING),
    "a choice": spec(OVERLAPPING, choice=True),
    "padding everywhere": spec(OVERLAPPING, padding=True),
    "optional fields at the end": spec(DIGITS, padding=True, optional=10),
}


def long_delimiters(records: int, length: int = 200) -> str:
    """Return a grammar whose delimiters are as long as they may be, most alike up to their ends."""
    tags = [f"{'i' * (length - 3)}{at:03}" for at in range(FIELDS)]
    fields = [f"      f{at}: {{type: Id, initiator: {tag}}}" for at, tag in enumerate(tags)]
    lines = [
        line
        for number in range(records)
        for line in (f"  R{number}:", f"    separator: {'s' * length}", "    fields:", *fields)
    ]
    names = ", ".join(f"R{number}" for number in range(records))
    return "\n".join(
        [
            "service: Tiny",
            "package: tiny",
            "wsdl: tiny.wsdl",
            TYPES.strip(),
            "records:",
            *lines,
            "grammars:",
            f"  root: {{list: [{names}], separator: {'l' * length}}}",
            "operations:",
            "  Ask: {effect: read, parameters: {key: {}}, result: root}",
        ]
    )


def ambiguities(checked: Checked) -> list[str]:
    errors = [f for f in checked.findings if f.severity is Severity.ERROR]
    return [finding.rule.code for finding in errors]


@pytest.mark.some(1)
@pytest.mark.parametrize("text", ONE_READING.values(), ids=ONE_READING)
def test_one_reading_is_proved_in_seconds(tmp_path: Path, text: str) -> None:
    checked = decided(tmp_path, text)
    assert ambiguities(checked) == []
    assert checked.ok


@pytest.mark.some(1)
@pytest.mark.parametrize("text", TWO_READINGS.values(), ids=TWO_READINGS)
def test_two_readings_are_found_in_seconds(tmp_path: Path, text: str) -> None:
    checked = decided(tmp_path, text)
    assert ambiguities(checked) == ["G101"]


@pytest.mark.some(1)
@pytest.mark.parametrize(("records", "expected"), [(1, []), (4, ["G101"])])
def test_long_delimiters_are_decided_in_seconds(
    tmp_path: Path, records: int, expected: list[str]
) -> None:
    checked = decided(tmp_path, long_delimiters(records))
    assert ambiguities(checked) == expected
