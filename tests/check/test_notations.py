"""G112 and G107 of numbers with a notation of their own, against trying every short text."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.check.test_numbers import SPEC, plain
from tests.check.test_other_checks import findings

from unstringly.automata import dfa, leaves
from unstringly.check.numbers import find_unwritten, respelled
from unstringly.kinds.number import Number
from unstringly.model.grammar import Form
from unstringly.model.notation import Notation
from unstringly.read.patterns.reader import parse_pattern

CHARACTERS = "07+-,_"
TEXTS = tuple(map("".join, (each for n in range(1, 7) for each in product(CHARACTERS, repeat=n))))

SIGNS = st.sampled_from(("", "", "-?", r"\+?", r"[+\-]?"))
WHOLES = st.sampled_from(("[0-9]{1,3}", "[0-9]{4}", "0?7", "[0-9]{1,4}", "0*[0-9]", "[07]{3}"))
GROUPS = st.sampled_from(("(_[0-9]{3})?", "_[0-9]{3}", "(_[07]{3})*", "(_000)?"))
FIRSTS = st.sampled_from(("[0-9]{1,3}", "[1-9]", "[0-9]", "[1-9][0-9]?", "0"))
FRACTIONS = st.sampled_from(("", "", ",?", ",[0-9]", "(,[0-9])?", "(,0)?"))


@st.composite
def numbers(draw: DrawFn) -> tuple[str, Number]:
    """A pattern, and the numbers of it, with `,` before a fraction and `_` between groups."""
    implied = draw(st.sampled_from((0, 0, 1, 2)))
    grouped = not implied and draw(st.booleans())
    is_whole = not implied and draw(st.booleans())
    wholes = st.one_of(WHOLES, st.tuples(FIRSTS, GROUPS).map("".join)) if grouped else WHOLES
    fractions = st.just("") if is_whole or implied else FRACTIONS
    one = st.tuples(SIGNS, wholes, fractions).map("".join)
    pattern = "|".join(draw(st.lists(one, min_size=1, max_size=3)))
    units = draw(st.sampled_from((("",), ("%",), ("%", ""), ("%", " %", "."))))
    notation = Notation(",", "_" * grouped, implied, units)
    width = draw(st.sampled_from((0, 0, 1, 3, 4)))
    return pattern, Number(parse_pattern(pattern), width, is_whole, notation)


def written(text: str, number: Number) -> str:
    """A number without its unit, as it is written."""
    python = text.replace("_", "").replace(",", ".")
    spelled = plain(python, number.width, decimal=not number.is_whole)
    if number.notation.implied:  # the digits are those of the number of smallest units
        digits = python.lstrip("+-").lstrip("0") or "0"
        spelled = "-" * python.startswith("-") + digits.rjust(number.width, "0")
    whole, point, fraction = spelled.partition(".")
    if number.notation.thousands:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", "_", whole)
    return whole + "," * bool(point) + fraction


@settings(max_examples=2 * settings().max_examples)
@given(numbers())
def test_every_number_that_is_read_can_be_written(drawn: tuple[str, Number]) -> None:
    pattern, number = drawn
    form = re.compile(pattern, re.ASCII)
    read = [text for text in TEXTS if form.fullmatch(text)]
    lost = [text for text in read if not form.fullmatch(written(text, number))]
    unwritten = find_unwritten(number, number.width)
    event("written" if unwritten is None else "not written")
    if unwritten is None:
        assert not lost
        return
    source, target = (t.removesuffix(number.unit) for t in (unwritten.read, unwritten.written))
    assert form.fullmatch(source)
    assert not form.fullmatch(target)
    assert written(source, number) == target


@settings(max_examples=2 * settings().max_examples)
@given(numbers(), st.sampled_from(("0", "7", "007", "-7", "-0", "7_000", "0,0", "7,", "", "-")))
def test_what_is_written_like_none_is_found(drawn: tuple[str, Number], nil: str) -> None:
    pattern, number = drawn
    form = re.compile(pattern, re.ASCII)
    nil += number.unit
    like = [
        text + unit
        for text in TEXTS
        if form.fullmatch(text) and written(text, number) + number.unit == nil
        for unit in number.notation.units
        if text + unit != nil
    ]
    found = respelled(number, nil)
    event("like None" if like else "never like None")
    assert (found is None) == (not like)
    if like:
        assert found in like
        assert len(found) == min(map(len, like))


@settings(max_examples=2 * settings().max_examples)
@given(numbers())
def test_what_is_written_is_canonical(drawn: tuple[str, Number]) -> None:
    pattern, number = drawn
    form = re.compile(pattern, re.ASCII)
    sets = leaves.sets_of(Form(number.canonical, ""))
    canonical = dfa.from_pattern(leaves.alphabet_for(sets), number.canonical)
    for text in filter(form.fullmatch, TEXTS):
        assert canonical.accepts(written(text, number) + number.unit)
        others = [unit for unit in number.notation.units if unit != number.unit]
        assert not any(canonical.accepts(text + unit) for unit in others)
        if written(text, number) != text and not (number.is_whole and number.width):
            assert not canonical.accepts(text + number.unit)


@pytest.mark.parametrize(
    ("declared", "codes"),
    [
        ("{integer: '[0-9]{1,4}', thousands: '.'}", "G112"),
        ("{integer: '[0-9]{1,3}', thousands: '.'}", "G103"),
        (r"{integer: '[0-9]{1,4}|[0-9]\.[0-9]{3}', thousands: '.'}", "G103"),
        ("{decimal: '0|[1-9][0-9]*', implied: 2}", ""),
        ("{decimal: '[0-9]{6}', implied: 2}", "G112"),
        ("{decimal: '[0-9]{6}', implied: 2, width: 6}", ""),
        ("{integer: '0|[1-9]', unit: ' km'}", ""),
        ("{integer: '0|[1-9]', unit: [' km', km]}", "G103"),
        ("{integer: '0|[1-9]', unit: ['km ', km]}", "G103 G107"),
        ("{decimal: '[0-9](,[0-9])?', point: ','}", "G101"),
        ("{decimal: '[0-9](;[0-9])?', point: ';'}", ""),
        ("{integer: '0|[1-9]', unit: [x, ',x']}", "G103"),
    ],
)
def test_findings(tmp_path: Path, declared: str, codes: str) -> None:
    found = {each.rule.code for each in findings(tmp_path, SPEC.format(type=declared))}
    assert " ".join(sorted(found)) == codes
