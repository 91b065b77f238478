"""G107: values of a leaf that have no spelling in a place where the leaf stands.

A padded place takes no content that begins or ends with padding, and a place with a `nil` takes
that text for None. What format would write for an enum's member, a date or a number has to be a
content that the place takes; a text is checked when it is written.
"""

from collections.abc import Iterator
from functools import partial

from unstringly.automata import dfa, leaves
from unstringly.check.numbers import find_unwritten, respelled
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.kinds.table import kind_of
from unstringly.model import charset
from unstringly.model.parts import as_leaf
from unstringly.model.pattern import Pattern, charsets
from unstringly.model.uses import Use, read_uses

NO_SPELLING = Rule(
    "G107",
    Severity.ERROR,
    "a value has no spelling where it stands",
    wrong="""\
In a padded place a content neither begins nor ends with padding, and where `nil` is given
that text means None. A value of this definition, or None itself, is spelled like that.""",
    why="""\
A member of an enum, or a date, that is spelled so could not be read back. A number, text,
record or list of which no spelling is left could never be written.""",
    example="enum: {' x': X}        in a record with `padding: whitespace`",
    todo="""\
Correct the spelling or the form, give the place `padding: none`, or another `nil`.""",
)

RULES = (NO_SPELLING,)


def check_places(subject: Subject) -> Iterator[Question]:
    """Ask whether a leaf has a value that could not be written in one of its places."""
    placed: dict[str, list[Use]] = {}
    for use in read_uses(subject.contract):
        if use in subject.compiled.leaves:
            placed.setdefault(use.type, []).append(use)
    for name, places in placed.items():
        leaf = as_leaf(subject.contract.definitions[name])
        yield Question(leaf, partial(_unwritable, subject, kind_of(leaf), places))


def _unwritable(subject: Subject, kind: LeafKind[Leaf], places: list[Use]) -> Iterator[Finding]:
    """A finding for the first place in which something of a leaf cannot be written."""
    leaf = kind.leaf
    for use in places:
        message = _problem(subject, kind, use)
        if message is not None:
            help_text = "`unstringly explain G107` says what can be done"
            yield Finding(leaf.name, Diagnostic(NO_SPELLING, leaf.span, message, help_text))
            return


def _problem(subject: Subject, kind: LeafKind[Leaf], use: Use) -> str | None:
    """Say what cannot be written in a place; None if everything can."""
    where = "padded" if use.padded else "not padded"
    if use.nils:
        where += f", and None is {' or '.join(map(shown, use.nils))}"
    edge = next((nil for nil in use.nils if nil != nil.strip(charset.BLANKS)), None)
    if use.padded and edge is not None:
        return f"None is {shown(edge)} beside {kind.name!r}, in a place that is padded"
    place = subject.compiled.leaves[use].contents.written
    members = () if kind.codes is None else kind.codes.members
    bad = next((each.spelling for each in members if not place.accepts(each.spelling)), None)
    if bad is not None:
        return f"{shown(bad)} of {kind.name!r} cannot stand in a place that is {where}"
    if kind.canonical is None:
        empty = place.is_empty
        return f"no {kind.name!r} can stand in a place that is {where}" if empty else None
    return _unwritten(subject, kind, kind.canonical, use, where)


def _unwritten(
    subject: Subject, kind: LeafKind[Leaf], canonical: Pattern, use: Use, where: str
) -> str | None:
    """The same of a leaf of which not every spelling is written."""
    placed = subject.compiled.leaves[use]
    around = leaves.surrounding_sets(subject.contract.spec.line_ends)
    sets = [*leaves.sets_of(placed.form), *around, *map(charset.of, "".join(use.nils))]
    alphabet = leaves.alphabet_for([*sets, *charsets(canonical)])
    written = dfa.from_pattern(alphabet, canonical)
    taken = dfa.lifted(placed.contents.written, alphabet)
    lost = None if kind.is_guarded else (written - taken).shortest()
    if lost is not None:
        return f"{shown(lost)} of {kind.name!r} cannot stand in a place that is {where}"
    if kind.number is not None:
        if find_unwritten(kind.number, kind.number.width) is not None:
            return None  # that is said by G112
        number = kind.number
        others = (respelled(number, nil) for nil in use.nils)
        other = next((text for text in others if text is not None), None)
        if other is not None:
            return (
                f"{shown(other)} of {kind.name!r} is written as None is, in a place that is {where}"
            )
    if (written & taken).is_empty:
        return f"no {kind.name!r} can be written in a place that is {where}"
    return None
