"""Lists as networks: nodes before the first item, behind separators, behind an item, at the end."""

from collections.abc import Callable

from unstringly.automata import dfa
from unstringly.automata.marked import MALFORMED, Kind
from unstringly.automata.network import Ends, Network
from unstringly.model.grammar import ListGrammar, Trailing


def add_list(
    network: Network,
    source: int,
    grammar: ListGrammar,
    item: Callable[[int, int], Ends],
    *,
    outermost: bool,
) -> int:
    """The node behind a list; `item` adds the item of a number.

    Behind a `bare` item no padding follows; see `Ends`. In the outermost list everything that
    the grammar forbids is there too, as irregular.
    """
    end, final = network.node(), network.node()
    start, leading, behind, bare, between = (network.node() for _ in range(5))
    network.join(source, start)
    if grammar.padded:
        for hub in (start, leading, behind, between, final):
            network.loop(hub, network.padding, Kind.SEPARATOR)

    def join(from_node: int, to_node: int, allowed: bool) -> None:
        if allowed or outermost:
            network.join(from_node, to_node, irregular=not allowed)

    def separate(from_node: int, to_node: int, allowed: bool) -> None:
        if allowed or outermost:
            gate = network.node()
            network.join(from_node, gate, irregular=not allowed)
            for text in grammar.separators:
                network.join(network.text(gate, text, Kind.SEPARATOR), to_node)

    def finish(from_node: int, allowed: bool) -> None:
        if grammar.final_separators and (allowed or outermost):
            gate = network.node()
            network.join(from_node, gate, irregular=not allowed)
            network.join(network.texts(gate, grammar.final_separators, Kind.SEPARATOR), final)

    trailing = grammar.trailing
    separate(start, leading, grammar.leading)
    separate(leading, leading, grammar.leading and grammar.repeated)
    separate(behind, between, True)
    separate(bare, between, True)
    separate(between, between, grammar.repeated)
    finish(start, grammar.leading)
    finish(leading, grammar.leading and grammar.repeated)
    finish(behind, True)
    finish(bare, True)
    finish(between, grammar.repeated)
    join(start, end, True)
    join(leading, end, grammar.leading)
    join(behind, end, trailing is not Trailing.REQUIRED)
    join(bare, end, trailing is not Trailing.REQUIRED)
    join(between, end, trailing is not Trailing.FORBIDDEN)
    join(final, end, True)
    items = network.node()
    for hub in (start, leading, between):
        network.join(hub, items)
    for number in range(len(grammar.items)):
        ends = item(items, number)
        network.join(ends.full, behind)
        if ends.bare is not None:
            network.join(ends.bare, bare)
    if outermost:
        network.join(_malformed(network, items, grammar), behind)
    return end


def _malformed(network: Network, source: int, grammar: ListGrammar) -> int:
    """A piece in an item's place that is not empty and contains no separator."""
    everything = dfa.everything(network.alphabet)
    language = everything - dfa.containing(network.alphabet, grammar.separators)
    outer, network.place = network.place, ""
    here = network.mark(source, MALFORMED, closes=False, irregular=True)
    here = network.content(here, language, Kind.MALFORMED, empty=False)
    here = network.mark(here, MALFORMED, closes=True)
    network.place = outer
    return here
