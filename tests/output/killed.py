"""The command in a process that is killed at one of its steps; run by `test_writing`.

A step is an audit event of Python about a path below the output folder: opening, making, linking,
renaming or removing something. The process kills itself before the step of the given number, or
prints how many steps there were.

    python killed.py NUMBER exchange|in-place ARGUMENTS...
"""

import os
import signal
import sys
from pathlib import Path

from click.testing import CliRunner

from unstringly.cli import main
from unstringly.output import write
from unstringly.output.exchange import CannotExchange

STEPS = ("open", "os.", "shutil.", "ctypes.dlsym")


def cannot(*_: object) -> None:
    raise CannotExchange


def run() -> None:
    number, way, *arguments = sys.argv[1:]
    if way == "in-place":
        setattr(write, "exchange", cannot)  # noqa: B010 - it is not a name of its own
    output = os.fspath(Path("generated").absolute())
    steps = 0

    def watch(event: str, values: tuple[object, ...]) -> None:
        nonlocal steps
        if not event.startswith(STEPS) or event in ("os.listdir", "os.scandir", "os.walk"):
            return
        named = any(isinstance(value, str | Path) and output in str(value) for value in values)
        if named or event == "ctypes.dlsym":
            steps += 1
            if steps == int(number):
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    result = CliRunner().invoke(main, arguments)
    print(steps, result.exit_code)


if __name__ == "__main__":
    run()
