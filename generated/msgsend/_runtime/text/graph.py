# Copied by unstringly 0.1.0. Do not edit.
"""States and edges of an automaton, walked over a text in both directions.

Forward, a walk keeps the *set* of states in which some run can be. Sets and the steps between
them are remembered by the character's class, because texts of a grammar go through the same few
again and again: a set is one object, a table of the steps out of it. The number of remembered sets
and steps is bounded.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from operator import getitem
from typing import Final, NamedTuple

_REMEMBERED: Final = 4_000
_CHUNK: Final = 4_096


MALFORMED: Final = 0
"""The element of malformed pieces."""

Label = tuple[tuple[tuple[int, bool], ...], bool]
"""The label of an edge: its marks as (element, closes), and whether its character is malformed."""


class Way(NamedTuple):
    """An edge from a state: its classes as a bit mask, and the cost of a character on it."""

    mask: int
    label: int
    target: int
    cost: int


class Chosen(NamedTuple):
    """A step of a run with a marked label, before the character at `at` or at the end."""

    at: int
    label: int


WaysFrom = tuple[int, tuple[tuple[int, int, int], ...]]
"""A state, and the edges from it that take a character: cost, label and target."""

Ways = tuple[WaysFrom, ...]
"""The edges that take a character, for each state of a set that has such edges."""


class States(dict[str, "States"]):
    """A set of states, and for each class of the next character the set after it.

    There is one object for each set, so two sets are equal only if they are the same object.
    """

    __slots__ = ("_before", "_graph", "_sources", "_ways", "members")

    def __init__(self, graph: "Graph", members: frozenset[int]) -> None:
        super().__init__()
        self.members = members
        self._graph = graph
        self._before: dict[tuple[str, int], tuple[int, int]] = {}
        self._sources: dict[tuple[str, frozenset[int]], frozenset[int]] = {}
        self._ways: dict[str, Ways] = {}

    __hash__ = object.__hash__  # type: ignore[assignment]  # other dicts have none
    __eq__ = object.__eq__

    def __missing__(self, character: str) -> "States":
        members = frozenset(target for _, ways in self.ways(character) for _, _, target in ways)
        following = self[character] = self._graph.states(members)
        return following

    def before(self, character: str, target: int) -> tuple[int, int]:
        """Return the source and the label of an edge to a target, with the least label."""
        key = (character, target)
        step = self._before.get(key)
        if step is None:
            label, source = min(
                (label, source)
                for source, ways in self.ways(character)
                for _, label, end in ways
                if end == target
            )
            step = self._before[key] = source, label
        return step

    def sources(self, character: str, targets: frozenset[int]) -> frozenset[int]:
        """Return the states of the set from which an edge leads to one of these targets."""
        key = (character, targets)
        sources = self._sources.get(key)
        if sources is None:
            if len(self._sources) >= 200:
                self._sources = {}
            sources = self._sources[key] = frozenset(
                source
                for source, ways in self.ways(character)
                if any(target in targets for _, _, target in ways)
            )
        return sources

    def ways(self, character: str) -> Ways:
        """Return the edges that take a character, by the states of the set, in order."""
        ways = self._ways.get(character)
        if ways is None:
            of_states = (self._graph.ways_from(state, character) for state in sorted(self.members))
            ways = self._ways[character] = tuple(of_one for of_one in of_states if of_one[1])
        return ways


def _is_empty(states: States) -> bool:
    return not states.members


class Graph:
    """States, edges and final states. `marked` are the numbers of the labels that have marks."""

    def __init__(
        self,
        size: int,
        ways: Iterable[tuple[int, Way]],
        ends: Iterable[tuple[int, int, int]],
        marked: frozenset[int],
    ) -> None:
        """Take edges as (source, edge), and final states as (state, label, cost)."""
        self.edges: list[list[Way]] = [[] for _ in range(size)]
        for source, way in ways:
            self.edges[source].append(way)
        best: dict[int, tuple[int, int]] = {}
        for state, label, cost in ends:
            best[state] = min((cost, label), best.get(state, (cost, label)))
        self.finals = {state: label for state, (_, label) in best.items()}
        self.final_costs = {state: cost for state, (cost, _) in best.items()}
        self.marked = marked
        self._sets: dict[frozenset[int], States] = {}
        self._ways: dict[tuple[int, str], WaysFrom] = {}
        self._start = self.states(frozenset((0,)))

    def ways_from(self, state: int, character: str) -> WaysFrom:
        """Return the edges from a state that take a character."""
        key = (state, character)
        ways = self._ways.get(key)
        if ways is None:
            bit = 1 << ord(character)
            taken = (way for way in self.edges[state] if way.mask & bit)
            ways = self._ways[key] = state, tuple((w.cost, w.label, w.target) for w in taken)
        return ways

    def states(self, members: frozenset[int]) -> States:
        """Return the one object for a set of states."""
        known = self._sets.get(members)
        if known is None:
            if len(self._sets) >= _REMEMBERED:
                for states in tuple(self._sets.values()):
                    states.clear()
                self._sets = {self._start.members: self._start}
            known = self._sets[members] = States(self, members)
        return known

    def forward(self, classes: str, start: States | None = None) -> list[States]:
        """Return the sets before, between and after the characters, without empty ones."""
        sets = [self._start if start is None else start]
        for at in range(0, len(classes), _CHUNK):
            sets += accumulate(classes[at : at + _CHUNK], getitem, initial=sets.pop())
            if not sets[-1].members:
                del sets[bisect_left(sets, True, key=_is_empty) :]
                break
        return sets

    def final_in(self, states: States) -> int | None:
        """Return a state of the set in which a run may end, or None."""
        return min((state for state in states.members if state in self.finals), default=None)

    def backward(
        self, classes: str, sets: list[States], state: int, *, is_end: bool = False
    ) -> list[Chosen]:
        """Return the marked labels of a run through the sets to a state.

        If the text ends there, the label of the final state is the last.
        """
        marked = self.marked
        label = self.finals[state] if is_end else None
        chosen = [Chosen(len(classes), label)] if label is not None and label in marked else []
        for at in range(len(classes) - 1, -1, -1):
            state, number = sets[at].before(classes[at], state)
            if number in marked:
                chosen.append(Chosen(at, number))
        chosen.reverse()
        return chosen

    def reachable(self) -> frozenset[int]:
        """Return the states that some text leads to."""
        reached = {0}
        todo = [0]
        for state in todo:
            for way in self.edges[state]:
                if way.target not in reached:
                    reached.add(way.target)
                    todo.append(way.target)
        return frozenset(reached)

    def steps(self) -> tuple[list[list[tuple[int, int]]], frozenset[int]]:
        """Return the edges of each state as (class, target), and the final states."""
        rows = [
            [
                (number, way.target)
                for way in edges
                for number in range(way.mask.bit_length())
                if way.mask >> number & 1
            ]
            for edges in self.edges
        ]
        return rows, frozenset(self.finals)
