"""`make bench`: prints all tables and writes them to RESULTS.md."""

from pathlib import Path

from . import parsing

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Run everything; takes about a minute."""
    text = "# Benchmarks\n\nWritten by `make bench`.\n\n" + parsing.markdown()
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


main()
