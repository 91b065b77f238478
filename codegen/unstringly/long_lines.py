"""Breaks lines of generated code that are too long, at their brackets and bars.

Where a service has many parameters, codes or long names, lines grow beyond what the plans lay
out themselves. They are broken here as `ruff format` would break them.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from unstringly.plan.layout import WIDTH, display_width

_LITERAL: Final = r""" "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' """
_TOKENS: Final = re.compile(
    rf"""{_LITERAL}
    | (?P<open>[(\[{{]) | (?P<close>[)\]}}]) | (?P<comma>,[ ]) | (?P<bar>[ ]\|[ ])
    | (?P<turn>[ ](?=(?:for|if|else|\+)[ ]))
    | (?P<comment>\#) | .""",
    re.DOTALL | re.VERBOSE,
)
_RETURNS: Final = re.compile(r"(\) -> )(.+)(:)")
_ANNOTATED: Final = re.compile(
    rf"(\w+:[ ] (?:TypeAlias[ ]=[ ])?) (.+?) ((?:[ ]=[ ] (?:{_LITERAL}|[\w.]+))?)", re.VERBOSE
)
_TAKEN_APART: Final = re.compile(r"(\w+(?:, \w+)*,?) = ([\w.]+)")
_QUOTES: Final = '"""'
_STEP: Final = "    "


def fitted(text: str) -> str:
    """A module none of whose lines of code is too long that can be broken."""
    lines: list[str] = []
    is_inside = False
    for line in text.split("\n"):
        is_long = display_width(line) > WIDTH and not is_inside and _QUOTES not in line
        is_inside ^= line.count(_QUOTES) % 2 == 1
        if not is_long:
            lines.append(line)
            continue
        code = line.strip()
        end = "," if code.endswith(",") else ""
        margin = line[: len(line) - len(line.lstrip())]
        lines += _broken(code.removesuffix(","), margin, end)
    return "\n".join(lines)


class _Parts(NamedTuple):
    """Where outermost brackets, bars and commas begin and end, and blanks before `for` and `+`."""

    groups: list[tuple[int, int]]
    bars: list[tuple[int, int]]
    commas: list[tuple[int, int]]
    turns: list[tuple[int, int]]
    has_comment: bool


def _parts(code: str) -> _Parts:
    found = _Parts([], [], [], [], has_comment=False)
    depth = start = 0
    for token in _TOKENS.finditer(code):
        match token.lastgroup:
            case "open":
                start = token.start() if depth == 0 else start
                depth += 1
            case "close" if depth > 0:
                depth -= 1
                if depth == 0:
                    found.groups.append((start, token.end()))
            case "bar" if depth == 0:
                found.bars.append(token.span())
            case "comma" if depth == 0:
                found.commas.append(token.span())
            case "turn" if depth == 0:
                found.turns.append(token.span())
            case "comment":
                return found._replace(has_comment=True)
            case _:
                pass
    return found


def _broken(code: str, margin: str, end: str = "") -> Iterator[str]:
    """The lines of a piece of code; `end` stands behind it."""
    parts = _parts(code)
    if display_width(f"{margin}{code}{end}") <= WIDTH or parts.has_comment:
        yield f"{margin}{code}{end}"
    elif code.startswith(("def ", "async def ")) and parts.groups:
        yield from _head(code, *parts.groups[0], margin)
    elif returns := _RETURNS.fullmatch(code):
        yield from _annotated(returns[1], returns[2], returns[3], margin)
    elif code.startswith("del ") and parts.commas:
        yield from _group(
            f"del ({code.removeprefix('del ')})", len("del "), len(code) + 2, margin, end
        )
    elif code.startswith("return ") and parts.turns:
        yield f"{margin}return ("
        yield from _broken(code.removeprefix("return "), margin + _STEP)
        yield f"{margin})"
    elif parts.turns and not code.startswith(("if ", "for ", "with ", "case ")):
        *pieces, last = _split(code, parts.turns)
        for piece in pieces:
            yield from _broken(piece, margin)
        yield from _broken(last, margin, end)
    elif taken := _TAKEN_APART.fullmatch(code):
        yield from _taken_apart(taken[1], taken[2], margin)
    elif parts.bars and (annotated := _ANNOTATED.fullmatch(code)):
        yield from _annotated(annotated[1], annotated[2], annotated[3] + end, margin)
    elif parts.bars:
        yield from _union(code, parts, margin, end)
    elif parts.groups and parts.groups[-1][1] - parts.groups[-1][0] > len("()"):
        yield from _group(code, *parts.groups[-1], margin, end)
    else:
        yield f"{margin}{code}{end}"


def _head(code: str, start: int, end: int, margin: str) -> Iterator[str]:
    """The head of a function: a parameter a line, then what it returns."""
    parameters = code[start + 1 : end - 1]
    if not parameters:
        arrow = end + len(" -> ")
        yield from _annotated(code[:arrow], code[arrow:-1], ":", margin)
        return
    yield f"{margin}{code[: start + 1]}"
    for parameter in _split(parameters, _parts(parameters).commas):
        yield from _broken(parameter, margin + _STEP, ",")
    yield from _broken(code[end - 1 :], margin)


def _annotated(before: str, annotation: str, after: str, margin: str) -> Iterator[str]:
    parts = _parts(annotation)
    if parts.bars or not parts.groups:
        yield f"{margin}{before}("
        yield from _broken(annotation, margin + _STEP)
        yield f"{margin}){after}"
    else:
        start, end = parts.groups[-1]
        yield f"{margin}{before}{annotation[: start + 1]}"
        yield from _broken(annotation[start + 1 : end - 1], margin + _STEP)
        yield f"{margin}{annotation[end - 1 :]}{after}"


def _taken_apart(names: str, value: str, margin: str) -> Iterator[str]:
    """An assignment to several names."""
    if display_width(f"{margin}{names} = (") <= WIDTH:
        yield f"{margin}{names} = ("
        yield f"{margin}{_STEP}{value}"
        yield f"{margin})"
        return
    yield f"{margin}("
    for name in names.removesuffix(",").split(", "):
        yield f"{margin}{_STEP}{name},"
    yield f"{margin}) = {value}"


def _union(code: str, parts: _Parts, margin: str, end: str) -> Iterator[str]:
    """A member a line."""
    members = _split(code, parts.bars)
    for number, member in enumerate(members):
        bar = "| " if number else ""
        yield from _broken(f"{bar}{member}", margin, end if number == len(members) - 1 else "")


def _group(code: str, start: int, end: int, margin: str, after: str) -> Iterator[str]:
    """What stands in brackets, an item a line."""
    inside = code[start + 1 : end - 1]
    parts = _parts(inside)
    is_loop = any(inside.startswith("for ", end) for _, end in parts.turns)
    items = [inside] if is_loop else _split(inside, parts.commas)
    is_call = code[start] == "(" and code[start - 1 : start].isidentifier()
    comma = "," if (is_call and not is_loop) or len(items) > 1 else ""
    yield f"{margin}{code[: start + 1]}"
    for item in items:
        yield from _broken(item.removesuffix(","), margin + _STEP, comma)
    yield f"{margin}{code[end - 1 :]}{after}"


def _split(code: str, separators: list[tuple[int, int]]) -> list[str]:
    starts = [0, *(end for _, end in separators)]
    ends = [*(start for start, _ in separators), len(code)]
    return [code[start:end] for start, end in zip(starts, ends, strict=True)]
