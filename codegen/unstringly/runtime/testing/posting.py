"""What a service posts to its customers: to an application in this process, or over http."""

from collections.abc import Callable
from time import monotonic
from typing import Final, TypeAlias, TypeVar

from ..server.asgi import App
from ..transports.http_transport import HttpTransport
from ..wire.exchange import Request, Transport
from .emulation import Mailbox
from .in_process import InProcessTransport

T = TypeVar("T")

Receiver: TypeAlias = str | Callable[[bytes, str], int]
"""Who takes pushes: an address, or a function of a body and its type that gives the status."""

_FORM: Final = "application/x-www-form-urlencoded; charset=utf-8"
_SECONDS: Final = 10.0
_TAKEN: Final = 200


def push(
    mailbox: Mailbox[T], body: Callable[[tuple[T, ...]], bytes], to: Receiver, page: int = 0
) -> int:
    """The status that is answered to the next `page` (0: all) of the records; unless it is 200
    they stay in the mailbox, and what is raised leaves them there too.

    Raises what `to` and `body` raise, and for an address SendFailed.
    """
    status = 0

    def received(records: tuple[T, ...]) -> bool:
        nonlocal status
        written = body(records)
        status = post_to(to, written, _FORM) if isinstance(to, str) else to(written, _FORM)
        return status == _TAKEN

    mailbox.hand_over(received, page)
    return status


def post(app: App, path: str, body: bytes, content_type: str) -> int:
    """The status with which an application answers a POST.

    Raises SendFailed if there is no whole response in ten seconds.
    """
    return _posted(InProcessTransport(app), f"http://127.0.0.1{path}", body, content_type)


def post_to(url: str, body: bytes, content_type: str) -> int:
    """The status with which a server answers a POST; redirects are not followed.

    Raises SendFailed if there is no whole response in ten seconds.
    """
    return _posted(HttpTransport(), url, body, content_type)


def _posted(transport: Transport, url: str, body: bytes, content_type: str) -> int:
    request = Request("POST", url, (("Content-Type", content_type),), body)
    try:
        return transport.send(request, monotonic() + _SECONDS).status
    finally:
        transport.close()
