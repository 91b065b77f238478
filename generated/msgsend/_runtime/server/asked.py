# Copied by unstringly 0.1.0. Do not edit.
"""Requests as a server has them, and the calls that they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..client.calls import Operation
from ..errors.sealed import Secret
from ..wire.bindings import Binding
from ..wire.codec import Came


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as a server has it; `path` is decoded, `query` and `body` are not.

    The names of headers are in small letters; `scheme` is http or https.
    """

    method: str
    path: str
    query: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    scheme: str = "http"

    @property
    def size(self) -> int:
        """The length of query and body, in characters and bytes."""
        return len(self.query) + len(self.body)


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that a request asks for: an operation, with its parameters by their names on the wire.

    `secrets` has those that are secret, `parameters` the others; `came` is what came besides.
    """

    operation: Operation
    binding: Binding
    parameters: Mapping[str, Any] = field(repr=False)  # Any: texts, or what the codec reads
    secrets: Mapping[str, Secret] = field(repr=False)
    came: Came = field(repr=False)

    @property
    def is_form(self) -> bool:
        """Say whether the call came over GET or POST."""
        return self.binding in (Binding.GET, Binding.POST)

    def answered(self, result: object) -> str:
        """Return the text of a structured response. Raises Unwritable."""
        messages = self.operation.messages
        assert messages is not None
        return messages.answered(self.binding, result)
