"""Check of number patterns: each text that one matches must be a number that Python can read.

The check follows a pattern through the automaton of all numbers: from each state, it finds the
states in which texts of the pattern end, each with a shortest such text. A text that ends outside
the accepting states is the counter-example that the finding shows.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias, assert_never

from msgspec import Struct

from unstringly.diagnostics import Rule, Severity
from unstringly.model import charset
from unstringly.model.charset import CharSet
from unstringly.model.notation import Notation
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, charsets
from unstringly.read.spec.cursor import Cursor, quoted

NOT_A_NUMBER = Rule(
    "S117",
    Severity.ERROR,
    "the pattern of a number matches a text that is not a number",
    wrong="""\
What an `integer` pattern matches is given to `int()`, what a `decimal` pattern matches to
`Decimal()`, without its `unit`. So all of it must be numbers: an optional sign and digits,
for a decimal also one point with a digit beside it. With `thousands`, either no such
separator, or one between any two groups of three digits. With `implied`, no point.""",
    why="A text that the pattern takes and Python does not would make a parser raise.",
    example="integer: '-?[0-9]*'        which matches a lone - and the empty text",
    todo=r"""Write `-?[0-9]+`. `\d` is `[0-9]`. For "a number or nothing" make the field optional,
or give it `nil: ''`.""",
)

UNBOUNDED_DIGITS = Rule(
    "S118",
    Severity.ERROR,
    "the pattern of an integer does not limit its digits",
    wrong="""\
The pattern takes any number of digits. Python's `int()` refuses texts of more than 4,300,
and a service can send any text.""",
    why="""\
With a limit such a text is malformed, which is what it is, and parsing stays free of
exceptions.""",
    example="integer: '[0-9]+'",
    todo="""\
Write `[0-9]{1,9}`. Identifiers that consist of digits are better a `text` type: nobody adds
them up, and leading zeros are kept.""",
)

RULES = (NOT_A_NUMBER, UNBOUNDED_DIGITS)

# From each state, the states that texts lead to, each with a shortest such text.
Runs: TypeAlias = dict[int, dict[int, str]]

_DEAD = -1
_SIGN = charset.of("+-")

_Step: TypeAlias = tuple[tuple[CharSet, int], ...]


class NumberKind(Struct, frozen=True, eq=False):
    """A deterministic automaton: state -> (characters -> state); every run begins in state 0.

    `key` is the spec's key for such numbers; with `bounded` their digits must have a limit.
    """

    key: str
    steps: tuple[_Step, ...]
    accepting: frozenset[int]
    bounded: bool

    @property
    def states(self) -> tuple[int, ...]:
        """Every state, the dead one (-1) included."""
        return (_DEAD, *range(len(self.steps)))


@lru_cache(maxsize=64)
def number_kind(key: str, notation: Notation) -> NumberKind:
    """Return the automaton of all numbers of a key and a notation, without their units."""
    digits, thousands = charset.DIGITS, charset.of(notation.thousands)
    if notation.thousands:
        # One, two, three and more digits; behind a separator no digit, one, two and three.
        whole: list[_Step] = [
            *(((digits, 3), (thousands, 6)), ((digits, 4), (thousands, 6))),
            *(((digits, 5), (thousands, 6)), ((digits, 5),)),
            *(((digits, 7),), ((digits, 8),), ((digits, 9),), ((thousands, 6),)),
        ]
        ends = frozenset((2, 3, 4, 5, 9))
    else:
        whole, ends = [((digits, 2),)], frozenset((2,))
    start: _Step = ((_SIGN, 1), (digits, 2))
    behind_sign: _Step = ((digits, 2),)
    is_integer = key == "integer"
    if is_integer or notation.implied:
        return NumberKind(key, (start, behind_sign, *whole), ends, bounded=is_integer)
    # Behind the whole part and the point (`5.`), behind a bare point, and in the fraction.
    point, ended = charset.of(notation.point), 2 + len(whole)
    bare, fraction = ended + 1, ended + 2
    return NumberKind(
        key,
        (
            (*start, (point, bare)),
            (*behind_sign, (point, bare)),
            *(
                (*step, (point, ended)) if state in ends else step
                for state, step in enumerate(whole, start=2)
            ),
            *(((digits, fraction),),) * 3,
        ),
        ends | {ended, fraction},
        bounded=False,
    )


def check_number(pattern: Pattern, key: str, notation: Notation, cursor: Cursor) -> None:
    """Report a pattern that matches a text other than a number (S117), or endless digits (S118)."""
    source, kind = cursor.scalar(key), number_kind(key, notation)
    assert source is not None
    ends = _runs(pattern, kind)[0]
    wrong = sorted((text for end, text in ends.items() if end not in kind.accepting), key=len)
    name = "an integer" if kind.bounded else "a decimal"
    if wrong:
        message = f"this also matches {quoted(wrong[0])}, which is not {name}"
        cursor.report(NOT_A_NUMBER, source.span, message, _advice(notation))
    elif kind.bounded and not _is_bounded(pattern):
        message = "this does not limit the number of digits"
        cursor.report(UNBOUNDED_DIGITS, source.span, message, "for example `[0-9]{1,9}`")


def _advice(notation: Notation) -> str:
    """Return what to do about a pattern that matches what is no number."""
    if notation.implied:
        return "narrow the pattern to digits; with `implied` there is no point"
    if not notation.thousands:
        return "narrow the pattern"
    between = notation.thousands if notation.thousands.isspace() else f"[{notation.thousands}]"
    return f"narrow the pattern to groups of three digits: `[0-9]{{1,3}}({between}[0-9]{{3}})*`"


def _runs(pattern: Pattern, kind: NumberKind) -> Runs:
    """Return the states in which texts of a pattern end, from each state."""
    match pattern:
        case Chars(chars):
            return _one(chars, kind)
        case Sequence(items):
            runs = _nowhere(kind)
            for item in items:
                runs = _then(runs, _runs(item, kind))
            return runs
        case Choice(items):
            return _either([_runs(item, kind) for item in items])
        case Repeat(item, least, most):
            once = _runs(item, kind)
            runs = _times(once, least, kind)
            # More rounds than there are states lead nowhere new.
            rounds = len(kind.states)
            for _ in range(rounds if most is None else min(rounds, most - least)):
                runs = _either([runs, _then(runs, once)])
            return runs
        case _:
            assert_never(pattern)


@lru_cache(maxsize=256)
def _one(chars: CharSet, kind: NumberKind) -> Runs:
    """Return the runs of one character of a set."""
    return {state: _step(state, chars, kind) for state in kind.states}


def _times(once: Runs, count: int, kind: NumberKind) -> Runs:
    """Return the runs of a pattern `count` times in a row, by repeated doubling."""
    runs = _nowhere(kind)
    while count:
        if count % 2:
            runs = _then(runs, once)
        once = _then(once, once)
        count //= 2
    return runs


def _step(state: int, chars: CharSet, kind: NumberKind) -> dict[int, str]:
    ends: dict[int, str] = {}
    rest = chars
    for label, target in kind.steps[state] if state != _DEAD else ():
        if chars & label:
            ends[target] = chr((chars & label).ranges[0][0])
        rest -= label
    if rest:
        ends[_DEAD] = chr(rest.ranges[0][0])
    return ends


def _nowhere(kind: NumberKind) -> Runs:
    return {state: {state: ""} for state in kind.states}


def _then(first: Runs, second: Runs) -> Runs:
    """Return the runs of one pattern after another."""
    return {
        start: _shortest(
            {end: text + suffix for end, suffix in second[middle].items()}
            for middle, text in ends.items()
        )
        for start, ends in first.items()
    }


def _either(runs: list[Runs]) -> Runs:
    return {start: _shortest(run[start] for run in runs) for start in runs[0]}


def _shortest(runs: Iterable[dict[int, str]]) -> dict[int, str]:
    best: dict[int, str] = {}
    for ends in runs:
        for end, text in ends.items():
            if end not in best or len(text) < len(best[end]):
                best[end] = text
    return best


def _is_bounded(pattern: Pattern) -> bool:
    """Say whether there is a longest text that the pattern matches."""
    match pattern:
        case Chars():
            return True
        case Sequence(items) | Choice(items):
            return all(_is_bounded(item) for item in items)
        case Repeat(item, _, most):
            endless = most is None and any(True for _ in charsets(item))
            return not endless and _is_bounded(item)
        case _:
            assert_never(pattern)
