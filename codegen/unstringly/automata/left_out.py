"""Languages with some characters of their texts left out."""

from collections.abc import Sequence as Row

from unstringly.automata.dfa import DEAD, Dfa, explore
from unstringly.automata.work import Work, counted


def without(language: Dfa, number: int) -> Dfa:
    """Return the texts of a language with all characters of a class left out; raises TooLarge."""
    size = language.alphabet.size
    with counted(Work.FORM) as tally:

        def closed(states: set[int]) -> frozenset[int]:
            todo = list(states)
            for state in todo:
                tally.add(1)
                target = language.rows[state][number]
                if target != DEAD and target not in states:
                    states.add(target)
                    todo.append(target)
            return frozenset(states)

        def row(states: frozenset[int]) -> Row[frozenset[int]]:
            tally.add(size * len(states))
            targets = [{language.rows[state][each] for state in states} for each in range(size)]
            targets[number] = set()
            return [closed(each - {DEAD}) for each in targets]

        def accepts(states: frozenset[int]) -> bool:
            return any(language.accepting[state] for state in states)

        return explore(language.alphabet, closed({0}), row, accepts, tally)
