"""Layouts: texts, and the places where a line may end.

These are the building blocks of formatters such as Prettier and ruff: a group is printed on one
line if it fits there; otherwise its lines end where they may. A group can have a number, by which
other parts of a layout depend on the way it is printed.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from unstringly.python.literals import display_width

if TYPE_CHECKING:
    from collections.abc import Callable


class Line(Struct, frozen=True):
    """A place where a line may end (`soft`, or `space` if it does not end), or must (`hard`)."""

    kind: Literal["soft", "space", "hard"]


class Indent(Struct, frozen=True):
    """Lines that begin inside are indented; with a number only if that group is broken."""

    content: Doc
    group: int | None = None


class Group(Struct, frozen=True):
    """Content on one line if it fits, and otherwise broken: its lines end where they may.

    With `expanded` it is broken in any case. With `only_if_broken` it is a group only if the group
    of that number is broken. `width` has its columns on one line, if these are always the same.
    """

    content: Doc
    number: int | None = None
    expanded: bool = False
    only_if_broken: int | None = None
    width: int | None = None


class Where(Struct, frozen=True):
    """Content that is there only if a group is broken, or only if it is not.

    The group is the innermost one, or the one with the number.
    """

    content: Doc
    is_broken: bool
    group: int | None = None


class FitsBroken(Struct, frozen=True):
    """Brackets that may break without breaking the group of that number, which is around them."""

    content: Doc
    group: int


class Parenthesized(Struct, frozen=True):
    """Content that gets parentheses only if it fits with them and does not fit without."""

    content: Doc
    number: int


class FirstThatFits(Struct, frozen=True):
    """Several layouts, of which the first that fits up to its first line end is printed.

    If none fits, the last is printed.
    """

    ways: tuple[Doc, ...]


class OnOneLine:
    """A text if it fits, with all that follows up to where a line may end; otherwise a layout.

    The layout is made only where it is needed: most of what is printed fits. It prints as the
    text does where that fits. The text is None if a line has to end in the layout.
    """

    def __init__(self, text: str | None, layout: Callable[[], Doc]) -> None:
        """Take the text, and a function that makes the layout."""
        self.text = text
        self._layout = layout

    @cached_property
    def layout(self) -> Doc:
        """The layout for where the text does not fit."""
        return self._layout()


Around: TypeAlias = Indent | Group | Where | FitsBroken | Parenthesized | FirstThatFits
"""A layout that is made of another one, or of several."""

Doc: TypeAlias = "str | Line | OnOneLine | Around | Docs"
Docs: TypeAlias = "tuple[Doc, ...]"

SOFT, SPACE, HARD = Line("soft"), Line("space"), Line("hard")


def group(content: Doc, number: int | None = None, *, expanded: bool = False) -> Group:
    """Return a group, which is broken if something in it has to be."""
    width = None if expanded else width_of(content)
    is_broken = expanded or (width is None and must_break(content))
    return Group(content, number, is_broken, width=width)


def width_of(content: Doc) -> int | None:
    """Return the columns of a content on one line; None if it must break, or if it depends."""
    match content:
        case str():
            return display_width(content)
        case OnOneLine(text=text):
            return None if text is None else display_width(text)
        case tuple():
            return _sum_of(content)
        case Line(kind=kind):
            return None if kind == "hard" else int(kind == "space")
        case Group():
            return content.width if content.only_if_broken is None else None
        case Indent(content=inner, group=None):
            return width_of(inner)
        case Where(content=inner, is_broken=is_broken, group=None):
            return 0 if is_broken else width_of(inner)
        case Indent() | Where() | FitsBroken() | Parenthesized() | FirstThatFits():
            return None


def _sum_of(parts: Docs) -> int | None:
    whole = 0
    for part in parts:
        width = width_of(part)
        if width is None:
            return None
        whole += width
    return whole


def must_break(content: Doc) -> bool:
    """Say whether a line has to end somewhere; brackets that may break alone do not count."""
    match content:
        case str() | FitsBroken() | FirstThatFits():
            return False
        case OnOneLine():
            return content.text is None
        case tuple():
            return any(map(must_break, content))
        case Line(kind=kind):
            return kind == "hard"
        case Group(expanded=expanded):
            return expanded
        case Indent(content=inner) | Where(content=inner) | Parenthesized(content=inner):
            return must_break(inner)


def on_one_line(content: Doc) -> str | None:
    """Return a content on one line as it is printed where it fits; None if it may not be so."""
    pieces: list[str] = []
    return "".join(pieces) if _take(content, pieces, is_grouped=False) else None


def _take(content: Doc, pieces: list[str], *, is_grouped: bool) -> bool:
    """Add the texts of a content, and say whether no line must end in it.

    Outside of groups all lines end.
    """
    match content:
        case str():
            pieces.append(content)
        case OnOneLine():
            pieces.append(content.text or "")
            return content.text is not None
        case tuple():
            return all(_take(part, pieces, is_grouped=is_grouped) for part in content)
        case Line(kind=kind):
            if kind == "hard" or not is_grouped:
                return False
            pieces.append(" " if kind == "space" else "")
        case Group(content=inner, expanded=expanded, only_if_broken=other):
            return not expanded and _take(inner, pieces, is_grouped=is_grouped or other is None)
        case Where(content=inner, is_broken=is_broken, group=number):
            if number is None and not is_grouped:
                return False
            return is_broken or _take(inner, pieces, is_grouped=is_grouped)
        case FirstThatFits(ways=ways):
            return _take(ways[0], pieces, is_grouped=True)
        case Parenthesized(content=inner):
            return _take(inner, pieces, is_grouped=True)
        case Indent(content=inner) | FitsBroken(content=inner):
            return _take(inner, pieces, is_grouped=is_grouped)
    return True
