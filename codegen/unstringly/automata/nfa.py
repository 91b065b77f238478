"""Thompson's construction: from a pattern to a nondeterministic automaton with empty moves."""

from collections.abc import Iterable
from itertools import repeat
from typing import assert_never

from unstringly.automata.work import Tally
from unstringly.model.charset import Alphabet, CharSet
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence


class Nfa:
    """A nondeterministic automaton that grows: moves on classes of characters, and empty moves.

    Each method raises TooLarge.
    """

    def __init__(self, tally: Tally) -> None:
        self.moves: list[list[tuple[frozenset[int], int]]] = []
        self.empty: list[list[int]] = []
        self._tally = tally
        self._closures: dict[frozenset[int], frozenset[int]] = {}
        self._classes: dict[CharSet, frozenset[int]] = {}

    def node(self) -> int:
        """Return a new node."""
        self._tally.add(4)
        self.moves.append([])
        self.empty.append([])
        return len(self.moves) - 1

    def classes_in(self, alphabet: Alphabet, chars: CharSet) -> frozenset[int]:
        """Return the classes of a set of characters, which many places of a pattern may share."""
        if chars not in self._classes:
            self._tally.add(len(alphabet.starts))
            self._classes[chars] = frozenset(alphabet.classes_in(chars))
        return self._classes[chars]

    def closure(self, states: frozenset[int]) -> frozenset[int]:
        """Return the states that some reach without reading, those left out that only pass on."""
        if states not in self._closures:
            reached = set(states)
            todo = list(states)
            for node in todo:
                self._tally.add(1 + len(self.empty[node]))
                for target in self.empty[node]:
                    if target not in reached:
                        reached.add(target)
                        todo.append(target)
            self._closures[states] = frozenset(
                state for state in reached if self.moves[state] or not self.empty[state]
            )
        return self._closures[states]


def build(nfa: Nfa, alphabet: Alphabet, pattern: Pattern, start: int, end: int) -> None:
    """Lead from `start` to `end` over the texts of a pattern; raises TooLarge."""
    match pattern:
        case Chars(chars):
            classes = nfa.classes_in(alphabet, chars)
            nfa.moves[start].append((classes, end))
        case Sequence(items):
            nfa.empty[_sequence(nfa, alphabet, items, start)].append(end)
        case Choice(items):
            for item in items:
                build(nfa, alphabet, item, start, end)
        case Repeat(item, least, most):
            node = _sequence(nfa, alphabet, repeat(item, least), start)
            if most is None:
                _loop(nfa, alphabet, item, node, end)
            else:
                _options(nfa, alphabet, repeat(item, most - least), node, end)
        case _:
            assert_never(pattern)


def _sequence(nfa: Nfa, alphabet: Alphabet, items: Iterable[Pattern], start: int) -> int:
    """Return the node behind patterns that follow one another; without any, the start."""
    node = start
    for item in items:
        behind = nfa.node()
        build(nfa, alphabet, item, node, behind)
        node = behind
    return node


def _options(nfa: Nfa, alphabet: Alphabet, items: Iterable[Pattern], start: int, end: int) -> None:
    """Lead from `start` to `end` over the first patterns of some, as many as one likes."""
    nfa.empty[start].append(end)
    node = start
    for item in items:
        behind = nfa.node()
        build(nfa, alphabet, item, node, behind)
        nfa.empty[behind].append(end)
        node = behind


def _loop(nfa: Nfa, alphabet: Alphabet, item: Pattern, start: int, end: int) -> None:
    """Lead from `start` to `end` over a pattern, as often as one likes."""
    loop, back = nfa.node(), nfa.node()
    nfa.empty[start].append(loop)
    build(nfa, alphabet, item, loop, back)
    nfa.empty[back].append(loop)
    nfa.empty[loop].append(end)
