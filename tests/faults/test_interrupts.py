"""A call may be stopped between any two instructions: nothing that came is lost, nothing leaks."""

import random
import signal
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

import pytest
from hypothesis import settings
from tests.faults.answers import good
from tests.faults.clients import new_account
from tests.faults.faults import Reply
from tests.faults.interrupted import Instructions, Interrupt
from tests.faults.servers import Seen, Server
from tests.faults.test_nothing_lost import Kept

from msgsend import Client, HttpTransport, Request, Response, TooSoon
from msgsend._runtime.client.pace import let_pass
from msgsend._runtime.wire.exchange import Arriving

CONNECTIONS: Final = 3
LONG: Final = settings().max_examples >= 150
RUNS: Final = 10_000 if LONG else 200
OPERATION: Final = "GetReport"


@dataclass
class Watched:
    """The default transport; remembers the responses that arrived."""

    inner: HttpTransport
    arrived: list[Arriving] = field(default_factory=list[Arriving])

    def send(self, request: Request, deadline: float) -> Response:
        first = request.arriving

        def arriving(reply: Arriving) -> None:
            self.arrived.append(reply)
            first(reply)

        return self.inner.send(replace(request, arriving=arriving), deadline)

    def close(self) -> None:
        self.inner.close()


class Customer:
    """One client for all runs: whatever leaks, it gets less."""

    def __init__(self, url: str) -> None:
        self.kept = Kept()
        self.url = url
        self.watched = Watched(HttpTransport(connections=CONNECTIONS))
        self.client = Client(
            user_code=new_account(),
            user_pass="a password",
            base_url=url,
            timeout=5,
            when_too_soon="raise",
            journal=self.kept,
            transport=self.watched,
            max_in_flight=CONNECTIONS,
            queue_timeout=5,
        )

    def poll(self) -> object:
        let_pass(self.url, 10)
        try:
            return self.client.get_report()
        except TooSoon:  # it goes by when an interrupt has left no word
            let_pass(self.url, 10)
            return self.client.get_report()

    def has_kept_what_came(self) -> bool:
        """The entries are a page for each response of which something came, in order."""
        came = [response.received() for response in self.watched.arrived if response.received()]
        entries = [raw for _, raw in self.kept.entries]
        once = [raw for at, raw in enumerate(entries) if entries[at - 1 : at] != [raw]]
        return once == came

    def has_its_slots(self) -> bool:
        """As many sends as there are connections go on at a time, with none to spare."""
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            sent = [
                pool.submit(self.client.send_msg, des_no="13900000000", msg="hello【签名】")
                for _ in range(CONNECTIONS)
            ]
            return all(not isinstance(future.exception(10), BaseException) for future in sent)


@contextmanager
def customer() -> Generator[Customer]:
    """A customer of a server that hands out another page each time."""
    numbers = count(100_000)

    def answer(seen: Seen) -> bytes:
        is_poll = seen.operation == OPERATION
        return good(seen, f"{next(numbers)},13900000000,DELIVRD|" if is_poll else "1")

    with Server(Reply(answer)) as server:
        new = Customer(server.url)
        try:
            new.poll()
            yield new
        finally:
            new.client.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # inside __del__
def test_nothing_is_lost_at_any_instruction() -> None:
    with customer() as caller:
        whole = Instructions(-1)
        whole.during(caller.poll)
        drawn = random.Random(2030)
        for _ in range(RUNS):
            strike = Instructions(drawn.randrange(1, whole.count + 1))
            with suppress(Interrupt):
                strike.during(caller.poll)
            assert strike.count >= strike.wanted
        assert caller.has_kept_what_came()
        assert caller.has_its_slots()
        assert caller.poll()
    assert sys.exc_info() == (None, None, None)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # inside socket.__init__
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_nothing_is_lost_when_signals_strike() -> None:
    def strike(_: int, __: object) -> None:
        raise Interrupt

    before = signal.signal(signal.SIGALRM, strike)
    drawn = random.Random(2031)
    try:
        with customer() as caller:
            struck = 0
            for _ in range(RUNS):
                try:
                    signal.setitimer(signal.ITIMER_REAL, drawn.uniform(0.00001, 0.0015))
                    caller.poll()
                    signal.setitimer(signal.ITIMER_REAL, 0)
                except Interrupt:
                    struck += 1
            signal.setitimer(signal.ITIMER_REAL, 0)
            assert struck > RUNS / 20
            assert caller.has_kept_what_came()
            assert caller.has_its_slots()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
