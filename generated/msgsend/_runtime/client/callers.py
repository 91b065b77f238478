# Copied by unstringly 0.1.0. Do not edit.
"""The driver of a flow with threads; `async_callers.py` has the one with tasks."""

import threading
from typing import TypeVar, assert_never

from ..errors.exceptions import NotSent
from ..journal.recording import JournalWriter, keep
from ..wire.exchange import Request, Response, SendFailed, Transport
from .calls import Call
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
            left = _LONGEST_WAIT if until is None else min(until - clock.now(), _LONGEST_WAIT)
            if bell.acquire(timeout=max(left, 0)) or self._gate.look(ticket):
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
        """Drive the flow to its end. The result is read later, outside of the `except` here."""
        steps = flow(call, self._config, keeper)
        answer: Answer = None
        while True:
            try:
                step = steps.send(answer)
            except StopIteration as done:
                arrived: Arrived[T] = done.value
                return arrived
            match step:
                case Sending(request, deadline):
                    answer = self._sent(request, deadline)
                case Pause(seconds):
                    self._config.clock.sleep(seconds)
                    answer = None
                case Keeping(journal, entry):
                    answer = kept(journal, entry)
                case _:
                    assert_never(step)

    def _sent(self, request: Request, deadline: float) -> Response | SendFailed:
        try:
            return checked(self._transport.send(request, deadline))
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            return failed(error)


def not_let_in(call: Call[T], config: ClientConfig) -> NotSent:
    """Return the error of a call that has waited too long behind others."""
    reason = (
        f"{config.max_in_flight} other calls are going on, which is `max_in_flight`, and none "
        f"ended in {config.queue_timeout or 0:g} s, which is `queue_timeout`"
    )
    return NotSent(call.operation.name, reason)


def kept(journal: JournalWriter, entry: Entry) -> Exception | None:
    """Give an entry to a journal; return its error without the variables of its frames, or None."""
    try:
        keep(journal, *entry)
    except Exception as error:  # noqa: BLE001 - the flow raises it as a JournalFailed
        without_variables(error)
        return error
    return None


def checked(answer: object) -> Response | SendFailed:
    """Return the answer of a transport, or a SendFailed for any object that is no Response."""
    if isinstance(answer, Response):
        return answer
    return SendFailed("the transport gave something that is no Response", sent=True)


def failed(error: BaseException) -> SendFailed:
    """Return a transport's error as a SendFailed whose traceback has no frame of the transport."""
    if isinstance(error, SendFailed):
        return SendFailed(
            error.reason,
            sent=error.sent,
            received=error.received,
            status=error.status,
            headers=error.headers,
            has_head=error.has_head,
            interrupt=error.interrupt,
            is_final=error.is_final,
        )
    reason = f"the transport raised {type(error).__name__}"
    if isinstance(error, Exception):
        return SendFailed(reason, sent=True)
    bare = error.with_traceback(None)
    bare.__context__ = None
    return SendFailed(reason, sent=True, interrupt=bare)
