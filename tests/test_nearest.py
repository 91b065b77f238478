"""What may have been meant: found among thousands of names without looking at each."""

from difflib import get_close_matches

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unstringly import nearest as nearest_module
from unstringly.nearest import did_you_mean, nearest

MANY = [
    f"{first}{second}{number}"
    for first in ["Get", "Set", "Ask"]
    for second in "ABCDEFGH"
    for number in range(100)
]
WORDS = st.text("abcde", min_size=1, max_size=8)


@given(WORDS, st.lists(WORDS, max_size=30, unique=True))
def test_few_names_are_compared_all(word: str, known: list[str]) -> None:
    found = get_close_matches(word, known, n=1)
    assert nearest(word, known) == (found[0] if found else None)


@given(st.sampled_from(MANY), st.integers(0, 5), st.sampled_from("xyz"))
@example("GetA10", 0, "x")
def test_a_slip_among_many_names(name: str, at: int, letter: str) -> None:
    """A letter that is wrong leaves the beginning or the end: a name as near is found."""
    wrong = name[:at] + letter + name[at + 1 :]
    found = nearest(wrong, MANY)
    assert found is not None
    assert get_close_matches(wrong, [found], cutoff=0.6)
    assert nearest(name, MANY) == name


def test_thousands_of_names_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(word: str, known: list[str], n: int) -> list[str]:
        nonlocal compared
        compared += len(known)
        return get_close_matches(word, known, n=n)

    monkeypatch.setattr(nearest_module, "get_close_matches", counted)
    for name in MANY[:100]:
        nearest(f"{name}x", MANY)
    assert compared <= 100 * 32


def distance(one: str, other: str) -> int:
    """The least number of letters to add, remove or replace (Levenshtein), by definition."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for index, expected in enumerate(other):
            changed = above[index] + (letter != expected)
            row.append(min(above[index + 1] + 1, row[-1] + 1, changed))
    return row[-1]


@given(WORDS, st.lists(WORDS, max_size=30, unique=True))
@example("abcdeabcde", ["abcdeabcdd"])
@example("abcdefghijklmnopqrst", ["xbcdefghijxlmnopqrsx"])
def test_a_slip_changes_two_letters_at_most(word: str, known: list[str]) -> None:
    close = nearest(word, known)
    question = "" if close is None else f"did you mean `{close}`?"
    assert did_you_mean(word, known) == question
    assert did_you_mean(word, known, repr) == question.replace("`", "'")
    for_slips = did_you_mean(word, known, only_slips=True)
    assert for_slips in ("", question)
    if close is not None and (word == close or distance(word, close) > 2):
        assert for_slips == (question if word == close else "")


def test_a_slip_in_a_long_name_is_one() -> None:
    known = ["GetReportOfYesterday", "GetReportOfToday"]
    assert did_you_mean("GetReportOfTodaz", known, only_slips=True)
    assert not did_you_mean("GetReportOf", known, only_slips=True)
    assert did_you_mean("GetReportOf", known)


@pytest.mark.parametrize("length", [61, 100_000])
def test_long_names_have_no_neighbours(length: int) -> None:
    assert nearest("a" * length, ["a" * length]) is None
    assert nearest("a", ["a" * length]) is None
