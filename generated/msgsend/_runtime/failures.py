"""What a call raises instead of a result; the package's `errors` module draws the tree."""

from collections.abc import Sequence

from .errors import Keeping, MalformedResponse, ServiceError
from .kept import Kept
from .sealed import Secret


class InvalidParameter(ServiceError, ValueError):
    """A parameter that the service's document does not allow. Nothing was sent.

    `parameter` is its name in the call, `rule` what the document says. The value is not kept.
    """

    def __init__(self, parameter: str, rule: str) -> None:
        super().__init__(parameter, rule)
        self.parameter = parameter
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.parameter}: {self.rule}"


class NotSent(ServiceError):
    """It is proved that no byte of the request left: the call can be made again without harm.

    `operation` is its name in the WSDL, `reason` says what kept the request from leaving.
    """

    def __init__(self, operation: str, reason: str) -> None:
        super().__init__(operation, reason)
        self.operation = operation
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.operation} was not sent: {self.reason}"


class TooSoon(NotSent):
    """The service wants a pause between two such calls for one account, and it is not over.

    `seconds` is how long to wait, as far as that is known.
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
        """What was received, read as UTF-8; bytes that are none are `\\xff`."""
        return self._kept.raw

    def __str__(self) -> str:
        return f"the outcome of {self.operation} is unknown: {self.reason}"


class IncompleteResponse(OutcomeUnknown, MalformedResponse):
    """A response began, and did not end, or not within its limits.

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
        shown = f": {self.excerpt}" if self.excerpt else ""
        return f"{OutcomeUnknown.__str__(self)}{shown}"


class JournalFailed(Keeping):
    """A response came, and the journal did not take it. The cause is what the journal raised.

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
        told = f"{self._size} byte" if self._size == 1 else f"{self._size} bytes"
        return f"the journal did not take the response of {self.operation} ({told})"
