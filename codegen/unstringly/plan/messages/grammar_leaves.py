"""The leaves of strings with a grammar, as the tables of messages make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from unstringly.python.build import call, tuple_of
from unstringly.python.nodes import Attribute, Text
from unstringly.python.symbols import TABLES, formatter, parser, runtime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.python.nodes import Expression


class GrammarTable(Struct, frozen=True):
    """What the tables need of a grammar: its name in functions, its machine, examples of texts."""

    function: str
    constant: str
    is_list: bool
    samples: tuple[str, ...]

    def leaf(self, base: Expression) -> Expression:
        """Return the source of its leaf; `base` is the leaf of the string."""
        return call(
            runtime("xml.grammar_leaves", "list_leaf" if self.is_list else "value_leaf"),
            base,
            parser(self.function),
            formatter(f"format_{self.function}"),
            Attribute(TABLES, self.constant),
            tuple_of(*map(Text, self.samples)),
        )


NO_GRAMMARS: Mapping[str, GrammarTable] = {}
