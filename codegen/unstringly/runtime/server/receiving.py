"""The ASGI application that receives pushes.

A push gets status 200 when it was handled and not before, so that it is posted again if it was not.
It is read, its account is checked, it is written down, and then it is handled. A refused request is
logged and, within a quota, written down, too: one that could not be read may have been a push.
"""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from inspect import isawaitable
from typing import Generic, TypeVar
from urllib.parse import unquote

from ..client.parameters import check_counts, check_seconds
from ..errors.sealed import Secret
from ..journal.recording import JournalWriter
from ..wire.exchange import Response
from ..wire.push import InvalidPush
from .app_parameters import check_journal, check_path, check_push_handler, check_texts
from .asgi import App, application
from .asked import HttpRequest
from .handling import HANDLER_TIMEOUT, THREADS, Handler, Handling, TookTooLong
from .push_journal import REFUSED_BYTES, PushJournal
from .responses import plain
from .threads import Texts

T = TypeVar("T")
_log = logging.getLogger(__name__)


def push_app(
    parse: Callable[[bytes, str | None], T],
    handle: Callable[[T], Awaitable[None] | None],
    *,
    path: str,
    ours: Mapping[str, str],
    is_ours: Callable[[T], bool],
    journal: JournalWriter | None,
    refused_bytes: int = REFUSED_BYTES,
    max_bytes: int,
    timeout: float,
    handler_timeout: float = HANDLER_TIMEOUT,
    threads: int = THREADS,
) -> App:
    """Make the application; `ours` are the texts that `is_ours` looks for in a push.

    `timeout` is the number of seconds for a request to arrive, `handler_timeout` for its handler.
    Raises InvalidParameter for arguments that cannot work.
    """
    check_push_handler(handle)
    check_path(path)
    check_texts(ours)
    check_journal(journal)
    check_counts(refused_bytes=refused_bytes, max_bytes=max_bytes, threads=threads)
    check_seconds(timeout=timeout, handler_timeout=handler_timeout)
    receiving = _Receiving(
        parse,
        is_ours,
        handle,
        path=unquote(path),
        journal=None if journal is None else PushJournal(journal, refused_bytes, handler_timeout),
        handling=Handling(threads, handler_timeout),
    )
    return application(
        receiving.whole, max_bytes=max_bytes, timeout=timeout, unfinished=receiving.unfinished
    )


class _Receiving(Generic[T]):
    """The way of a request through the application: read, checked, written down, handled."""

    def __init__(
        self,
        parse: Callable[[bytes, str | None], T],
        is_ours: Callable[[T], bool],
        handle: Callable[[T], Awaitable[None] | None],
        *,
        path: str,
        journal: PushJournal | None,
        handling: Handling,
    ) -> None:
        self._parse = parse
        self._is_ours = is_ours
        self._handler = Handler[T, None, None](handle, _check_none)
        self._path = Secret(path)
        self._journal = journal
        self._handling = handling
        self._texts = Texts()

    async def whole(self, request: HttpRequest) -> Response:
        """Return the response to a request."""
        if not self._path.matches(request.path):
            return plain(404, "Not found.")
        request = replace(request, path="", query="")  # tracebacks may show variables
        if request.method != "POST":
            return plain(405, "Method not allowed.", ("Allow", "POST"))
        kind = request.headers.get("content-type")
        try:
            push = await self._texts.done(request.size, partial(self._parse, request.body, kind))
        except InvalidPush as error:
            return await self._refused(request, error.status, error.reason)
        except Exception:  # noqa: BLE001 - no error may lose the push
            _log.exception("a push could not be read")
            return await self._refused(request, 500, "the push could not be read")
        if not self._is_ours(push):
            return await self._refused(request, 403, "the push is for another account")
        return await self._handled(request, push)

    async def unfinished(self, request: HttpRequest, why: str) -> None:
        """Log and keep a push that did not come whole."""
        if request.method == "POST" and self._path.matches(request.path):
            request = replace(request, path="", query="")  # tracebacks may show variables
            _log.warning("a push was refused: it %s; %d bytes came", why, len(request.body))
            await self._kept(request, why, is_whole=False)

    async def _refused(self, request: HttpRequest, status: int, reason: str) -> Response:
        size = len(request.body)
        _log.warning("a push of %d bytes was refused: %s (status %d)", size, reason, status)
        if not await self._kept(request, reason, is_whole=True):
            return plain(500, "The push could not be handled.")
        return plain(status, reason)

    async def _kept(self, request: HttpRequest, problem: str, *, is_whole: bool) -> bool:
        """Keep a refused request, if there is a journal; return False if that failed."""
        if self._journal is None:
            return True
        try:
            await self._journal.keep_refused(request, problem, is_whole=is_whole)
        except Exception:  # noqa: BLE001 - a journal of the user may raise any error
            _log.exception("a push that was refused could not be written to the journal")
            return False
        return True

    async def _handled(self, request: HttpRequest, push: T) -> Response:
        """Handle a push of ours; return its response, whose status is not 200 after any error."""
        doing = "written to the journal"
        try:
            if self._journal is not None:
                await self._journal.keep(request)
            doing = "handled"
            await self._handling.result(self._handler, push)
        except TookTooLong as problem:
            _log.error("a push could not be %s: it was %s", doing, problem)
            return plain(503, f"The push could not be {doing} in time.")
        except Exception:  # noqa: BLE001 - a handler of the user may raise any error
            _log.exception("a push could not be %s", doing)
            return plain(500, "The push could not be handled.")
        return plain(200, "OK")


def _check_none(result: object) -> None:
    """Raise TypeError for any result but None: a generator or a future was not even begun."""
    if result is None:
        return
    close = getattr(result, "close", None)
    if isawaitable(result) and callable(close):
        close()  # Python warns of a coroutine that was never awaited
    rule = "a handler returns None, or something to await that gives None, when it has handled"
    raise TypeError(f"{rule} a push; it returned {type(result).__name__}")


def constant_time_equal(first: str, second: str) -> bool:
    """Say whether two texts are equal, in a time that does not depend on how much of them is."""
    return hmac.compare_digest(_encoded(first), _encoded(second))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
