"""The exceptions of a generated package; its `errors` module draws the tree."""


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


class MalformedResponse(ServiceError):
    """A response that is none of the things that its grammar, or the WSDL, allows.

    `raw` is its text, `reason` says what is wrong. Neither message nor repr shows the text, but for
    the `excerpt`, if there is one.
    """

    def __init__(self, raw: str, reason: str, excerpt: str = "") -> None:
        super().__init__(raw, reason, excerpt)
        self.raw = raw
        self.reason = reason
        self.excerpt = excerpt

    def __str__(self) -> str:
        shown = f": {self.excerpt}" if self.excerpt else ""
        return f"the response {self.reason}{shown}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class ServiceFault(ServiceError):
    """The service, or something before it, answered with an error instead of a result.

    `status` is the HTTP status, `code` and `message` are those of a SOAP fault (the code is empty
    for any other error), `excerpt` is the beginning of the response, `raw` its whole text, in which
    secrets are masked; neither message nor repr shows that. `address` is what was asked, without
    user and query, where that is known: an error page may be that of another address.
    """

    def __init__(self, status: int, code: str, message: str, excerpt: str, raw: str = "") -> None:
        super().__init__(status, code, message, excerpt, raw)
        self.status = status
        self.code = code
        self.message = message
        self.excerpt = excerpt
        self.raw = raw
        self.address = ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self) -> str:
        if self.code:
            return f"{self.code}: {self.message}"
        check = "; check `base_url`" if self.status < 400 or self.status in _ELSEWHERE else ""
        asked = f" (asked {self.address}{check})" if self.address else ""
        return f"{self.message}{asked}{': ' if self.excerpt else ''}{self.excerpt}"


_ELSEWHERE = (403, 404, 405, 410, 501)
"""The HTTP statuses of whoever is not the service that was meant."""
