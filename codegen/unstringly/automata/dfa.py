"""Deterministic automata over an alphabet of character classes: what a leaf may contain.

A `Dfa` is always trimmed and minimal: every state can be reached and can still accept, and
two Dfas over one alphabet are equal exactly if they accept the same texts. State 0 is the
start. A `rows[state][class]` of `DEAD` means that no text goes on from there; the empty
language has a single row of `DEAD`.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, assert_never

from unstringly.model import charset
from unstringly.model.charset import Alphabet
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, charsets, literal

DEAD = -1

S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Dfa:
    """A minimal deterministic automaton; see the module's words."""

    alphabet: Alphabet
    rows: tuple[tuple[int, ...], ...]
    accepting: tuple[bool, ...]

    def accepts(self, text: str) -> bool:
        """Whether the text is in the language."""
        state = 0
        for character in text:
            state = self.rows[state][self.alphabet.class_of(character)]
            if state == DEAD:
                return False
        return self.accepting[state]

    @property
    def is_empty(self) -> bool:
        """Whether there is no text in the language."""
        return not any(self.accepting)

    def __and__(self, other: "Dfa") -> "Dfa":
        return self._combine(other, lambda left, right: left and right)

    def __or__(self, other: "Dfa") -> "Dfa":
        return self._combine(other, lambda left, right: left or right)

    def __sub__(self, other: "Dfa") -> "Dfa":
        return self._combine(other, lambda left, right: left and not right)

    def _combine(self, other: "Dfa", accept: Callable[[bool, bool], bool]) -> "Dfa":
        def step(pair: tuple[int, int], number: int) -> tuple[int, int]:
            left, right = pair
            return (
                DEAD if left == DEAD else self.rows[left][number],
                DEAD if right == DEAD else other.rows[right][number],
            )

        def accepting(pair: tuple[int, int]) -> bool:
            left, right = pair
            return accept(
                left != DEAD and self.accepting[left], right != DEAD and other.accepting[right]
            )

        return explore(self.alphabet, (0, 0), step, accepting)

    def behind(self, first: "Dfa") -> "Dfa":
        """What can follow a text of `first` in a text of this language: its left quotient."""
        pairs = {(0, 0)}
        todo = [(0, 0)]
        for here, there in todo:
            for target in zip(self.rows[here], first.rows[there], strict=True):
                if DEAD not in target and target not in pairs:
                    pairs.add(target)
                    todo.append(target)
        start = frozenset(here for here, there in todo if first.accepting[there])

        def step(states: frozenset[int], number: int) -> frozenset[int]:
            return frozenset(self.rows[state][number] for state in states) - {DEAD}

        def accepts(states: frozenset[int]) -> bool:
            return any(self.accepting[state] for state in states)

        return explore(self.alphabet, start, step, accepts)

    def shortest(self) -> str | None:
        """A shortest text of the language, or None if there is none."""
        reached = {0: ""}
        todo = [0]
        for state in todo:
            if self.accepting[state]:
                return reached[state]
            for number, target in enumerate(self.rows[state]):
                if target != DEAD and target not in reached:
                    reached[target] = reached[state] + self.alphabet.sample(number)
                    todo.append(target)
        return None

    def longest(self) -> int | None:
        """The length of the longest text, or None when there is no bound; -1 without any text."""
        if self.is_empty:
            return -1
        lengths: dict[int, int] = {}
        path: set[int] = set()
        stack: list[tuple[int, bool]] = [(0, False)]
        while stack:
            state, done = stack.pop()
            targets = {target for target in self.rows[state] if target != DEAD}
            if done:
                path.discard(state)
                lengths[state] = max((1 + lengths[target] for target in targets), default=0)
                continue
            if state in lengths:
                continue
            if state in path:
                return None
            path.add(state)
            stack.append((state, True))
            for target in sorted(targets):
                if target in path:
                    return None
                stack.append((target, False))
        return lengths[0]


def from_pattern(alphabet: Alphabet, pattern: Pattern) -> Dfa:
    """The texts that the whole pattern matches. The alphabet must tell its sets apart."""
    return _lifted(_own(pattern), alphabet)


@lru_cache(maxsize=512)
def _own(pattern: Pattern) -> Dfa:
    """The automaton of a pattern over the coarsest alphabet that tells its sets apart.

    A form stands in many places, each with an alphabet of its own; this work is done once.
    """
    alphabet = charset.partition(charsets(pattern))
    nfa = _Nfa()
    start, end = nfa.node(), nfa.node()
    _build(nfa, alphabet, pattern, start, end)

    def step(states: frozenset[int], number: int) -> frozenset[int]:
        moved = {
            target for state in states for classes, target in nfa.moves[state] if number in classes
        }
        return nfa.closure(moved)

    return explore(alphabet, nfa.closure({start}), step, lambda states: end in states)


def _lifted(found: Dfa, alphabet: Alphabet) -> Dfa:
    """The same language over a finer alphabet, its states in the order of that one."""
    classes = [found.alphabet.class_of(alphabet.sample(number)) for number in range(alphabet.size)]
    order = {0: 0}
    todo = [0]
    rows: list[tuple[int, ...]] = []
    for state in todo:
        targets = [found.rows[state][number] for number in classes]
        for target in targets:
            if target != DEAD and target not in order:
                order[target] = len(todo)
                todo.append(target)
        rows.append(tuple(DEAD if target == DEAD else order[target] for target in targets))
    return Dfa(alphabet, tuple(rows), tuple(found.accepting[state] for state in todo))


def containing(alphabet: Alphabet, texts: tuple[str, ...]) -> Dfa:
    """The texts that contain at least one of the given ones."""
    anything = Repeat(Chars(charset.ANY), 0, None)
    return from_pattern(
        alphabet, Sequence((anything, Choice(tuple(literal(text) for text in texts)), anything))
    )


def everything(alphabet: Alphabet) -> Dfa:
    """All texts."""
    return Dfa(alphabet, ((0,) * alphabet.size,), (True,))


def trimmed(alphabet: Alphabet) -> Dfa:
    """The texts that neither begin nor end with padding; the empty text is one of them."""
    ink = Chars(~charset.PADDING)
    anything = Repeat(Chars(charset.ANY), 0, None)
    return from_pattern(alphabet, Choice((Sequence(()), ink, Sequence((ink, anything, ink)))))


class _Nfa:
    """Thompson's construction: moves on classes of characters, and empty moves."""

    def __init__(self) -> None:
        self.moves: list[list[tuple[frozenset[int], int]]] = []
        self.empty: list[list[int]] = []

    def node(self) -> int:
        self.moves.append([])
        self.empty.append([])
        return len(self.moves) - 1

    def closure(self, states: set[int]) -> frozenset[int]:
        found = set(states)
        todo = list(states)
        while todo:
            for target in self.empty[todo.pop()]:
                if target not in found:
                    found.add(target)
                    todo.append(target)
        return frozenset(found)


def _build(nfa: _Nfa, alphabet: Alphabet, pattern: Pattern, start: int, end: int) -> None:
    match pattern:
        case Chars(chars):
            nfa.moves[start].append((frozenset(alphabet.classes_in(chars)), end))
        case Sequence(items):
            here = start
            for item in items:
                there = nfa.node()
                _build(nfa, alphabet, item, here, there)
                here = there
            nfa.empty[here].append(end)
        case Choice(items):
            for item in items:
                _build(nfa, alphabet, item, start, end)
        case Repeat(item, least, most):
            here = start
            for _ in range(least):
                there = nfa.node()
                _build(nfa, alphabet, item, here, there)
                here = there
            if most is None:
                loop, back = nfa.node(), nfa.node()
                nfa.empty[here].append(loop)
                _build(nfa, alphabet, item, loop, back)
                nfa.empty[back].append(loop)
                nfa.empty[loop].append(end)
                return
            nfa.empty[here].append(end)
            for _ in range(most - least):
                there = nfa.node()
                _build(nfa, alphabet, item, here, there)
                nfa.empty[there].append(end)
                here = there
        case _:
            assert_never(pattern)


def explore(
    alphabet: Alphabet,
    start: S,
    step: Callable[[S, int], S],
    accepting: Callable[[S], bool],
) -> Dfa:
    """The minimal automaton of a deterministic machine given by its step function."""
    numbers: dict[S, int] = {start: 0}
    todo = [start]
    rows: list[list[int]] = []
    for state in todo:
        row: list[int] = []
        for number in range(alphabet.size):
            target = step(state, number)
            if target not in numbers:
                numbers[target] = len(todo)
                todo.append(target)
            row.append(numbers[target])
        rows.append(row)
    return _minimal(alphabet, rows, [accepting(state) for state in todo])


def _minimal(alphabet: Alphabet, rows: list[list[int]], accepting: list[bool]) -> Dfa:
    """Moore's refinement, then states renumbered in breadth-first order without dead ones.

    It begins with the distances to acceptance: a long literal then needs one round.
    """
    distances = _distances(rows, accepting)
    blocks = distances
    count = len(set(blocks))
    while True:
        signatures: dict[tuple[int, ...], int] = {}
        blocks = [
            signatures.setdefault((blocks[state], *(blocks[t] for t in row)), len(signatures))
            for state, row in enumerate(rows)
        ]
        if len(signatures) == count:
            break
        count = len(signatures)
    members: dict[int, int] = {}
    for state, block in enumerate(blocks):
        members.setdefault(block, state)
    alive = [distance >= 0 for distance in distances]
    order: dict[int, int] = {blocks[0]: 0}
    todo = [blocks[0]]
    final_rows: list[tuple[int, ...]] = []
    for block in todo:
        row: list[int] = []
        for target in rows[members[block]]:
            if not alive[target]:
                row.append(DEAD)
                continue
            target_block = blocks[target]
            if target_block not in order:
                order[target_block] = len(todo)
                todo.append(target_block)
            row.append(order[target_block])
        final_rows.append(tuple(row))
    return Dfa(alphabet, tuple(final_rows), tuple(accepting[members[block]] for block in todo))


def _distances(rows: list[list[int]], accepting: list[bool]) -> list[int]:
    """For each state, the least number of characters to an accepting one; -1 if there is none."""
    sources: list[set[int]] = [set() for _ in rows]
    for state, row in enumerate(rows):
        for target in row:
            sources[target].add(state)
    distances = [0 if accepted else -1 for accepted in accepting]
    todo = [state for state, accepted in enumerate(accepting) if accepted]
    for state in todo:
        for source in sources[state]:
            if distances[source] < 0:
                distances[source] = distances[state] + 1
                todo.append(source)
    return distances
