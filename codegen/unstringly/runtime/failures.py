"""What can go wrong before anything is sent; the package's `errors` module draws the tree."""

from .errors import ServiceError


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
