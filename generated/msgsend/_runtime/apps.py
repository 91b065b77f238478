"""ASGI applications over what is pure: a service that is served, and pushes that are received."""

import hmac
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from .asgi import App, application
from .exchange import Response
from .failures import InvalidParameter
from .push import PUSH, InvalidPush
from .recording import Head, JournalWriter, can_keep, keep
from .serving import Asked, Received, Served, answer, failed, plain

T = TypeVar("T")
_log = logging.getLogger(__name__)


async def settled(value: T | Awaitable[T]) -> T:
    """The value, or what is awaited for it."""
    if inspect.isawaitable(value):
        return await value
    return value


def service_app(
    served: Served,
    answered: Callable[[Asked], Awaitable[str]],
    *,
    most_bytes: int,
    seconds: float,
) -> App:
    """The application of a service. What `answered` raises becomes a fault, and is logged."""

    async def handle(received: Received, base_url: str) -> Response:
        asked = served.asked(received, base_url)
        if isinstance(asked, Response):
            return asked
        try:
            result = await answered(asked)
        # The caller must get a fault, as from any service, and nothing of what went wrong here,
        # which may quote other customers; the log has it.
        except Exception:  # noqa: BLE001 - a handler is somebody's own and may raise anything
            _log.exception("%s could not be answered", asked.operation.name)
            return failed(asked, "The service could not answer.")
        return answer(asked, result)

    return application(handle, most_bytes=most_bytes, seconds=seconds)


def push_app(
    parse: Callable[[bytes, str | None], T],
    handle: Callable[[T], Awaitable[None] | None],
    *,
    path: str,
    is_ours: Callable[[T], bool],
    journal: JournalWriter | None,
    most_bytes: int,
    seconds: float,
) -> App:
    """The application that receives pushes. Status 200 is sent when `handle` has returned.

    Raises InvalidParameter for a journal that keeps nothing.
    """
    if journal is not None and not can_keep(journal):
        raise InvalidParameter("journal", "give a function of a name and a body")

    async def receive(received: Received, _: str) -> Response:
        if not same(received.path, path):
            return plain(404, "Not found.")
        if received.method != "POST":
            return plain(405, "Method not allowed.", ("Allow", "POST"))
        if journal is not None:
            head = Head(content_type=received.headers.get("content-type", ""))
            keep(journal, PUSH, received.body, head)
        try:
            push = parse(received.body, received.headers.get("content-type"))
        except InvalidPush as error:
            _log.warning("a push of %d bytes was refused: %s", len(received.body), error)
            return plain(error.status, error.reason)
        if not is_ours(push):
            return plain(403, "Unknown account.")
        try:
            await settled(handle(push))
        # Whatever it is, the push was not handled and must not get 200, or it would never be posted
        # again; the log has it.
        except Exception:  # noqa: BLE001 - a handler is somebody's own and may raise anything
            _log.exception("a push could not be handled")
            return plain(500, "The push could not be handled.")
        return plain(200, "OK")

    return application(receive, most_bytes=most_bytes, seconds=seconds)


def same(one: str, other: str) -> bool:
    """Whether two texts are equal; the time that it takes does not tell how much of them."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
