"""The layout of the tables of automata: as many items on a line as there is room for."""

from collections.abc import Sequence
from itertools import chain
from textwrap import TextWrapper

from unstringly.python.literals import WIDTH, display_width


def call(head: str, arguments: Sequence[str], tail: str = ")", indent: int = 0) -> str:
    """Return `head` + arguments + `tail` on one line, or an argument a line if that is too long.

    `head` ends with the opening bracket, `tail` begins with the closing one.
    """
    line = f"{head}{', '.join(arguments)}{tail}"
    last = line.rsplit("\n", 1)[-1] if "\n" not in head else line
    if indent + display_width(last) <= WIDTH and "\n" not in line:
        return line
    margin = " " * indent
    inner = "".join(f"{margin}    {argument},\n" for argument in arguments)
    return f"{head}\n{inner}{margin}{tail}"


def table(items: Sequence[str], indent: int = 4) -> str:
    """Return the lines of a long table, each with as many items as there is room for."""
    margin = " " * indent
    lines: list[str] = []
    last = ""
    for item in items:
        piece = f"{item},"
        if last and len(margin) + len(last) + 1 + len(piece) > WIDTH:
            lines.append(margin + last)
            last = piece
        else:
            last = f"{last} {piece}" if last else piece
    return "\n".join([*lines, margin + last] if last else lines)


def wrapped_table(rows: Sequence[str], indent: int = 4) -> str:
    """Return the lines of a table of rows of numbers; a row without room goes on below itself."""
    room = WIDTH - indent
    if all(len(row) < room for row in rows):
        return table(rows, indent)
    below = " " * (indent + 1)
    lines = TextWrapper(
        WIDTH, initial_indent=below[1:], subsequent_indent=below, break_on_hyphens=False
    )
    return "\n".join(chain.from_iterable(lines.wrap(f"{row},") for row in rows))
