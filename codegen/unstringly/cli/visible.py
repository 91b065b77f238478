"""Texts from anywhere, made fit for a terminal: whatever could do more than be seen is escaped.

Control characters, bidirectional marks, lone surrogates (which a file name that is not UTF-8 has)
and the like are shown as `\\x1b`, `\\u202e` or `\\U000e0041`.
"""

from os import PathLike, fspath


def visible(text: str) -> str:
    """A text in one line, every character visible."""
    return text if text.isprintable() else "".join(map(visible_character, text))


def visible_lines(text: str) -> str:
    """As `visible`, with the line feeds that the text has."""
    return "\n".join(map(visible, text.split("\n")))


def visible_path(path: PathLike[str] | str) -> str:
    """The name of a file, which may hold any character but NUL."""
    return visible(fspath(path))


def visible_character(character: str) -> str:
    """A character, or its escape."""
    if character.isprintable():
        return character
    point = ord(character)
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"
