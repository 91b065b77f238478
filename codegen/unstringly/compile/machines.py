"""The machine of an automaton, as packages have it: reads texts here as it does there."""

from unstringly.automata.compile import Over
from unstringly.automata.marked import Edge, Final, Kind
from unstringly.model.grammar import LineEnds
from unstringly.runtime.text.alphabet import Alphabet
from unstringly.runtime.text.matcher import Machine


def machine_of(over: Over, line_ends: LineEnds) -> Machine:
    """Return the machine that `tables.py` of a package would hold."""
    alphabet, automaton = over
    return Machine(
        alphabet=Alphabet(alphabet.starts, alphabet.classes),
        elements=tuple(element.name for element in automaton.elements),
        labels=tuple(
            (
                tuple((mark.element, mark.closes) for mark in label.marks),
                label.kind is Kind.MALFORMED,
            )
            for label in automaton.labels
        ),
        places=automaton.places,
        edges=tuple(_edge(edge) for edge in automaton.edges if not edge.irregular),
        irregular_edges=tuple(_edge(edge) for edge in automaton.edges if edge.irregular),
        finals=tuple(_final(each) for each in automaton.finals if not each.irregular),
        irregular_finals=tuple(_final(each) for each in automaton.finals if each.irregular),
        lf=line_ends is LineEnds.LF,
    )


def _edge(edge: Edge) -> tuple[int, int, int, int]:
    mask = sum(1 << number for number in edge.classes)
    return edge.source, edge.target, edge.label, mask


def _final(final: Final) -> tuple[int, int]:
    return final.state, final.label
