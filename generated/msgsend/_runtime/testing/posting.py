# Copied by unstringly 0.1.0. Do not edit.
"""Posting of pushes to customers: to an application in this process, or over http."""

from collections.abc import Callable
from time import monotonic
from typing import Final, TypeAlias, TypeVar

from ..server.asgi import App
from ..transports.http_transport import HttpTransport
from ..wire.exchange import Request, Transport
from ..wire.media_types import FORM
from .emulation import Mailbox
from .in_process import InProcessTransport

T = TypeVar("T")

Receiver: TypeAlias = str | Callable[[bytes, str], int]
"""The receiver of pushes: an address, or a function from a body and its type to a status."""

_FORM: Final = f"{FORM}; charset=utf-8"
_SECONDS: Final = 10.0
_TAKEN: Final = 200


def push(
    mailbox: Mailbox[T], body: Callable[[tuple[T, ...]], bytes], to: Receiver, page: int = 0
) -> int:
    """Push the next `page` (0: all) of the records, and return the status of the response.

    Unless it is 200, the records stay in the mailbox; they also stay after an error. Raises any
    error of `to` and `body`, and for an address SendFailed.
    """
    status = 0

    def received(records: tuple[T, ...]) -> bool:
        nonlocal status
        data = body(records)
        status = post_to(to, data, _FORM) if isinstance(to, str) else to(data, _FORM)
        return status == _TAKEN

    mailbox.hand_over(received, page)
    return status


def post(app: App, path: str, body: bytes, content_type: str) -> int:
    """Post to an application, and return the status of its response.

    Raises SendFailed if there is no whole response in ten seconds.
    """
    return _posted(InProcessTransport(app), f"http://127.0.0.1{path}", body, content_type)


def post_to(url: str, body: bytes, content_type: str) -> int:
    """Post to a server, and return the status of its response; redirects are not followed.

    Raises SendFailed if there is no whole response in ten seconds.
    """
    return _posted(HttpTransport(), url, body, content_type)


def _posted(transport: Transport, url: str, body: bytes, content_type: str) -> int:
    request = Request("POST", url, (("Content-Type", content_type),), body)
    try:
        return transport.send(request, monotonic() + _SECONDS).status
    finally:
        transport.close()
