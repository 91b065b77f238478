"""Texts that prove a point, drawn so that a reader sees the point.

    they part       v before character 2
    the text       a  a  a
    one reading  {[^^^^][^]}  Two(one="aa", other="a")
    another      {[^][^^^^]}  Two(one="a", other="aa")

A content stands between `[` and `]`, what holds contents between `{` and `}`. Each gap of the text
is as wide as the brackets in it, in all lines, so that two readings never look the same: where
they part, one has other brackets, or another name in its words.
"""

import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from unstringly.automata.marked import Element, ElementKind
from unstringly.check.readings import Reading

MOST_SHOWN = 100
"""The characters of a long text that are drawn, those around the place where readings part."""
_MOST_OF_A_VALUE = 30
_CUT = "…"


def drawn(
    text: str,
    readings: tuple[tuple[str, Reading], ...],
    elements: tuple[Element, ...],
    parting: int | None = None,
) -> str:
    """Return the text over a line of brackets for each reading, with the contents in words.

    `readings` have names; `parting` is the gap that is marked, None for none.
    """
    trees = [_tree(reading) for _, reading in readings]
    window = _window(len(text), parting)
    brackets = [_brackets(tree, len(text)) for tree in trees]
    widths = [max(len(by_gap[gap]) for by_gap in brackets) for gap in range(len(text) + 1)]
    blank = [" " * width for width in widths]
    lines: list[tuple[str, str, str]] = []
    if parting is not None:
        before = sum(widths[at] + _width(_cell(text[at])) for at in range(window.start, parting))
        column = len(_CUT) * bool(window.start) + before
        lines.append(("they part", f"{' ' * column}v {_gap(parting, len(text))}", ""))
    row = _line([_cell(character) for character in text], blank, window)
    lines.append(("the text", row, "" if text else "(the empty text)"))
    for (name, _), tree, by_gap in zip(readings, trees, brackets, strict=True):
        words = ", ".join(_words(node, elements, text) for node in tree) or "nothing"
        cells, gaps = _carets(tree, text, blank)
        inserted = [
            _placed(bracket, len(gap)) if bracket else gap
            for bracket, gap in zip(by_gap, gaps, strict=True)
        ]
        lines.append((name, _line(cells, inserted, window), words))
    indent = max(len(name) for name, _, _ in lines) + 2
    width = max(_width(line) for _, line, _ in lines[-len(readings) :])
    return "\n".join(
        f"{name:{indent}}{line}{' ' * (width - _width(line))}  {words}".rstrip()
        for name, line, words in lines
    )


def shown(text: str) -> str:
    """Return a text in double quotes, every character visible."""
    return f'"{"".join(map(_cell, text))}"'


class _Node(Struct, frozen=True):
    """An element in a reading, with the gaps of its ends and the elements in it."""

    element: int
    start: int
    end: int
    inside: tuple["_Node", ...]


def have_same_values(
    text: str, first: Reading, second: Reading, elements: tuple[Element, ...]
) -> bool:
    """Say whether two readings hold the same contents: then they part in delimiters or padding."""
    return _contents(_tree(first), text, elements) == _contents(_tree(second), text, elements)


def _contents(
    tree: Sequence[_Node], text: str, elements: tuple[Element, ...]
) -> tuple[object, ...]:
    return tuple(
        (
            elements[node.element],
            _contents(node.inside, text, elements) or text[node.start : node.end],
        )
        for node in tree
    )


def _tree(reading: Reading) -> tuple[_Node, ...]:
    levels: list[list[_Node]] = [[]]
    starts: list[int] = []
    for gap, mark in reading:
        if mark.closes:
            inside = tuple(levels.pop())
            levels[-1].append(_Node(mark.element, starts.pop(), gap, inside))
        else:
            starts.append(gap)
            levels.append([])
    return tuple(levels[0])


def _brackets(tree: Sequence[_Node], length: int) -> list[str]:
    """Return the brackets in each gap of a text of so many characters."""
    brackets = [""] * (length + 1)

    def put(node: _Node) -> None:
        opening, closing = "{}" if node.inside else "[]"
        brackets[node.start] += opening
        for inner in node.inside:
            put(inner)
        brackets[node.end] += closing

    for node in tree:
        put(node)
    return brackets


def _placed(brackets: str, width: int) -> str:
    """Return the brackets of a gap in its columns: opening ones stand at the right end."""
    opening = brackets[len(brackets.rstrip("{[")) :]
    return brackets[: len(brackets) - len(opening)].ljust(width - len(opening)) + opening


def _carets(tree: Sequence[_Node], text: str, blank: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the row below the characters, and the row below the gaps: carets in contents."""
    cells = [" " * _width(_cell(character)) for character in text]
    gaps = list(blank)
    todo = list(tree)
    for node in todo:
        todo.extend(node.inside)
        for at in range(node.start, node.end) if not node.inside else ():
            cells[at] = "^" * len(cells[at])
            gaps[at] = "^" * len(gaps[at])
    return cells, gaps


def _words(node: _Node, elements: tuple[Element, ...], text: str) -> str:
    """Return an element with its contents, such as `Pair(one="a", two="b")`."""
    element = elements[node.element]
    inner = ", ".join(_words(inside, elements, text) for inside in node.inside)
    if element.kind is not ElementKind.FIELD:
        return f"{element.name}({inner})" if node.inside else f"{element.name}={_value(node, text)}"
    name = element.name.rpartition(".")[2]
    return f"{name}=[{inner}]" if node.inside else f"{name}={_value(node, text)}"


def _value(node: _Node, text: str) -> str:
    value = text[node.start : node.end]
    if len(value) <= _MOST_OF_A_VALUE:
        return shown(value)
    half = _MOST_OF_A_VALUE // 2
    return f"{shown(value[:half])[:-1]}{_CUT}{shown(value[-half:])[1:]}"


def _window(length: int, parting: int | None) -> range:
    """Return the numbers of the characters that are drawn."""
    start = max(0, min((parting or 0) - MOST_SHOWN // 2, length - MOST_SHOWN))
    return range(start, min(length, start + MOST_SHOWN))


def _line(cells: Sequence[str], gaps: Sequence[str], window: range) -> str:
    """Return the cells of a window in a line, between them the gaps."""
    line = "".join(gaps[at] + cells[at] for at in window)
    at_end = window.stop == len(cells)
    line += gaps[window.stop] if at_end else ""
    return _CUT * bool(window.start) + line + _CUT * (not at_end)


def _gap(gap: int, length: int) -> str:
    if gap == length:
        return "at the end" if length else "in the empty text"
    return f"before character {gap + 1}" if gap else "at the beginning"


_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", " ": "␠"}


def _cell(character: str) -> str:
    """Return the text that stands for a character in a line; a blank becomes a visible one."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{ord(character):04x}"


def _width(cell: str) -> int:
    """Return the number of columns that a cell takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in cell)
