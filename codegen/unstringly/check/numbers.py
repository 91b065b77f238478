"""G112: numbers that a form reads and cannot write.

A number has many spellings (`7`, `007`, `+7`), and format writes one of them: without a plus, and
with zeros up to `width` digits before the point. So for each text of the form, the spelling of
its number must be of the form as well. Both are languages:

    read     the texts of the form, each without its sign and its leading zeros, as `7` or `.50`
    written  what is written for one of these

and what is written but not of the form is the witness.
"""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from unstringly.automata import dfa, leaves
from unstringly.automata.dfa import DEAD, Dfa
from unstringly.automata.work import Work, counted
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.kinds.number import Number
from unstringly.kinds.table import kind_of
from unstringly.model import charset
from unstringly.model.charset import Alphabet
from unstringly.model.grammar import Type
from unstringly.model.parts import is_leaf
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, charsets, literal

NOT_WRITTEN = Rule(
    "G112",
    Severity.ERROR,
    "a number that is read has no spelling",
    wrong="""\
A number is written without a plus sign and without leading zeros, but for those up to
`width` digits. The form of this type reads a number whose spelling is then not of the form.""",
    why="A value that was parsed could never be formatted.",
    example="integer: '[0-9]{3}'        reads 007: the number is 7, and `7` has one digit",
    todo="""\
Say how many digits are written, `width: 3`. Or let the form take the plain spelling too:
`[0-9]{1,3}`. If the spelling itself matters, declare a `text`.""",
)

RULES = (NOT_WRITTEN,)

_ZEROS = Repeat(literal("0"), 0, None)
_WIDEST_TRIED = 40


class _Unwritten(Struct, frozen=True):
    """A text of the form, and how its number would be written."""

    read: str
    written: str


def check_numbers(subject: Subject) -> Iterator[Question]:
    """Ask whether a number of some kind is read that cannot be written."""
    for leaf in filter(is_leaf, subject.contract.definitions.values()):
        number = kind_of(leaf).number
        if number is not None:
            yield Question(leaf, partial(_not_written, leaf, number))


def _not_written(leaf: Type, number: Number) -> Iterator[Finding]:
    unwritten = find_unwritten(number, number.width)
    if unwritten is None:
        return
    message = (
        f"{leaf.name!r} reads {shown(unwritten.read)} and cannot write its number: "
        f"{shown(unwritten.written)} is not of the form"
    )
    yield Finding(leaf.name, Diagnostic(NOT_WRITTEN, leaf.span, message, _help(number)))


def _help(number: Number) -> str:
    for width in range(1, _WIDEST_TRIED + 1):
        if width != number.width and find_unwritten(number, width) is None:
            return f"say how many digits are written: `width: {width}`"
    without = " without `width`" if number.width else ""
    return f"let the form take the number as it is written{without}, or declare a `text`"


def find_unwritten(number: Number, width: int) -> _Unwritten | None:
    """A shortest spelling that a width makes of a number of the form, and that is not of it."""
    written = number.digits(width)
    alphabet = _alphabet(number, written)
    form = dfa.from_pattern(alphabet, number.pattern)
    minus = dfa.from_pattern(alphabet, Sequence((literal("-"), _ZEROS)))
    plus = dfa.from_pattern(alphabet, Sequence((Repeat(literal("+"), 0, 1), _ZEROS)))
    positive, negative = _plain(form.behind(plus)), _plain(form.behind(minus))
    if number.is_whole and negative.accepting[0]:  # -0 is 0
        zero = dfa.from_pattern(alphabet, literal(""))
        positive, negative = positive | zero, negative - zero
    canonical = dfa.from_pattern(alphabet, written)
    sign = dfa.from_pattern(alphabet, literal("-"))
    for before, numbers, taken in (
        ("", positive, form),
        ("-", negative, form.behind(sign)),
    ):
        text = ((_with_zeros(numbers) & canonical) - taken).shortest()
        if text is not None:
            read = _read_as(number, before + text)
            assert read is not None, text
            return _Unwritten(read + number.unit, before + text + number.unit)
    return None


def respelled(number: Number, nil: str) -> str | None:
    """A shortest other text of the form whose number would be written as `nil` is spelled."""
    if not nil.endswith(number.unit):
        return None
    nil = nil.removesuffix(number.unit)
    digits = nil.removeprefix("-")
    written = number.digits(number.width)
    alphabet = _alphabet(number, written)
    is_number = dfa.from_pattern(alphabet, written).accepts(digits)
    never_written = number.is_whole and nil != digits and not digits.strip("0")
    if not is_number or never_written:
        return None
    other = _read_as(number, nil, but=nil)
    return None if other is None else other + number.unit


def _read_as(number: Number, written: str, but: str = "") -> str | None:
    """A shortest text of the form that spells the number that is written so, another than `but`."""
    spellings = _spellings(number, written)
    alphabet = _alphabet(number, Choice((spellings, literal(but))))
    found = dfa.from_pattern(alphabet, number.pattern) & dfa.from_pattern(alphabet, spellings)
    return (found - dfa.from_pattern(alphabet, literal(but))).shortest()


def _alphabet(number: Number, written: Pattern) -> Alphabet:
    sets = [*charsets(number.pattern), *charsets(written), *map(charset.of, "+-.0")]
    return leaves.alphabet_for(sets)


def _plain(spelled: Dfa) -> Dfa:
    """The spellings behind sign and zeros that begin with no zero, without a point at the end."""
    alphabet = spelled.alphabet
    point = alphabet.class_of(".")
    ends = tuple(
        accepts or (row[point] != DEAD and spelled.accepting[row[point]])
        for row, accepts in zip(spelled.rows, spelled.accepting, strict=True)
    )
    anything = Repeat(Chars(charset.ANY), 0, None)
    zero_first = dfa.from_pattern(alphabet, Sequence((literal("0"), anything)))
    point_last = dfa.from_pattern(alphabet, Sequence((anything, literal("."))))
    return Dfa(alphabet, spelled.rows, ends) - zero_first - point_last


def _with_zeros(numbers: Dfa) -> Dfa:
    """The spellings of these numbers, which begin with no zero, behind any number of zeros."""
    zero, zeros = numbers.alphabet.class_of("0"), -2

    def row(state: int) -> list[int]:
        if state == DEAD:
            return [DEAD] * numbers.alphabet.size
        found = list(numbers.rows[max(state, 0)])
        if state in (0, zeros):
            found[zero] = zeros
        return found

    def accepts(state: int) -> bool:
        return state != DEAD and numbers.accepting[max(state, 0)]

    with counted(Work.FORM) as tally:
        return dfa.explore(numbers.alphabet, 0, row, accepts, tally)


def _spellings(number: Number, written: str) -> Pattern:
    """Every spelling of a number that is written so."""
    sign, digits = written[: written.startswith("-")], written.removeprefix("-")
    silent = "+-" if number.is_whole and not digits.strip("0") else "+"
    before = literal(sign) if sign else Repeat(Chars(charset.of(silent)), 0, 1)
    point = Repeat(literal("."), 0, 0 if "." in digits else 1)
    return Sequence((before, _ZEROS, literal(digits.lstrip("0")), point))
