"""Lists under way: those of which the reader has got an item, and which are not yet whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .building import Unfit
from .plans import Entry, Plan

Levels: TypeAlias = Sequence[tuple[Plan, Any]]  # Any: as in plans
"""The plans of the records under way, the outermost first, and their twins."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenList:
    """A list whose last item ended at a place, which is the first byte of its end tag.

    `depth` is the number of records around the one that has it, which is `twin` until it is whole.
    """

    depth: int
    entry: Entry
    twin: Any  # Any: as in plans
    place: int

    def extend(self, values: Sequence[object]) -> None:
        """Put items behind those that it has. Raises Unfit."""
        items: list[object] = getattr(self.twin, self.entry.slot)
        if self.entry.most is not None and len(items) + len(values) > self.entry.most:
            raise Unfit(f"there are more than {self.entry.most}")
        items.extend(values)

    def name(self, levels: Levels) -> str | None:
        """Return the name of its items; None if it is not under way any more, or has no name."""
        if self.depth >= len(levels) or levels[self.depth][1] is not self.twin:
            return None
        entries = levels[self.depth][0].opened()
        return next((name for name, own in entries.items() if own is self.entry), None)


class OpenLists:
    """The last list of each depth that has got an item."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[Entry, Any, int]] = {}  # Any: as in plans

    def note(self, depth: int, entry: Entry, twin: Any, place: int) -> None:  # Any: as in plans
        """Take an item that has ended."""
        self._last[depth] = entry, twin, place

    def by_depth(self) -> Sequence[OpenList]:
        """Return the lists, the outermost first."""
        return [OpenList(depth, *self._last[depth]) for depth in sorted(self._last)]

    def has_ended(self, under_way: OpenList, levels: Levels, place: int) -> bool:
        """Say whether an item of this list has ended at a place, and nothing has begun since."""
        entry, twin, last = self._last[under_way.depth]
        is_same = twin is under_way.twin and entry is under_way.entry
        return is_same and last == place and len(levels) == under_way.depth + 1
