"""What a call raises instead of a result; the package's `errors` module draws the tree."""

from .errors import MalformedResponse, ServiceError


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


class OutcomeUnknown(ServiceError):
    """The request left, and no whole response came: the service may have done what was asked.

    A message may have been sent, records may have been handed out. `operation` is the name in
    the WSDL, `reason` says what happened, `received` is the body of the response as far as it came.
    """

    def __init__(self, operation: str, reason: str, received: bytes = b"") -> None:
        super().__init__(operation, reason, received)
        self.operation = operation
        self.reason = reason
        self.received = received

    def __str__(self) -> str:
        return f"the outcome of {self.operation} is unknown: {self.reason}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class IncompleteResponse(OutcomeUnknown, MalformedResponse):
    """A response began, and did not end, or not within its limits.

    `received` is the body as far as it came, `raw` the same as a text; neither shows in message
    or repr, but for the `excerpt`.
    """

    def __init__(
        self, operation: str, reason: str, received: bytes = b"", excerpt: str = ""
    ) -> None:
        OutcomeUnknown.__init__(self, operation, reason, received)
        self.args = (operation, reason, received, excerpt)
        self.raw = received.decode("utf-8", "replace")
        self.excerpt = excerpt

    def __str__(self) -> str:
        shown = f": {self.excerpt}" if self.excerpt else ""
        return f"{OutcomeUnknown.__str__(self)}{shown}"


class JournalFailed(ServiceError):
    """A response came, and the journal did not take it. The cause is what the journal raised.

    The request has had its effect: do not send again. `raw` is the response's body, which the
    journal should have kept.
    """

    def __init__(self, operation: str, raw: bytes) -> None:
        super().__init__(operation, raw)
        self.operation = operation
        self.raw = raw

    def __str__(self) -> str:
        size = len(self.raw)
        told = f"{size} byte" if size == 1 else f"{size} bytes"
        return f"the journal did not take the response of {self.operation} ({told})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"
