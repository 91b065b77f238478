"""The part of a response that an exception keeps: all bytes, where nobody sees them by chance.

A response may quote the request. So what the exceptions of a call keep is sealed, is in no `args`,
and leaves the process in its masked form only: in a pickle, secrets and longer parts of them are
`***`, and what is very long is cut.
"""

from collections.abc import Sequence
from typing import NoReturn, TypeAlias

from .sealed import Sealed, Secret, revealed

Shown: TypeAlias = tuple[str, bytes | None, tuple[tuple[str, str], ...]]
"""The text of a response, its bytes, unless they are those of the text, and its headers."""


class Kept:
    r"""The bytes of a response, its text, and its headers; sealed if the call had secrets.

    Where only the text is given, the bytes are the text in UTF-8. Where only the bytes are given,
    the text is the bytes read as UTF-8, and other bytes are escaped, as in `\xff`.
    """

    __slots__ = ("_headers", "_raw", "_received", "_secrets")

    def __init__(
        self,
        raw: str | None,
        received: bytes | None,
        headers: Sequence[tuple[str, str]] = (),
        secrets: Sequence[Secret] = (),
    ) -> None:
        self._secrets = tuple(secrets)
        self._raw: str | Secret | None = raw
        self._received: bytes | Sealed | None = received
        self._headers: tuple[tuple[str | Secret, str | Secret], ...] = tuple(headers)
        if self._secrets:
            if received is not None and raw is not None and _is_utf_8(received, raw):
                raw = None
            self._raw = None if raw is None else Secret(raw)
            self._received = None if received is None else Sealed(received)
            self._headers = tuple((Secret(name), Secret(value)) for name, value in headers)

    @property
    def raw(self) -> str:
        """The text of the response."""
        if self._raw is None:
            return self.received.decode("utf-8", "backslashreplace")
        return revealed(self._raw)

    @property
    def received(self) -> bytes:
        """The bytes of the response."""
        if self._received is None:
            return b"" if self._raw is None else self.raw.encode("utf-8", "surrogatepass")
        return self._received.opened() if isinstance(self._received, Sealed) else self._received

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers of the response, in order."""
        return tuple((revealed(name), revealed(value)) for name, value in self._headers)

    def __copy__(self) -> "Kept":
        return self

    def __deepcopy__(self, memo: object) -> "Kept":
        return self

    def shown(self) -> Shown:
        """Return the text, the bytes and the headers as they may leave the process: masked."""
        if not self._secrets:
            return self.raw, self.received, self.headers
        from .secrets import masked  # needed only for pickles of errors

        secrets = self._secrets
        headers = ((masked(name, secrets), masked(value, secrets)) for name, value in self.headers)
        return masked(self.raw, secrets), None, tuple(headers)

    def __reduce__(self) -> NoReturn:
        raise TypeError("what is kept of a response is pickled as a part of an exception")


def _is_utf_8(received: bytes, raw: str) -> bool:
    try:
        return raw.encode("utf-8") == received
    except UnicodeEncodeError:
        return False
