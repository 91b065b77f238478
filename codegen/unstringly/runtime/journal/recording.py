"""What a journal is given: the body that came, and with `Recorder` also how it came."""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from concurrent.futures import Future

JournalWriter: TypeAlias = Callable[[str, bytes], None]
"""Takes the operation's name and the body of a response, and keeps it before it returns."""


class Head(NamedTuple):
    """How a body came. What is not known is empty, or 0.

    `binding` is the member of Binding that was used, `status` the HTTP status, `content_type` and
    `coding` are the headers Content-Type and Content-Encoding, `charset` is what the client was
    told to read bodies in. If it `is_whole`, all of the body is there; if not, `problem` says why,
    in words. If it `has_head`, the body begins with the head of the response, as it came on the
    wire. If it `quotes_secret`, the body holds a secret of its call. `headers` are all headers of
    the response. The last `behind` bytes came behind the body, although its head said that it was
    over.
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
    """A journal that writes down how a body came: so it can be read as it was by the call."""

    def __call__(self, operation: str, raw: bytes) -> None:
        """Keep a body of which nothing else is known."""
        self.record(operation, raw, Head())

    def record(self, operation: str, raw: bytes, head: Head) -> None:
        """Keep a body before it returns."""
        raise NotImplementedError

    def submit(self, operation: str, raw: bytes, head: Head) -> "Future[None]":
        """Begin to keep a body: what is returned is done when it is kept, or fails.

        For an event loop. A journal that blocks returns at once, and keeps bodies in the order in
        which they were submitted. Cancelling what is returned has no effect.
        """
        return _ended(lambda: self.record(operation, raw, head))


def can_keep(journal: object) -> bool:
    """Whether calling it keeps something: a class makes a journal, a coroutine is not awaited."""
    if not callable(journal) or isinstance(journal, type) or iscoroutinefunction(journal):
        return False
    return not iscoroutinefunction(getattr(journal, "__call__", None))  # noqa: B004 - its own


def keep(journal: JournalWriter, operation: str, raw: bytes, head: Head) -> None:
    """Give a body to a journal. Raises what the journal raises."""
    if isinstance(journal, Recorder):
        journal.record(operation, raw, head)
    else:
        journal(operation, raw)


def submit(journal: JournalWriter, operation: str, raw: bytes, head: Head) -> "Future[None]":
    """Give a body to a journal, from an event loop. What the journal raises is in the future."""
    if isinstance(journal, Recorder):
        return journal.submit(operation, raw, head)
    return _ended(lambda: journal(operation, raw))


def _ended(keeping: Callable[[], None]) -> "Future[None]":
    from concurrent.futures import Future  # it takes some ms, which a client for threads saves

    future: Future[None] = Future()
    future.set_running_or_notify_cancel()
    try:
        keeping()
    except Exception as error:  # noqa: BLE001 - whoever waits for the future raises it
        future.set_exception(error.with_traceback(None))
    else:
        future.set_result(None)
    return future
