"""A contract compiled: the language of each leaf in each place, the automaton of each text.

Each is made once, for the checks and for the plans alike. Nothing is raised here: an automaton
that would be too large is left out, and stands in `undecided` with its place.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from msgspec import Struct

from unstringly.automata.compile import compile_result
from unstringly.automata.leaves import Contents, contents_of, form_of
from unstringly.automata.marked import MarkedAutomaton
from unstringly.automata.work import LIMITS, Exhausted, Spent, TooLarge, Work, whole
from unstringly.compile.common import Common, common_of
from unstringly.model.charset import Alphabet
from unstringly.model.contract import Contract, whole_texts
from unstringly.model.grammar import Form
from unstringly.model.parts import as_leaf
from unstringly.model.uses import Use, read_uses, sent_uses


class WholeText(Struct, frozen=True):
    """A definition of a whole text, a result or a field of a push, and its automaton."""

    name: str
    alphabet: Alphabet
    automaton: MarkedAutomaton


class PlacedLeaf(Struct, frozen=True):
    """A leaf in one of its places.

    `contents` are the texts that may stand there; `common` is the simple part of its form, None
    if it has none.
    """

    form: Form
    contents: Contents
    common: Common | None


class Undecided(Struct, frozen=True):
    """An automaton that was not made, with the problem.

    `about` is the name of the definition at work; it is empty where the steps of the whole spec
    were used up, and nothing more was made.
    """

    about: str
    problem: TooLarge


class Compiled(Struct, frozen=True):
    """All automata of a contract; `spent` are the steps that they took.

    Texts are in the operations' order. Leaves are in the order of their definitions' first use,
    those of whole texts before those of parameters.
    """

    texts: Mapping[str, WholeText]
    leaves: Mapping[Use, PlacedLeaf]
    undecided: tuple[Undecided, ...]
    spent: Spent


def compile_contract(contract: Contract) -> Compiled:
    """Compile the texts and leaves that a contract reads, writes and sends; raises nothing."""
    texts: dict[str, WholeText] = {}
    leaves: dict[Use, PlacedLeaf] = {}
    undecided: list[Undecided] = []
    with whole(Work.SPEC) as inside:
        try:
            for name in whole_texts(contract):
                with _noting(name, undecided):
                    texts[name] = _text(contract, name)
            for use in dict.fromkeys((*read_uses(contract), *sent_uses(contract))):
                with _noting(use.type, undecided):
                    leaves[use] = _leaf(contract, use)
        except Exhausted as problem:
            undecided.append(Undecided("", problem.with_traceback(None)))
    return Compiled(
        MappingProxyType(texts), MappingProxyType(leaves), tuple(undecided), inside.spent
    )


@contextmanager
def _noting(about: str, undecided: list[Undecided]) -> Generator[None, None, None]:
    """Note what is too large and go on, as long as there are steps left at all."""
    try:
        yield
    except Exhausted:
        raise
    except TooLarge as problem:
        undecided.append(Undecided(about, problem.with_traceback(None)))


def _text(contract: Contract, name: str) -> WholeText:
    return WholeText(name, *compile_result(contract.definitions, name, contract.spec.line_ends))


def _leaf(contract: Contract, use: Use) -> PlacedLeaf:
    form = form_of(as_leaf(contract.definitions[use.type]))
    line_ends = contract.spec.line_ends
    contents = contents_of(form, line_ends, padded=use.padded, nils=use.nils)
    written = contents.written
    if len(written.rows) * written.alphabet.size > LIMITS[Work.CELLS]:
        raise TooLarge(Work.CELLS, use.type)
    return PlacedLeaf(form, contents, common_of(form, line_ends))
