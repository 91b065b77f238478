# Copied by unstringly 0.1.0. Do not edit.
"""The cheapest run through sets of states; among equally cheap runs, the best one.

The search goes backward first: for each state of a set, the least cost from there to the end. Then
it goes forward, and takes the best label among the cheapest edges. Labels are numbered by their
rank: an item that begins, one that ends, one that goes on, then separators, then malformed
characters.

Costs that differ by the same amount go through the same steps, so the differences are remembered;
of a long malformed piece beside a long field they are new at every character.
"""

from collections.abc import Iterable
from typing import Final

from .graph import Chosen, Graph, States

_REMEMBERED: Final = 4_000

_Best = tuple[int, "frozenset[int]"]
"""The best label out of some states, and the states it leads to."""


class _Decision:
    """The cheapest edges from each state, as (label, target)."""

    __slots__ = ("_best", "ways")

    def __init__(self, ways: dict[int, tuple[tuple[int, int], ...]]) -> None:
        self.ways = ways
        self._best: dict[frozenset[int], _Best] = {}

    def best(self, states: frozenset[int]) -> _Best:
        """Return the best label from these states, and the states that it leads to."""
        best = self._best.get(states)
        if best is None:
            ways = [way for state in states for way in self.ways[state]]
            label = min(ways)[0]
            targets = frozenset(target for number, target in ways if number == label)
            if len(self._best) >= _REMEMBERED:
                self._best = {}
            best = self._best[states] = label, targets
        return best


class _Costs:
    """The costs of some states to the end, less the cheapest one, and the steps before them."""

    __slots__ = ("before", "of")

    def __init__(self, of: dict[int, int]) -> None:
        self.of = of
        self.before: dict[tuple[States, str], tuple[_Costs, _Decision]] = {}


class Cheapest:
    """A finder of cheapest runs in a graph; it remembers the steps that it has worked out."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._costs: dict[tuple[tuple[int, int], ...], _Costs] = {}
        self._decisions: dict[tuple[tuple[int, tuple[tuple[int, int], ...]], ...], _Decision] = {}

    def run(self, classes: str, sets: list[States], start: int, end: int | None) -> list[Chosen]:
        """Return the marked labels of the cheapest run from one state to another, or to the end.

        `end` is a state of the last set, or None for the end of a text.
        """
        finals = self._graph.finals
        if end is None:
            costs = self._known(
                {
                    state: cost
                    for state, cost in sorted(self._graph.final_costs.items())
                    if state in sets[-1].members
                }
            )
        else:
            costs = self._known({end: 0})
        decisions: list[_Decision] = []
        for at in range(len(classes) - 1, -1, -1):
            key = (sets[at], classes[at])
            step = costs.before.get(key)
            if step is None:
                step = costs.before[key] = self._before(*key, costs.of)
            costs, decision = step
            decisions.append(decision)
        chosen, states = self._choose(reversed(decisions), frozenset((start,)))
        if end is None:
            label = min(finals[state] for state in states if state in finals)
            if label in self._graph.marked:
                chosen.append(Chosen(len(classes), label))
        return chosen

    def _choose(
        self, decisions: Iterable[_Decision], states: frozenset[int]
    ) -> tuple[list[Chosen], frozenset[int]]:
        marked = self._graph.marked
        chosen: list[Chosen] = []
        for at, decision in enumerate(decisions):
            label, states = decision.best(states)
            if label in marked:
                chosen.append(Chosen(at, label))
        return chosen, states

    def _before(
        self, states: States, character: str, costs: dict[int, int]
    ) -> tuple[_Costs, _Decision]:
        totals: dict[int, int] = {}
        chosen: dict[int, tuple[tuple[int, int], ...]] = {}
        for state, ways in states.ways(character):
            able = [
                (cost + costs[target], label, target)
                for cost, label, target in ways
                if target in costs
            ]
            if able:
                least = min(able)[0]
                totals[state] = least
                chosen[state] = tuple(
                    (label, target) for cost, label, target in able if cost == least
                )
        key = tuple(chosen.items())
        decision = self._decisions.get(key)
        if decision is None:
            if len(self._decisions) >= _REMEMBERED:
                self._decisions = {}
            decision = self._decisions[key] = _Decision(chosen)
        floor = min(totals.values(), default=0)
        return self._known({state: cost - floor for state, cost in totals.items()}), decision

    def _known(self, costs: dict[int, int]) -> _Costs:
        """Return the one object for some costs."""
        key = tuple(costs.items())
        known = self._costs.get(key)
        if known is None:
            if len(self._costs) >= _REMEMBERED:
                for entry in tuple(self._costs.values()):
                    entry.before = {}
                self._costs = {}
            known = self._costs[key] = _Costs(costs)
        return known
