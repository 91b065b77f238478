# Copied by unstringly 0.1.0. Do not edit.
"""The messages of an operation whose parameters and results are more than texts."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ..errors.exceptions import DeclaredFault, ServiceFault
from .bindings import Binding


class Answer(NamedTuple):
    """The value in a response, or the problem with it; the problem is empty if there is none."""

    value: Any  # Any: of the type that the schema describes
    problem: str = ""


class Declared(NamedTuple):
    """The class of a declared fault, and the value in its detail."""

    kind: type[DeclaredFault[Any]]  # Any: of the type that the schema describes
    detail: Any


class Unasked(ValueError):
    """A request does not fit its schema. The text says where, and quotes nothing of it."""


class Codec(Protocol):
    """The messages on both sides. `values` are parameters by their slots."""

    @property
    def has_result(self) -> bool:
        """Say whether a response has something that is read."""
        ...

    def body(self, values: Mapping[str, object]) -> str:
        """Return what is in the body of a SOAP request. Raises Unwritable."""
        ...

    def header(self, values: Mapping[str, object]) -> str:
        """Return what is in the header of a SOAP request; empty for none. Raises Unwritable."""
        ...

    def fields(self, values: Mapping[str, object]) -> Sequence[tuple[str, str]]:
        """Return the fields of a query or form. Raises Unwritable."""
        ...

    def answer(self, binding: Binding, text: str) -> Answer:
        """Return the result in the text of a response over a binding."""
        ...

    def declared(self, binding: Binding, text: str) -> Declared | None:
        """Return the declared fault in a response over SOAP; None if there is none."""
        ...

    def detail(self, fault: ServiceFault) -> str:
        """Return the element in the detail of a fault; empty for one that is not declared here.

        Raises Unwritable.
        """
        ...

    def asked(self, binding: Binding, text: str, slots: Sequence[str]) -> Mapping[str, Any]:
        """Return the parameters in the text of a SOAP request. Raises Unasked."""
        ...

    def posted(self, text: str, slots: Sequence[str]) -> Mapping[str, Any]:
        """Return the parameters in a request that is an element and no envelope. Raises Unasked."""
        ...

    def asked_by_form(self, fields: Mapping[str, Sequence[str]]) -> Mapping[str, Any]:
        """Return the parameters in fields, by names in small letters. Raises Unasked."""
        ...

    def answered(self, binding: Binding, value: object) -> str:
        """Return a response: what is in the body of an envelope, or a document. Raises Unwritable.

        `value` is the result.
        """
        ...
