"""Breadth-first search for a shortest way, which all proofs about pairs of runs share."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

from unstringly.automata.marked import MarkedAutomaton
from unstringly.automata.work import Tally

S = TypeVar("S", bound=Hashable)
T = TypeVar("T")
G = TypeVar("G")


class Way(NamedTuple):
    """A regular edge as searches take it: bit n of `classes` says that it reads class n."""

    classes: int
    label: int
    target: int


Ways = dict[int, list[Way]]
"""The regular edges that leave each state which has one."""


def regular_ways(automaton: MarkedAutomaton) -> Ways:
    """The regular edges from which a run can still end without an irregular one."""
    edges = [edge for edge in automaton.edges if not edge.irregular]
    sources: dict[int, list[int]] = {}
    for edge in edges:
        sources.setdefault(edge.target, []).append(edge.source)
    alive = {final.state for final in automaton.finals if not final.irregular}
    todo = list(alive)
    while todo:
        for source in sources.get(todo.pop(), ()):
            if source not in alive:
                alive.add(source)
                todo.append(source)
    masks: dict[tuple[int, ...], int] = {}
    found: Ways = {}
    for edge in edges:
        if edge.target in alive:
            if edge.classes not in masks:
                masks[edge.classes] = sum(1 << number for number in edge.classes)
            way = Way(masks[edge.classes], edge.label, edge.target)
            found.setdefault(edge.source, []).append(way)
    return found


def lowest(classes: int) -> int:
    """The number of the first class of some."""
    return (classes & -classes).bit_length() - 1


def shortest_way(
    start: S,
    steps: Callable[[S], Iterable[tuple[S, T]]],
    goal: Callable[[S], G | None],
    tally: Tally,
) -> tuple[list[T], G] | None:
    """The steps of a shortest way to a state that is a goal, and what the goal says of it.

    `steps` gives the states behind a state, each with what the step there is; `goal` is None
    for a state that is no goal. None, if no goal can be reached. Raises TooLarge, when there are
    more states than `tally` allows.
    """
    reached: dict[S, tuple[S, T] | None] = {start: None}
    todo = deque([start])
    while todo:
        state = todo.popleft()
        found = goal(state)
        if found is not None:
            return _way(reached, state), found
        for target, step in steps(state):
            if target not in reached:
                tally.add(STATE)
                reached[target] = (state, step)
                todo.append(target)
    return None


STATE = 5
"""The steps that a state of a search counts for: it is kept, and a pair of edges is not."""


def _way(reached: dict[S, tuple[S, T] | None], end: S) -> list[T]:
    steps: list[T] = []
    before = reached[end]
    while before is not None:
        state, step = before
        steps.append(step)
        before = reached[state]
    steps.reverse()
    return steps
