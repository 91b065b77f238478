"""The driver of a flow with threads; `async_callers.py` has the one with tasks."""

from time import sleep
from typing import TypeVar, assert_never

from .calls import Call
from .exchange import Request, Response, SendFailed, Transport
from .flow import Answer, Pause, Sending, Terms, flow

T = TypeVar("T")


class Caller:
    """Makes the calls of a client. Threads may share one."""

    def __init__(self, terms: Terms, transport: Transport) -> None:
        self._terms = terms
        self._transport = transport

    def call(self, call: Call[T]) -> T:
        """The typed result of a call."""
        steps = flow(call, self._terms)
        answer: Answer = None
        while True:
            try:
                step = steps.send(answer)
            except StopIteration as done:
                result: T = done.value
                return result
            match step:
                case Pause(seconds):
                    sleep(seconds)
                    answer = None
                case Sending(request, deadline):
                    answer = self._sent(request, deadline)
                case _:
                    assert_never(step)

    def close(self) -> None:
        """Close the transport."""
        self._transport.close()

    def _sent(self, request: Request, deadline: float) -> Response | SendFailed:
        try:
            return checked(self._transport.send(request, deadline))
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            return failed(error)


def checked(answer: object) -> Response | SendFailed:
    """What a transport gave, which may be somebody's own and give something else."""
    if isinstance(answer, Response):
        return answer
    return SendFailed("the transport gave something that is no Response", sent=True)


def failed(error: BaseException) -> SendFailed:
    """What a transport raised, as a SendFailed whose traceback holds no frame of the transport."""
    if isinstance(error, SendFailed):
        return SendFailed(
            error.reason,
            sent=error.sent,
            received=error.received,
            status=error.status,
            interrupt=error.interrupt,
            is_final=error.is_final,
        )
    reason = f"the transport raised {type(error).__name__}"
    if isinstance(error, Exception):
        return SendFailed(reason, sent=True)
    bare = error.with_traceback(None)
    bare.__context__ = None
    return SendFailed(reason, sent=True, interrupt=bare)
