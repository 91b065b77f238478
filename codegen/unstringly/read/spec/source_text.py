"""The characters of a spec file, and their places in lines as an editor counts them."""

import re
from bisect import bisect_right

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span

MAX_BYTES = 1_000_000
"""Bytes of the largest spec file that is read."""

UNREADABLE = Rule(
    "S101",
    Severity.ERROR,
    "the spec file cannot be read as text",
    wrong="""\
A grammar spec is a text file in UTF-8, with or without a byte order mark, of at most one
million bytes. It holds no control characters besides tab and line ends, and none of the
rare line separators (U+0085, U+2028, U+2029). This one is not there, or not like that.""",
    why="""\
YAML takes the rare separators as line ends and editors do not, so places could not be told.
Without a spec nothing is generated from the folder.""",
    example="a folder wsdl/msgsend with MsgSend.wsdl and no grammar.yaml",
    todo=r"""Write the file: `service: NAME`, with the name of the `wsdl:service`, is enough for a
start. Save it as UTF-8. Where such a character belongs to the language of the
service, write it as an escape in double quotes: `separator: "\x1F"`.""",
)

RULES = (UNREADABLE,)

_NOT_TAKEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class SourceText:
    """The text of a file, and its places: from an index to line, column and length."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self._file = file
        self._starts = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))]

    def span(self, start: int, end: int = 0) -> Span:
        """Return the place of the characters from `start` to `end` that are on the first line."""
        line = bisect_right(self._starts, start)
        begin = self._starts[line - 1]
        line_end = self._starts[line] if line < len(self._starts) else len(self.text)
        stretch = self.text[start : min(end, line_end)].rstrip("\r\n")
        return Span(self._file, line, start - begin + 1, max(len(stretch), 1))


def source_text(data: bytes, file: str) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the text of a file's bytes, and findings.

    The text is None if there are too many bytes, or any that are not UTF-8, or a character that
    a spec cannot have (S101).
    """
    if len(data) > MAX_BYTES:
        size = f"this file has {len(data):,} bytes; a spec has at most {MAX_BYTES:,}"
        return None, (Diagnostic(UNREADABLE, Span(file, 1, 1), size),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        readable = error.object[: error.start].decode("utf-8-sig")
        span = SourceText(readable, file).span(len(readable))
        message = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
        return None, (Diagnostic(UNREADABLE, span, message, "save the file as UTF-8"),)
    source = SourceText(text, file)
    character = _NOT_TAKEN.search(text)
    if character is None:
        return source, ()
    point = ord(character.group())
    return None, (
        Diagnostic(
            UNREADABLE,
            source.span(character.start()),
            f"the character U+{point:04X} does not belong in a spec file",
            f'if a value needs it, write it in double quotes as "\\u{point:04x}"',
        ),
    )
