# Copied by unstringly 0.1.0. Do not edit.
"""The exceptions of a generated package; its `errors` module draws the tree."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Generic, Self, TypeVar

from .kept import Kept
from .sealed import Secret

DetailT = TypeVar("DetailT")
DeclaredT = TypeVar("DeclaredT", bound="DeclaredFault[Any]")  # Any: its detail is what came
KeepingT = TypeVar("KeepingT", bound="Keeping")


class ServiceError(Exception):
    """The base of everything that this package raises on purpose."""


class Unwritable(ServiceError, ValueError):
    """A value was refused before writing: its text could not be read back as the same value.

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
        """Return the same problem, seen from a value that contains this one at `place`."""
        within = str(self.args[0])
        joint = "" if not within or within.startswith("[") else "."
        return Unwritable(f"{place}{joint}{within}", self.part, self.why)


class InvalidParameter(ServiceError, ValueError):
    """A parameter is not allowed by the service's document. Nothing was sent.

    `parameter` is its name in the call, `rule` what the document says. The value is not kept.
    """

    def __init__(self, parameter: str, rule: str) -> None:
        super().__init__(parameter, rule)
        self.parameter = parameter
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.parameter}: {self.rule}"


class Keeping(ServiceError):
    """The base of exceptions that keep a response whole. Copies keep it, pickles mask secrets."""

    _kept: Kept

    @property
    def received(self) -> bytes:
        """The bytes that came, as far as they came; UTF-8 where only a text was parsed."""
        return self._kept.received

    def __copy__(self) -> Self:
        return _again(type(self), vars(self), self.args)

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return _again(type(self), deepcopy(vars(self), memo), self.args)

    def __reduce__(self) -> tuple[object, ...]:
        """Name nothing but this class, so that other versions of the package read the pickle."""
        state = vars(self) | {"_kept": self._kept.shown()}
        return BaseException.__new__, (type(self), *self.args), state

    def __setstate__(self, state: dict[str, Any] | None, /) -> None:
        """Take the attributes of a pickle."""
        attributes = dict(state or {})
        raw, received, headers = attributes.pop("_kept")
        vars(self).update(attributes, _kept=Kept(raw, received, headers))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class MalformedResponse(Keeping):
    """A response is none of the things that its grammar, or the WSDL, allows.

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
        r"""The whole text; bytes that are of no charset are escaped, as in `\xff`."""
        return self._kept.raw

    def __str__(self) -> str:
        excerpt = f": {self.excerpt}" if self.excerpt else ""
        return f"the response {self.reason}{excerpt}"


class ServiceFault(Keeping):
    """The service, or something before it, answered with an error instead of a result.

    `status` is the HTTP status, `code` and `message` are those of a SOAP fault (the code is empty
    for any other error), `excerpt` is the beginning of the response. `raw` is its whole text,
    `received` its bytes, `headers` are its headers in order: neither message nor repr shows these.
    `address` is the address that was asked, without user and query, or empty where it is not
    known: an error page may come from an address that is not the service's.
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
        r"""The whole text; bytes that are of no charset are escaped, as in `\xff`."""
        return self._kept.raw

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers of the response, in order."""
        return self._kept.headers

    def header(self, name: str) -> str | None:
        """Return the value of the first header of that name, in any case; None if there is none."""
        lowered = name.lower()
        return next((value for key, value in self.headers if key.lower() == lowered), None)

    is_declared = False

    def with_detail(self, kind: type[DeclaredT], detail: object) -> DeclaredT:
        """Return this fault as a declared one."""
        error = _again(kind, dict(vars(self)), self.args)
        vars(error)["detail"] = detail
        return error

    def __str__(self) -> str:
        if self.code:
            return f"{self.code}: {self.message}"
        check = "; check `base_url`" if self.status < 400 or self.status in _ELSEWHERE else ""
        address = f" (asked {self.address}{check})" if self.address else ""
        return f"{self.message}{address}{': ' if self.excerpt else ''}{self.excerpt}"


class DeclaredFault(ServiceFault, Generic[DetailT]):
    """A fault that the WSDL declares for the operation. `detail` is the element that came with it.

    A server's handlers raise what `of` returns.
    """

    detail: DetailT
    is_declared = True

    @classmethod
    def of(cls, detail: DetailT, message: str = "") -> Self:
        """Return the fault with a detail, and words for people."""
        fault = cls(500, "Server", message or cls.__name__, "")
        fault.detail = detail
        return fault


_ELSEWHERE = (403, 404, 405, 410, 501)
"""The HTTP statuses of a server that is not the service that was meant."""


class NotSent(ServiceError):
    """The request was not sent, which is proved: the call can be made again without harm.

    `operation` is its name in the WSDL, `reason` says what kept the request from leaving.
    """

    def __init__(self, operation: str, reason: str) -> None:
        super().__init__(operation, reason)
        self.operation = operation
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.operation} was not sent: {self.reason}"


class TooSoon(NotSent):
    """The call was not sent: the pause that the service wants between two such calls is not over.

    The pause counts for one account. `seconds` is the time still to wait, as far as it is known.
    """

    def __init__(self, operation: str, reason: str, seconds: float) -> None:
        super().__init__(operation, reason)
        self.args = (operation, reason, seconds)
        self.seconds = seconds


class OutcomeUnknown(Keeping):
    """The request left, and no whole response came: the service may have done what was asked.

    A message may have been sent, records may have been handed out. `operation` is the name in
    the WSDL, `reason` says what happened, `received` is the response as far as it came, `raw` the
    same as a text.
    """

    def __init__(
        self,
        operation: str,
        reason: str,
        received: bytes = b"",
        *,
        secrets: Sequence[Secret] = (),
    ) -> None:
        ServiceError.__init__(self, operation, reason)
        self._kept = Kept(None, received, (), secrets)
        self.operation = operation
        self.reason = reason

    @property
    def raw(self) -> str:
        r"""The bytes received, read as UTF-8; others are escaped, as in `\xff`."""
        return self._kept.raw

    def __str__(self) -> str:
        return f"the outcome of {self.operation} is unknown: {self.reason}"


class IncompleteResponse(OutcomeUnknown, MalformedResponse):
    """A response began, and did not end, or grew larger than its limits.

    `received` is the body as far as it came, `raw` the same as a text; neither shows in message
    or repr, but for the `excerpt`.
    """

    def __init__(
        self,
        operation: str,
        reason: str,
        received: bytes = b"",
        excerpt: str = "",
        *,
        secrets: Sequence[Secret] = (),
    ) -> None:
        OutcomeUnknown.__init__(self, operation, reason, received, secrets=secrets)
        self.args = (operation, reason, excerpt)
        self.excerpt = excerpt

    def __str__(self) -> str:
        excerpt = f": {self.excerpt}" if self.excerpt else ""
        return f"{OutcomeUnknown.__str__(self)}{excerpt}"


class JournalFailed(Keeping):
    """A response came, and the journal did not keep it. The cause is what the journal raised.

    The request has had its effect: do not send again. `raw` is the response's body, which the
    journal should have kept.
    """

    def __init__(self, operation: str, raw: bytes, *, secrets: Sequence[Secret] = ()) -> None:
        super().__init__(operation)
        self._kept = Kept(None, raw, (), secrets)
        self._size = len(raw)
        self.operation = operation

    @property
    def raw(self) -> bytes:
        """The whole body."""
        return self._kept.received

    def __str__(self) -> str:
        size = f"{self._size} byte" if self._size == 1 else f"{self._size} bytes"
        return f"the journal did not take the response of {self.operation} ({size})"


def _again(
    kind: type[KeepingT], attributes: dict[str, object], args: tuple[object, ...]
) -> KeepingT:
    """Return an exception with these attributes and arguments, without a traceback."""
    error = kind.__new__(kind, *args)
    vars(error).update(attributes)
    return error
