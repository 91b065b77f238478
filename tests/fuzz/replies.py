"""Whatever a server sends is read as h11 reads it, or kept whole (`transports.reading.check`).

Needs atheris, which is not among the tools of the tests (`pip install atheris`). Ten minutes:

    mkdir corpus; .venv/bin/python -m tests.fuzz.replies -max_total_time=600 corpus

The arguments are libFuzzer's; it begins with what is in the folder. What goes wrong is written
into a file; given as an argument, it runs again.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def main() -> None:
    """Fuzz until something is wrong, or the time is over."""
    if find_spec("atheris") is None:
        print("skipped: atheris is not installed")
        return
    atheris: Any = import_module("atheris")  # Any: it is no dependency, and has no types
    with atheris.instrument_imports(include=["msgsend._runtime"]):
        from tests.runtime.transports.mutations import WHOLE
        from tests.runtime.transports.reading import check

    def one(data: bytes) -> None:
        """The first byte says whether the connection ends, the second where the rest is cut."""
        if len(data) > 2:
            check(data[2:], range(data[1], len(data), data[1] + 1), has_ended=data[0] % 2 == 0)

    for folder in filter(Path.is_dir, map(Path, sys.argv[1:])):
        for number, whole in enumerate(WHOLE):
            (folder / f"whole{number}").write_bytes(b"\0\7" + whole)
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
