"""Texts from anywhere, made safe for a terminal: characters that cannot be seen are escaped.

Control characters, bidirectional marks, lone surrogates (which a file name that is not UTF-8 has)
and the like are shown as `\\x1b`, `\\u202e` or `\\U000e0041`.
"""

from os import PathLike, fspath


def visible(text: str) -> str:
    """Return a text on one line, every character visible."""
    return text if text.isprintable() else "".join(map(visible_character, text))


def visible_lines(text: str) -> str:
    """Return a text as `visible` does, with its line feeds kept."""
    return "\n".join(map(visible, text.split("\n")))


def visible_path(path: PathLike[str] | str) -> str:
    """Return the name of a file, which may hold any character but NUL, as `visible` does."""
    return visible(fspath(path))


def visible_character(character: str) -> str:
    """Return a printable character, or its escape."""
    if character.isprintable():
        return character
    point = ord(character)
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"
