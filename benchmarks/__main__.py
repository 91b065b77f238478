"""`make bench`: prints all tables and writes them to RESULTS.md.

With `--quick` it makes few rounds and writes nothing: that shows only that everything runs.
"""

import sys
from pathlib import Path

from . import calls, messages, parsing

RESULTS = Path(__file__).parent / "RESULTS.md"


def main(quick: bool) -> None:
    """Run everything; takes about five minutes."""
    sections = (
        [parsing.markdown(rounds=2), messages.markdown(rounds=2), calls.markdown(calls.QUICK)]
        if quick
        else [parsing.markdown(), messages.markdown(), calls.markdown()]
    )
    text = "# Benchmarks\n\nWritten by `make bench`.\n\n" + "\n".join(sections)
    print(text)
    if not quick:
        RESULTS.write_text(text, encoding="utf-8")


main(quick="--quick" in sys.argv[1:])
