"""G107, of records and lists in a padded field: whether any of their texts can stand there.

What is in a padded field neither begins nor ends with padding. A list of lines of which each ends
with a line feed always ends with padding, so that nothing but an empty list could be written there.
What format writes is compiled like any grammar, without the spellings that are only read.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Literal, assert_never

from unstringly.automata.alphabets import Definitions, reachable
from unstringly.automata.compile import compile_result
from unstringly.automata.marked import Edge, MarkedAutomaton
from unstringly.check.places import NO_SPELLING
from unstringly.check.subject import Finding, Question, Subject
from unstringly.diagnostics import Diagnostic
from unstringly.model import charset
from unstringly.model.charset import Alphabet
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    DateType,
    DecimalType,
    Definition,
    EnumType,
    Field,
    IntegerType,
    LineEnds,
    ListGrammar,
    Record,
    TextType,
    Trailing,
)

_Last = Literal["nothing", "ink", "padding"]
"""What a text that begins with no padding has had last."""


def check_nested(subject: Subject) -> Iterator[Question]:
    """Whether a padded field could be written only when nothing is in it."""
    definitions = subject.contract.definitions
    written = {name: _as_written(definition) for name, definition in definitions.items()}
    used = (name for root in subject.roots for name in reachable(definitions, root.name))
    for record in map(definitions.__getitem__, dict.fromkeys(used)):
        if not isinstance(record, Record):
            continue
        for field in record.fields:
            if field.padded and isinstance(definitions[field.type], Record | ListGrammar):
                line_ends = subject.contract.spec.line_ends
                yield Question(record, partial(_nested, written, record, field, line_ends))


def _nested(
    written: Definitions, record: Record, field: Field, line_ends: LineEnds
) -> Iterator[Finding]:
    if _never_stands_trimmed(*compile_result(written, field.type, line_ends)):
        yield Finding(record.name, _finding(field))


def _finding(field: Field) -> Diagnostic:
    message = (
        f"every {field.type!r} begins or ends with padding, and {field.name!r} is a padded field: "
        "none can be written there"
    )
    help_text = f"give {field.name!r} `padding: none`, or {field.type!r} other delimiters"
    return Diagnostic(NO_SPELLING, field.span, message, help_text)


def _as_written(definition: Definition) -> Definition:
    """The definition as format writes it, which writes no padding."""
    match definition:
        case Record(separators=separators, elements=elements):
            tight = tuple(_tight(element) for element in elements)
            return replace(definition, separators=separators[:1], elements=tight)
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
        case TextType() | IntegerType() | DecimalType() | DateType() | EnumType():
            return definition
        case _:
            assert_never(definition)


def _tight(element: Field | Constant) -> Field | Constant:
    return replace(element, padded=False)


def _never_stands_trimmed(alphabet: Alphabet, automaton: MarkedAutomaton) -> bool:
    """Whether there are texts besides the empty one, and all of them begin or end with padding."""
    padding = frozenset(alphabet.classes_in(charset.PADDING))
    edges: dict[int, list[Edge]] = {}
    for edge in automaton.edges:
        if not edge.irregular:
            edges.setdefault(edge.source, []).append(edge)
    ends = {final.state for final in automaton.finals if not final.irregular}
    found: set[tuple[int, _Last]] = {(0, "nothing")}
    todo = list(found)
    for state, last in todo:
        for edge in edges.get(state, ()):
            steps: list[tuple[int, _Last]] = []
            if not padding.issuperset(edge.classes):
                steps.append((edge.target, "ink"))
            if last != "nothing" and not padding.isdisjoint(edge.classes):
                steps.append((edge.target, "padding"))
            todo += [step for step in steps if step not in found]
            found.update(steps)
    return bool(edges.get(0)) and not any(state in ends for state, last in found if last == "ink")
