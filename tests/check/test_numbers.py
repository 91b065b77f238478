"""G112: numbers that a form reads and that cannot be written, against trying every short text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.check.test_other_checks import findings

from unstringly.check.numbers import find_unwritten, respelled
from unstringly.kinds.number import Number
from unstringly.read.patterns.reader import parse_pattern

CHARACTERS = "017+-."
LONGEST = 6

SIGNS = st.sampled_from(("", "", "-", "-?", r"\+", r"\+?", r"[+\-]?", r"[+\-]"))
DIGITS = st.sampled_from(
    ("0", "[0-9]", "[1-9]", "0?", "0*", "[0-9]?", "[0-9]{2}", "[0-9]{1,3}", "(00)?", "[17]{0,2}")
)
WHOLES = st.lists(DIGITS, min_size=1, max_size=3).map("".join)
FRACTIONS = st.sampled_from(("", "", r"\.?", r"\.[0-9]", r"(\.[0-9]{1,2})?", r"(\.0)?", r"\.7*"))


def patterns(*, decimal: bool) -> SearchStrategy[str]:
    fractions = FRACTIONS if decimal else st.just("")
    one = st.tuples(SIGNS, WHOLES, fractions).map("".join)
    return st.lists(one, min_size=1, max_size=2).map("|".join)


def texts() -> Iterator[str]:
    for length in range(LONGEST + 1):
        for characters in product(CHARACTERS, repeat=length):
            yield "".join(characters)


TEXTS = tuple(text for text in texts() if re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)", text))


def plain(text: str, width: int, *, decimal: bool) -> str:
    """Return the number of a text as it is written."""
    if not decimal:
        number = int(text)
        return ("-" if number < 0 else "") + str(abs(number)).rjust(width, "0")
    sign, digits, exponent = Decimal(text).as_tuple()
    assert isinstance(exponent, int)
    spelled = "".join(map(str, digits)).rjust(1 - exponent, "0")
    whole, fraction = spelled[: len(spelled) + exponent], spelled[len(spelled) + exponent :]
    return "-" * sign + whole.rjust(width, "0") + ("." + fraction if fraction else "")


def number(pattern: str, width: int, *, decimal: bool) -> Number:
    return Number(parse_pattern(pattern), width, is_whole=not decimal)


@settings(max_examples=2 * settings().max_examples)
@given(st.data(), st.booleans(), st.sampled_from((0, 0, 1, 2, 3, 4)))
def test_every_number_that_is_read_can_be_written(
    data: st.DataObject, decimal: bool, width: int
) -> None:
    pattern = data.draw(patterns(decimal=decimal))
    form = re.compile(pattern, re.ASCII)
    read = [text for text in TEXTS if form.fullmatch(text)]
    if any(form.fullmatch(text) for text in ("", ".", "+", "-", "+.", "-.")):
        return  # no form of a number
    lost = {text for text in read if not form.fullmatch(plain(text, width, decimal=decimal))}
    unwritten = find_unwritten(number(pattern, width, decimal=decimal), width)
    event("written" if unwritten is None else "not written")
    if unwritten is None:
        assert not lost
        return
    assert form.fullmatch(unwritten.read)
    assert not form.fullmatch(unwritten.written)
    assert plain(unwritten.read, width, decimal=decimal) == unwritten.written
    assert not any(
        len(plain(text, width, decimal=decimal)) < len(unwritten.written)
        for text in lost
        if text.startswith("-") == unwritten.read.startswith("-")
    )


SPEC = """
types:
  Code: {type}
records:
  Row: {{separator: ',', fields: {{code: Code, more: {{type: Code, padding: whitespace}}}}}}
operations:
  Days: {{effect: read, result: Row}}
"""


@pytest.mark.parametrize(
    ("declared", "help_text"),
    [
        ("{integer: '[0-9]{3}'}", "`width: 3`"),
        ("{integer: '-?[0-9]{3}'}", "`width: 3`"),
        (r"{decimal: '[0-9]{3}\.[0-9]{2}'}", "`width: 3`"),
        ("{integer: '[0-9]{1,3}', width: 5}", "`width: 1`"),
        (r"{integer: '\+[0-9]{1,3}'}", "let the form take"),
        ("{decimal: '0[0-9]+'}", "let the form take"),
        (r"{decimal: '\.[0-9]'}", "let the form take"),
        ("{integer: '-[0-9]'}", "let the form take"),
    ],
)
def test_the_finding_says_what_mends_it(tmp_path: Path, declared: str, help_text: str) -> None:
    reported = [
        finding
        for finding in findings(tmp_path, SPEC.format(type=declared))
        if finding.rule.code == "G112"
    ]
    assert [(finding.span.line, finding.severity.value) for finding in reported] == [(4, "error")]
    others = [finding.rule.code for finding in findings(tmp_path, SPEC.format(type=declared))]
    assert not {"G103", "G107"} & {*others}  # one finding is enough
    assert help_text in reported[0].help


@pytest.mark.parametrize(
    "declared",
    [
        "{integer: '[0-9]{3}', width: 3}",
        r"{decimal: '-?[0-9]{3}\.[0-9]{2}', width: 3}",
        "{integer: '[0-9]{1,3}'}",
        "{text: '[0-9]{3}'}",
    ],
)
def test_what_can_be_written_is_fine(tmp_path: Path, declared: str) -> None:
    codes = {finding.rule.code for finding in findings(tmp_path, SPEC.format(type=declared))}
    assert codes <= {"G103"}


NILS = st.sampled_from(("0", "1", "7", "00", "07", "007", "-1", "-0", "0.0", "1.0", "", "-", "+1"))


@settings(max_examples=2 * settings().max_examples)
@given(st.data(), st.booleans(), st.sampled_from((0, 0, 1, 2, 3)), NILS)
def test_what_is_written_like_none_is_found(
    data: st.DataObject, decimal: bool, width: int, nil: str
) -> None:
    pattern = data.draw(patterns(decimal=decimal))
    form = re.compile(pattern, re.ASCII)
    if any(form.fullmatch(text) for text in ("", ".", "+", "-", "+.", "-.")):
        return  # no form of a number
    lost = [
        text
        for text in TEXTS
        if form.fullmatch(text) and text != nil and plain(text, width, decimal=decimal) == nil
    ]
    spelled = respelled(number(pattern, width, decimal=decimal), nil)
    event("like None" if lost else "never like None")
    if lost:
        assert spelled is not None
        assert len(spelled) == min(map(len, lost))
    if spelled is not None:
        assert spelled != nil
        assert form.fullmatch(spelled)
        assert plain(spelled, width, decimal=decimal) == nil


@pytest.mark.parametrize(
    ("declared", "nil", "codes"),
    [
        ("{integer: '[0-9]{1,2}'}", "'0'", ["G107"]),
        ("{integer: '[0-9]{1,3}', width: 3}", "'007'", ["G107"]),
        (r"{decimal: '[0-9]+(\.[0-9]+)?'}", "'0.0'", ["G107"]),
        ("{integer: '0|[1-9]'}", "'0'", []),
        ("{integer: '[0-9]{1,3}'}", "'-'", []),
        ("{integer: '[0-9]{3}'}", "'000'", ["G112"]),
        ("{integer: '[1-9]', newtype: true}", "' -', padding: whitespace", ["G107"]),
    ],
)
def test_none_beside_numbers(tmp_path: Path, declared: str, nil: str, codes: list[str]) -> None:
    spec = f"""
types: {{N: {declared}}}
records: {{Row: {{fields: {{n: {{type: N, nil: {nil}}}}}}}}}
operations: {{Days: {{effect: read, result: Row}}}}
"""
    reported = [
        finding.rule.code
        for finding in findings(tmp_path, spec)
        if finding.severity.value == "error"
    ]
    assert reported == codes
