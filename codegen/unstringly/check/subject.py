"""The subject of the checks: a contract, and its automata."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from unstringly.compile.compiled import Compiled, WholeText
from unstringly.diagnostics import Diagnostic
from unstringly.model.contract import Contract
from unstringly.model.examples import Sample
from unstringly.model.grammar import Definition
from unstringly.model.parts import reachable


class Subject(Struct, frozen=True):
    """A contract with its automata, of which those are missing that are too large."""

    contract: Contract
    compiled: Compiled
    samples: tuple[Sample, ...] = ()

    @property
    def texts(self) -> tuple[WholeText, ...]:
        """The whole texts that are not too large, in the operations' order."""
        return tuple(self.compiled.texts.values())

    @property
    def received(self) -> tuple[Definition, ...]:
        """The definitions that these texts are made of, each once."""
        definitions = self.contract.definitions
        names = (name for whole in self.texts for name in reachable(definitions, whole.name))
        return tuple(definitions[name] for name in dict.fromkeys(names))


class Finding(Struct, frozen=True):
    """A diagnostic about a definition: the one whose `accept` can acknowledge it."""

    about: str
    diagnostic: Diagnostic


class Question(Struct, frozen=True):
    """A question about a definition; its `answer` raises TooLarge if it takes too many steps."""

    about: Definition
    answer: Callable[[], Iterable[Finding]]


Check = Callable[[Subject], Iterator[Finding | Question]]
