"""Programs in a process of their own: they fork, are killed, or end while something goes on."""

import subprocess
import sys
from textwrap import dedent


def started(program: str, *arguments: object) -> "subprocess.Popen[str]":
    """A program that runs; its arguments are texts. What it prints is there to be read."""
    return subprocess.Popen(
        [sys.executable, "-c", dedent(program), *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
    )


def run(program: str, *arguments: object) -> str:
    """What a program printed, which ended well and in time."""
    with started(program, *arguments) as process:
        try:
            printed, _ = process.communicate(timeout=120)
        except BaseException:
            process.kill()
            raise
    assert process.returncode == 0
    return printed
