# Copied by unstringly 0.1.0. Do not edit.
"""Proxies for the transports over httpx2: the one that is given, those of the environment, or none.

No proxy is used that was not asked for: a request holds a password.
"""

from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import urlsplit

import httpx2

from ..errors.sealed import Secret

if TYPE_CHECKING:
    from .connection import Origin

ProxySetting: TypeAlias = str | Literal["environment"] | None
"""The address of a proxy, `"environment"`, or None for no proxy."""

_SCHEMES: Final = ("http", "https", "socks5", "socks5h")
_RULE: Final = 'give an address such as "http://user:password@host:port", or "environment"'


class Proxies:
    """The proxy for each origin. A proxy's address may hold a password, and shows nowhere."""

    def __init__(self, setting: ProxySetting) -> None:
        """Keep the setting without checking it, so that no traceback has it: call `check`."""
        self.is_none = setting is None
        self._is_environment = setting == "environment"
        self._address = Secret(setting if isinstance(setting, str) else "")

    def check(self) -> None:
        """Raise ValueError if the address is none; the error does not quote it."""
        if not (self.is_none or self._is_environment or _is_address(self._address)):
            raise ValueError(f"proxy: {_RULE}")

    def to(self, origin: "Origin") -> httpx2.Proxy | None:
        """Return the proxy to an origin, None if there is none. Raises ValueError."""
        if self.is_none:
            return None
        address = self._address
        if self._is_environment:
            proxy = _of_the_environment(origin)
            if proxy is None:
                return None
            address = proxy
        if not _is_address(address):
            raise ValueError(f"the environment has a proxy that is none: {_RULE}")
        return httpx2.Proxy(address.reveal())


def _of_the_environment(origin: "Origin") -> Secret | None:
    from urllib.request import getproxies, proxy_bypass  # takes long, and is rarely needed

    proxies = getproxies()
    address = proxies.get(origin.scheme) or proxies.get("all")
    if not address or proxy_bypass(f"{origin.host}:{origin.port}"):
        return None
    return Secret(address if "://" in address else f"http://{address}")


def _is_address(secret: Secret) -> bool:
    try:
        parts = urlsplit(secret.reveal())
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no port
        return False
