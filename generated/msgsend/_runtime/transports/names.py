# Copied by unstringly 0.1.0. Do not edit.
"""Names of hosts looked up by threads, because a look-up has no time limit of its own.

A look-up that hangs costs one thread for its host, however many calls wait for it. It holds up no
calls to other hosts, no call waits longer than its deadline, and neither a program nor an event
loop waits for it at its end. Results are not kept: the resolver of the system does that.
"""

import _thread
import os
import socket
import threading
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeAlias

from ..client.locks import let_go, owned

if TYPE_CHECKING:
    from collections.abc import Callable

_SocketAddress: TypeAlias = "tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]"
Address: TypeAlias = "tuple[socket.AddressFamily, _SocketAddress]"
"""A family, and the address that a socket of this family connects to."""

MOST: Final = 64
"""The most look-ups at a time."""


class NotConnected(Exception):
    """There is no connection; the text says why. If it `is_final`, there will be none."""

    is_final = False


class LookUp:
    """A look-up of a name that is under way, or has just ended."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._waiting: list[Callable[[], object]] = []
        self._found: list[Address] = []
        self._problem = ""
        self._is_done = False

    def tell(self, done: "Callable[[], object]") -> None:
        """Call `done` once there is a result: from another thread, or now.

        A RuntimeError of `done` in another thread is dropped: an event loop may be closed by then.
        """
        with STATE.lock:
            if not self._is_done:
                self._waiting.append(done)
                return
        done()

    def forget(self, done: "Callable[[], object]") -> None:
        """Remove `done`: its caller waits no longer."""
        with STATE.lock:
            if done in self._waiting:
                self._waiting.remove(done)

    def addresses(self, port: int) -> list[Address]:
        """Return the addresses that were found, with a port. Raises NotConnected."""
        if not self._is_done:
            raise NotConnected(f"the name {self._host} was not resolved in time")
        if self._problem:
            raise NotConnected(f"cannot resolve the name {self._host}: {self._problem}")
        return _with_port(self._found, port)

    def run(self) -> None:
        """Look up the name, and call all that wait."""
        try:
            self._found = _looked_up(self._host, 0)
        except (OSError, UnicodeError) as error:
            self._problem = getattr(error, "strerror", None) or type(error).__name__
        except BaseException as error:
            self._problem = type(error).__name__
            raise
        finally:
            with STATE.lock:
                self._is_done = True
                if STATE.under_way.get(self._host) is self:
                    del STATE.under_way[self._host]
                waiting, self._waiting = self._waiting, []
            for done in waiting:
                try:
                    done()
                except RuntimeError:  # its event loop is closed
                    continue


class _State:
    """The look-ups that are under way, by host."""

    def __init__(self) -> None:
        self.lock = owned()
        self.under_way: dict[str, LookUp] = {}


STATE = _State()


def numeric(host: str, port: int) -> list[Address]:
    """Return the address that a host is written as, or an empty list; it takes no time."""
    if not host.isascii():
        return []
    try:
        # Of a text, `getaddrinfo` would import the codec `idna`, and an interrupt that comes while
        # a module is imported can leave its lock held, for ever. Other threads get no interrupts.
        return _with_port(_looked_up(host.encode("ascii"), socket.AI_NUMERICHOST), port)
    except (OSError, UnicodeError):
        return []


def look_up(host: str) -> LookUp:
    """Return a look-up of a name, shared by all calls that wait for it. Raises NotConnected."""
    problem = ""
    with STATE.lock:
        lookup = STATE.under_way.get(host)
        if lookup is not None:
            return lookup
        if len(STATE.under_way) >= MOST:
            problem = f"{MOST} names are being looked up already"
        else:
            lookup = LookUp(host)
            try:
                _thread.start_new_thread(lookup.run, ())  # the program's end waits for none
            except RuntimeError:
                problem = "there is no thread to look it up"
            else:
                STATE.under_way[host] = lookup
                return lookup
    raise NotConnected(f"cannot resolve the name {host}: {problem}")


def resolve(host: str, port: int, deadline: float) -> list[Address]:
    """Return the addresses of a host, waiting for them until a deadline. Raises NotConnected."""
    addresses = numeric(host, port)
    if addresses:
        return addresses
    looking = look_up(host)
    waiting = threading.Lock()
    waiting.acquire()
    done = waiting.release
    try:
        looking.tell(done)
        waiting.acquire(timeout=max(deadline - monotonic(), 0))
    finally:
        looking.forget(done)
    return looking.addresses(port)


def let_go_of_look_ups() -> None:
    """Release the lock after a call of this thread has been stopped, perhaps in here."""
    let_go(STATE.lock)


def _looked_up(host: str | bytes, flags: int) -> list[Address]:
    entries = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM, flags=flags)
    return [(family, address) for family, _, _, _, address in entries]


def _with_port(addresses: list[Address], port: int) -> list[Address]:
    return [(family, _at(address, port)) for family, address in addresses]


def _at(address: _SocketAddress, port: int) -> _SocketAddress:
    match address:
        case (str() as host, _):
            return host, port
        case (str() as host, _, flow, scope):
            return host, port, flow, scope
        case _:
            return address


def _begin_anew() -> None:
    """Forget all look-ups after a fork: their threads are the parent's."""
    STATE.lock = owned()
    STATE.under_way = {}


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
