"""G107, of records and lists in a padded field: whether their values can be written there.

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

from unstringly.automata.compile import compile_result
from unstringly.automata.marked import MarkedAutomaton
from unstringly.automata.places import Place
from unstringly.check.nested_values import unwritten_text
from unstringly.check.places import NO_SPELLING
from unstringly.check.search import regular_ways
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic
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
from unstringly.model.parts import Definitions, is_leaf

_PADDED = Place(padded=True)


class _Unwritten(Struct, frozen=True):
    """A text that is read and whose value cannot be written; None where nothing can be."""

    text: str | None


def check_nested(subject: Subject) -> Iterator[Question]:
    """Ask of each padded field whether all that is read there can be written there."""
    definitions = subject.contract.definitions
    written = {name: _as_written(definition) for name, definition in definitions.items()}
    line_ends = subject.contract.spec.line_ends
    unwritten = cache(partial(_unwritten, definitions, written, line_ends))
    for record in subject.received:
        if not isinstance(record, Record):
            continue
        for field in record.fields:
            if field.padded and not is_leaf(definitions[field.type]):
                yield Question(record, partial(_nested, unwritten, record, field))


def _nested(
    unwritten: Callable[[str], _Unwritten | None], record: Record, field: Field
) -> Iterator[Finding]:
    found = unwritten(field.type)
    if found is None:
        return
    message = (
        f"every {field.type!r} is written with padding at its beginning or end, and "
        f"{field.name!r} is a padded field"
    )
    if found.text is not None:
        message = (
            f"{shown(found.text)} is read in the padded field {field.name!r}, and what it holds is "
            "written with padding at its beginning or end"
        )
    yield Finding(record.name, _finding(field, message))


def _unwritten(
    definitions: Definitions, written: Definitions, line_ends: LineEnds, name: str
) -> _Unwritten | None:
    """Find what of a record or list cannot be written in a padded field; raises TooLarge."""
    alphabet, reading = compile_result(definitions, name, line_ends, place=_PADDED)
    over = partial(compile_result, written, name, line_ends, alphabet)
    _, writing = over(place=_PADDED)
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
