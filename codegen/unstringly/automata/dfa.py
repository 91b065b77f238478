"""Deterministic automata over an alphabet of character classes: the languages of leaves.

A `Dfa` is always trimmed and minimal: every state can be reached and can still accept, and
two Dfas over one alphabet are equal exactly if they accept the same texts. State 0 is the
start. A `rows[state][class]` of `DEAD` means that no text goes on from there; the empty
language has a single row of `DEAD`.

Every construction counts its work and raises `TooLarge` (see `work.py`).
"""

from collections import Counter
from collections.abc import Callable, Hashable
from collections.abc import Sequence as Row
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from unstringly.automata.equal_states import distances_of, merged
from unstringly.automata.nfa import Nfa, build
from unstringly.automata.work import Kept, Tally, Work, counted, kept
from unstringly.model import charset
from unstringly.model.charset import Alphabet
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, charsets, literal

DEAD = -1

S = TypeVar("S", bound=Hashable)


class Dfa(Struct, frozen=True):
    """A minimal deterministic automaton, trimmed as the module's docstring says.

    `rows` has a target for each state and class, `accepting` a truth value for each state.
    """

    alphabet: Alphabet
    rows: tuple[tuple[int, ...], ...]
    accepting: tuple[bool, ...]

    def accepts(self, text: str) -> bool:
        """Say whether the text is in the language."""
        state = 0
        for character in text:
            state = self.rows[state][self.alphabet.class_of(character)]
            if state == DEAD:
                return False
        return self.accepting[state]

    @property
    def is_empty(self) -> bool:
        """Say whether there is no text in the language."""
        return not any(self.accepting)

    def __and__(self, other: "Dfa") -> "Dfa":
        return self._combine(other, lambda left, right: left and right)

    def __or__(self, other: "Dfa") -> "Dfa":
        return self._combine(other, lambda left, right: left or right)

    def __sub__(self, other: "Dfa") -> "Dfa":
        return self._combine(other, lambda left, right: left and not right)

    def _combine(self, other: "Dfa", accept: Callable[[bool, bool], bool]) -> "Dfa":
        nowhere = (DEAD,) * self.alphabet.size

        def row(pair: tuple[int, int]) -> Row[tuple[int, int]]:
            left, right = pair
            return tuple(
                zip(
                    nowhere if left == DEAD else self.rows[left],
                    nowhere if right == DEAD else other.rows[right],
                    strict=True,
                )
            )

        def accepting(pair: tuple[int, int]) -> bool:
            left, right = pair
            return accept(
                left != DEAD and self.accepting[left], right != DEAD and other.accepting[right]
            )

        with counted(Work.FORM) as tally:
            return explore(self.alphabet, (0, 0), row, accepting, tally)

    def behind(self, first: "Dfa") -> "Dfa":
        """Return the left quotient: all that follows a text of `first` in texts of this language.

        Raises TooLarge.
        """
        size = self.alphabet.size
        with counted(Work.FORM) as tally:
            pairs = {(0, 0)}
            todo = [(0, 0)]
            for own, before in todo:
                tally.add(size)
                for target in zip(self.rows[own], first.rows[before], strict=True):
                    if DEAD not in target and target not in pairs:
                        pairs.add(target)
                        todo.append(target)
            start = frozenset(own for own, before in todo if first.accepting[before])

            def row(states: frozenset[int]) -> Row[frozenset[int]]:
                tally.add(size * len(states))
                return [
                    frozenset(self.rows[state][number] for state in states) - {DEAD}
                    for number in range(size)
                ]

            def accepts(states: frozenset[int]) -> bool:
                return any(self.accepting[state] for state in states)

            return explore(self.alphabet, start, row, accepts, tally)

    def shortest(self) -> str | None:
        """Return a shortest text of the language, or None if there is none."""
        reached = {0: (0, "")}
        todo = [0]
        for state in todo:
            if self.accepting[state]:
                return self._way(reached, state)
            for number, target in enumerate(self.rows[state]):
                if target != DEAD and target not in reached:
                    reached[target] = (state, self.alphabet.sample(number))
                    todo.append(target)
        return None

    def _way(self, reached: dict[int, tuple[int, str]], state: int) -> str:
        text: list[str] = []
        while state:
            state, character = reached[state]
            text.append(character)
        return "".join(reversed(text))

    def longest(self) -> int | None:
        """Return the characters of a longest text; None if there is no bound, -1 if no text.

        A language has no bound if a state leads back to itself: every state can be reached, and
        can still accept.
        """
        if self.is_empty:
            return -1
        targets = [{target for target in row if target != DEAD} for row in self.rows]
        order = _in_order(targets)
        if order is None:
            return None
        lengths = [0] * len(order)
        for state in reversed(order):
            lengths[state] = max((1 + lengths[target] for target in targets[state]), default=0)
        return lengths[0]


def _in_order(targets: list[set[int]]) -> list[int] | None:
    """Return the states, each before those it leads to; None if one leads back to itself."""
    arriving = Counter(chain.from_iterable(targets))
    order = [state for state in range(len(targets)) if not arriving[state]]
    for state in order:
        for target in targets[state]:
            arriving[target] -= 1
            if not arriving[target]:
                order.append(target)
    return order if len(order) == len(targets) else None


def from_pattern(alphabet: Alphabet, pattern: Pattern) -> Dfa:
    """Return the texts that the whole pattern matches; raises TooLarge.

    The alphabet must tell the pattern's sets apart.
    """
    return lifted(_own(pattern).get(), alphabet)


@lru_cache(maxsize=512)
def _own(pattern: Pattern) -> Kept[Dfa]:
    """Return the automaton of a pattern over the coarsest alphabet that tells its sets apart.

    A form stands in many places, each with an alphabet of its own; this work is done once.
    """
    return kept(pattern, lambda: _determined(pattern))


def _determined(pattern: Pattern) -> Dfa:
    with counted(Work.PATTERN) as tally:
        return _subsets(charset.partition(charsets(pattern), tally.add), pattern, tally)


def _subsets(alphabet: Alphabet, pattern: Pattern, tally: Tally) -> Dfa:
    """Return the automaton of a pattern by the subset construction."""
    nfa = Nfa(tally)
    start, end = nfa.node(), nfa.node()
    build(nfa, alphabet, pattern, start, end)
    classes = range(alphabet.size)

    def row(states: frozenset[int]) -> Row[frozenset[int]]:
        moved: dict[int, set[int]] = {number: set() for number in classes}
        for state in states:
            for numbers, target in nfa.moves[state]:
                tally.add(len(numbers))
                for number in numbers:
                    moved[number].add(target)
        return [nfa.closure(frozenset(moved[number])) for number in classes]

    first = nfa.closure(frozenset((start,)))
    return explore(alphabet, first, row, lambda states: end in states, tally)


def lifted(language: Dfa, alphabet: Alphabet) -> Dfa:
    """Return the same language over a finer alphabet, its states in the order of that one.

    Raises TooLarge.
    """
    with counted(Work.FORM) as tally:
        classes = [language.alphabet.class_of(chr(start)) for start in alphabet.first]
        order = {0: 0}
        todo = [0]
        rows: list[tuple[int, ...]] = []
        for state in todo:
            tally.add(len(classes))
            targets = [language.rows[state][number] for number in classes]
            for target in targets:
                if target != DEAD and target not in order:
                    order[target] = len(todo)
                    todo.append(target)
            rows.append(tuple(DEAD if target == DEAD else order[target] for target in targets))
        return Dfa(alphabet, tuple(rows), tuple(language.accepting[state] for state in todo))


def containing(alphabet: Alphabet, texts: tuple[str, ...]) -> Dfa:
    """Return the texts that contain at least one of the given ones; raises TooLarge."""
    anything = Repeat(Chars(charset.ANY), 0, None)
    return from_pattern(
        alphabet, Sequence((anything, Choice(tuple(literal(text) for text in texts)), anything))
    )


def everything(alphabet: Alphabet) -> Dfa:
    """Return the language of all texts."""
    return Dfa(alphabet, ((0,) * alphabet.size,), (True,))


def trimmed(alphabet: Alphabet) -> Dfa:
    """Return the texts that neither begin nor end with padding, the empty text included."""
    ink = Chars(~charset.PADDING)
    anything = Repeat(Chars(charset.ANY), 0, None)
    return from_pattern(alphabet, Choice((Sequence(()), ink, Sequence((ink, anything, ink)))))


def explore(
    alphabet: Alphabet,
    start: S,
    row: Callable[[S], Row[S]],
    accepting: Callable[[S], bool],
    tally: Tally,
) -> Dfa:
    """Return the minimal automaton of a deterministic machine.

    `row` has, for each class, the state that it leads to from a state. Raises TooLarge.
    """
    numbers: dict[S, int] = {start: 0}
    todo = [start]
    rows: list[list[int]] = []
    size = alphabet.size
    for state in todo:
        tally.add(size)
        targets: list[int] = []
        for target in row(state):
            number = numbers.setdefault(target, len(todo))
            if number == len(todo):
                todo.append(target)
            targets.append(number)
        rows.append(targets)
    return _minimal(alphabet, rows, [accepting(state) for state in todo], tally)


def _minimal(alphabet: Alphabet, rows: list[list[int]], accepting: list[bool], tally: Tally) -> Dfa:
    """Merge equal states, and number them in breadth-first order without dead ones."""
    distances = distances_of(rows, accepting)
    blocks = merged(rows, distances, tally)
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
