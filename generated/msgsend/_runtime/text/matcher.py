# Copied by unstringly 0.1.0. Do not edit.
"""The exact way to read a text: a grammar's marked automaton, run over the text.

A *run* goes from state 0 over one edge for each character to a final state. Edges carry
*marks*: the places at which an element (an item of a list, a field of a record) opens or closes.
The marks of a run are a reading of the text.

`Machine.read` looks for a run over the regular edges alone: those spell the grammar, and the
generator has proved that all such runs over one text have the same marks. Going forward it keeps
the set of states that some run can be in; going backward from a final state it follows any edge
that comes from such a set.

`Machine.recover` also takes the irregular edges, which exist for lists: over them every text
has a run. A run costs, first, its malformed characters, and then the separators and ends in it
that the grammar forbids; a text that has a reading costs nothing, so that its recovery is its
reading. Of the runs that cost the least it gives the best (`cheapest.py`), and of a text that is
recovered in too many places, only those of its first ones (`recovery.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from .alphabet import Alphabet
from .graph import Chosen, Graph, Label, Way
from .recovery import Kept, Recovery

_IRREGULAR = 1
_MALFORMED = 1 << 48
"""The costs of a forbidden separator or end, and of a malformed character.

One malformed character costs more than all forbidden separators that a text has room for.
"""

KEPT = -1
"""The element of a mark around a part of a text that is not taken apart."""

Edge = tuple[int, int, int, int]
"""An edge: source state, target state, label, and the set of classes as a bit mask."""


class Mark(NamedTuple):
    """The place, before the character at `at`, where an element opens or closes."""

    at: int
    element: int
    closes: bool


class Machine:
    """A grammar's automaton; the tables are written by the generator.

    `elements` are the names of the elements that open and close, `places` the names of the
    element around each state. `finals` and `irregular_finals` map final states to the label that
    ends a run there.
    """

    def __init__(
        self,
        *,
        alphabet: Alphabet,
        elements: tuple[str, ...],
        labels: tuple[Label, ...],
        places: tuple[str, ...],
        edges: tuple[Edge, ...],
        irregular_edges: tuple[Edge, ...] = (),
        finals: tuple[tuple[int, int], ...],
        irregular_finals: tuple[tuple[int, int], ...] = (),
        lf: bool = False,
    ) -> None:
        self.alphabet = alphabet
        self.lf = lf
        self.elements = elements
        self.places = places
        self._labels = tuple(labels)
        self._edges = edges, irregular_edges
        self._finals = finals, irregular_finals

    @cached_property
    def _regular(self) -> Graph:
        """The graph of the regular edges, made on first use so that importing tables is cheap."""
        ends = [(*final, 0) for final in self._finals[0]]
        return Graph(len(self.places), self._ways(0), ends, self._marked)

    @cached_property
    def _recovery(self) -> Recovery:
        """The graph of the regular and the irregular edges, with its way to recover a text."""
        finals, irregular = self._finals
        ends = [*((*final, 0) for final in finals), *((*final, _IRREGULAR) for final in irregular)]
        ways = [*self._ways(0), *self._ways(1)]
        all_edges = Graph(len(self.places), ways, ends, self._marked)
        return Recovery(self._regular, all_edges, self._labels)

    @property
    def _marked(self) -> frozenset[int]:
        return frozenset(at for at, (marks, _) in enumerate(self._labels) if marks)

    def _ways(self, irregular: int) -> list[tuple[int, Way]]:
        """Return the edges, regular ones (0) or irregular ones (1), with their costs.

        The first character of a malformed piece costs as much as any other.
        """
        costs = [
            _MALFORMED if malformed else irregular * _IRREGULAR for _, malformed in self._labels
        ]
        return [
            (source, Way(mask, label, target, costs[label]))
            for source, target, label, mask in self._edges[irregular]
        ]

    @property
    def items(self) -> tuple[str, ...]:
        """The names of the elements that are not fields, each once, without the malformed piece."""
        return tuple(dict.fromkeys(name for name in self.elements[1:] if "." not in name))

    def read(self, text: str) -> list[Mark] | None:
        """Return the marks of the text's one reading, or None if it has none."""
        classes = text.translate(self.alphabet)
        sets = self._regular.forward(classes)
        state = self._regular.final_in(sets[-1]) if len(sets) > len(classes) else None
        if state is None:
            return None
        chosen = self._regular.backward(classes, sets, state, is_end=True)
        return list(self._marks([(0, chosen)]))

    def recover(self, text: str) -> Iterator[Mark]:
        """Yield the marks of the cheapest run, one stretch of a text after the other.

        A part that is not taken apart is between marks of the element `KEPT`.
        """
        return self._marks(self._recovery.chosen(text.translate(self.alphabet)))

    def reach(self, text: str) -> tuple[int, frozenset[str]]:
        """Return the number of characters that can be read, and the places reached by then."""
        classes = text.translate(self.alphabet)
        sets = self._regular.forward(classes)
        members = sets[-1].members
        return len(sets) - 1, frozenset(self.places[state] for state in members)

    def steps(self) -> tuple[list[list[tuple[int, int]]], frozenset[int]]:
        """Return the regular edges of each state as (class, target), and the final states."""
        return self._regular.steps()

    def _marks(self, chosen: Iterable[tuple[int, Sequence[Chosen]] | Kept]) -> Iterator[Mark]:
        labels = self._labels
        for stretch in chosen:
            if isinstance(stretch, Kept):
                yield Mark(stretch.start, KEPT, closes=False)
                yield Mark(stretch.end, KEPT, closes=True)
                continue
            start, labelled = stretch
            for at, number in labelled:
                for element, closes in labels[number][0]:
                    yield Mark(start + at, element, closes)
