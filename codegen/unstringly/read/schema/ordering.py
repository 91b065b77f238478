"""The order in which components can be finished: each behind those by which it is defined."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unstringly.read.schema.drafts import definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unstringly.model.schema_names import ComponentName
    from unstringly.read.schema.drafts import Draft


class Ordered(NamedTuple):
    """Components in the order of their definition, and those that are defined by themselves."""

    order: tuple[ComponentName, ...]
    circular: tuple[tuple[ComponentName, ...], ...]


def order_by_definition(drafts: Mapping[ComponentName, Draft]) -> Ordered:
    """Return the components in order, and each circle of definitions as one row of names.

    This is Tarjan's search for strongly connected components, with a stack of its own.
    """
    numbers: dict[ComponentName, int] = {}
    lowest: dict[ComponentName, int] = {}
    row: list[ComponentName] = []
    in_row: set[ComponentName] = set()
    order: list[ComponentName] = []
    circular: list[tuple[ComponentName, ...]] = []
    for start in drafts:
        path: list[tuple[ComponentName, Iterator[ComponentName]]] = []
        entered: ComponentName | None = None if start in numbers else start
        while entered is not None or path:
            if entered is not None:
                numbers[entered] = lowest[entered] = len(numbers)
                row.append(entered)
                in_row.add(entered)
                path.append((entered, definitions(drafts[entered])))
                entered = None
            name, others = path[-1]
            for other in others:
                if other not in drafts:
                    continue
                if other not in numbers:
                    entered = other
                    break
                if other in in_row:
                    lowest[name] = min(lowest[name], numbers[other])
            if entered is not None:
                continue
            path.pop()
            if path:
                above = path[-1][0]
                lowest[above] = min(lowest[above], lowest[name])
            if lowest[name] == numbers[name]:
                at = len(row) - 1
                while row[at] != name:
                    at -= 1
                together = tuple(row[at:])
                del row[at:]
                in_row.difference_update(together)
                if len(together) > 1 or name in definitions(drafts[name]):
                    circular.append(together)
                else:
                    order.append(name)
    return Ordered(tuple(order), tuple(circular))
