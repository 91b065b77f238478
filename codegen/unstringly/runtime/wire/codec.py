"""The messages of an operation whose parameters and results are more than texts."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from .bindings import Binding


class Answer(NamedTuple):
    """The value in a response, or the problem with it; the problem is empty if there is none."""

    value: Any  # Any: of the type that the schema describes
    problem: str = ""


class Codec(Protocol):
    """A writer of requests, and a reader of responses. `values` are parameters by their slots."""

    def body(self, values: Mapping[str, object]) -> str:
        """Return what is in the body of a SOAP request. Raises Unwritable."""
        ...

    def fields(self, values: Mapping[str, object]) -> Sequence[tuple[str, str]]:
        """Return the fields of a query or form. Raises Unwritable."""
        ...

    def answer(self, binding: Binding, text: str) -> Answer:
        """Return what is in the text of a response over a binding."""
        ...
