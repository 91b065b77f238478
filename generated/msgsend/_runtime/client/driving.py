# Copied by unstringly 0.1.0. Do not edit.
"""The parts of driving a flow that threads and tasks have in common: errors, answers, the end."""

from collections.abc import Generator
from typing import TypeVar

from ..errors.exceptions import NotSent
from ..wire.exchange import Response, SendFailed
from .calls import Call
from .failing import bare
from .flow import Answer, Arrived, ClientConfig, Step

T = TypeVar("T")


def advanced(steps: Generator[Step, Answer, Arrived[T]], answer: Answer) -> Step | Arrived[T]:
    """Return the next step of a flow, or the response that has arrived."""
    try:
        return steps.send(answer)
    except StopIteration as end:
        arrived: Arrived[T] = end.value
        return arrived


def not_let_in(call: Call[T], config: ClientConfig) -> NotSent:
    """Return the error of a call that has waited too long behind others."""
    reason = (
        f"{config.max_in_flight} other calls are going on, which is `max_in_flight`, and none "
        f"ended in {config.queue_timeout or 0:g} s, which is `queue_timeout`"
    )
    return NotSent(call.operation.name, reason)


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
    return SendFailed(reason, sent=True, interrupt=bare(error))
