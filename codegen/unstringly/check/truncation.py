"""G105: replies that are cut off between two records and read as shorter ones."""

from collections.abc import Iterator

from unstringly.automata.marked import ElementKind, Mark, MarkedAutomaton
from unstringly.check.subject import Finding, Subject
from unstringly.diagnostics import Diagnostic, Rule, Severity

NOT_NOTICED = Rule(
    "G105",
    Severity.INFO,
    "a reply that is cut between two records reads as a shorter reply",
    wrong="""\
A list without a count, and without a mark at its end, may stop after any record.""",
    why="""\
If the connection breaks there, what came is a text of the grammar, and nothing in it says
that more was sent.""",
    example="1,13900000000,DELIVRD|2,13900000001,DELIVRD     cut at the bar",
    todo="""\
Nothing in the grammar, if the service is like that. The transport notices: a body that is
shorter than its Content-Length, or an XML document without its end, is an error there.""",
)

RULES = (NOT_NOTICED,)


def check_truncation(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each result in which an end may stand where an item could follow."""
    for whole in subject.texts:
        if _can_be_cut(whole.automaton):
            definition = subject.contract.definitions[whole.name]
            message = f"{whole.name!r} cut between two records reads as a shorter one"
            help_text = "leave it to the transport to notice; the grammar has no mark at the end"
            yield Finding(whole.name, Diagnostic(NOT_NOTICED, definition.span, message, help_text))


def _can_be_cut(automaton: MarkedAutomaton) -> bool:
    """Say whether a run may end behind an item and another one go on from there to a next item."""
    edges = [edge for edge in automaton.edges if not edge.irregular]

    def marks(label: int) -> tuple[Mark, ...]:
        return automaton.labels[label].marks

    def touches(label: int, *, closes: bool) -> bool:
        return any(
            automaton.elements[mark.element].kind is ElementKind.ITEM and mark.closes is closes
            for mark in marks(label)
        )

    opening = {edge.source for edge in edges if touches(edge.label, closes=False)}
    before = _closure(opening, [(edge.target, edge.source) for edge in edges])
    behind = {edge.target for edge in edges if touches(edge.label, closes=True)}
    behind = _closure(behind, [(edge.source, edge.target) for edge in edges])
    at_border = {
        edge.source for edge in edges if touches(edge.label, closes=True) and edge.target in before
    }
    return any(
        final.state in behind & before
        or (final.state in at_border and touches(final.label, closes=True))
        for final in automaton.finals
        if not final.irregular
    )


def _closure(states: set[int], steps: list[tuple[int, int]]) -> set[int]:
    """Return the states that can be reached over the steps, the given ones included."""
    following: dict[int, list[int]] = {}
    for source, target in steps:
        following.setdefault(source, []).append(target)
    reached = set(states)
    todo = list(states)
    while todo:
        for target in following.get(todo.pop(), ()):
            if target not in reached:
                reached.add(target)
                todo.append(target)
    return reached
