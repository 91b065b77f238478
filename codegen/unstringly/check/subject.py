"""What the checks look at: a contract with the automaton of each whole text, compiled once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from unstringly.automata.compile import compile_result
from unstringly.automata.marked import MarkedAutomaton
from unstringly.diagnostics import Diagnostic
from unstringly.model.charset import Alphabet
from unstringly.model.contract import Contract
from unstringly.model.grammar import Definition


@dataclass(frozen=True, slots=True)
class Root:
    """A definition of a whole text, a result or a field of a push, and its automaton."""

    name: str
    alphabet: Alphabet
    automaton: MarkedAutomaton


@dataclass(frozen=True, slots=True)
class Subject:
    """A contract and those of its roots that are not too large, in the operations' order."""

    contract: Contract
    roots: tuple[Root, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic about a definition: the one whose `accept` can acknowledge it."""

    about: str
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Question:
    """Something to find out about a definition; it may be too large to be answered."""

    about: Definition
    answer: Callable[[], Iterable[Finding]]


Check = Callable[[Subject], Iterator[Finding | Question]]


def root_of(contract: Contract, name: str) -> Root:
    """A whole text, compiled; raises TooLarge."""
    return Root(name, *compile_result(contract.definitions, name, contract.spec.line_ends))
