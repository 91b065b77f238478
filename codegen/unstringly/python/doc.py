"""What a layout may be: texts, and the places where their line may end.

These are the building blocks of formatters such as Prettier and ruff: a group is printed on one
line if it fits there, and else its lines end where they may. A group can have a number, by which
others say that they depend on how it is printed.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Line:
    """A place where a line may end (`soft`, or `space` if it does not end), or must (`hard`)."""

    kind: Literal["soft", "space", "hard"]


@dataclass(frozen=True, slots=True)
class Indent:
    """Lines that begin inside are indented; with a number only if that group is broken."""

    content: "Doc"
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """On one line if it fits. With `only_if_broken` it is a group only where that one is broken."""

    content: "Doc"
    number: int | None = None
    expanded: bool = False
    only_if_broken: int | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Content that is there if a group (the innermost, or a numbered one) is broken, or is not."""

    content: "Doc"
    is_broken: bool
    group: int | None = None


@dataclass(frozen=True, slots=True)
class FitsBroken:
    """Brackets that may break without breaking the group of that number, which is around them."""

    content: "Doc"
    group: int


@dataclass(frozen=True, slots=True)
class Parenthesized:
    """Content that has brackets of its own at most: in parentheses if nothing but these help."""

    content: "Doc"
    number: int


@dataclass(frozen=True, slots=True)
class FirstThatFits:
    """The first way that fits up to its first line end, or the last."""

    ways: tuple["Doc", ...]


Doc: TypeAlias = (
    "str | Line | Indent | Group | Where | FitsBroken | Parenthesized | FirstThatFits | Docs"
)
Docs: TypeAlias = "tuple[Doc, ...]"

SOFT, SPACE, HARD = Line("soft"), Line("space"), Line("hard")


def group(content: Doc, number: int | None = None, *, expanded: bool = False) -> Group:
    """A group, which is broken wherever something inside of it has to be."""
    return Group(content, number, expanded or must_break(content))


def must_break(content: Doc) -> bool:
    """Say whether a line has to end somewhere; brackets that may break alone do not count."""
    match content:
        case str() | FitsBroken() | FirstThatFits():
            return False
        case tuple():
            return any(map(must_break, content))
        case Line(kind=kind):
            return kind == "hard"
        case Group(expanded=expanded):
            return expanded
        case Indent(content=inner) | Where(content=inner) | Parenthesized(content=inner):
            return must_break(inner)
