"""The lexical form of every leaf as a language, by itself and in a place."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from unstringly.automata import dfa
from unstringly.automata.dfa import Dfa
from unstringly.automata.places import Place
from unstringly.automata.work import Kept, Work, counted, kept
from unstringly.kinds.table import kind_of
from unstringly.model import charset
from unstringly.model.charset import Alphabet, CharSet
from unstringly.model.grammar import Form, LineEnds, Type
from unstringly.model.pattern import Choice, charsets, literal

CR_LF = "\r\n"


@lru_cache(maxsize=512)
def form_of(leaf: Type) -> Form:
    """Return the lexical form of a leaf's content."""
    return kind_of(leaf).form


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
    with counted(Work.ALPHABET) as tally:
        unique: dict[CharSet, None] = {}
        for chars in sets:
            tally.add(1)
            unique[chars] = None
        return charset.partition(unique, tally.add)


class Contents(Struct, frozen=True):
    """The contents that a leaf may have in a place, over an alphabet of the form's own.

    `read` is every content on the wire, the spellings of None included; `written` is what a value
    may be written as, where those spellings are missing: a value that is spelled so would be read
    as None. `nils_taken` are those that the form has; `loses_padded`, that the form has texts
    which are missing because they begin or end with padding.
    """

    read: Dfa
    written: Dfa
    nils_taken: tuple[str, ...]
    loses_padded: bool


def contents_of(
    form: Form, line_ends: LineEnds, *, padded: bool, nils: tuple[str, ...]
) -> Contents:
    """Return the contents of a form in a place; raises TooLarge."""
    return _contents_of(form, line_ends, padded, nils).get()


@lru_cache(maxsize=512)
def _contents_of(
    form: Form, line_ends: LineEnds, padded: bool, nils: tuple[str, ...]
) -> Kept[Contents]:
    """Do the work once: a form stands in many texts, each with a larger alphabet."""
    key = (form, line_ends, padded, nils)
    return kept(key, lambda: _contents(form, line_ends, padded, nils))


def _contents(form: Form, line_ends: LineEnds, padded: bool, nils: tuple[str, ...]) -> Contents:
    spellings = map(charset.of, "".join(nils))
    alphabet = alphabet_for(chain(sets_of(form), surrounding_sets(line_ends), spellings))
    excludes = form.excludes if line_ends is LineEnds.KEPT else (*form.excludes, CR_LF)
    anywhere = Place(excludes=excludes).within(dfa.from_pattern(alphabet, form.pattern))
    placed = Place(padded=padded).within(anywhere)
    if not nils:
        return Contents(placed, placed, nils_taken=(), loses_padded=placed != anywhere)
    but_nil = Place(nils=nils)
    written = but_nil.within(placed)
    return Contents(
        placed | dfa.from_pattern(alphabet, Choice(tuple(map(literal, nils)))),
        written,
        nils_taken=tuple(filter(placed.accepts, nils)),
        loses_padded=padded and written != but_nil.within(anywhere),
    )


def language(
    alphabet: Alphabet, form: Form, *, padded: bool, line_ends: LineEnds, nils: tuple[str, ...] = ()
) -> Dfa:
    """Return the contents that are read in a form's place, over an alphabet that tells more apart.

    Raises TooLarge.
    """
    return dfa.lifted(contents_of(form, line_ends, padded=padded, nils=nils).read, alphabet)
