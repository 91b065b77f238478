"""Texts as XML has them, and problems with a value as one kind of exception."""

from ..errors.exceptions import Unwritable
from ..wire.bindings import NOT_XML


def escaped(text: str, *, is_attribute: bool = False) -> str:
    """Return a text as XML has it. Raises Unwritable for a character that XML does not have."""
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text):
        return text.replace('"', "&quot;") if is_attribute else text
    lacking = NOT_XML.search(text)
    if lacking is not None:
        raise Unwritable("", lacking[0], "is no character of XML")
    text = _with_references(text)
    if is_attribute:
        text = text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text


def all_escaped(texts: list[str]) -> list[str]:
    """Return many texts as XML has them. Raises Unwritable, which does not say for which."""
    joined = "".join(texts)
    if joined.isprintable() and not ("&" in joined or "<" in joined or ">" in joined):
        return texts
    if NOT_XML.search(joined) is not None:
        raise Unwritable("", "the texts", "have a character that is none of XML")
    return _with_references("\0".join(texts)).split("\0")


def unwritable(error: ValueError) -> Unwritable:
    """Return an error of a leaf as the one that callers get."""
    return error if isinstance(error, Unwritable) else Unwritable("", "the value", str(error))


def _with_references(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")
