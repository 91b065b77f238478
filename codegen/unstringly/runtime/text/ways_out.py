"""Shortest ways through an automaton to its end, for who draws texts of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

Step: TypeAlias = tuple[int, int]
"""A class of characters, and the state that one of them leads to."""


def ways_out(steps: Sequence[Sequence[Step]], ends: Collection[int]) -> Mapping[int, Step]:
    """Return the first step of a shortest way to an end, for each state that has one.

    The work is linear in the number of steps: they are followed backward, each of them once.
    """
    before: list[list[int]] = [[] for _ in steps]
    for state, row in enumerate(steps):
        for _, target in row:
            before[target].append(state)
    distances = dict.fromkeys(ends, 0)
    waiting = list(distances)
    for target in waiting:  # which grows
        for state in before[target]:
            if state not in distances:
                distances[state] = distances[target] + 1
                waiting.append(state)
    return {
        state: step
        for state, row in enumerate(steps)
        for step in row
        if step[1] in distances and distances[step[1]] < distances[state]
    }
