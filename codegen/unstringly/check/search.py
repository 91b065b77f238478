"""Breadth-first search for a shortest way: all proofs about pairs of runs use it."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

from unstringly.automata.marked import Edge, MarkedAutomaton
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
"""The regular edges that leave each state; states without any are left out."""


def regular_ways(automaton: MarkedAutomaton) -> Ways:
    """Return the regular edges from which a run can still end without an irregular one."""
    edges = [edge for edge in automaton.edges if not edge.irregular]
    finals = {final.state for final in automaton.finals if not final.irregular}
    alive = _alive(edges, finals)
    masks: dict[tuple[int, ...], int] = {}
    ways: Ways = {}
    for edge in edges:
        if edge.target in alive:
            if edge.classes not in masks:
                masks[edge.classes] = sum(1 << number for number in edge.classes)
            way = Way(masks[edge.classes], edge.label, edge.target)
            ways.setdefault(edge.source, []).append(way)
    return ways


def _alive(edges: list[Edge], finals: set[int]) -> set[int]:
    """Return the states from which some edges lead to a final one, final ones included."""
    sources: dict[int, list[int]] = {}
    for edge in edges:
        sources.setdefault(edge.target, []).append(edge.source)
    alive = set(finals)
    todo = list(alive)
    while todo:
        for source in sources.get(todo.pop(), ()):
            if source not in alive:
                alive.add(source)
                todo.append(source)
    return alive


def lowest(classes: int) -> int:
    """Return the number of the lowest class in the mask of some classes, which is not 0."""
    return (classes & -classes).bit_length() - 1


def shortest_way(
    start: S,
    steps: Callable[[S], Iterable[tuple[S, T]]],
    goal: Callable[[S], G | None],
    tally: Tally,
) -> tuple[list[T], G] | None:
    """Return the steps of a shortest way to a goal, and the goal's value; None if there is no way.

    `steps` gives the states behind a state, each with the step that leads there. `goal` gives the
    value of a goal, and None for a state that is none. Raises TooLarge if there are more states
    than `tally` allows.
    """
    reached: dict[S, tuple[S, T] | None] = {start: None}
    todo = deque([start])
    while todo:
        state = todo.popleft()
        value = goal(state)
        if value is not None:
            return _way(reached, state), value
        for target, step in steps(state):
            if target not in reached:
                tally.add(STATE)
                reached[target] = (state, step)
                todo.append(target)
    return None


STATE = 5
"""The steps that a state of a search counts for: it is kept in memory, a pair of edges is not."""


def _way(reached: dict[S, tuple[S, T] | None], end: S) -> list[T]:
    """Return the steps from the start of a search to a state that it has reached."""
    steps: list[T] = []
    before = reached[end]
    while before is not None:
        state, step = before
        steps.append(step)
        before = reached[state]
    steps.reverse()
    return steps
