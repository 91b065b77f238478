"""Texts as XML has them, and problems with a value as one kind of exception."""

from typing import Final

from ..errors.exceptions import Unwritable
from ..wire.bindings import NOT_XML

_ODD: Final = bytes(range(32)) + b"&<>"
"""Characters of ASCII that XML lacks or that stand for others there, and white space."""


def escaped(text: str, *, is_attribute: bool = False) -> str:
    """Return a text as XML has it. Raises Unwritable for a character that XML does not have."""
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text):
        return text.replace('"', "&quot;") if is_attribute else text
    lacking = NOT_XML.search(text)
    if lacking is not None:
        raise Unwritable("", lacking[0], "is no character of XML")
    return _with_references(text, is_attribute=is_attribute)


def all_escaped(texts: list[str], *, is_attribute: bool = False) -> list[str]:
    """Return many texts as XML has them. Raises Unwritable, which does not say for which."""
    joined = "".join(texts)
    if _is_plain(joined) and not (is_attribute and '"' in joined):
        return texts
    if NOT_XML.search(joined) is not None:
        raise Unwritable("", "the texts", "have a character that is none of XML")
    return _with_references("\0".join(texts), is_attribute=is_attribute).split("\0")


def _is_plain(text: str) -> bool:
    """Say whether a text is the same in XML, between tags. Line ends and tabs are not asked for."""
    if text.isascii():
        return len(text.encode().translate(None, _ODD)) == len(text)
    return text.isprintable() and not ("&" in text or "<" in text or ">" in text)


def unwritable(error: ValueError) -> Unwritable:
    """Return an error of a leaf as the one that callers get."""
    return error if isinstance(error, Unwritable) else Unwritable("", "the value", str(error))


def _with_references(text: str, *, is_attribute: bool) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("\r", "&#13;")
    if is_attribute:
        text = text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text
