"""Lists as networks: nodes before the first item, behind separators, behind an item, at the end."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from unstringly.automata.marked import MALFORMED, Kind
from unstringly.automata.network import Ends, Network
from unstringly.automata.places import Place
from unstringly.model.grammar import ListGrammar, Trailing


def add_list(
    network: Network,
    source: int,
    grammar: ListGrammar,
    item: Callable[[int, int], Ends],
    *,
    outermost: bool,
) -> int:
    """Add a list, and return the node behind it; `item` adds the item of a number.

    Behind a `bare` item no padding follows; see `Ends`. In the outermost list everything that
    the grammar forbids is there too, as irregular.
    """
    end, final = network.node(), network.node()
    hubs = _Hubs(*(network.node() for _ in range(5)))
    network.join(source, hubs.start)
    if grammar.padded:
        for hub in (hubs.start, hubs.leading, hubs.behind, hubs.between, final):
            network.loop(hub, network.padding, Kind.SEPARATOR)
    ways = _Ways(network, grammar, outermost)
    _separate(ways, hubs)
    _finish(ways, hubs, final)
    _end(ways, hubs, end)
    network.join(final, end)
    items = network.node()
    for hub in (hubs.start, hubs.leading, hubs.between):
        network.join(hub, items)
    for number in range(len(grammar.items)):
        ends = item(items, number)
        network.join(ends.full, hubs.behind)
        if ends.bare is not None:
            network.join(ends.bare, hubs.bare)
    if outermost:
        network.join(_malformed(network, items, grammar), hubs.behind)
    return end


class _Hubs(NamedTuple):
    """Nodes of a list: at its start, behind leading separators, behind an item, between items.

    `bare` is behind an item that no padding follows.
    """

    start: int
    leading: int
    behind: int
    bare: int
    between: int


class _Ways(Struct, frozen=True):
    """Adds ways between the nodes of a list: those that the grammar allows.

    In the outermost list the others are added too, as irregular.
    """

    network: Network
    grammar: ListGrammar
    outermost: bool

    def join(self, source: int, target: int, allowed: bool) -> None:
        """Go on without reading."""
        if allowed or self.outermost:
            self.network.join(source, target, irregular=not allowed)

    def read(self, source: int, texts: tuple[str, ...], target: int, allowed: bool) -> None:
        """Go on over any one of some separators."""
        if texts and (allowed or self.outermost):
            gate = self.network.node()
            self.network.join(source, gate, irregular=not allowed)
            for text in texts:
                self.network.join(self.network.text(gate, text, Kind.SEPARATOR), target)


def _separate(ways: _Ways, hubs: _Hubs) -> None:
    """Add the separators before, between and behind items."""
    grammar = ways.grammar
    separators = grammar.separators
    ways.read(hubs.start, separators, hubs.leading, grammar.leading)
    ways.read(hubs.leading, separators, hubs.leading, grammar.leading and grammar.repeated)
    ways.read(hubs.behind, separators, hubs.between, allowed=True)
    ways.read(hubs.bare, separators, hubs.between, allowed=True)
    ways.read(hubs.between, separators, hubs.between, grammar.repeated)


def _finish(ways: _Ways, hubs: _Hubs, final: int) -> None:
    """Add the separators that may stand at the end only."""
    grammar = ways.grammar
    separators = grammar.final_separators
    ways.read(hubs.start, separators, final, grammar.leading)
    ways.read(hubs.leading, separators, final, grammar.leading and grammar.repeated)
    ways.read(hubs.behind, separators, final, allowed=True)
    ways.read(hubs.bare, separators, final, allowed=True)
    ways.read(hubs.between, separators, final, grammar.repeated)


def _end(ways: _Ways, hubs: _Hubs, end: int) -> None:
    """Add the ends of the list, with and without a separator before them."""
    trailing = ways.grammar.trailing
    ways.join(hubs.start, end, allowed=True)
    ways.join(hubs.leading, end, ways.grammar.leading)
    ways.join(hubs.behind, end, trailing is not Trailing.REQUIRED)
    ways.join(hubs.bare, end, trailing is not Trailing.REQUIRED)
    ways.join(hubs.between, end, trailing is not Trailing.FORBIDDEN)


def _malformed(network: Network, source: int, grammar: ListGrammar) -> int:
    """Add a piece in an item's place that is not empty and contains no separator."""
    language = Place(excludes=grammar.separators).language(network.alphabet)
    outer, network.place = network.place, ""
    node = network.mark(source, MALFORMED, closes=False, irregular=True)
    node = network.content(node, language, Kind.MALFORMED, empty=False)
    node = network.mark(node, MALFORMED, closes=True)
    network.place = outer
    return node
