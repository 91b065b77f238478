# Copied by unstringly 0.1.0. Do not edit.
"""The journal of pushes: all that comes to their address, written down before it is handled.

A push of the own account is always written down. Any other request there may come from a stranger:
it is written down as well, since it may be a push that could not be read, but only up to a number
of bytes a day.
"""

import asyncio
from functools import partial
from typing import Final

from ..journal.recording import PUSH, Head, JournalWriter, Recorder
from .asked import HttpRequest
from .handling import TookTooLong, within
from .quota import Quota
from .threads import Threads

REFUSED_BYTES: Final = 64 * 1024 * 1024
"""The most bytes a day that are kept of refused requests, unless said otherwise."""

_OF_A_LINE: Final = 256
"""The most bytes of an entry without its body and its headers."""


class PushJournal:
    """A journal that is written off the event loop, one body after the other."""

    def __init__(self, journal: JournalWriter, refused_bytes: int, timeout: float) -> None:
        self._journal = journal
        self._timeout = timeout
        self._threads = Threads(1)
        self._quota = Quota(refused_bytes, "pushes that were refused are not written down")

    async def keep(self, request: HttpRequest) -> None:
        """Write down a push. Raises any error of the journal, and TookTooLong."""
        await self._write(request, _head(request))

    async def keep_refused(self, request: HttpRequest, problem: str, *, is_whole: bool) -> None:
        """Write down a request that is no push of ours, within the quota. Raises as `keep`."""
        head = _head(request)._replace(problem=problem, is_whole=is_whole)
        size = len(request.body) + len(head.content_type) + len(head.coding) + _OF_A_LINE
        if self._quota.takes(size):
            await self._write(request, head)

    async def _write(self, request: HttpRequest, head: Head) -> None:
        task = await within(self._writing(request.body, head), self._timeout)
        if task is None:
            raise TookTooLong(f"not in the journal after {self._timeout:g} seconds")
        task.result()

    async def _writing(self, body: bytes, head: Head) -> None:
        if isinstance(self._journal, Recorder):
            await asyncio.wrap_future(self._journal.submit(PUSH, body, head))
        else:
            await self._threads.run(partial(self._journal, PUSH, body))


def _head(request: HttpRequest) -> Head:
    headers = request.headers
    kind, coding = headers.get("content-type", ""), headers.get("content-encoding", "")
    return Head(content_type=kind, coding=coding)
