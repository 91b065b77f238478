# Copied by unstringly 0.1.0. Do not edit.
"""The driver of a flow with tasks of asyncio.

A task can be cancelled at any time. A call that polls or sends cannot be taken back once its
request has left, and its response is worth keeping. So with a journal such a call runs in a task
of its own: a caller that waits for it can be cancelled at once, and the call goes on in the
background, until its deadline, and gives the response to the journal. A call whose request has
not left is cancelled with its caller.

A FileJournal writes in a thread of its own, and large responses are read in another thread: neither
holds up the event loop. A journal that is a function is called on the event loop.
"""

import asyncio
import logging
from collections.abc import Callable
from inspect import isawaitable
from typing import TypeVar, assert_never

from ..errors.exceptions import NotSent
from ..journal.recording import JournalWriter, submit
from ..wire.exchange import AsyncTransport, Request, Response, SendFailed
from .calls import Call
from .driving import advanced, checked, failed, not_let_in
from .failing import without_variables
from .flow import Answer, Arrived, ClientConfig, Keeping, Pause, Sending, flow, keeper_of
from .gate import Gate, Ticket
from .keeping import Entry, Keeper

T = TypeVar("T")
_log = logging.getLogger(__name__)

_LARGE = 32 * 1024
"""Larger bodies, in bytes, are read in a thread: with the worst damage, this size takes 0.3 s."""


class AsyncCaller:
    """The caller of a client's operations. Tasks of one event loop may share one."""

    def __init__(self, config: ClientConfig, transport: AsyncTransport) -> None:
        self._config = config
        self._transport = transport
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gate = Gate(config.max_in_flight)
        self._under_way: dict[asyncio.Task[object], asyncio.Event] = {}
        self._closing: asyncio.Task[None] | None = None

    async def call(self, call: Call[T]) -> T:
        """Make a call and return its typed result."""
        gate = self._gate_here(call)
        ticket = Ticket()
        if not gate.enter(ticket):
            ticket = await self._let_in(call, gate)
        if self._config.journal is None or call.operation.effect == "read":
            try:
                return await self._driven(call, None)
            finally:
                gate.leave(ticket)
        has_left = asyncio.Event()
        task = asyncio.create_task(self._driven(call, has_left.set))
        self._under_way[task] = has_left
        task.add_done_callback(self._under_way.pop)
        task.add_done_callback(lambda _: gate.leave(ticket))
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            if has_left.is_set():
                task.add_done_callback(_tell)
            else:
                task.cancel()
                await asyncio.wait({task})
            raise
        return task.result()

    async def aclose(self) -> None:
        """Wait for calls that have left and whose response the journal is to get, then close.

        The waiting can be cancelled; the calls and the closing go on. Where no event loop of
        asyncio is running there is nothing to close: all calls have failed.
        """
        if _running() is None:
            return
        self._closing = asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        loop = asyncio.get_running_loop()  # tasks of another loop never end here
        under_way = [entry for entry in self._under_way.items() if entry[0].get_loop() is loop]
        departed = {task for task, has_left in under_way if has_left.is_set()}
        if departed:
            await asyncio.wait(departed)
        await self._transport.aclose()

    def _gate_here(self, call: Call[T]) -> Gate:
        """Return the gate of the running event loop: tickets of another loop cannot be woken here.

        Raises NotSent if no loop of asyncio is running.
        """
        loop = _running()
        if loop is None:
            reason = "an AsyncClient works in an event loop of asyncio, and none is running here"
            raise NotSent(call.operation.name, f"{reason} (trio's is another)")
        if self._loop is not loop:
            self._loop, self._gate = loop, Gate(self._config.max_in_flight)
        return self._gate

    async def _let_in(self, call: Call[T], gate: Gate) -> Ticket:
        """Wait in the queue until the call may begin. Raises NotSent."""
        bell = asyncio.Event()
        ticket = Ticket(bell.set)
        if gate.join(ticket):
            return ticket
        try:
            async with asyncio.timeout(self._config.queue_timeout):
                await bell.wait()
        except TimeoutError:
            gate.leave(ticket)
        except BaseException:
            gate.leave(ticket)
            raise
        else:
            return ticket
        raise not_let_in(call, self._config)

    async def _driven(self, call: Call[T], leaving: Callable[[], None] | None) -> T:
        keeper = keeper_of(call, self._config)
        try:
            return await self._steps(call, keeper, leaving)
        except BaseException as error:
            keeper.rescue()
            without_variables(error)
            raise

    async def _steps(self, call: Call[T], keeper: Keeper, leaving: Callable[[], None] | None) -> T:
        steps = flow(call, self._config, keeper, leaving)
        answer: Answer = None
        while True:
            if isinstance(answer, Response | SendFailed) and _is_large(answer):
                step = await asyncio.to_thread(advanced, steps, answer)
            else:
                step = advanced(steps, answer)
            match step:
                case Arrived(read, size) if size > _LARGE:
                    return await asyncio.to_thread(read)
                case Arrived():
                    return step.read()
                case Pause(seconds):
                    await asyncio.sleep(seconds)
                    answer = None
                case Sending(request, deadline):
                    answer = await self._sent(request, deadline)
                case Keeping(journal, entry):
                    answer = await self._kept(journal, entry, keeper)
                case _:
                    assert_never(step)

    async def _kept(
        self, journal: JournalWriter, entry: Entry, keeper: Keeper
    ) -> BaseException | None:
        """Give an entry to the journal, wait for it, and return the journal's error, or None."""
        future = submit(journal, *entry)
        if future.done():
            return future.exception()
        writing, cancelled = asyncio.wrap_future(future), False
        while not writing.done():
            try:
                await asyncio.wait({writing})
            except asyncio.CancelledError:  # it is being written, and nothing stops that
                cancelled = True
        if cancelled:
            keeper.nothing_came()
            raise asyncio.CancelledError
        return writing.exception()

    async def _sent(self, request: Request, deadline: float) -> Response | SendFailed:
        try:
            outcome: object = self._transport.send(request, deadline)
            if isawaitable(outcome):  # a transport for threads has answered already
                outcome = await outcome
            return checked(outcome)
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            return failed(error)


def _running() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _is_large(answer: Response | SendFailed) -> bool:
    """Say whether a body is so large that searching and reading it takes long."""
    body = answer.body if isinstance(answer, Response) else answer.received
    return len(body) > _LARGE


def _tell(task: "asyncio.Task[T]") -> None:
    """Log the error of a call in the background, whose caller was cancelled."""
    if task.cancelled():
        return
    error = task.exception()
    if error is not None:
        _log.error("a cancelled call that had left ended with %s: %s", type(error).__name__, error)
