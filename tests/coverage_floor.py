"""Fails where the tests reach less of the code than they must: `python -m tests.coverage_floor`.

It reads what `coverage json` has written: shares of lines and of branches, of all modules together.
"""

import json
import sys
from pathlib import Path
from typing import Final

LINES: Final = 98.0
BRANCHES: Final = 96.0
_LOWEST: Final = 10


def shortfalls(report: Path) -> list[str]:
    """Return a sentence for each share that is below its floor, and print the lowest modules."""
    measured = json.loads(report.read_text(encoding="utf-8"))
    totals = measured["totals"]
    shares = {
        "lines": (100 * totals["covered_lines"] / totals["num_statements"], LINES),
        "branches": (100 * totals["covered_branches"] / totals["num_branches"], BRANCHES),
    }
    print(", ".join(f"{share:.2f} % of {what}" for what, (share, _) in shares.items()))
    modules = {path: file["summary"] for path, file in measured["files"].items()}
    lowest = sorted(modules, key=lambda path: modules[path]["percent_covered"])[:_LOWEST]
    for path in lowest:
        print(f"  {modules[path]['percent_covered']:5.1f} % {path}")
    return [
        f"{what}: {share:.2f} % are reached, and {floor:g} % must be; see `coverage html`"
        for what, (share, floor) in shares.items()
        if share < floor
    ]


if __name__ == "__main__":
    sys.exit("\n".join(shortfalls(Path("coverage.json"))) or 0)
