"""G101: a text with two readings, shown with both.

The proof is in `readings.py`; here a witness becomes a message.
"""

from collections.abc import Iterator
from functools import partial

from unstringly.automata.marked import Element
from unstringly.check.readings import Ambiguity, Reading, find_ambiguity
from unstringly.check.subject import Finding, Question, Root, Subject
from unstringly.check.witness import drawn
from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.model.contract import Contract
from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record

TWO_READINGS = Rule(
    "G101",
    Severity.ERROR,
    "a text has two readings",
    """\
A reading of a text says which records it holds, and where the content of each field begins and
ends. If one text has two, no parser can know which of them the sender meant, and what `format`
writes may be read as something else. The finding shows a shortest such text, both readings,
and the place in the spec where they part.

Example: replies `phone|,|text|,|time`, separated by `|;|`, with a text that may hold anything. The
text of one reply can then hold the end of that reply and another reply after it.

What to do, whichever is true of the service:
- exclude the delimiter from the free text: `excludes: '|;|'`;
- narrow a lexical form, so that the alternatives have no text in common: `[0-9]+` beside
  `-[1-9][0-9]*`;
- declare the rest of the record opaque: one last field of `text: any`, and take it apart
  yourself.""",
)

RULES = (TWO_READINGS,)


def check_unique(subject: Subject) -> Iterator[Question]:
    """Whether there is a text with two readings, for each result."""
    for root in subject.roots:
        definition = subject.contract.definitions[root.name]
        yield Question(definition, partial(_unique, subject.contract, root))


def _unique(contract: Contract, root: Root) -> Iterator[Finding]:
    found = find_ambiguity(root.alphabet, root.automaton)
    if found is None:
        return
    elements = root.automaton.elements
    where, what = _place(contract, contract.definitions[root.name], elements, found)
    diagnostic = Diagnostic(
        TWO_READINGS,
        where,
        f"{root.name!r} has a text with two readings{what}",
        "exclude a delimiter, narrow a lexical form, or declare the tail opaque; "
        "`unstringly explain G101` says more",
        drawn(found.text, (("one reading", found.first), ("another", found.second)), elements),
    )
    yield Finding(root.name, diagnostic)


def _place(
    contract: Contract, root: Definition, elements: tuple[Element, ...], found: Ambiguity
) -> tuple[Span, str]:
    """The span of the field or definition where the readings part, and words for it."""
    parting = [elements[mark.element] for _, mark in _parting(found)]
    items = {element.name for element in parting if element.is_item}
    if items:
        for definition in contract.definitions.values():
            match definition:
                case ChoiceGrammar(alternatives=names) if items <= set(names):
                    return definition.span, ": its alternatives have it in common"
                case ListGrammar(items=names) if items <= set(names):
                    return definition.span, ": it is not clear which items it holds"
                case _:
                    pass
        return root.span, ""
    for definition in contract.definitions.values():
        if isinstance(definition, Record):
            for field in definition.fields:
                if f"{definition.name}.{field.name}" in (element.name for element in parting):
                    return field.span, f": it is not clear where {field.name!r} begins or ends"
    return root.span, ""


def _parting(found: Ambiguity) -> Reading:
    """What only one of the readings writes in the first gap in which they differ."""
    for gap in range(len(found.text) + 1):
        first = {each for each in found.first if each[0] == gap}
        second = {each for each in found.second if each[0] == gap}
        if first != second:
            return tuple(sorted(first ^ second))
    return found.first
