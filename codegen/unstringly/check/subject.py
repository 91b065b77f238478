"""What the checks look at: a contract with the automaton of each whole text, compiled once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from unstringly.automata.compile import compile_result
from unstringly.automata.marked import MarkedAutomaton
from unstringly.diagnostics import Diagnostic
from unstringly.model.charset import Alphabet
from unstringly.model.contract import Contract, whole_texts


@dataclass(frozen=True, slots=True)
class Root:
    """A definition of a whole text, a result or a field of a push, and its automaton."""

    name: str
    alphabet: Alphabet
    automaton: MarkedAutomaton


@dataclass(frozen=True, slots=True)
class Subject:
    """A contract and its roots, in the order of the operations."""

    contract: Contract
    roots: tuple[Root, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic about a definition: the one whose `accept` can acknowledge it."""

    about: str
    diagnostic: Diagnostic


Check = Callable[[Subject], Iterator[Finding]]


def subject_of(contract: Contract) -> Subject:
    """The contract with its results compiled."""
    return Subject(
        contract,
        tuple(
            Root(name, *compile_result(contract.definitions, name, contract.spec.line_ends))
            for name in whole_texts(contract)
        ),
    )
