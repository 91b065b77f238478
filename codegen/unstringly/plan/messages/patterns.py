r"""Regular expressions of XML Schema (part 2, appendix F) in the words of Python's `re`.

Only what means the same for every text is put into other words. `\i`, `\c`, `\w`, `\p` and classes
that are taken from others have no short equal, and what is no expression has none at all.
"""

from __future__ import annotations

import re
import warnings

_SPACE = " \\t\\n\\r"
_PLAIN_ESCAPES = "\\|.?*+(){}-[]^"
_QUANTIFIER = re.compile(r"[?*+]|\{[0-9]{1,6}(?:,[0-9]{0,6})?\}")


def python_pattern(source: str) -> str | None:
    """Return the pattern for `re.fullmatch`, or None if there is no short equal."""
    pieces: list[str] = []
    at, may_repeat = 0, False
    while at < len(source):
        quantifier = _QUANTIFIER.match(source, at)
        if quantifier is not None:
            if not may_repeat:
                return None
            piece, at, may_repeat = quantifier[0], quantifier.end(), False
        elif source[at] == "[":
            end = _class_end(source, at)
            inside = _characters(source[at + 1 : end]) if end else None
            if end is None or inside is None:
                return None
            piece, at, may_repeat = f"[{inside}]", end + 1, True
        elif source[at] == "\\":
            escape = _escape(source[at + 1 : at + 2])
            if escape is None:
                return None
            piece, at, may_repeat = escape, at + 2, True
        else:
            if source[at] in "{}]":
                return None
            piece = _ordinary(source[at])
            may_repeat = source[at] not in "(|"
            at += 1
        pieces.append(piece)
    return _checked("".join(pieces))


def _checked(pattern: str) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning):
        return None
    return pattern


def _ordinary(character: str) -> str:
    match character:
        case ".":
            return "[^\\n\\r]"
        case "(":
            return "(?:"
        case ")" | "|":
            return character
        case _:
            return re.escape(character)


def _escape(letter: str) -> str | None:
    match letter:
        case "n" | "r" | "t" | "d" | "D":
            return f"\\{letter}"
        case "s":
            return f"[{_SPACE}]"
        case "S":
            return f"[^{_SPACE}]"
        case _:
            return re.escape(letter) if letter and letter in _PLAIN_ESCAPES else None


def _class_end(source: str, start: int) -> int | None:
    """Return the place of the bracket that ends a class; None for one with another in it."""
    at = start + 1
    while at < len(source):
        if source[at] == "\\":
            at += 1
        elif source[at] == "[":
            return None
        elif source[at] == "]":
            return at if at > start + 1 else None
        at += 1
    return None


def _characters(inside: str) -> str | None:
    """Return what stands in the brackets of a class."""
    start = "^" if inside.startswith("^") else ""
    rest = inside.removeprefix("^")
    pieces: list[str] = []
    at = 0
    while at < len(rest):
        character = rest[at]
        if character == "\\":
            letter = rest[at + 1 : at + 2]
            escape = _SPACE if letter == "s" else None if letter == "S" else _escape(letter)
            if escape is None:
                return None
            pieces.append(escape)
            at += 2
            continue
        is_range = character == "-" and 0 < at < len(rest) - 1
        pieces.append("-" if is_range else re.escape(character))
        at += 1
    return start + "".join(pieces) if pieces else None
