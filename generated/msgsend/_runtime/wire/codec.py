# Copied by unstringly 0.1.0. Do not edit.
"""The messages of an operation whose parameters and results are more than texts.

And what a service wants in its messages beside their content: credentials, addresses.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Self

from ..errors.exceptions import DeclaredFault, ServiceFault
from ..errors.sealed import Secret
from .bindings import Binding
from .exchange import Request, Response


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


class Headed(str):
    """What is in the body of a SOAP response; `header` is what is in its header."""

    __slots__ = ("header",)
    header: str

    def __new__(cls, body: str, header: str) -> Self:
        """Make one of two texts of elements."""
        made = super().__new__(cls, body)
        made.header = header
        return made


class Came(NamedTuple):
    """What came with a request beside its content: the credentials in it, None if there are none.

    `header` has the elements in the header of a response, `fault_header` those of a fault.
    `challenge` is the header WWW-Authenticate of a response that refuses the credentials.
    """

    credentials: Any = None  # Any: of a class that only packages with credentials have
    header: str = ""
    fault_header: str = ""
    challenge: str = ""


class Account(Protocol):
    """The texts of an account, by their names in Python."""

    def __getitem__(self, name: str, /) -> str | Secret:
        """Return a text."""
        ...


class Addition(Protocol):
    """Something that a service wants in each message, such as credentials, on both sides."""

    def secrets(self, account: Account) -> tuple[Secret, ...]:
        """Return the texts made of secrets that requests hold, besides the secrets themselves."""
        ...

    def sent(self, request: Request, account: Account) -> Request:
        """Return a request with the addition. Raises NotCarried."""
        ...

    def watching(self, request: Request) -> Callable[[str, Response], None]:
        """Return a function of an operation's name and the response to a request.

        It logs what is odd about the response.
        """
        ...

    def came(self, headers: Mapping[str, str], text: str) -> Came:
        """Return what came with a request: its HTTP headers, by small letters, and its text."""
        ...


def came_with(additions: Sequence[Addition], headers: Mapping[str, str], text: str) -> Came:
    """Return what came with a request of a service that wants some additions."""
    came = Came()
    for addition in additions:
        own = addition.came(headers, text)
        came = Came(
            came.credentials or own.credentials,
            came.header + own.header,
            came.fault_header + own.fault_header,
            came.challenge or own.challenge,
        )
    return came
