# Copied by unstringly 0.1.0. Do not edit.
"""The addresses of a service: checked before calls, with a warning for plain http."""

import ipaddress
import threading
import warnings
from urllib.parse import urlsplit

from ..errors.exceptions import InvalidParameter
from .parameters import tried


class PlainTextWarning(UserWarning):
    """Calls go over plain http: the network can read the password and the messages."""


def checked_address(base_url: str, parameter: str = "base_url") -> str:
    """Return an address that requests can be built on, without the slash at its end.

    Raises InvalidParameter if it is none; the message does not quote it.
    """
    rule = _problem(base_url)
    if rule:
        raise InvalidParameter(parameter, rule)
    return base_url.rstrip("/")


def told_address(base_url: str | None) -> str | InvalidParameter | None:
    """Return the checked address that a client is given, or None if it is given none.

    An error is returned and not raised: the address may have a password in it.
    """
    return None if base_url is None else tried(checked_address, base_url)


def _problem(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        _ = parts.port
    except (ValueError, AttributeError, TypeError):
        return "give a text that is an address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "an address begins with http:// or https:// and names a host"
    if "?" in base_url or "#" in base_url or parts.username or parts.password:
        return "an address has no query, no fragment and no user name in it"
    if not base_url.isascii() or any(c <= " " or c == "\x7f" for c in base_url):
        return "an address has no blanks, and what is not ASCII in it is percent-encoded"
    return ""


_warned: set[str] = set()
_lock = threading.Lock()


def warn_of_plain_text(address: str, stacklevel: int) -> None:
    """Warn of plain http, once for each address, but not for loopback addresses."""
    parts = urlsplit(address)
    if parts.scheme != "http" or _is_loopback(parts.hostname or ""):
        return
    with _lock:
        is_new = address not in _warned
        _warned.add(address)
    if is_new:
        text = (
            f"{parts.scheme}://{parts.netloc} is called without encryption: the password and all "
            "contents can be read on the way. Use https if the service has it."
        )
        warnings.warn(text, PlainTextWarning, stacklevel=stacklevel + 1)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
