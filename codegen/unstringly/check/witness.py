"""Texts that prove a point, drawn so that a reader sees the point."""

import unicodedata

from unstringly.automata.marked import Element
from unstringly.check.readings import Reading


def drawn(
    text: str, readings: tuple[tuple[str, Reading], ...], elements: tuple[Element, ...]
) -> str:
    """The text over a line of carets for each reading: the contents of leaves, and their names."""
    cells = [_cell(character) for character in text]
    width = sum(map(_width, cells))
    indent = max(len("the text"), *(len(name) for name, _ in readings)) + 2
    lines = [f"{'the text':{indent}}{''.join(cells) or '(the empty text)'}"]
    for name, reading in readings:
        carets, words = _row(cells, reading, elements)
        lines.append(f"{name:{indent}}{carets.ljust(width)}  {words}".rstrip())
    return "\n".join(lines)


def shown(text: str) -> str:
    """A text in double quotes, every character visible."""
    return f'"{"".join(map(_cell, text))}"'


def _row(cells: list[str], reading: Reading, elements: tuple[Element, ...]) -> tuple[str, str]:
    """Carets under the contents of leaves, and the leaves' names in order."""
    carets = [" " * _width(cell) for cell in cells]
    names: list[str] = []
    opened: list[tuple[int, int]] = []
    leaf = False
    for gap, mark in reading:
        if not mark.closes:
            opened.append((mark.element, gap))
            leaf = True
            continue
        element, start = opened.pop()
        if leaf:
            for index in range(start, gap):
                carets[index] = "^" * _width(cells[index])
            names.append(elements[element].name + (" (empty)" if start == gap else ""))
        leaf = False
    return "".join(carets).rstrip(), ", ".join(names) or "nothing"


_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", " ": "␠"}


def _cell(character: str) -> str:
    """What stands for a character in a line; a blank is shown as one that can be seen."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{ord(character):04x}"


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in cell)
