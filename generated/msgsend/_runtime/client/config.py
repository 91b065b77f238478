# Copied by unstringly 0.1.0. Do not edit.
"""The settings that all calls of a client share, checked once when the client is made."""

from collections.abc import Mapping
from inspect import iscoroutinefunction

from ..errors.exceptions import InvalidParameter
from ..journal.recording import JournalWriter, can_keep
from ..wire.bindings import Binding
from ..wire.charsets import known_codec
from .addresses import checked_address, warn_of_plain_text
from .calls import Credentials
from .flow import ClientConfig, WhenTooSoon
from .parameters import MOST_SECONDS, check_counts, check_seconds, is_number, taken


def checked_config(
    account: Credentials,
    addresses: Mapping[Binding, str],
    given_address: str | InvalidParameter | None,
    *,
    binding: Binding,
    timeout: float,
    journal: JournalWriter | None,
    retries: int,
    when_too_soon: WhenTooSoon,
    charset: str | None,
    max_in_flight: int,
    queue_timeout: float | None,
    transport: object,
    is_async: bool,
    others: Mapping[str, Mapping[Binding, str]] | None = None,
) -> ClientConfig:
    """Return the config of a client; an address that is given replaces all of the WSDL's.

    `addresses` are the service's, and `others` those of operations that are elsewhere.
    `given_address` is a result of `told_address`, `timeout` and `queue_timeout` are seconds. Raises
    InvalidParameter. Warns of an address without encryption, at the line that makes the client.
    """
    account.check()
    offered = ", ".join(sorted(f"Binding.{member.name}" for member in addresses))
    if binding not in list(addresses):  # some values that callers may give have no hash
        raise InvalidParameter("binding", f"give one of {offered}")
    check_seconds(timeout=timeout)
    check_counts(retries=retries)
    if when_too_soon not in ("wait", "raise"):
        raise InvalidParameter("when_too_soon", "give 'wait' or 'raise'")
    if charset is not None and not _is_charset(charset):
        raise InvalidParameter("charset", "give the name of a charset, such as 'windows-1252'")
    check_counts(1, max_in_flight=max_in_flight)
    _check_queue_timeout(queue_timeout)
    if journal is not None and not can_keep(journal):
        raise InvalidParameter("journal", "give a function of an operation's name and a body")
    if transport is not None and not _can_send(transport, is_async=is_async):
        raise InvalidParameter("transport", _NO_TRANSPORT[is_async])
    address = taken(_address(addresses[binding]) if given_address is None else given_address)
    own: Mapping[str, str] = {}
    if given_address is None and others:
        own = _own_addresses(others, binding)
    for called in dict.fromkeys((address, *own.values())):
        warn_of_plain_text(called, stacklevel=3)
    return ClientConfig(
        account=account,
        address=address,
        binding=binding,
        timeout=float(timeout),
        retries=int(retries),
        when_too_soon=when_too_soon,
        journal=journal,
        charset=charset or "",
        max_in_flight=int(max_in_flight),
        queue_timeout=queue_timeout,
        others=own,
    )


def _own_addresses(
    others: Mapping[str, Mapping[Binding, str]], binding: Binding
) -> Mapping[str, str]:
    """Return the addresses of operations that are elsewhere over a binding, empty if not said."""
    return {
        name: declared[binding] and taken(_address(declared[binding]))
        for name, declared in others.items()
        if binding in declared
    }


def _address(declared: str) -> str | InvalidParameter:
    """Return the address that the WSDL has; it is empty if there is none that can be called."""
    if not declared:
        return InvalidParameter("base_url", "give the address of the service: its WSDL has none")
    return checked_address(declared)


_LIBRARIES = ("httpx2", "httpx", "requests", "aiohttp")
_NO_TRANSPORT = {
    False: "give a Transport, such as HttpTransport() or HttpxTransport(one of httpx2's own)",
    True: "give an AsyncTransport, such as HttpxAsyncTransport(one of httpx2's own)",
}


def _can_send(transport: object, *, is_async: bool) -> bool:
    """Say whether a transport has the methods; a `send` that is awaited is none for threads.

    A client of some HTTP library has methods of these names that do something else.
    """
    if type(transport).__module__.partition(".")[0] in _LIBRARIES:
        return False
    send = getattr(transport, "send", None)
    close = getattr(transport, "aclose" if is_async else "close", None)
    if isinstance(transport, type) or not (callable(send) and callable(close)):
        return False
    return is_async or not iscoroutinefunction(send)


def _check_queue_timeout(value: object) -> None:
    if value is not None and not (is_number(value) and 0 <= value <= MOST_SECONDS):
        rule = f"give a number of seconds, up to {MOST_SECONDS:,}, or None"
        raise InvalidParameter("queue_timeout", rule)


def _is_charset(value: object) -> bool:
    return isinstance(value, str) and known_codec(value) is not None
