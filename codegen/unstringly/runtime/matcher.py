"""The exact way to read a text: a grammar's marked automaton, run over the text.

A *run* goes from state 0 over one edge for each character to a final state. Edges carry
*marks*: where an element (an item of a list, a field of a record) opens or closes. The marks
of a run are a reading of the text.

`Machine.read` first looks for a run over the regular edges alone: those spell the grammar, and
the generator has proved that all such runs over one text have the same marks. Going forward it
keeps the set of states that some run can be in; going backward from a final state it follows
any edge that comes from such a set.

`Machine.recover` also takes the irregular edges, which exist for lists: over them every text
has a run. A run costs, first, its malformed characters, and then the separators and ends in it
that the grammar forbids; a text that has a reading costs nothing, so that its recovery is its
reading. Here the sets are kept going forward; going backward, for each state of a set, the least
cost from there to the end; and once more forward, the best label among the cheapest edges: an
item that begins, then an item that ends, then an item that goes on, then separators, then
malformed characters.

Both take a bounded number of steps for each character. Sets and steps are remembered in the
machine by the character's class, because texts of a grammar go through the same few again and
again; what is remembered is bounded too.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from .alphabet import Alphabet

_REMEMBERED = 20_000

_IRREGULAR = 1
_MALFORMED = 1 << 48
"""The costs of a forbidden separator or end, and of a malformed character: one of these costs more
than all of those that a text has room for."""

Edge = tuple[int, int, int, int]
"""Source state, target state, label, and the set of classes as a bit mask."""

_Way = tuple[int, int, int, int, int]
"""An edge and what its character costs."""


class Mark(NamedTuple):
    """At `at`, before that character, an element opens or closes."""

    at: int
    element: int
    closes: bool


Label = tuple[tuple[tuple[int, bool], ...], bool]
"""What an edge writes: marks as (element, closes), and whether its character is malformed."""


class _States:
    """A set of states met on the way forward, with the steps out of it that were taken before."""

    __slots__ = ("after", "before", "members")

    def __init__(self, members: frozenset[int]) -> None:
        self.members = members
        self.after: dict[str, _States] = {}
        self.before: dict[tuple[str, int], tuple[int, int]] = {}


_Costs = tuple[tuple[int, int], ...]
_Decision = dict[int, tuple[tuple[int, int], ...]]
"""For each state, the cheapest ways on: label and target."""


class Machine:
    """A grammar's automaton; the tables are written by the generator.

    `elements` names what opens and closes, `places` what each state is inside of. `finals` and
    `irregular_finals` map final states to the label that ends a run there.
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
    def _regular(self) -> "_Graph":
        """The regular edges; a graph is made when it is first used, importing tables is cheap."""
        return _Graph(len(self.places), self._ways(0), [(*each, 0) for each in self._finals[0]])

    @cached_property
    def _all(self) -> "_Graph":
        """The regular and the irregular edges."""
        finals, irregular = self._finals
        ends = [*((*each, 0) for each in finals), *((*each, _IRREGULAR) for each in irregular)]
        return _Graph(len(self.places), [*self._ways(0), *self._ways(1)], ends)

    def _ways(self, irregular: int) -> list[_Way]:
        """The edges, regular ones (0) or irregular ones (1), with their costs.

        The first character of a malformed piece costs as much as any other.
        """
        costs = [
            _MALFORMED if malformed else irregular * _IRREGULAR for _, malformed in self._labels
        ]
        return [(*edge, costs[edge[2]]) for edge in self._edges[irregular]]

    @property
    def items(self) -> tuple[str, ...]:
        """The names of the elements that are not fields, the malformed piece left out."""
        return tuple(name for name in self.elements[1:] if "." not in name)

    def read(self, text: str) -> list[Mark] | None:
        """The marks of the text's one reading, or None if it has none."""
        classes = text.translate(self.alphabet)
        sets = self._regular.forward(classes)
        state = self._regular.final_in(sets[-1]) if len(sets) > len(classes) else None
        if state is None:
            return None
        return self._marks(self._regular.backward(classes, sets, state))

    def recover(self, text: str) -> list[Mark]:
        """The marks of the cheapest run: see the module's words."""
        classes = text.translate(self.alphabet)
        sets = self._all.forward(classes)
        return self._marks(self._all.cheapest(classes, sets))

    def reach(self, text: str) -> tuple[int, frozenset[str]]:
        """How far a reading can follow the text, and the places that it has got to there."""
        classes = text.translate(self.alphabet)
        sets = self._regular.forward(classes)
        members = sets[-1].members
        return len(sets) - 1, frozenset(self.places[state] for state in members)

    def steps(self) -> tuple[list[list[tuple[int, int]]], frozenset[int]]:
        """The regular edges of each state as (class, target), and the final states."""
        return self._regular.steps()

    def _marks(self, written: list[int]) -> list[Mark]:
        labels = self._labels
        return [
            Mark(at, element, closes)
            for at, number in enumerate(written)
            for element, closes in labels[number][0]
        ]


class _Graph:
    """States, edges and finals, indexed for walking in both directions."""

    def __init__(
        self,
        size: int,
        ways: Iterable[_Way],
        ends: Iterable[tuple[int, int, int]],
    ) -> None:
        """Of edges, and of final states with their labels; each with its cost."""
        self._edges: list[list[tuple[int, int, int, int]]] = [[] for _ in range(size)]
        for source, target, label, mask, cost in ways:
            self._edges[source].append((mask, label, target, cost))
        best: dict[int, tuple[int, int]] = {}
        for state, label, cost in ends:
            best[state] = min((cost, label), best.get(state, (cost, label)))
        self._finals = {state: label for state, (_, label) in best.items()}
        self._final_costs = {state: cost for state, (cost, _) in best.items()}
        self._start = _States(frozenset((0,)))
        self._sets: dict[frozenset[int], _States] = {self._start.members: self._start}
        self._steps: dict[tuple[_States, str, _Costs], tuple[_Costs, _Decision]] = {}

    def steps(self) -> tuple[list[list[tuple[int, int]]], frozenset[int]]:
        """The edges of each state, one for each class, and the final states."""
        rows = [
            [
                (number, target)
                for mask, _, target, _ in edges
                for number in range(mask.bit_length())
                if mask >> number & 1
            ]
            for edges in self._edges
        ]
        return rows, frozenset(self._finals)

    def forward(self, classes: str) -> list[_States]:
        """The sets of states before, between and after the characters, as far as there are any."""
        here = self._start
        sets = [here]
        for character in classes:
            there = here.after.get(character)
            if there is None:
                there = self._after(here, character)
            if not there.members:
                break
            sets.append(there)
            here = there
        return sets

    def _after(self, here: _States, character: str) -> _States:
        bit = 1 << ord(character)
        members = frozenset(
            target
            for state in here.members
            for mask, _, target, _ in self._edges[state]
            if mask & bit
        )
        there = self._sets.get(members)
        if there is None:
            if len(self._sets) >= _REMEMBERED:
                self._sets = {self._start.members: self._start}
                self._start.after = {}
            there = self._sets[members] = _States(members)
        here.after[character] = there
        return there

    def final_in(self, states: _States) -> int | None:
        """A state of the set in which a run may end."""
        return min((state for state in states.members if state in self._finals), default=None)

    def backward(self, classes: str, sets: list[_States], state: int) -> list[int]:
        """The labels of a run that ends in `state`, in order, the final one included."""
        written = [self._finals[state]]
        for at in range(len(classes) - 1, -1, -1):
            key = (classes[at], state)
            step = sets[at].before.get(key)
            if step is None:
                step = sets[at].before[key] = self._before(sets[at], *key)
            state, label = step
            written.append(label)
        written.reverse()
        return written

    def _before(self, states: _States, character: str, target: int) -> tuple[int, int]:
        bit = 1 << ord(character)
        label, source = min(
            (label, source)
            for source in states.members
            for mask, label, there, _ in self._edges[source]
            if there == target and mask & bit
        )
        return source, label

    def cheapest(self, classes: str, sets: list[_States]) -> list[int]:
        """The labels of the cheapest run, the best of them where several cost the same."""
        members = sets[-1].members
        costs: _Costs = tuple(
            (state, self._final_costs[state]) for state in sorted(members) if state in self._finals
        )
        known: dict[tuple[tuple[int, tuple[tuple[int, int], ...]], ...], _Decision] = {}
        decisions: list[_Decision] = []
        for at in range(len(classes) - 1, -1, -1):
            key = (sets[at], classes[at], costs)
            step = self._steps.get(key)
            if step is None:
                costs, decision = self._costs_before(sets[at], classes[at], dict(costs))
                decision = known.setdefault(tuple(decision.items()), decision)
                if len(self._steps) >= _REMEMBERED:
                    self._steps = {}
                self._steps[key] = costs, decision
            else:
                costs, decision = step
            decisions.append(decision)
        return self._choose(reversed(decisions), members)

    def _costs_before(
        self, states: _States, character: str, costs: dict[int, int]
    ) -> tuple[_Costs, _Decision]:
        bit = 1 << ord(character)
        found: dict[int, int] = {}
        decision: _Decision = {}
        for state in sorted(states.members):
            ways = [
                (cost + costs[target], label, target)
                for mask, label, target, cost in self._edges[state]
                if mask & bit and target in costs
            ]
            if ways:
                least = min(ways)[0]
                found[state] = least
                decision[state] = tuple(
                    (label, target) for cost, label, target in ways if cost == least
                )
        floor = min(found.values(), default=0)
        return tuple((state, cost - floor) for state, cost in found.items()), decision

    def _choose(self, decisions: Iterable[_Decision], ends: frozenset[int]) -> list[int]:
        written: list[int] = []
        states = frozenset((0,))
        for decision in decisions:
            ways = [way for state in states for way in decision[state]]
            best = min(ways)[0]
            states = frozenset(target for label, target in ways if label == best)
            written.append(best)
        written.append(min(self._finals[state] for state in states & ends & self._finals.keys()))
        return written
