"""Law 4 by force: a great many texts, none of which makes a list parser raise or lose a character.

Hypothesis looks for the odd text in other modules. Here it is sheer numbers, from a fixed seed:
texts of a grammar's own tokens, good ones with stretches cut out, doubled and exchanged, and
characters from all over Unicode, lone surrogates among them.
"""

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from tests.laws.results import LISTS, TIME, Result, parsed

LONG = settings().max_examples >= 150
TEXTS = 300_000 if LONG else 6_000
"""For all lists together."""

GOOD = {
    "GetReport": ("2314357620085030624,13900000000,DELIVRD|", "23143,13900000002,0,30,2|\n"),
    "GetReport2": (f"2314357620085030624,13900000000,{TIME},DELIVRD|",),
    "GetMo": (f"13900000000|,|hello|,|{TIME}|;|", f"13900000000|,|a|;b|,|{TIME}|,|9|;\n"),
}


def drawn(result: Result, dice: random.Random) -> str:
    """A text for a result's parser."""
    kind = dice.randrange(4)
    if kind == 0:
        return "".join(dice.choices(result.tokens, k=dice.randrange(30)))
    if kind == 1:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randrange(12)))
    text = "".join(dice.choices(GOOD[result.name], k=dice.randrange(1, 6)))
    for _ in range(dice.randrange(4)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.randrange(8))
        new = (text[start:end] * 2, "", dice.choice(result.tokens), chr(dice.randrange(0x3000)))
        text = text[:start] + dice.choice(new) + text[end:]
    return text


def texts(result: Result, count: int) -> Iterator[str]:
    dice = random.Random(f"{result.name}: no text makes a parser raise")
    return (drawn(result, dice) for _ in range(count))


@pytest.mark.parametrize("result", LISTS, ids=str)
def test_no_text_makes_a_parser_raise(result: Result) -> None:
    parse: Callable[[str], object] = result.parse
    for text in texts(result, TEXTS // len(LISTS)):
        found = parsed(parse(text))
        if found is not None:
            assert "".join([piece.raw for piece in found.pieces()]) == text
            found.malformed  # noqa: B018 - looked at, so that nothing is logged
