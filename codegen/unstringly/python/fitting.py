"""The printer of layouts, which decides for each group whether it fits on its line.

The rules are those of ruff's printer. `Printer._fits` looks ahead, up to the first place behind a
group where its line can end.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias, assert_never

from msgspec import Struct, field

from unstringly.python.doc import (
    HARD,
    Doc,
    FirstThatFits,
    FitsBroken,
    Group,
    Indent,
    Line,
    Parenthesized,
    Where,
    must_break,
    on_one_line,
)
from unstringly.python.literals import WIDTH, display_width

STEP = 4

_Around: TypeAlias = Group | Indent | Where | FitsBroken | Parenthesized | FirstThatFits
"""A layout that is made of another one, or of several."""


class _Piece(NamedTuple):
    """A content to print, the indent of its lines, and whether its group is broken.

    With `whole` all its lines have to fit, and not the first one alone. With `may_overflow` they
    may be too long: they would be longer in parentheses.
    """

    content: Doc
    indent: int
    is_broken: bool
    whole: bool = False
    may_overflow: bool = False

    def of(self, content: Doc) -> "_Piece":
        """Return another content in the same surroundings."""
        return _Piece(content, self.indent, self.is_broken, self.whole, self.may_overflow)


class Printer(Struct):
    """Prints one layout; `_broken` says for numbered groups whether they were broken."""

    column: int
    _lines: list[str] = field(default_factory=lambda: [""])
    _broken: dict[int, bool] = field(default_factory=dict[int, bool])
    _is_measured: bool = False
    _queue: list[_Piece] = field(default_factory=list[_Piece])

    def printed(self, content: Doc, indent: int) -> list[str]:
        """Return the lines of a layout; the first begins at `column`, the others with an indent."""
        self._queue = [_Piece(content, indent, is_broken=True)]
        while self._queue:
            self._print(self._queue.pop())
        return [line.rstrip() for line in self._lines]

    def _print(self, piece: _Piece) -> None:
        content = piece.content
        match content:
            case str():
                self._lines[-1] += content
                self.column += display_width(content)
            case tuple():
                self._queue.extend(piece.of(part) for part in reversed(content))
            case Line(kind=kind):
                self._end_line(piece, kind)
            case Indent():
                self._queue.append(self._indented(piece, content))
            case Group():
                self._queue.append(self._grouped(piece, content))
            case Where():
                if self._is_so(piece, content):
                    self._queue.append(piece.of(content.content))
            case FitsBroken(group=number):
                if not self._broken.get(number):
                    self._is_measured = False
                self._queue.append(piece.of(content.content))
            case Parenthesized():
                self._queue.append(self._parenthesized(piece, content))
            case FirstThatFits(ways=ways):
                self._queue.append(self._first(piece, ways))
            case _:
                assert_never(content)

    def _end_line(self, piece: _Piece, kind: Literal["soft", "space", "hard"]) -> None:
        """End the line if it has to end there, or if it may and the group is broken."""
        if kind == "hard" or piece.is_broken:
            self._lines.append(" " * piece.indent)
            self.column = piece.indent
            self._is_measured = False
        elif kind == "space":
            self._print(piece.of(" "))

    def _grouped(self, piece: _Piece, group: Group) -> _Piece:
        """Return the content of a group, broken if it does not fit."""
        inner = piece.of(group.content)
        if not self._is_group(group):
            return inner
        is_broken = group.expanded or self._breaks(piece, group)
        if group.number is not None:
            self._broken[group.number] = is_broken
        return inner._replace(is_broken=is_broken)

    def _is_group(self, group: Group) -> bool:
        return group.only_if_broken is None or self._broken.get(group.only_if_broken, False)

    def _breaks(self, piece: _Piece, group: Group) -> bool:
        if not piece.is_broken and self._is_measured:
            return False
        self._is_measured = True
        if group.number is not None:
            self._broken[group.number] = False
        return not self._fits(piece.of(group.content)._replace(is_broken=False))

    def _is_so(self, piece: _Piece, condition: Where) -> bool:
        if condition.group is None:
            return piece.is_broken is condition.is_broken
        return self._broken.get(condition.group, False) is condition.is_broken

    def _indented(self, piece: _Piece, indent: Indent) -> _Piece:
        is_indented = indent.group is None or self._broken.get(indent.group, False)
        return piece.of(indent.content)._replace(indent=piece.indent + (STEP if is_indented else 0))

    def _parenthesized(self, piece: _Piece, content: Parenthesized) -> _Piece:
        flat = piece.of(content.content)._replace(is_broken=False)
        self._is_measured = True
        self._broken[content.number] = False
        if self._fits(flat):
            return flat
        inside: Doc = ("(", Indent((HARD, content.content)), HARD, ")")
        self._broken[content.number] = True
        if self._fits(piece.of(inside)._replace(is_broken=True, whole=True)):
            self._broken[content.number] = True
            return piece.of(inside)._replace(is_broken=True)
        self._broken[content.number] = False
        return flat

    def _first(self, piece: _Piece, ways: tuple[Doc, ...]) -> _Piece:
        self._is_measured = True
        for number, way in enumerate(ways[:-1]):
            if self._fits(piece.of(way)._replace(is_broken=False)):
                return piece.of(way)._replace(is_broken=number > 0)
        return piece.of(ways[-1])._replace(is_broken=True)

    def _fits(self, piece: _Piece) -> bool:
        """Say whether a piece fits, with all that follows it up to where a line may end."""
        column = self.column
        ahead = [piece]
        behind = len(self._queue)
        while ahead or behind:
            if not ahead:
                behind -= 1
                ahead.append(self._queue[behind])
            current = ahead.pop()
            content = current.content
            match content:
                case str():
                    column += display_width(content)
                    if column > WIDTH and not current.may_overflow:
                        return False
                case Line(kind=kind) if kind == "hard" or current.is_broken:
                    if not current.whole:
                        return True
                    column = current.indent
                case Line(kind=kind):
                    column += kind == "space"
                case FitsBroken() if self._is_torn(current, content):
                    return False
                case tuple():
                    ahead.extend(current.of(part) for part in reversed(content))
                case _:
                    ahead.extend(self._ahead(current, content))
        return True

    def _is_torn(self, piece: _Piece, content: FitsBroken) -> bool:
        """Say whether brackets have to break inside of a line: their group is broken already."""
        is_free = piece.is_broken or not self._broken.get(content.group)
        return not is_free and must_break(content.content)

    def _ahead(self, piece: _Piece, content: _Around) -> Iterator[_Piece]:
        """Yield the content of a piece that is measured, unless it is left out."""
        match content:
            case Group() if self._is_group(content):
                is_broken = piece.is_broken or content.expanded
                if content.number is not None:
                    self._broken[content.number] = is_broken
                yield piece.of(content.content)._replace(is_broken=is_broken)
            case Group():
                yield piece.of(content.content)
            case Indent():
                yield self._indented(piece, content)
            case Where():
                if self._is_so(piece, content):
                    yield piece.of(content.content)
            case FitsBroken(group=number):
                inner = piece.of(content.content)
                is_free = not piece.is_broken and not self._broken.get(number)
                if is_free:
                    inner = inner._replace(is_broken=True, whole=True, may_overflow=True)
                yield inner
            case Parenthesized():
                self._broken[content.number] = piece.is_broken
                yield piece.of(content.content)
            case FirstThatFits(ways=ways):
                yield piece.of(ways[-1] if piece.is_broken else ways[0])
            case _:
                assert_never(content)


def printed(content: Doc, depth: int = 0) -> list[str]:
    """Return the lines of a layout that begins a line, indented to a depth of four blanks each."""
    margin = " " * (STEP * depth)
    line = on_one_line(content)
    if line is not None and len(margin) + display_width(line) <= WIDTH:
        return [f"{margin}{line}".rstrip()]
    first, *others = Printer(len(margin)).printed(content, len(margin))
    return [margin + first, *others]
