"""The automata of numbers in every notation, against Python's own regular expressions."""

import re
from itertools import product

import pytest

from unstringly.model import charset
from unstringly.model.notation import Notation
from unstringly.read.spec.numbers import NumberKind, number_kind

CHARACTERS = "0+,_"
SETS = {character: charset.of(character) for character in CHARACTERS}
TEXTS = ["".join(each) for length in range(7) for each in product(CHARACTERS, repeat=length)]
WHOLE, GROUPED = "[0-9]+", "([0-9]+|[0-9]{1,3}(_[0-9]{3})+)"


def accepts(kind: NumberKind, text: str) -> bool:
    state = 0
    for character in text:
        targets = [end for label, end in kind.steps[state] if label & SETS[character]]
        if not targets:
            return False
        (state,) = targets
    return state in kind.accepting


@pytest.mark.parametrize(
    ("key", "notation", "pattern"),
    [
        ("integer", Notation(), WHOLE),
        ("integer", Notation(thousands="_"), GROUPED),
        ("decimal", Notation(point=","), f"({WHOLE}(,[0-9]*)?|,[0-9]+)"),
        ("decimal", Notation(point=",", thousands="_"), f"({GROUPED}(,[0-9]*)?|,[0-9]+)"),
        ("decimal", Notation(implied=2), WHOLE),
    ],
)
def test_a_number_is_in_its_notation(key: str, notation: Notation, pattern: str) -> None:
    number, kind = re.compile(f"[+-]?{pattern}"), number_kind(key, notation)
    accepted = [text for text in TEXTS if accepts(kind, text)]
    assert accepted == list(filter(number.fullmatch, TEXTS))
    assert len(accepted) > 10
