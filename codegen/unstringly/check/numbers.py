"""G112: numbers that a form reads and cannot write.

A number has many spellings (`7`, `007`, `+7`), and format writes one of them: without a plus, and
with zeros up to `width` digits before the point. So for each text of the form, the spelling of
its number must be of the form as well. Both are languages:

    read     the texts of the form, each without its sign and its leading zeros, as `7` or `.50`
    written  what is written for one of these

and what is written but not of the form is the witness. Where digits stand in groups of three,
`read` is without what stands between them, and so are the texts of the form that are in groups.
"""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from unstringly.automata import dfa, leaves
from unstringly.automata.dfa import DEAD, Dfa
from unstringly.automata.left_out import without
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
`width` digits; with `thousands`, always in groups. The form of this type reads a number whose
spelling is then not of the form.""",
    why="A value that was parsed could never be formatted.",
    example="integer: '[0-9]{3}'        reads 007: the number is 7, and `7` has one digit",
    todo="""\
Say how many digits are written, `width: 3`. Or let the form take the plain spelling too:
`[0-9]{1,3}`. If the spelling itself matters, declare a `text`.""",
)

RULES = (NOT_WRITTEN,)

_DIGIT = Chars(charset.DIGITS)
_SIGN = Repeat(Chars(charset.of("+-")), 0, 1)
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
    writable = _without_groups(number, form & _in_groups(number, alphabet))
    form = _without_groups(number, form)
    minus = dfa.from_pattern(alphabet, Sequence((literal("-"), _ZEROS)))
    plus = dfa.from_pattern(alphabet, Sequence((Repeat(literal("+"), 0, 1), _ZEROS)))
    positive, negative = (_plain(number, form.behind(silent)) for silent in (plus, minus))
    if number.is_whole and negative.accepting[0]:  # -0 is 0
        zero = dfa.from_pattern(alphabet, literal(""))
        positive, negative = positive | zero, negative - zero
    canonical = dfa.from_pattern(alphabet, written)
    sign = dfa.from_pattern(alphabet, literal("-"))
    for before, numbers, taken in (
        ("", positive, writable),
        ("-", negative, writable.behind(sign)),
    ):
        text = ((_with_zeros(numbers) & canonical) - taken).shortest()
        if text is not None:
            read = _read_as(number, before + text)
            assert read is not None, text
            written_as = number.notation.grouped(before + text)
            return _Unwritten(read + number.unit, written_as + number.unit)
    return None


def respelled(number: Number, nil: str) -> str | None:
    """A shortest other text of the form whose number would be written as `nil` is spelled."""
    if not nil.endswith(number.unit):
        return None
    grouped = nil.removesuffix(number.unit)
    plain = number.notation.ungrouped(grouped)
    if number.notation.grouped(plain) != grouped:
        return None
    digits = plain.removeprefix("-")
    written = number.digits(number.width)
    alphabet = _alphabet(number, written)
    is_number = dfa.from_pattern(alphabet, written).accepts(digits)
    never_written = number.is_whole and plain != digits and not digits.strip("0")
    if not is_number or never_written:
        return None
    units = sorted(number.notation.units, key=len)
    other = _read_as(number, plain, but=grouped)
    others = [] if other is None else [other + units[0]]
    if dfa.from_pattern(alphabet, number.pattern).accepts(grouped):
        others += [grouped + unit for unit in units if unit != number.unit]
    return min(others, key=len, default=None)


def _read_as(number: Number, written: str, but: str = "") -> str | None:
    """A shortest text of the form that spells the number that is written so, another than `but`.

    The number is written without groups, and `but` as it comes.
    """
    spellings = _spellings(number, written)
    alphabet = _alphabet(number, Choice((spellings, literal(but))))
    found = dfa.from_pattern(alphabet, number.pattern) & dfa.from_pattern(alphabet, spellings)
    return (found - dfa.from_pattern(alphabet, literal(but))).shortest()


def _alphabet(number: Number, written: Pattern) -> Alphabet:
    others = f"+-0{number.notation.point}{number.notation.thousands}"
    sets = [*charsets(number.pattern), *charsets(written), *map(charset.of, others)]
    return leaves.alphabet_for(sets)


def _in_groups(number: Number, alphabet: Alphabet) -> Dfa:
    """The texts in which whole digits are in groups as format writes them; all if it does not."""
    thousands = number.notation.thousands
    if not thousands:
        return dfa.everything(alphabet)
    group = Sequence((literal(thousands), Repeat(_DIGIT, 3, 3)))
    whole = Sequence((Repeat(_DIGIT, 1, 3), Repeat(group, 0, None)))
    fraction = Sequence((literal(number.notation.point), Repeat(_DIGIT, 0, None)))
    points = 1 if number.has_point else 0
    parts = (_SIGN, Repeat(whole, 0, 1), Repeat(fraction, 0, points))
    return dfa.from_pattern(alphabet, Sequence(parts))


def _without_groups(number: Number, numbers: Dfa) -> Dfa:
    """The same numbers without what stands between groups."""
    thousands = number.notation.thousands
    return without(numbers, numbers.alphabet.class_of(thousands)) if thousands else numbers


def _plain(number: Number, spelled: Dfa) -> Dfa:
    """The spellings behind sign and zeros that begin with no zero, without a point at the end."""
    alphabet, mark = spelled.alphabet, number.notation.point
    point = alphabet.class_of(mark)
    ends = tuple(
        accepts or (row[point] != DEAD and spelled.accepting[row[point]])
        for row, accepts in zip(spelled.rows, spelled.accepting, strict=True)
    )
    anything = Repeat(Chars(charset.ANY), 0, None)
    zero_first = dfa.from_pattern(alphabet, Sequence((literal("0"), anything)))
    point_last = dfa.from_pattern(alphabet, Sequence((anything, literal(mark))))
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
    thousands, mark = number.notation.thousands, number.notation.point
    between = Repeat(literal(thousands), 0, 1 if thousands else 0)
    zeros = Repeat(Sequence((literal("0"), between)), 0, None)
    rest = (Sequence((literal(digit), between)) for digit in digits.lstrip("0"))
    point = Repeat(literal(mark), 0, 1 if number.has_point and mark not in digits else 0)
    return Sequence((before, zeros, *rest, point))
