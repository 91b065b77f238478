"""Printing of lines, in which no name of a file can control the terminal."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from unstringly.cli.visible import visible, visible_lines


def say(line: str, *, err: bool = False) -> None:
    """Print one line."""
    click.echo(visible(line), err=err)


def stop(message: str) -> NoReturn:
    """Print a message and exit with status 2: the command was used wrongly or could not run."""
    say(f"unstringly: {message}", err=True)
    sys.exit(2)


def shown(path: Path) -> Path:
    """Return a path relative to the current folder if it is below it; any other as it is."""
    current = Path.cwd()
    return path.relative_to(current) if path.is_relative_to(current) else path


def for_a_terminal(text: str) -> str:
    """Return a text with all characters but line feeds and tabs made visible."""
    return "\t".join(map(visible_lines, text.split("\t")))
