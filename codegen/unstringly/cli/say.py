"""What the command prints: lines in which names of files can do nothing but be seen."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from unstringly.cli.visible import visible, visible_lines


def say(line: str, *, err: bool = False) -> None:
    """Print one line."""
    click.echo(visible(line), err=err)


def stop(message: str) -> NoReturn:
    """End with status 2: the command was used wrongly or could not run."""
    say(f"unstringly: {message}", err=True)
    sys.exit(2)


def shown(path: Path) -> Path:
    """A path as seen from the current folder, where it is below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def for_a_terminal(text: str) -> str:
    """A text of many lines, whose characters can do nothing but be seen."""
    return "\t".join(map(visible_lines, text.split("\t")))
