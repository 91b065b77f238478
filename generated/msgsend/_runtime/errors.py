"""The exceptions of a generated package; its `errors` module draws the tree."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Self, TypeVar

from .kept import Kept
from .sealed import Secret

KeepingT = TypeVar("KeepingT", bound="Keeping")


class ServiceError(Exception):
    """The base of everything that this package raises on purpose."""


class Unwritable(ServiceError, ValueError):
    """A value that could not be read back, and is therefore not written.

    `field` names the place in the value (`[2].content`; `value` for the whole of it), `part` is
    the offending part, and `why` says what is wrong.
    """

    def __init__(self, field: str, part: str, why: str) -> None:
        super().__init__(field, part, why)
        self.field = field or "value"
        self.part = part
        self.why = why

    def __str__(self) -> str:
        return f"{self.field}: {self.part!r} {self.why}"

    def inside(self, place: str) -> "Unwritable":
        """The same problem, seen from a value that contains this one at `place`."""
        within = str(self.args[0])
        joint = "" if not within or within.startswith("[") else "."
        return Unwritable(f"{place}{joint}{within}", self.part, self.why)


class Keeping(ServiceError):
    """What keeps a response, whole. A copy has all of it, a pickle has secrets masked in it."""

    _kept: Kept

    @property
    def received(self) -> bytes:
        """What came, byte for byte, as far as it came; in UTF-8 where only a text was parsed."""
        return self._kept.received

    def __copy__(self) -> Self:
        return _again(type(self), vars(self), self.args)

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return _again(type(self), deepcopy(vars(self), memo), self.args)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), vars(self), self.args)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def _again(
    kind: type[KeepingT], attributes: dict[str, object], args: tuple[object, ...]
) -> KeepingT:
    """An exception as it was, save for where it was raised."""
    made = kind.__new__(kind, *args)
    vars(made).update(attributes)
    return made


class MalformedResponse(Keeping):
    """A response that is none of the things that its grammar, or the WSDL, allows.

    `raw` is its text, `received` its bytes, `reason` says what is wrong. Neither message nor repr
    shows the text, but for the `excerpt`, if there is one.
    """

    def __init__(
        self,
        raw: str,
        reason: str,
        excerpt: str = "",
        *,
        received: bytes | None = None,
        secrets: Sequence[Secret] = (),
    ) -> None:
        super().__init__(reason, excerpt)
        self._kept = Kept(raw, received, (), secrets)
        self.reason = reason
        self.excerpt = excerpt

    @property
    def raw(self) -> str:
        """The whole text; bytes that are of no charset are `\\xff`."""
        return self._kept.raw

    def __str__(self) -> str:
        shown = f": {self.excerpt}" if self.excerpt else ""
        return f"the response {self.reason}{shown}"


class ServiceFault(Keeping):
    """The service, or something before it, answered with an error instead of a result.

    `status` is the HTTP status, `code` and `message` are those of a SOAP fault (the code is empty
    for any other error), `excerpt` is the beginning of the response. `raw` is its whole text,
    `received` its bytes, `headers` are its headers in order: neither message nor repr shows these.
    `address` is what was asked, without user and query, where that is known: an error page may be
    that of another address.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        excerpt: str,
        raw: str = "",
        *,
        received: bytes | None = None,
        headers: Sequence[tuple[str, str]] = (),
        secrets: Sequence[Secret] = (),
    ) -> None:
        super().__init__(status, code, message, excerpt)
        self._kept = Kept(raw, received, headers, secrets)
        self.status = status
        self.code = code
        self.message = message
        self.excerpt = excerpt
        self.address = ""

    @property
    def raw(self) -> str:
        """The whole text; bytes that are of no charset are `\\xff`."""
        return self._kept.raw

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers of the response, in order."""
        return self._kept.headers

    def header(self, name: str) -> str | None:
        """The value of the first header of that name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def __str__(self) -> str:
        if self.code:
            return f"{self.code}: {self.message}"
        check = "; check `base_url`" if self.status < 400 or self.status in _ELSEWHERE else ""
        asked = f" (asked {self.address}{check})" if self.address else ""
        return f"{self.message}{asked}{': ' if self.excerpt else ''}{self.excerpt}"


_ELSEWHERE = (403, 404, 405, 410, 501)
"""The HTTP statuses of whoever is not the service that was meant."""
