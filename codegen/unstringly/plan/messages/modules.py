"""The two modules of a service's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.plan.messages.classes import messages_view
from unstringly.plan.messages.grammar_leaves import NO_GRAMMARS
from unstringly.plan.messages.tables import tables_view
from unstringly.plan.module import Module

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.plan.messages.grammar_leaves import GrammarTable
    from unstringly.plan.module import View
    from unstringly.python.nodes import Symbol
    from unstringly.shapes.shapes import Shapes


def message_modules(
    shapes: Shapes,
    package: str,
    header: str,
    grammars: Mapping[str, GrammarTable] = NO_GRAMMARS,
    *,
    is_encoded: bool = False,
    rows: tuple[Symbol, ...] = (),
) -> tuple[Module, ...]:
    """Return `messages.py` and `message_tables.py`, below a package's folder.

    `header` is the comment at their top, and `grammars` are those of strings. `is_encoded` says
    that messages are in SOAP's encoding. `rows` are the declared rows of DataSets.
    """
    views: dict[str, View] = {
        "messages": messages_view(shapes),
        "message_tables": tables_view(shapes, grammars, is_encoded=is_encoded, rows=rows),
    }
    return tuple(
        Module(f"{package}/{name}.py", f"{name}.py.jinja", header, view, own=f".{name}")
        for name, view in views.items()
    )
