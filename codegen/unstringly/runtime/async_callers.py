"""The driver of a flow with tasks of asyncio.

A task can be cancelled at any time. A call that polls or sends cannot be taken back once its
request has left, and its response is worth keeping. So with a journal such a call runs in a task
of its own: whoever waits for it can be cancelled at once, and the call goes on in the
background, until its deadline, and gives the response to the journal. A call whose request has
not left is cancelled with the one who waits.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar, assert_never

from .callers import checked, failed
from .calls import Call
from .exchange import AsyncTransport, Request, Response, SendFailed
from .flow import Answer, Pause, Sending, Terms, flow

T = TypeVar("T")
_log = logging.getLogger(__name__)


class AsyncCaller:
    """Makes the calls of a client. Tasks of one event loop may share one."""

    def __init__(self, terms: Terms, transport: AsyncTransport) -> None:
        self._terms = terms
        self._transport = transport
        self._under_way: dict[asyncio.Task[object], asyncio.Event] = {}
        self._closing: asyncio.Task[None] | None = None

    async def call(self, call: Call[T]) -> T:
        """The typed result of a call."""
        if self._terms.journal is None or call.operation.effect == "read":
            return await self._drive(call, None)
        left = asyncio.Event()
        task = asyncio.create_task(self._drive(call, left.set))
        self._under_way[task] = left
        task.add_done_callback(self._under_way.pop)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            if left.is_set():
                task.add_done_callback(_tell)
            else:
                task.cancel()
                await asyncio.wait({task})
            raise
        return task.result()

    async def aclose(self) -> None:
        """Wait for calls that have left and whose response the journal is to get, then close.

        Who waits can be cancelled; the calls and the closing go on.
        """
        self._closing = asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        left = {task for task, left in self._under_way.items() if left.is_set()}
        if left:
            await asyncio.wait(left)
        await self._transport.aclose()

    async def _drive(self, call: Call[T], leaving: Callable[[], None] | None) -> T:
        steps = flow(call, self._terms, leaving)
        answer: Answer = None
        while True:
            try:
                step = steps.send(answer)
            except StopIteration as done:
                result: T = done.value
                return result
            match step:
                case Pause(seconds):
                    await asyncio.sleep(seconds)
                    answer = None
                case Sending(request, deadline):
                    answer = await self._sent(request, deadline)
                case _:
                    assert_never(step)

    async def _sent(self, request: Request, deadline: float) -> Response | SendFailed:
        try:
            return checked(await self._transport.send(request, deadline))
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            return failed(error)


def _tell(task: "asyncio.Task[T]") -> None:
    """Log what nobody is left to be told: a call in the background that came to nothing."""
    if task.cancelled():
        return
    error = task.exception()
    if error is not None:
        _log.error("a cancelled call that had left ended with %s: %s", type(error).__name__, error)


def default_transport() -> AsyncTransport:
    """A transport over httpx2, which is imported now. Raises ImportError if it is not there."""
    try:
        from .httpx_transport import HttpxAsyncTransport
    except ModuleNotFoundError as error:
        if error.name != "httpx2":
            raise
        told = "an AsyncClient needs httpx2 (the extra `async`), or a transport of your own"
        raise ImportError(told) from error
    return HttpxAsyncTransport()
