"""Proxies for the transports over httpx2: the one that is given, those of the environment, or none.

Nobody is asked for a proxy who was not told to ask: a request holds a password.
"""

from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import urlsplit

import httpx2

from .sealed import Secret

if TYPE_CHECKING:
    from .wire import Origin

ProxySetting: TypeAlias = str | Literal["environment"] | None
"""The address of a proxy, `"environment"`, or None for no proxy."""

_SCHEMES: Final = ("http", "https", "socks5", "socks5h")
_RULE: Final = 'give an address such as "http://user:password@host:port", or "environment"'


class Proxies:
    """Which proxy leads to an origin. A proxy's address may hold a password, and shows nowhere."""

    def __init__(self, setting: ProxySetting) -> None:
        self._is_environment = setting == "environment"
        self._address: Secret | None = None
        if setting is not None and not self._is_environment:
            self._address = Secret(_checked(setting))

    def to(self, origin: "Origin") -> httpx2.Proxy | None:
        """The proxy to an origin, None if there is none. Raises ValueError."""
        if self._address is not None:
            return httpx2.Proxy(self._address.reveal())
        if not self._is_environment:
            return None
        from urllib.request import getproxies, proxy_bypass

        known = getproxies()
        found = known.get(origin.scheme) or known.get("all")
        if not found or proxy_bypass(f"{origin.host}:{origin.port}"):
            return None
        return httpx2.Proxy(_checked(found if "://" in found else f"http://{found}"))


def _checked(address: object) -> str:
    """An address of a proxy. Raises ValueError, which does not quote it."""
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
        is_good = parts is not None and parts.scheme in _SCHEMES and bool(parts.hostname)
        _ = parts and parts.port
    except ValueError:
        is_good = False
    if not is_good:
        raise ValueError(f"proxy: {_RULE}")
    return str(address)
