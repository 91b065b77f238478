"""Fails where the tests reach less of the code than they must: `python -m tests.coverage_floor`.

It reads what `coverage json` has written: shares of lines and of branches, of all modules together.
A module of the runtime and its copy in a package are one: what is reached in either is reached. The
copy has a line more, its first.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LINES: Final = 98.0
BRANCHES: Final = 96.0
_LOWEST: Final = 10
_ORIGINALS: Final = "codegen/unstringly/runtime/"
_COPIES: Final = "generated/msgsend/_runtime/"


@dataclass(frozen=True, slots=True)
class Reached:
    """The lines and branches of a module, and those that were reached.

    A branch goes from a line to a line; out of a function it goes to minus the function's line.
    """

    lines: frozenset[int]
    branches: frozenset[tuple[int, int]]
    lines_reached: frozenset[int]
    branches_reached: frozenset[tuple[int, int]]

    def shifted(self) -> "Reached":
        """Return the same, of a text without its first line."""
        return Reached(
            frozenset(line - 1 for line in self.lines),
            frozenset(map(_shifted, self.branches)),
            frozenset(line - 1 for line in self.lines_reached),
            frozenset(map(_shifted, self.branches_reached)),
        )

    def joined(self, copy: "Reached") -> "Reached":
        """Return what is reached here or in a copy with the same text."""
        lines = self.lines_reached | copy.lines_reached & self.lines
        branches = self.branches_reached | copy.branches_reached & self.branches
        return Reached(self.lines, self.branches, lines, branches)

    @property
    def share(self) -> float:
        """The share of lines and branches that are reached, of 1."""
        of = len(self.lines) + len(self.branches)
        return (len(self.lines_reached) + len(self.branches_reached)) / of if of else 1.0


def _shifted(branch: tuple[int, int]) -> tuple[int, int]:
    start, end = branch
    return start - 1, end - 1 if end > 0 else end + 1


def _reached(file: Mapping[str, Any]) -> Reached:  # Any: JSON
    def branches(key: str) -> frozenset[tuple[int, int]]:
        return frozenset((start, end) for start, end in file[key])

    lines, branches_reached = frozenset(file["executed_lines"]), branches("executed_branches")
    return Reached(
        lines | frozenset(file["missing_lines"]),
        branches_reached | branches("missing_branches"),
        lines,
        branches_reached,
    )


def modules(report: Path) -> dict[str, Reached]:
    """Return what was reached of each module, by path; copies count for their originals."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    by_path = {Path(path).as_posix(): _reached(file) for path, file in files.items()}
    for path in [path for path in by_path if path.startswith(_COPIES)]:
        copy = by_path.pop(path).shifted()
        original = path.replace(_COPIES, _ORIGINALS, 1)
        by_path[original] = by_path[original].joined(copy)
    return by_path


def shortfalls(by_path: Mapping[str, Reached]) -> list[str]:
    """Return a sentence for each share that is below its floor, and print the lowest modules."""
    each = [*by_path.values()]
    shares = {
        "lines": (_share((m.lines_reached, m.lines) for m in each), LINES),
        "branches": (_share((m.branches_reached, m.branches) for m in each), BRANCHES),
    }
    print(", ".join(f"{share:.2f} % of {what}" for what, (share, _) in shares.items()))
    for path in sorted(by_path, key=lambda path: by_path[path].share)[:_LOWEST]:
        module = by_path[path]
        missing = sorted(module.lines - module.lines_reached)
        print(f"  {100 * module.share:5.1f} % {path}: {', '.join(map(str, missing))}")
    return [
        f"{what}: {share:.2f} % are reached, and {floor:g} % must be; see `coverage html`"
        for what, (share, floor) in shares.items()
        if share < floor
    ]


def _share(parts: Iterable[tuple[frozenset[Any], frozenset[Any]]]) -> float:  # Any: lines, branches
    reached, of = map(sum, zip(*((len(some), len(whole)) for some, whole in parts), strict=True))
    return 100 * reached / of


if __name__ == "__main__":
    sys.exit("\n".join(shortfalls(modules(Path("coverage.json")))) or 0)
