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
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("\r", "&#13;")
    if is_attribute:
        text = text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text


def unwritable(error: ValueError) -> Unwritable:
    """Return an error of a leaf as the one that callers get."""
    return error if isinstance(error, Unwritable) else Unwritable("", "the value", str(error))
