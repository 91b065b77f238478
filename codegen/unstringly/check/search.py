"""Breadth-first search for a shortest way, which all proofs about pairs of runs share."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

S = TypeVar("S", bound=Hashable)
T = TypeVar("T")
G = TypeVar("G")


def shortest_way(
    start: S,
    steps: Callable[[S], Iterable[tuple[S, T]]],
    goal: Callable[[S], G | None],
) -> tuple[list[T], G] | None:
    """The steps of a shortest way to a state that is a goal, and what the goal says of it.

    `steps` gives the states behind a state, each with what the step there is; `goal` is None
    for a state that is no goal. None, if no goal can be reached.
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
                reached[target] = (state, step)
                todo.append(target)
    return None


def _way(reached: dict[S, tuple[S, T] | None], end: S) -> list[T]:
    steps: list[T] = []
    before = reached[end]
    while before is not None:
        state, step = before
        steps.append(step)
        before = reached[state]
    steps.reverse()
    return steps
