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
    """A text that is none of the things its grammar allows. `raw` is the text."""

    def __init__(self, raw: str, reason: str) -> None:
        super().__init__(raw, reason)
        self.raw = raw
        self.reason = reason

    def __str__(self) -> str:
        return f"the response {self.reason}"
