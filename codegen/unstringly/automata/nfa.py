"""Thompson's construction: from a pattern to a nondeterministic automaton with empty moves."""

from typing import assert_never

from unstringly.automata.work import Tally
from unstringly.model.charset import Alphabet, CharSet
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence


class Nfa:
    """Thompson's construction: moves on classes of characters, and empty moves."""

    def __init__(self, tally: Tally) -> None:
        self.moves: list[list[tuple[frozenset[int], int]]] = []
        self.empty: list[list[int]] = []
        self._tally = tally
        self._closures: dict[frozenset[int], frozenset[int]] = {}
        self._classes: dict[CharSet, frozenset[int]] = {}

    def node(self) -> int:
        """A new node."""
        self._tally.add(4)
        self.moves.append([])
        self.empty.append([])
        return len(self.moves) - 1

    def classes_in(self, alphabet: Alphabet, chars: CharSet) -> frozenset[int]:
        """The classes of a set, which many places of a pattern may share."""
        if chars not in self._classes:
            self._tally.add(len(alphabet.starts))
            self._classes[chars] = frozenset(alphabet.classes_in(chars))
        return self._classes[chars]

    def closure(self, states: frozenset[int]) -> frozenset[int]:
        """The states behind some without reading, as far as they have moves or no way out."""
        if states not in self._closures:
            found = set(states)
            todo = list(states)
            for here in todo:
                self._tally.add(1 + len(self.empty[here]))
                for target in self.empty[here]:
                    if target not in found:
                        found.add(target)
                        todo.append(target)
            self._closures[states] = frozenset(
                each for each in found if self.moves[each] or not self.empty[each]
            )
        return self._closures[states]


def build(nfa: Nfa, alphabet: Alphabet, pattern: Pattern, start: int, end: int) -> None:
    """Lead from `start` to `end` over the texts of a pattern."""
    match pattern:
        case Chars(chars):
            classes = nfa.classes_in(alphabet, chars)
            nfa.moves[start].append((classes, end))
        case Sequence(items):
            here = start
            for item in items:
                there = nfa.node()
                build(nfa, alphabet, item, here, there)
                here = there
            nfa.empty[here].append(end)
        case Choice(items):
            for item in items:
                build(nfa, alphabet, item, start, end)
        case Repeat(item, least, most):
            here = start
            for _ in range(least):
                there = nfa.node()
                build(nfa, alphabet, item, here, there)
                here = there
            if most is None:
                loop, back = nfa.node(), nfa.node()
                nfa.empty[here].append(loop)
                build(nfa, alphabet, item, loop, back)
                nfa.empty[back].append(loop)
                nfa.empty[loop].append(end)
                return
            nfa.empty[here].append(end)
            for _ in range(most - least):
                there = nfa.node()
                build(nfa, alphabet, item, here, there)
                nfa.empty[there].append(end)
                here = there
        case _:
            assert_never(pattern)
