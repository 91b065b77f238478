"""The printer of layouts, which decides for each group whether it fits on its line.

The rules are those of ruff's printer. `Printer._fits` looks ahead, up to the first place behind a
group where its line can end.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from unstringly.python.doc import (
    HARD,
    Around,
    Doc,
    FirstThatFits,
    FitsBroken,
    Group,
    Indent,
    Line,
    OnOneLine,
    Parenthesized,
    Where,
    must_break,
    on_one_line,
)
from unstringly.python.literals import WIDTH, display_width

STEP = 4


class _Setting(Struct, frozen=True):
    """Where a content is printed: the indent of its lines, and whether its group is broken.

    With `whole` all its lines have to fit, and not the first one alone. With `may_overflow` they
    may be too long: they would be longer in parentheses.
    """

    indent: int
    is_broken: bool
    whole: bool = False
    may_overflow: bool = False


_Piece: TypeAlias = tuple[Doc, _Setting]
"""A content to print, and where."""


class Printer(Struct):
    """Prints one layout; `_broken` says for numbered groups whether they were broken."""

    column: int
    _lines: list[str] = field(default_factory=lambda: [""])
    _broken: dict[int, bool] = field(default_factory=dict[int, bool])
    _is_measured: bool = False
    _queue: list[_Piece] = field(default_factory=list[_Piece])

    def printed(self, content: Doc, indent: int) -> list[str]:
        """Return the lines of a layout; the first begins at `column`, the others with an indent."""
        self._queue = [(content, _Setting(indent, is_broken=True))]
        while self._queue:
            self._print(*self._queue.pop())
        return [line.rstrip() for line in self._lines]

    def _print(self, content: Doc, setting: _Setting) -> None:
        match content:
            case str():
                self._lines[-1] += content
                self.column += display_width(content)
            case OnOneLine():
                self._queue.append((self._on_one_line(content, setting), setting))
            case tuple():
                self._queue += [(part, setting) for part in reversed(content)]
            case Line(kind=kind):
                self._end_line(kind, setting)
            case Indent():
                self._queue.append(self._indented(content, setting))
            case Group():
                self._queue.append(self._grouped(content, setting))
            case Where():
                if self._is_so(content, setting):
                    self._queue.append((content.content, setting))
            case FitsBroken(group=number):
                if not self._broken.get(number):
                    self._is_measured = False
                self._queue.append((content.content, setting))
            case Parenthesized():
                self._queue.append(self._parenthesized(content, setting))
            case FirstThatFits(ways=ways):
                self._queue.append(self._first(ways, setting))
            case _:
                assert_never(content)

    def _on_one_line(self, content: OnOneLine, setting: _Setting) -> Doc:
        """Return the text if it fits, or the layout."""
        text = content.text
        if text is None:
            return content.layout
        if not setting.is_broken and self._is_measured:
            return text
        if not self._has_room(display_width(text)):
            return content.layout
        self._is_measured = True
        return text

    def _end_line(self, kind: Literal["soft", "space", "hard"], setting: _Setting) -> None:
        """End the line if it has to end there, or if it may and the group is broken."""
        if kind == "hard" or setting.is_broken:
            self._lines.append(" " * setting.indent)
            self.column = setting.indent
            self._is_measured = False
        elif kind == "space":
            self._print(" ", setting)

    def _grouped(self, group: Group, setting: _Setting) -> _Piece:
        """Return the content of a group, broken if it does not fit."""
        if not self._is_group(group):
            return group.content, setting
        is_broken = group.expanded or self._breaks(group, setting)
        if group.number is not None:
            self._broken[group.number] = is_broken
        return group.content, _with_lines(setting, is_broken=is_broken)

    def _is_group(self, group: Group) -> bool:
        return group.only_if_broken is None or self._broken.get(group.only_if_broken, False)

    def _breaks(self, group: Group, setting: _Setting) -> bool:
        if not setting.is_broken and self._is_measured:
            return False
        self._is_measured = True
        if group.number is not None:
            self._broken[group.number] = False
        if group.width is not None:
            return not self._has_room(group.width)
        return not self._fits(group.content, _with_lines(setting, is_broken=False))

    def _is_so(self, condition: Where, setting: _Setting) -> bool:
        if condition.group is None:
            return setting.is_broken is condition.is_broken
        return self._broken.get(condition.group, False) is condition.is_broken

    def _indented(self, indent: Indent, setting: _Setting) -> _Piece:
        if indent.group is not None and not self._broken.get(indent.group, False):
            return indent.content, setting
        return indent.content, replace(setting, indent=setting.indent + STEP)

    def _parenthesized(self, content: Parenthesized, setting: _Setting) -> _Piece:
        flat = (content.content, _with_lines(setting, is_broken=False))
        self._is_measured = True
        self._broken[content.number] = False
        if self._fits(*flat):
            return flat
        inside: Doc = ("(", Indent((HARD, content.content)), HARD, ")")
        self._broken[content.number] = True
        if self._fits(inside, replace(setting, is_broken=True, whole=True)):
            self._broken[content.number] = True
            return inside, _with_lines(setting, is_broken=True)
        self._broken[content.number] = False
        return flat

    def _first(self, ways: tuple[Doc, ...], setting: _Setting) -> _Piece:
        self._is_measured = True
        on_one_line = _with_lines(setting, is_broken=False)
        for number, way in enumerate(ways[:-1]):
            if self._fits(way, on_one_line):
                return way, _with_lines(setting, is_broken=number > 0)
        return ways[-1], _with_lines(setting, is_broken=True)

    def _has_room(self, width: int) -> bool:
        """Say whether so many columns fit, with all that follows up to where a line may end."""
        column = self.column + width
        return column <= WIDTH and self._fit_ahead(column, [])

    def _fits(self, content: Doc, setting: _Setting) -> bool:
        """Say whether a content fits, with all that follows it up to where a line may end."""
        return self._fit_ahead(self.column, [(content, setting)])

    def _fit_ahead(self, column: int, ahead: list[_Piece]) -> bool:
        """Say whether pieces fit that begin in a column, with all that follows them."""
        behind = len(self._queue)
        while ahead or behind:
            if not ahead:
                behind -= 1
                ahead.append(self._queue[behind])
            content, setting = ahead.pop()
            match content:
                case str():
                    column += display_width(content)
                    if column > WIDTH and not setting.may_overflow:
                        return False
                case Line(kind=kind) if kind == "hard" or setting.is_broken:
                    if not setting.whole:
                        return True
                    column = setting.indent
                case Line(kind=kind):
                    column += kind == "space"
                case OnOneLine(text=str() as text) if not setting.is_broken:
                    ahead.append((text, setting))
                case Group(width=int() as width) if not setting.is_broken:
                    column += width
                    if column > WIDTH and not setting.may_overflow:
                        return False
                case OnOneLine(layout=layout):
                    ahead.append((layout, setting))
                case FitsBroken() if self._is_torn(content, setting):
                    return False
                case tuple():
                    ahead += [(part, setting) for part in reversed(content)]
                case _:
                    ahead.extend(self._ahead(content, setting))
        return True

    def _is_torn(self, content: FitsBroken, setting: _Setting) -> bool:
        """Say whether brackets have to break inside of a line: their group is broken already."""
        is_free = setting.is_broken or not self._broken.get(content.group)
        return not is_free and must_break(content.content)

    def _ahead(self, content: Around, setting: _Setting) -> Iterator[_Piece]:
        """Yield the content of a content that is measured, unless it is left out."""
        match content:
            case Group() if self._is_group(content):
                is_broken = setting.is_broken or content.expanded
                if content.number is not None:
                    self._broken[content.number] = is_broken
                yield content.content, _with_lines(setting, is_broken=is_broken)
            case Group():
                yield content.content, setting
            case Indent():
                yield self._indented(content, setting)
            case Where():
                if self._is_so(content, setting):
                    yield content.content, setting
            case FitsBroken(group=number):
                is_free = not setting.is_broken and not self._broken.get(number)
                free = replace(setting, is_broken=True, whole=True, may_overflow=True)
                yield content.content, (free if is_free else setting)
            case Parenthesized():
                self._broken[content.number] = setting.is_broken
                yield content.content, setting
            case FirstThatFits(ways=ways):
                yield (ways[-1] if setting.is_broken else ways[0]), setting
            case _:
                assert_never(content)


def _with_lines(setting: _Setting, *, is_broken: bool) -> _Setting:
    """Return the same setting in a group that is broken, or that is not."""
    return setting if setting.is_broken is is_broken else replace(setting, is_broken=is_broken)


def printed(content: Doc, depth: int = 0) -> list[str]:
    """Return the lines of a layout that begins a line, indented to a depth of four blanks each."""
    margin = " " * (STEP * depth)
    line = on_one_line(content)
    if line is not None and len(margin) + display_width(line) <= WIDTH:
        return [f"{margin}{line}".rstrip()]
    first, *others = Printer(len(margin)).printed(content, len(margin))
    return [margin + first, *others]
