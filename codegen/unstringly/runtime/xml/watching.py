"""Results that are watched: lists in them tell when they are dropped with malformed pieces."""

from collections.abc import Callable
from typing import TypeVar, cast

from ..text.parsed import Parsed
from .records import Facts

ValueT = TypeVar("ValueT")


def watched(operation: str) -> Callable[[ValueT], ValueT]:
    """Return the function that gives the result of what has been read, and has its lists watched.

    Clients ask for it, as they do for results that are lists themselves.
    """

    def result(value: ValueT) -> ValueT:
        waiting: list[object] = [value]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Parsed):
                part.watch(operation)
            elif isinstance(part, tuple):
                waiting.extend(cast("tuple[object, ...]", part))
            else:
                known = getattr(type(part), "__record__", None)
                if isinstance(known, Facts):
                    waiting.extend(known.values(part))
        return value

    return result
