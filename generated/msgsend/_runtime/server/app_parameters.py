# Copied by unstringly 0.1.0. Do not edit.
"""The arguments of applications, checked when these are made, before the first request comes."""

from collections.abc import Mapping

from ..client.addresses import checked_address
from ..errors.exceptions import InvalidParameter
from ..journal.recording import can_keep
from .handling import is_generator


def check_path(path: object) -> None:
    """Raise InvalidParameter for a text that is the path of no request."""
    if not isinstance(path, str) or not path.startswith("/"):
        raise InvalidParameter("path", "give the path of the address: it begins with a slash")
    if "?" in path or "#" in path:
        raise InvalidParameter("path", "a path has no query and no fragment")
    if path != path.strip() or any(c < " " or c == "\x7f" for c in path):
        raise InvalidParameter("path", "a path has no line end and no blank at its end")


def checked_public_url(public_url: str | None) -> str:
    """Return the address that the service has for others; empty if none is given.

    Raises InvalidParameter if it is no address; the message does not quote it.
    """
    return "" if public_url is None else checked_address(public_url, "public_url")


def check_push_handler(handle: object) -> None:
    """Raise InvalidParameter for a value that handles no push when it is called."""
    if not callable(handle) or isinstance(handle, type):
        raise InvalidParameter("handle", "give a function of a push")
    if is_generator(handle):
        raise InvalidParameter("handle", "it has a `yield`: called, it would handle nothing")


def check_texts(texts: Mapping[str, object]) -> None:
    """Raise InvalidParameter for a value that is no text, or an empty one."""
    for name, text in texts.items():
        if not isinstance(text, str) or not text:
            raise InvalidParameter(name, "give the text that pushes have, which is not empty")


def check_journal(journal: object) -> None:
    """Raise InvalidParameter for a journal that keeps nothing."""
    if journal is not None and not can_keep(journal):
        raise InvalidParameter("journal", "give a function of a name and a body")
