"""Texts that a grammar reads, drawn from its machine: for strategies and emulators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from ..text.matcher import Machine
from ..text.ways_out import Step, ways_out

Choose: TypeAlias = Callable[[int, int], int]
"""A function that returns a number from the first one to the second."""

_LONGEST: Final = 60
"""The number of characters after which a text that is drawn comes to its end."""

_FIRST_SHOWN, _SURROGATES = 0x20, (0xD800, 0xDFFF)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The origin of a leaf with a grammar: its machine, and texts that people take in at once."""

    machine: Machine
    samples: tuple[str, ...]

    def text(self, choose: Choose) -> str:
        """Return a text that the grammar reads, drawn step by step."""
        steps, ends, ways_out = _ways(self.machine)
        state, text = 0, ""
        while True:
            is_long = len(text) >= _LONGEST
            if state in ends and (is_long or not steps[state] or not choose(0, 4)):
                return text
            row = [ways_out[state]] if is_long else steps[state]
            number, state = row[choose(0, len(row) - 1)]
            text += self._character(number, choose)

    def _character(self, number: int, choose: Choose) -> str:
        """Return a character of a class: the first one that shows, or any other."""
        ranges = [
            part
            for start, end in self.machine.alphabet.stretches(number)
            for part in (
                (start, min(end, _SURROGATES[0] - 1)),
                (max(start, _SURROGATES[1] + 1), end),
            )
            if part[0] <= part[1]
        ]
        if not ranges:
            return "?"
        start, end = ranges[choose(0, len(ranges) - 1)]
        shown = max(start, _FIRST_SHOWN) if end >= _FIRST_SHOWN else start
        return chr(shown if choose(0, 1) else choose(shown, end))


@cache
def _ways(machine: Machine) -> tuple[list[list[Step]], frozenset[int], Mapping[int, Step]]:
    """Return the steps of each state, the final states, and a first step on a way to one of these.

    Every state has a way to an end.
    """
    steps, ends = machine.steps()
    return steps, ends, ways_out(steps, ends)
