"""Law 5: parsing takes a number of steps that is linear in the length of the text.

A step is one bytecode instruction of the package, counted by a trace function: the same on
every machine, however busy it is. Each count starts with fresh tables, so that nothing is
remembered from texts before. What a single call into C does with a text (a slice, a translate,
a join) counts as one step.
"""

import importlib
from collections.abc import Callable
from itertools import pairwise
from types import FrameType

import pytest
from tests.instructions import before_each_instruction
from tests.laws.results import TIME, parsed

from msgsend import parse_get_mo, parse_get_report, parse_get_report2, parsers, tables

PACKAGE = "/msgsend/"
SIZES = (250, 500, 1_000, 2_000)
MOST_STEPS = 600
"""For each character, of a text of the smallest size; some 60 to 370 are needed."""

GROWTH = 1.1
"""What a character of a text twice as long may cost more; quadratic time would be 2."""


def steps(parse: Callable[[str], object], text: str) -> int:
    """The instructions that the package runs to parse a text, and to list its pieces."""
    importlib.reload(tables)
    count = 0

    def step(_: FrameType, offset: int) -> None:
        nonlocal count
        count += 1

    with before_each_instruction(PACKAGE, step):
        found = parsed(parse(text))
        if found is not None:
            found.pieces()
    return count


UNITS = {
    "reports": (parse_get_report, "1,2,DELIVRD|"),
    "voice reports": (parse_get_report, "1,2,0,30,2 |\n"),
    "separators": (parse_get_report, "|"),
    "commas": (parse_get_report, ","),
    "near reports": (parse_get_report, "1,2,|"),
    "near and good reports": (parse_get_report, "1,2,|1,2,x|"),
    "reports that do not end": (parse_get_report, "1,2,3,4,5,"),
    "one huge field of a report": (parse_get_report, "1"),
    "digits behind a minus": (parse_get_report, "-1"),
    "padding": (parse_get_report, " "),
    "padding and a letter": (parse_get_report, "   x"),
    "line ends": (parse_get_report, "\r\n"),
    "carriage returns": (parse_get_report, "\r"),
    "timed reports": (parse_get_report2, f"1,2,{TIME},x|"),
    "times that are none": (parse_get_report2, "1,2,2015/02/29 00:00:00,x|"),
    "replies": (parse_get_mo, f"1|,|x|,|{TIME}|;|"),
    "replies with a channel": (parse_get_mo, f"1|,|x|,|{TIME}|,|9|;\n"),
    "near replies": (parse_get_mo, f"1|,|x|,|{TIME[:-3]}|;|"),
    "replies in a reply": (parse_get_mo, f"1|,|{TIME}|,|"),
    "a reply that does not end": (parse_get_mo, "1|,|"),
    "delimiters of replies": (parse_get_mo, "|,|;|"),
    "halves of separators": (parse_get_mo, "|;"),
    "separators of replies": (parse_get_mo, "|;|"),
    "bars": (parse_get_mo, "|"),
    "nothing but text": (parse_get_mo, "x"),
    "an error with a long text": (parse_get_mo, "-1:"),
    "time after time": (parse_get_mo, TIME),
}
"""Texts by what is repeated in them."""

WRAPPED = {
    "a huge text in a reply": (parse_get_mo, "1|,|", "x", f"|,|{TIME}"),
    "a huge text full of delimiters": (parse_get_mo, "1|,|", "|,|;|,", f"|,|{TIME}"),
    "a huge text full of times": (parse_get_mo, "1|,|", f"|,|{TIME}", "|;|"),
    "a reply behind a huge malformed piece": (parse_get_mo, "", "1|,|x|,|", f"|;|1|,|x|,|{TIME}"),
    "a huge status": (parse_get_report, "1,2,", "x ", "|"),
    "a huge number": (parse_get_report, "1,", "12", ",DELIVRD|"),
    "an error code behind padding": (parse_get_report, "\n", " ", "-3"),
    "a list that is spoilt at its end": (parse_get_report, "", "1,2,DELIVRD|", "1,2,"),
    "a list that is spoilt at its beginning": (parse_get_report, "x|", "1,2,DELIVRD|", ""),
}

CASES = {name: (parse, "", unit, "") for name, (parse, unit) in UNITS.items()} | WRAPPED


def text_of(case: str, size: int) -> tuple[Callable[[str], object], str]:
    parse, before, unit, after = CASES[case]
    return parse, before + unit * (size // len(unit)) + after


@pytest.mark.few(2)
@pytest.mark.some(8)
@pytest.mark.parametrize("case", CASES)
def test_steps_for_each_character_do_not_grow(case: str) -> None:
    steps(*text_of(case, SIZES[0]))  # since 3.12, code is counted fully from its second run on
    rates: list[float] = []
    for size in SIZES:
        parse, text = text_of(case, size)
        rates.append(steps(parse, text) / len(text))
    assert rates[0] <= MOST_STEPS, rates
    for shorter, longer in pairwise(rates):
        assert longer <= shorter * GROWTH, rates


def test_the_package_is_what_is_counted() -> None:
    assert PACKAGE in (parsers.__file__ or "")
    steps(parse_get_report, "1,2,x|")
    assert steps(parse_get_report, "1,2,x|") > 100
