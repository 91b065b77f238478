"""The driver of a flow with tasks of asyncio.

A task can be cancelled at any time. A call that polls or sends cannot be taken back once its
request has left, and its response is worth keeping. So with a journal such a call runs in a task
of its own: whoever waits for it can be cancelled at once, and the call goes on in the
background, until its deadline, and gives the response to the journal. A call whose request has
not left is cancelled with the one who waits.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar, assert_never

from .callers import failed
from .calls import Call
from .exchange import AsyncTransport, Request, Response, SendFailed
from .flow import Answer, Pause, Sending, Terms, flow

T = TypeVar("T")


class AsyncCaller:
    """Makes the calls of a client. Tasks of one event loop may share one."""

    def __init__(self, terms: Terms, transport: AsyncTransport) -> None:
        self._terms = terms
        self._transport = transport
        self._left_alone: set[asyncio.Task[object]] = set()

    async def call(self, call: Call[T]) -> T:
        """The typed result of a call."""
        if self._terms.journal is None or call.operation.effect == "read":
            return await self._drive(call, None)
        left = asyncio.Event()
        task = asyncio.create_task(self._drive(call, left.set))
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            if left.is_set():
                self._leave_alone(task)
            else:
                task.cancel()
                await asyncio.wait({task})
            raise
        return task.result()

    async def aclose(self) -> None:
        """Wait for what goes on in the background, then close the transport."""
        if self._left_alone:
            await asyncio.wait(set(self._left_alone))
        await self._transport.aclose()

    def _leave_alone(self, task: "asyncio.Task[T]") -> None:
        def ended(task: "asyncio.Task[object]") -> None:
            self._left_alone.discard(task)
            if not task.cancelled():
                task.exception()  # nobody waits for it, and asyncio would say so

        self._left_alone.add(task)
        task.add_done_callback(ended)

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
            return await self._transport.send(request, deadline)
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            return failed(error)


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
