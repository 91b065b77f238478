"""The lexical form of every leaf type, as a pattern and as a language.

A date form is exact to the calendar: the years that have a 29 February are spelled out, so
that whatever the automaton reads can be turned into a `datetime`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import assert_never

from unstringly.automata import dfa
from unstringly.automata.dfa import Dfa
from unstringly.automata.work import Kept, What, counted, kept
from unstringly.model import charset
from unstringly.model.charset import Alphabet, CharSet
from unstringly.model.grammar import (
    DatePart,
    DateType,
    DecimalType,
    EnumType,
    Form,
    IntegerType,
    LineEnds,
    TextType,
    Type,
)
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, charsets, literal

CR_LF = "\r\n"


@lru_cache(maxsize=512)
def form_of(leaf: Type) -> Form:
    """The lexical form of a leaf's content."""
    match leaf:
        case TextType() | IntegerType() | DecimalType():
            return leaf.form
        case DateType():
            return Form(date_pattern(leaf, zeros_optional=leaf.zeros_optional), leaf.source)
        case EnumType(members=members, form=form):
            spellings = tuple(literal(member.spelling) for member in members)
            if form is None:
                return Form(Choice(spellings), "|".join(member.spelling for member in members))
            return Form(Choice((*spellings, form.pattern)), form.source, form.excludes)
        case _:
            assert_never(leaf)


def sets_of(form: Form) -> Iterator[CharSet]:
    """Yield the sets of characters that an alphabet must tell apart to speak of the form."""
    yield from charsets(form.pattern)
    for text in form.excludes:
        yield from map(charset.of, text)


def surrounding_sets(line_ends: LineEnds) -> Iterator[CharSet]:
    """Yield the sets that matter to every form, whatever it says: padding and line ends."""
    yield charset.PADDING
    if line_ends is LineEnds.LF:
        yield from map(charset.of, CR_LF)


def alphabet_for(sets: Iterable[CharSet]) -> Alphabet:
    """Return the coarsest alphabet that tells the sets apart; raises TooLarge."""
    with counted(What.ALPHABET) as tally:
        unique: dict[CharSet, None] = {}
        for chars in sets:
            tally.add(1)
            unique[chars] = None
        return charset.partition(unique, tally.add)


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents that a leaf may have in a place, over an alphabet of the form's own.

    `read` is every content on the wire, the spelling of None included; `written` is what a value
    may be written as, where that spelling is missing: a value that is spelled so would be read as
    None. `takes_nil` says that the form has that text; `loses_padded`, that the form has texts
    which are missing because they begin or end with padding.
    """

    read: Dfa
    written: Dfa
    takes_nil: bool
    loses_padded: bool


def contents_of(form: Form, line_ends: LineEnds, *, padded: bool, nil: str | None) -> Contents:
    """Return the contents of a form in a place; raises TooLarge."""
    return _contents_of(form, line_ends, padded, nil).get()


@lru_cache(maxsize=512)
def _contents_of(form: Form, line_ends: LineEnds, padded: bool, nil: str | None) -> Kept[Contents]:
    """Do the work once: a form stands in many texts, each with a larger alphabet."""
    key = (form, line_ends, padded, nil)
    return kept(key, lambda: _contents(form, line_ends, padded, nil))


def _contents(form: Form, line_ends: LineEnds, padded: bool, nil: str | None) -> Contents:
    spellings = map(charset.of, nil or "")
    alphabet = alphabet_for(chain(sets_of(form), surrounding_sets(line_ends), spellings))
    anywhere = dfa.from_pattern(alphabet, form.pattern)
    excludes = form.excludes if line_ends is LineEnds.KEPT else (*form.excludes, CR_LF)
    if excludes:
        anywhere -= dfa.containing(alphabet, excludes)
    here = anywhere & dfa.trimmed(alphabet) if padded else anywhere
    if nil is None:
        return Contents(here, here, takes_nil=False, loses_padded=here != anywhere)
    spelled = dfa.from_pattern(alphabet, literal(nil))
    written = here - spelled
    return Contents(
        here | spelled,
        written,
        takes_nil=here.accepts(nil),
        loses_padded=padded and written != anywhere - spelled,
    )


def language(
    alphabet: Alphabet, form: Form, *, padded: bool, line_ends: LineEnds, nil: str | None = None
) -> Dfa:
    """Return the contents that are read in a form's place, over an alphabet that tells more apart.

    Raises TooLarge.
    """
    return dfa.lifted(contents_of(form, line_ends, padded=padded, nil=nil).read, alphabet)


def date_pattern(leaf: DateType, *, zeros_optional: bool) -> Pattern:
    """Every spelling of a date and time that exists, in the order of the form's parts."""
    options: list[Pattern] = []
    for year, month, day in _days():
        given = {DatePart.YEAR: year, DatePart.MONTH: month, DatePart.DAY: day} | {
            DatePart.HOUR: range(24),
            DatePart.MINUTE: range(60),
            DatePart.SECOND: range(60),
        }
        items = tuple(
            literal(part) if isinstance(part, str) else _numbers(given[part], zeros_optional)
            for part in leaf.parts
        )
        options.append(Sequence(items))
    if not any(part is DatePart.DAY for part in leaf.parts):
        return options[0]
    return Choice(tuple(options))


_LONG = (1, 3, 5, 7, 8, 10, 12)
_SHORT = (4, 6, 9, 11)


def _days() -> Iterator[tuple[Pattern, "range | tuple[int, ...]", range]]:
    """Years, months and days that go together."""
    yield _any_year(), _LONG, range(1, 32)
    yield _any_year(), _SHORT, range(1, 31)
    yield _any_year(), (2,), range(1, 29)
    yield _leap_year(), (2,), range(29, 30)


def _any_year() -> Pattern:
    """The years 0001 to 9999."""
    digit = Chars(charset.DIGITS)
    positive = Chars(charset.between("1", "9"))
    zero = Chars(charset.of("0"))
    return Choice(
        tuple(Sequence((*(zero,) * zeros, positive, *(digit,) * (3 - zeros))) for zeros in range(4))
    )


def _leap_year() -> Pattern:
    """The years that are divisible by 4, and by 400 where they end a century."""
    fours = Choice(tuple(literal(f"{n:02}") for n in range(4, 100, 4)))
    digit = Chars(charset.DIGITS)
    return Choice((Sequence((digit, digit, fours)), Sequence((fours, literal("00")))))


def _numbers(values: "Pattern | range | tuple[int, ...]", zeros_optional: bool) -> Pattern:
    """Two-digit spellings of some numbers, and short ones where zeros are optional."""
    match values:
        case range() | tuple():
            padded = tuple(literal(f"{n:02}") for n in values)
            short = tuple(literal(str(n)) for n in values if n < 10)
            return Choice((*padded, *short) if zeros_optional else padded)
        case Chars() | Sequence() | Choice() | Repeat():
            return values
