"""From a definition to its marked automaton.

The contents of the definition become a network (`contents.py`), and that becomes an automaton.
How padding is read stands in `marked.py`.
"""

from typing import TypeAlias

from unstringly.automata.alphabets import alphabet_of, check_depth
from unstringly.automata.contents import Builder
from unstringly.automata.marked import MarkedAutomaton
from unstringly.automata.network import Network
from unstringly.automata.places import ANYWHERE, Place
from unstringly.automata.work import Work, counted
from unstringly.model.charset import Alphabet
from unstringly.model.grammar import LineEnds
from unstringly.model.parts import Definitions

Over: TypeAlias = tuple[Alphabet, MarkedAutomaton]
"""An automaton, and the alphabet that its classes are of."""


def compile_result(
    definitions: Definitions,
    root: str,
    line_ends: LineEnds,
    alphabet: Alphabet | None = None,
    *,
    place: Place = ANYWHERE,
) -> Over:
    """Return the automaton of a whole text: the result of an operation, or a field of a push.

    A given alphabet must tell apart what the definitions do. Only texts are read that the
    place takes. Raises TooLarge.
    """
    check_depth(definitions, (root,))
    alphabet = alphabet or alphabet_of(definitions, root, line_ends)
    with counted(Work.NETWORK) as tally:
        network = Network(alphabet, tally)
        builder = Builder(network, definitions, line_ends)
        if place == ANYWHERE:
            network.join(builder.whole(network.start, root), network.end)
        else:
            with network.part() as part:
                network.join(builder.whole(part.start, root), part.end)
            start, ends = part.within(place.language(alphabet))
            network.join(network.start, start)
            for end in ends.values():
                network.join(end, network.end)
    return alphabet, network.automaton()
