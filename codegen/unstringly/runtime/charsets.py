"""Which charset a response is in, decided before anything is parsed."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PARAMETER: Final = re.compile(r';\s*charset\s*=\s*"?([^\s";]+)', re.IGNORECASE)
_DECLARATION: Final = re.compile(
    rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']"""
)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}
"""What calls itself GB 2312 often holds characters of its successors."""


def decoded(body: bytes, content_type: str) -> str | None:
    """The text of a body: by its byte order mark, the header, the XML declaration, or as UTF-8.

    None if it is not of that charset, or the charset is unknown.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return _text(body[len(mark) :], charset)
    header = _PARAMETER.search(content_type)
    if header is not None:
        return _text(body, header[1])
    declared = _DECLARATION.match(body)
    return _text(body, declared[1].decode("ascii") if declared is not None else "utf-8")


def _text(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(_WIDER.get(charset.lower(), charset))
    except (UnicodeError, LookupError):
        return None


_KNOWN: Final = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1"), "latin-1"),
    **dict.fromkeys(("windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf-16",), "utf-16"),
}


def known_codec(label: str) -> str | None:
    """Until the closed list is here."""
    return _KNOWN.get(label.lower())
