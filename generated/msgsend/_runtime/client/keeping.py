# Copied by unstringly 0.1.0. Do not edit.
"""The keeping of responses: they reach the journal, even if the call is interrupted on the way.

A signal can stop a call between any two instructions, also between the last byte of a page and the
first line of the journal. So there is one object that knows at every moment which bytes have come
and are not yet written down. The driver of the call asks it to `rescue` these, whatever stopped the
call. A call that is interrupted while the journal writes gives the entry to the journal once more:
it may then stand there twice.
"""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ..journal.recording import Head, JournalWriter, Recorder, keep
from ..wire.codings import coding_of
from ..wire.exchange import Arriving, Response, SendFailed
from ..wire.quoting import quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors.sealed import Secret

Came: TypeAlias = Arriving | Response | SendFailed
"""A response that has come, in whole or in part, or is coming."""

_INTERRUPTED = "the call was interrupted"


class Entry(NamedTuple):
    """The arguments of a journal for one response."""

    operation: str
    raw: bytes
    head: Head


class Keeper:
    """The keeper of bytes that have come for a call and are not in its journal yet.

    `secrets` are those of the call; an entry says whether it quotes one.
    """

    __slots__ = ("_binding", "_came", "_charset", "_journal", "_operation", "secrets")

    def __init__(
        self, journal: JournalWriter | None, operation: str, binding: str, charset: str
    ) -> None:
        self._journal = journal
        self._operation = operation
        self._binding = binding
        self._charset = charset
        self._came: Came | None = None
        self.secrets: Sequence[Secret] = ()

    def arriving(self, came: Came) -> None:
        """Note a response that will arrive, or has arrived; all before it is in the journal."""
        self._came = came

    def nothing_came(self) -> None:
        """Note that all bytes that came are in the journal, or with the caller."""
        self._came = None

    def came_of(self, failed: SendFailed) -> Came:
        """Return the response of a failed exchange, as noted if the failure itself has none."""
        if failed.received or failed.status is not None or self._came is None:
            return failed
        return self._came

    def entry(self, came: Came, problem: str) -> Entry | None:
        """Return the entry for the journal; None if nothing has come.

        `problem` says why the response is not whole, if it is not.
        """
        raw, has_head, is_whole = _body(came)
        behind = _behind(came)
        raw += behind
        if not raw and came.status is None:
            return None
        response = Response(came.status or 0, came.headers, raw)
        head = Head(
            self._binding,
            response.status,
            response.header("Content-Type") or "",
            is_whole,
            coding_of(response),
            self._charset,
            "" if is_whole else problem,
            has_head,
            self._quotes_secret(response, is_whole=is_whole),
            came.headers,
            len(behind),
        )
        return Entry(self._operation, raw, head)

    def rescue(self) -> None:
        """Give the journal all bytes that came and are not in it, and forget them: the call ends.

        The exception of a call holds this object, which must not hold the bytes any more.
        """
        came, journal = self._came, self._journal
        entry = None if came is None or journal is None else self.entry(came, _INTERRUPTED)
        if entry is not None and journal is not None:
            try:
                keep(journal, *entry)
            except Exception as error:  # noqa: BLE001 - a journal of the user may raise any error
                tell(
                    f"the journal did not take the response of {self._operation} "
                    f"({type(error).__name__}), and the call was interrupted"
                )
        self._came = None

    def _quotes_secret(self, response: Response, *, is_whole: bool) -> bool:
        is_quoted = quotes(response, self.secrets, is_whole=is_whole, charset=self._charset)
        if is_quoted and not isinstance(self._journal, Recorder):  # a Recorder logs it itself
            tell(f"a response of {self._operation} quotes a secret, and so does the journal now")
        return is_quoted


def _body(came: Came) -> tuple[bytes, bool, bool]:
    """Return the bytes that have come; True if the head is among them; True if they are all."""
    if isinstance(came, Response):
        return came.body, False, True
    if isinstance(came, SendFailed):
        return came.received, came.has_head, False
    return came.received(), came.has_head, came.is_whole


def _behind(came: Came) -> bytes:
    """Return the bytes behind a whole body."""
    if isinstance(came, Response):
        return came.behind
    return b"" if isinstance(came, SendFailed) or not came.is_whole else came.behind()


def tell(words: str) -> None:
    """Log an error that no caller is left to get."""
    from logging import getLogger  # takes some ms, and is rarely needed

    getLogger(__name__).error("%s", words)
