"""Literals, docstrings and comments of generated code, and their width.

Every text that comes from a WSDL or a spec goes through `quoted`, `docstring` or `comment`,
and through nothing else: none of them lets its argument end the literal that it stands in.
"""

import unicodedata

WIDTH = 100


_UNICODE = unicodedata.ucd_3_2_0
"""The one version of the character database that every Python has: output depends on no other."""


def quoted(text: str) -> str:
    """Return a string literal, in the quotes that need fewer escapes, or else double ones."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    quote = "'" if text.count('"') > text.count("'") else '"'
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    escaped = escaped.replace("\r", "\\r")
    return f"{quote}{_visible(escaped.replace(quote, chr(92) + quote))}{quote}"


def comment(text: str) -> str:
    """Return a text that can stand behind a `#`."""
    return _visible(text)


def _visible(text: str) -> str:
    """Return the text with every character that cannot be seen written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if _is_visible(character) else _escape(character) for character in text
    )


def _is_visible(character: str) -> bool:
    if character == "\u00ad":  # the soft hyphen was punctuation then, and is never seen
        return False
    return character == " " or _UNICODE.category(character)[0] not in "CZ"


def _escape(character: str) -> str:
    point = ord(character)
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def docstring(text: str, indent: int = 0) -> str:
    """Return a docstring literal, wrapped to the line width; lines after the first are indented."""
    room = WIDTH - indent
    lines = _wrapped(text, room)
    if len(lines) == 1 and display_width(lines[0]) + 6 > room:
        lines = _wrapped(text, room - 3)  # or formatters would put the quotes behind it
    if len(lines) <= 1:
        return f'"""{_sealed(lines[0] if lines else "")}"""'
    margin = " " * indent
    body = [f'"""{lines[0]}', *(margin + line if line else "" for line in lines[1:])]
    return "\n".join([*body, f'{margin}"""'])


def _sealed(line: str) -> str:
    """Return an escaped line that can stand before closing quotes: its last quote is escaped."""
    if not line.endswith('"'):
        return line
    backslashes = len(line) - 1 - len(line[:-1].rstrip("\\"))
    return line if backslashes % 2 else f'{line[:-1]}\\"'


def _escaped(text: str) -> str:
    return _visible(text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'))


def _wrapped(text: str, room: int) -> list[str]:
    """Return the lines of a text: its own line ends are kept, long lines are broken."""
    lines: list[str] = []
    for number, line in enumerate(text.strip("\n").lstrip(" ").split("\n")):
        escaped = _escaped(line.rstrip())
        lines.extend(_broken(escaped, room - 3 if number == 0 else room))
    return lines


def _broken(line: str, room: int) -> list[str]:
    """Return the pieces of one line, broken at blanks and between wide characters."""
    if display_width(line) <= room:
        return [line]
    margin = line[: len(line) - len(line.lstrip(" "))]
    lines: list[str] = []
    last = ""
    width = 0
    for piece in _pieces(line):
        if last.strip() and width + display_width(piece.rstrip()) > room:
            lines.append(last.rstrip())
            last = margin + piece.lstrip()
            width = display_width(last)
        else:
            last += piece
            width += display_width(piece)
    return [*lines, last.rstrip()]


def _pieces(line: str) -> list[str]:
    """Return a line in pieces: it may be broken behind a blank, and around a wide character."""
    pieces = [""]
    for character in line:
        if _is_wide(character) and not _closes(character):
            pieces.append("")
        pieces[-1] += character
        if character == " ":
            pieces.append("")
    return [piece for piece in pieces if piece]


def _is_wide(character: str) -> bool:
    return _UNICODE.east_asian_width(character) in "WF"


def _closes(character: str) -> bool:
    """Say whether the character is Chinese punctuation, which does not begin a line."""
    return _UNICODE.category(character) in ("Po", "Pe", "Pf")


def display_width(text: str) -> int:
    """Return the columns that a text takes on a screen with wide Chinese characters."""
    if text.isascii():
        return len(text)
    return sum(2 if _is_wide(character) else 1 for character in text)
