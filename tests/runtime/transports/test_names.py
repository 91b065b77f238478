"""Names of hosts: look-ups that hang cost little, and keep nobody waiting beyond a deadline."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from msgsend._runtime.transports import names
from msgsend._runtime.transports.names import NotConnected, look_up, resolve


class Resolver:
    """A resolver in which names that begin with `hung` hang until they are let go."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.letting_go = threading.Event()

    def look_up(self, host: str | bytes, flags: int) -> list[names.Address]:
        if isinstance(host, bytes) or flags:
            raise socket.gaierror
        self.asked.append(host)
        if host.startswith("hung"):
            self.letting_go.wait(10)
        if host == "nowhere":
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, ("127.0.0.7", 0)), (socket.AF_INET6, ("::7", 0, 0, 3))]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resolver]:
    fake = Resolver()
    monkeypatch.setattr(names, "_looked_up", fake.look_up)
    yield fake
    fake.letting_go.set()
    while names.STATE.under_way:
        threading.Event().wait(0.001)


def hangs(host: str, seconds: float) -> None:
    with pytest.raises(NotConnected, match="in time"):
        resolve(host, 80, monotonic() + seconds)


def test_who_wants_the_same_name_waits_for_one_look_up(resolver: Resolver) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(hangs, ["hung"] * 8, [0.2] * 8))
    hangs("hung", 0.01)
    assert resolver.asked == ["hung"]
    assert resolve("other", 443, monotonic() + 5) == [
        (socket.AF_INET, ("127.0.0.7", 443)),
        (socket.AF_INET6, ("::7", 443, 0, 3)),
    ]


def test_what_was_found_is_not_kept(resolver: Resolver) -> None:
    for _ in range(2):
        resolve("other", 80, monotonic() + 5)
    assert resolver.asked == ["other", "other"]


def test_a_look_up_that_hung_serves_again_when_it_has_ended(resolver: Resolver) -> None:
    hangs("hung", 0.01)
    looking = look_up("hung")
    event = threading.Event()

    def on_a_closed_loop() -> None:
        raise RuntimeError

    looking.tell(on_a_closed_loop)
    looking.tell(event.set)
    resolver.letting_go.set()
    assert resolve("hung", 80, monotonic() + 5)
    assert event.wait(5)
    looking.tell(event.clear)
    assert not event.is_set()


def test_there_are_only_so_many_at_a_time(resolver: Resolver) -> None:
    for number in range(names.MOST):
        look_up(f"hung{number}")
    with pytest.raises(NotConnected, match=f"{names.MOST} names are being looked up"):
        look_up("other")
    assert look_up("hung0") is look_up("hung0")


def test_a_name_that_is_none(resolver: Resolver) -> None:
    with pytest.raises(NotConnected, match="cannot resolve the name nowhere: Name or service"):
        resolve("nowhere", 80, monotonic() + 5)


def test_an_address_needs_no_look_up_and_no_import() -> None:
    """An interrupt during an import can leave that module locked for the whole process."""
    code = "from msgsend._runtime.transports.names import resolve"
    code += "\nprint(resolve('127.0.0.1', 80, 0))"
    code += "\nimport sys; assert 'encodings.idna' not in sys.modules"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "127.0.0.1" in run.stdout
    assert resolve("127.0.0.1", 80, monotonic()) == [(socket.AF_INET, ("127.0.0.1", 80))]


def test_a_name_of_other_letters_is_no_address(resolver: Resolver) -> None:
    """Whatever a codec would make of them: `１２７.0.0.1` is looked up as any other name."""
    assert names.numeric("１２７.0.0.1", 80) == []
    assert resolve("余额.example", 80, monotonic() + 5)
    assert resolver.asked == ["余额.example"]
