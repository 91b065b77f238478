"""The values that a journal is given: a response's body, and with `Recorder` also its head."""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from concurrent.futures import Future

JournalWriter: TypeAlias = Callable[[str, bytes], None]
"""Called with the operation's name and the body of a response; returns when the body is kept."""

PUSH: Final = "Push"
"""The name of pushes in journals, in place of an operation's name."""


class Head(NamedTuple):
    """The circumstances in which a body came. A field that is not known is empty, or 0.

    `binding` is the member of Binding that was used, `status` the HTTP status, `content_type` and
    `coding` are the headers Content-Type and Content-Encoding, `charset` is the one that the
    client was told to read bodies in. If it `is_whole`, all of the body is there; if not, `problem`
    says why, in words. If it `has_head`, the body begins with the head of the response, as it came
    on the wire. If it `quotes_secret`, the body holds a secret of its call. `headers` are all
    headers of the response. The last `behind` bytes came after the body, although its head said
    that it was over.
    """

    binding: str = ""
    status: int = 0
    content_type: str = ""
    is_whole: bool = True
    coding: str = ""
    charset: str = ""
    problem: str = ""
    has_head: bool = False
    quotes_secret: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    behind: int = 0


class Recorder:
    """A journal that keeps the head too, so that a body can be read again as the call read it."""

    def __call__(self, operation: str, raw: bytes) -> None:
        """Keep a body of which nothing else is known."""
        self.record(operation, raw, Head())

    def record(self, operation: str, raw: bytes, head: Head) -> None:
        """Keep a body, and return when it is kept."""
        raise NotImplementedError

    def submit(self, operation: str, raw: bytes, head: Head) -> "Future[None]":
        """Begin to keep a body; return a future that ends when the body is kept, or with the error.

        For an event loop. A journal that blocks returns at once, and keeps bodies in the order in
        which they were submitted. Cancelling the future has no effect.
        """
        return _ended(lambda: self.record(operation, raw, head))


def can_keep(journal: object) -> bool:
    """Say whether calling it keeps a body: a class makes a journal, a coroutine is not awaited."""
    if not callable(journal) or isinstance(journal, type) or iscoroutinefunction(journal):
        return False
    return not iscoroutinefunction(getattr(journal, "__call__", None))  # noqa: B004 - its method


def keep(journal: JournalWriter, operation: str, raw: bytes, head: Head) -> None:
    """Give a body to a journal. Raises any error of the journal."""
    if isinstance(journal, Recorder):
        journal.record(operation, raw, head)
    else:
        journal(operation, raw)


def submit(journal: JournalWriter, operation: str, raw: bytes, head: Head) -> "Future[None]":
    """Give a body to a journal, from an event loop. An error of the journal is in the future."""
    if isinstance(journal, Recorder):
        return journal.submit(operation, raw, head)
    return _ended(lambda: journal(operation, raw))


def _ended(keeping: Callable[[], None]) -> "Future[None]":
    from concurrent.futures import Future  # takes some ms; a client for threads never needs it

    future: Future[None] = Future()
    future.set_running_or_notify_cancel()
    try:
        keeping()
    except Exception as error:  # noqa: BLE001 - the future raises it
        future.set_exception(error.with_traceback(None))
    else:
        future.set_result(None)
    return future
