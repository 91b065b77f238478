"""G107, of records, lists and choices in fields that do not take all of their texts.

Whether their values can be written there is asked of padded fields, and of those with `nil`.

What is in a padded field neither begins nor ends with padding. A list of lines of which each ends
with a line feed always ends with padding, so that nothing but an empty list could be written there.
And where the last line feed may be missing and is written all the same, lists are read there that
cannot be written. What format writes is compiled like any grammar, without the spellings that are
only read.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial

from msgspec import Struct
from msgspec.structs import replace

from unstringly.automata import dfa
from unstringly.automata.alphabets import alphabet_of
from unstringly.automata.compile import compile_result
from unstringly.automata.leaves import alphabet_for, sets_of
from unstringly.automata.marked import MarkedAutomaton, has_reading
from unstringly.automata.places import Place
from unstringly.check.nested_values import unwritten_text
from unstringly.check.places import NO_SPELLING
from unstringly.check.search import regular_ways
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic
from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.kinds.table import kind_of
from unstringly.model import charset
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    Definition,
    Field,
    LineEnds,
    ListGrammar,
    Record,
    Trailing,
)
from unstringly.model.parts import Definitions, is_leaf, reachable
from unstringly.model.pattern import charsets


class _Unwritten(Struct, frozen=True):
    """A text that is read and whose value cannot be written; None where nothing can be."""

    text: str | None


def check_nested(subject: Subject) -> Iterator[Question]:
    """Ask of each such field whether all that is read there can be written there."""
    definitions = subject.contract.definitions
    written = {name: _as_written(definition) for name, definition in definitions.items()}
    line_ends = subject.contract.spec.line_ends
    unwritten = cache(partial(_unwritten, definitions, written, line_ends))
    respelled = cache(partial(_respelled, definitions, line_ends))
    for record in subject.received:
        if not isinstance(record, Record):
            continue
        for field in record.fields:
            if (field.padded or field.nils) and not is_leaf(definitions[field.type]):
                yield Question(record, partial(_nested, unwritten, record, field))
                yield Question(record, partial(_taken, respelled, record, field))


def _nested(
    unwritten: Callable[[str, Place], _Unwritten | None], record: Record, field: Field
) -> Iterator[Finding]:
    edge = next((nil for nil in field.nils if nil != nil.strip(charset.BLANKS)), None)
    if field.padded and edge is not None:
        message = f"None is {shown(edge)} in {field.name!r}, which is a padded field"
        yield Finding(record.name, _finding(field, message))
        return
    found = unwritten(field.type, Place(padded=field.padded, nils=field.nils))
    if found is None:
        return
    ways = ["with padding at its beginning or end"] if field.padded else []
    ways += ["as None is"] if field.nils else []
    where = f"the padded field {field.name!r}" if field.padded else f"the field {field.name!r}"
    message = f"every {field.type!r} is written {' or '.join(ways)}, in {where}"
    if found.text is not None:
        message = (
            f"{shown(found.text)} is read in {where}, and what it holds is written "
            f"{' or '.join(ways)}"
        )
    yield Finding(record.name, _finding(field, message))


def _taken(
    respelled: Callable[[str, str], bool], record: Record, field: Field
) -> Iterator[Finding]:
    """Find a spelling of None that may be what format makes of another spelling of a value."""
    nil = next((nil for nil in field.nils if respelled(field.type, nil)), None)
    if nil is not None:
        message = (
            f"None is {shown(nil)} in the field {field.name!r}, and some {field.type!r} with "
            "another spelling may be written as that"
        )
        yield Finding(record.name, _finding(field, message))


def _respelled(definitions: Definitions, line_ends: LineEnds, name: str, nil: str) -> bool:
    """Say whether a definition has a text, and leaves in it may be written in other ways.

    This asks less than it could: not whether these are the leaves that the text has.
    """
    inside = map(definitions.__getitem__, reachable(definitions, name))
    kinds = [kind_of(each) for each in inside if is_leaf(each)]
    if not any(_has_other_spellings(kind, nil) for kind in kinds):
        return False
    alphabet = alphabet_of(definitions, name, line_ends, map(charset.of, nil))
    return has_reading(*compile_result(definitions, name, line_ends, alphabet), nil)


def _has_other_spellings(kind: LeafKind[Leaf], nil: str) -> bool:
    """Say whether not every text of a leaf is written, and one that is may be a part of a text."""
    if kind.canonical is None:
        return False
    alphabet = alphabet_for([*sets_of(kind.form), *charsets(kind.canonical)])
    canonical = dfa.from_pattern(alphabet, kind.canonical)
    if not nil and not canonical.accepting[0]:
        return False
    return not (dfa.from_pattern(alphabet, kind.form.pattern) - canonical).is_empty


def _unwritten(
    definitions: Definitions, written: Definitions, line_ends: LineEnds, name: str, place: Place
) -> _Unwritten | None:
    """Find what of a record, list or choice cannot be written in a place; raises TooLarge."""
    sets = map(charset.of, "".join(place.nils))
    alphabet = alphabet_of(definitions, name, line_ends, sets)
    _, reading = compile_result(definitions, name, line_ends, alphabet, place=place)
    over = partial(compile_result, written, name, line_ends, alphabet)
    _, writing = over(place=place)
    if not _holds_something(writing) and _holds_something(over()[1]):
        return _Unwritten(None)
    text = unwritten_text(alphabet, reading, writing, _leaves(definitions))
    return None if text is None else _Unwritten(text)


def _leaves(definitions: Definitions) -> frozenset[str]:
    """The names of the elements of automata that are leaves: as items, and as fields."""
    names = {name for name, definition in definitions.items() if is_leaf(definition)}
    records = (each for each in definitions.values() if isinstance(each, Record))
    fields = ((record.name, field) for record in records for field in record.fields)
    inside = (f"{name}.{field.name}" for name, field in fields if field.type in names)
    return frozenset({*names, *inside})


def _finding(field: Field, message: str) -> Diagnostic:
    help_text = (
        f"give {field.name!r} `padding: none`, or {field.type!r} delimiters that are no padding; "
        "or let a list's last separator be `trailing: allowed`, which is not written"
    )
    if field.nils:
        help_text = f"give {field.name!r} another `nil`; `unstringly explain G107` says more"
    return Diagnostic(NO_SPELLING, field.span, message, help_text)


def _as_written(definition: Definition) -> Definition:
    """The definition as format writes it, which writes no padding."""
    match definition:
        case Record():
            return replace(
                definition,
                separators=definition.separators[:1],
                initiators=definition.initiators[:1],
                terminators=definition.terminators[:1],
                elements=tuple(_tight(element) for element in definition.elements),
            )
        case ListGrammar(separators=separators, trailing=trailing):
            return replace(
                definition,
                separators=separators[:1],
                final_separators=(),
                leading=False,
                trailing=Trailing.REQUIRED if trailing.is_written else Trailing.FORBIDDEN,
                repeated=False,
                padded=False,
            )
        case ChoiceGrammar():
            return replace(definition, padded=False)
        case _:
            return definition


def _tight(element: Field | Constant) -> Field | Constant:
    if isinstance(element, Constant):
        return replace(element, padded=False)
    return replace(
        element,
        initiators=element.initiators[:1],
        terminators=element.terminators[:1],
        padded=False,
    )


def _holds_something(automaton: MarkedAutomaton) -> bool:
    """Say whether there is a text besides the empty one."""
    return bool(regular_ways(automaton).get(0))
