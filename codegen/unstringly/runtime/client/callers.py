"""The driver of a flow with threads; `async_callers.py` has the one with tasks."""

import threading
from typing import TypeVar, assert_never

from ..journal.recording import JournalWriter, keep
from ..wire.exchange import Request, Response, SendFailed, Transport
from .calls import Call
from .driving import advanced, checked, failed, not_let_in
from .failing import without_variables
from .flow import Answer, Arrived, ClientConfig, Keeping, Pause, Sending, flow, keeper_of
from .gate import Gate, Ticket
from .keeping import Entry, Keeper
from .pace import let_go_of_turns

T = TypeVar("T")

_LONGEST_WAIT = 0.2
"""Seconds after which a waiting thread looks again for room: a stopped call may not have rung."""


class Caller:
    """The caller of a client's operations. Threads may share one."""

    def __init__(self, config: ClientConfig, transport: Transport) -> None:
        self._config = config
        self._transport = transport
        self._gate = Gate(config.max_in_flight)

    def call(self, call: Call[T]) -> T:
        """Make a call and return its typed result."""
        try:
            ticket = Ticket()
            if not self._gate.enter(ticket):
                ticket = self._let_in(call)
            try:
                return self._driven(call)
            finally:
                self._gate.leave(ticket)
        except BaseException:
            self._gate.let_go()
            let_go_of_turns()
            raise

    def close(self) -> None:
        """Close the transport."""
        self._transport.close()

    def _let_in(self, call: Call[T]) -> Ticket:
        """Wait in the queue until the call may begin. Raises NotSent."""
        bell = threading.Lock()
        ticket = Ticket(bell.release)
        bell.acquire()
        if self._gate.join(ticket):
            return ticket
        seconds, clock = self._config.queue_timeout, self._config.clock
        until = None if seconds is None else clock.now() + seconds
        while True:
            seconds_left = (
                _LONGEST_WAIT if until is None else min(until - clock.now(), _LONGEST_WAIT)
            )
            if bell.acquire(timeout=max(seconds_left, 0)) or self._gate.look(ticket):
                return ticket
            if until is not None and clock.now() >= until:
                self._gate.leave(ticket)
                raise not_let_in(call, self._config)

    def _driven(self, call: Call[T]) -> T:
        keeper = keeper_of(call, self._config)
        try:
            return self._arrived(call, keeper).read()
        except BaseException as error:
            keeper.rescue()
            without_variables(error)
            raise

    def _arrived(self, call: Call[T], keeper: Keeper) -> Arrived[T]:
        """Drive the flow to its end. The result is read later: it may raise what a call raises."""
        steps = flow(call, self._config, keeper)
        answer: Answer = None
        while True:
            step = advanced(steps, answer)
            match step:
                case Sending(request, deadline):
                    answer = self._sent(request, deadline)
                case Arrived():
                    return step
                case Keeping(journal, entry):
                    answer = kept(journal, entry)
                case Pause(seconds):
                    self._config.clock.sleep(seconds)
                    answer = None
                case _:
                    assert_never(step)

    def _sent(self, request: Request, deadline: float) -> Response | SendFailed:
        try:
            return checked(self._transport.send(request, deadline))
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            return failed(error)


def kept(journal: JournalWriter, entry: Entry) -> Exception | None:
    """Give an entry to a journal; return its error without the variables of its frames, or None."""
    try:
        keep(journal, *entry)
    except Exception as error:  # noqa: BLE001 - the flow raises it as a JournalFailed
        without_variables(error)
        return error
    return None
