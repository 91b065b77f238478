"""G112: numbers that a form reads and cannot write.

A number has many spellings (`7`, `007`, `+7`), and format writes one of them: without a plus, and
with zeros up to `width` digits before the point. So for each text of the form, the spelling of
its number must be of the form as well. Both are languages:

    read     the texts of the form, each without its sign and its leading zeros, as `7` or `.50`
    written  what is written for one of these

and what is written but not of the form is the witness.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from unstringly.automata import dfa, leaves
from unstringly.automata.dfa import DEAD, Dfa
from unstringly.automata.work import What, counted
from unstringly.check.canonical import whole_digits
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model import charset
from unstringly.model.charset import Alphabet
from unstringly.model.grammar import DecimalType, IntegerType
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

_DIGIT = Chars(charset.DIGITS)
_ZEROS = Repeat(literal("0"), 0, None)
_FRACTION = Repeat(Sequence((literal("."), _DIGIT, Repeat(_DIGIT, 0, None))), 0, 1)
_WIDEST_TRIED = 40


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """A text of the form, and how its number would be written."""

    read: str
    written: str


def check_numbers(subject: Subject) -> Iterator[Question]:
    """Ask whether an integer or decimal reads a number which it cannot write."""
    for leaf in subject.contract.definitions.values():
        if isinstance(leaf, IntegerType | DecimalType):
            yield Question(leaf, partial(_not_written, leaf))


def _not_written(leaf: IntegerType | DecimalType) -> Iterator[Finding]:
    found = find_unwritten(leaf, leaf.width)
    if found is None:
        return
    message = (
        f"{leaf.name!r} reads {shown(found.read)} and cannot write its number: "
        f"{shown(found.written)} is not of the form"
    )
    yield Finding(leaf.name, Diagnostic(NOT_WRITTEN, leaf.span, message, _help(leaf)))


def _help(leaf: IntegerType | DecimalType) -> str:
    for width in range(1, _WIDEST_TRIED + 1):
        if width != leaf.width and find_unwritten(leaf, width) is None:
            return f"say how many digits are written: `width: {width}`"
    without = " without `width`" if leaf.width else ""
    return f"let the form take the number as it is written{without}, or declare a `text`"


def find_unwritten(leaf: IntegerType | DecimalType, width: int) -> _Unwritten | None:
    """A shortest spelling that a width makes of a number of the form, and that is not of it."""
    digits = whole_digits(width)
    written = digits if isinstance(leaf, IntegerType) else Sequence((digits, _FRACTION))
    alphabet = _alphabet(leaf, written)
    form = dfa.from_pattern(alphabet, leaf.form.pattern)
    minus = dfa.from_pattern(alphabet, Sequence((literal("-"), _ZEROS)))
    plus = dfa.from_pattern(alphabet, Sequence((Repeat(literal("+"), 0, 1), _ZEROS)))
    positive, negative = _plain(form.behind(plus)), _plain(form.behind(minus))
    if isinstance(leaf, IntegerType) and negative.accepting[0]:  # -0 is 0
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
            read = _read_as(leaf, before + text)
            assert read is not None, text
            return _Unwritten(read, before + text)
    return None


def respelled(leaf: IntegerType | DecimalType, nil: str) -> str | None:
    """A shortest other text of the form whose number would be written as `nil` is spelled."""
    digits = nil.removeprefix("-")
    written = whole_digits(leaf.width)
    written = written if isinstance(leaf, IntegerType) else Sequence((written, _FRACTION))
    alphabet = _alphabet(leaf, written)
    is_number = dfa.from_pattern(alphabet, written).accepts(digits)
    never_written = isinstance(leaf, IntegerType) and nil != digits and not digits.strip("0")
    if not is_number or never_written:
        return None
    return _read_as(leaf, nil, but=nil)


def _read_as(leaf: IntegerType | DecimalType, written: str, but: str = "") -> str | None:
    """A shortest text of the form that spells the number that is written so, another than `but`."""
    spellings = _spellings(leaf, written)
    alphabet = _alphabet(leaf, Choice((spellings, literal(but))))
    found = dfa.from_pattern(alphabet, leaf.form.pattern) & dfa.from_pattern(alphabet, spellings)
    return (found - dfa.from_pattern(alphabet, literal(but))).shortest()


def _alphabet(leaf: IntegerType | DecimalType, written: Pattern) -> Alphabet:
    sets = [*leaves.sets_of(leaf.form), *charsets(written), *map(charset.of, "+-.0")]
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

    with counted(What.FORM) as tally:
        return dfa.explore(numbers.alphabet, 0, row, accepts, tally)


def _spellings(leaf: IntegerType | DecimalType, written: str) -> Pattern:
    """Every spelling of a number that is written so."""
    sign, digits = written[: written.startswith("-")], written.removeprefix("-")
    silent = "+-" if isinstance(leaf, IntegerType) and not digits.strip("0") else "+"
    before = literal(sign) if sign else Repeat(Chars(charset.of(silent)), 0, 1)
    point = Repeat(literal("."), 0, 0 if "." in digits else 1)
    return Sequence((before, _ZEROS, literal(digits.lstrip("0")), point))
