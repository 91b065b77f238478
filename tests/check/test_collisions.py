"""One name for two things of a spec is a finding that names both, wherever they meet."""

from pathlib import Path

import pytest
from tests.check.test_other_checks import findings

SPEC = """
types:
  Name: {text: '[a-z]+'}
  Day: {date: '%Y%m%d'}
records:
  Line: {separator: ':', fields: {name: Name, day: Day}}
  Orders: {separator: '-', fields: {name: Name, day: Day}}
grammars:
  lines: {list: [Line], separator: ';', trailing: required}
operations:
  Orders: {effect: read, result: lines, parameters: {day: {}}}
  Days: {effect: read, result: lines}
callbacks:
  Told: {form: {account: Name, Lines: lines}}
"""

COLLISIONS = {
    "the function of two definitions": (
        "  Day: {date: '%Y%m%d'}",
        "  Day: {date: '%Y%m%d'}\n  Lines: {text: '[A-Z]+'}",
        "'lines' and 'Lines' are both 'lines' in Python",
    ),
    "the class of what is unknown of one, and of another": (
        "  Day: {date: '%Y%m%d'}",
        "  Day: {date: '%Y%m%d'}\n"
        "  Level: {enum: {L1: LOW, L2: HIGH}, open: true, form: 'L[1-9]'}\n"
        "  UnknownLevel: {enum: {U: UP}}",
        "the class 'UnknownLevel' of 'UnknownLevel' has the name of one of 'Level'",
    ),
    "the name of two calls": (
        "  Days: {effect: read",
        "  Days: {python_name: orders, effect: read",
        "operations 'Days' and 'Orders' are both 'orders' in Python",
    ),
    "the name of a method that clients have": (
        "  Days: {effect: read",
        "  Days: {python_name: close, effect: read",
        "a call named 'close' would hide the thing of that name",
    ),
    "the constant of two calls": (
        "  Days: {effect: read",
        "  Days: {python_name: Orders, effect: read",
        "a call named 'Orders' would hide the thing of that name",
    ),
    "a parameter that every call has": (
        "day: {}",
        "day: {python_name: validate}",
        "a parameter named 'validate' would hide the thing of that name",
    ),
    "a parameter that every client is given": (
        "day: {}",
        "day: {python_name: timeout, bound: client}",
        "a parameter named 'timeout' would hide the thing of that name",
    ),
    "the parser of a pushed text and that of a result": (
        "Lines: lines}}",
        "Lines: Orders}}",
        "the parsers of 'Orders' and of 'Orders' are both 'parse_orders'",
    ),
    "the formatter of a push and that of a result": (
        "  Told: {form",
        "  Orders: {form",
        "the formatters of 'Orders' and of 'Orders' are both 'format_orders'",
    ),
    "the class of a push": (
        "  Told: {form",
        "  InvalidPush: {form",
        "the class of the push 'InvalidPush' has the name of another",
    ),
    "fields of a push": (
        "account: Name, Lines: lines",
        "account: Name, lines: Name, Lines: lines",
        "the field 'Lines' cannot be 'lines' in Python",
    ),
    "a field of all pushes that the application is given": (
        "account: Name",
        "path: Name",
        "the field 'path' cannot be 'path' in Python",
    ),
}


def test_as_it_stands_nothing_collides(tmp_path: Path) -> None:
    assert [each for each in findings(tmp_path, SPEC) if each.rule.code == "N101"] == []


@pytest.mark.parametrize(("text", "instead", "message"), COLLISIONS.values(), ids=COLLISIONS.keys())
def test_a_collision_is_told(tmp_path: Path, text: str, instead: str, message: str) -> None:
    assert SPEC.count(text) == 1
    told = [each.message for each in findings(tmp_path, SPEC.replace(text, instead))]
    assert any(message in each for each in told), told
