"""A call before it is made: the operation, its parameters, and how to read its result.

Nothing here does I/O: a call gives the request to send over a binding, and reads the response
that came back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeAlias, TypeVar

from .bindings import Binding, Endpoint, NotCarried, build_request
from .decoding import excerpt, read_result
from .errors import MalformedResponse
from .exchange import Request, Response
from .failures import InvalidParameter
from .forms import Form
from .sealed import Secret

T_co = TypeVar("T_co", covariant=True)

Effect: TypeAlias = Literal["read", "destructive_read", "send"]
"""What a call does at the server: `read` may be repeated, the others may not."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What is the same for every call of an operation.

    `parameters` maps the names on the wire, in the WSDL's order, to those in Python; those in
    `bound` are the same for all calls of an account, those in `secret` are never shown. What the
    document says in numbers is 0 where it says nothing: `interval`, the least seconds between two
    calls for one account; `page`, the most records that a call returns; `retention`, the seconds
    for which records are kept. `null` is the text that a result which is left out, or nil, is read
    as; where it is None, such a response is malformed.
    """

    name: str
    endpoint: Endpoint
    bindings: tuple[Binding, ...]
    effect: Effect
    parameters: Mapping[str, str]
    bound: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    interval: float = 0
    page: int = 0
    retention: float = 0
    others: Mapping[Binding, Endpoint] = field(default_factory=dict[Binding, Endpoint])
    null: str | None = None

    def endpoint_of(self, binding: Binding) -> Endpoint:
        """What the WSDL says for a binding; `others` are those that differ from `endpoint`."""
        return self.others.get(binding, self.endpoint)


class Credentials:
    """The parameters that are the same for all calls, by their names in Python.

    Secret ones do not show in its repr.
    """

    __slots__ = ("_secret", "_values")

    def __init__(self, values: Mapping[str, str], secret: tuple[str, ...] = ()) -> None:
        self._values = dict(values)
        self._secret = secret

    def check_form(
        self, name: str, rule: str, *, form: Form | None = None, most: int | None = None
    ) -> None:
        """Raise InvalidParameter if a value is not of a form, or too long; it does not show."""
        self.check()
        if most is not None and len(self._values[name]) > most:
            raise InvalidParameter(name, rule)
        if form is not None and not form.fits_all((self._values[name],)):
            raise InvalidParameter(name, rule)

    def check(self) -> None:
        """Raise InvalidParameter if a value is no text; the value does not show."""
        for name in self._values:
            if not isinstance(self._values[name], str):  # pyright: ignore  # callers may not check
                raise InvalidParameter(name, "give a text")

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def current(self) -> "Credentials":
        """The same, with the values of this moment."""
        return self

    @property
    def identity(self) -> tuple[str, ...]:
        """Whose calls these are, in texts that are no secrets."""
        return tuple(text for name, text in self._values.items() if name not in self._secret)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The texts that must not show anywhere."""
        return tuple(Secret(self._values[name]) for name in self._secret)

    def __repr__(self) -> str:
        shown = [
            f"{name}=***" if name in self._secret else f"{name}={value!r}"
            for name, value in self._values.items()
        ]
        return f"Credentials({', '.join(shown)})"


@dataclass(frozen=True, slots=True)
class Call(Generic[T_co]):
    """One call: `given` are its own parameters by their names on the wire, as they are sent.

    All others are the account's, under the names that the operation has for them, or `bound` for
    this call.
    """

    operation: Operation
    given: Mapping[str, str] = field(repr=False)
    parse: Callable[[str], T_co]
    bound: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    def secrets(self, account: Credentials) -> tuple[Secret, ...]:
        """The texts of this call that must not show anywhere."""
        own = (Secret(text) for name, text in self.given.items() if name in self.operation.secret)
        return (*account.secrets, *own)

    def request(self, binding: Binding, address: str, account: Credentials) -> Request:
        """The request over a binding, to the service's address, which has no slash at its end.

        Raises InvalidParameter for a text that the binding cannot carry, or a binding that the
        service does not offer.
        """
        operation = self.operation
        if binding not in operation.bindings:
            raise InvalidParameter(
                "binding", f"{operation.name} is not offered over {binding.value}"
            )
        spelled = {**operation.parameters, **self.bound} if self.bound else operation.parameters
        wire = [
            (name, self.given[name] if name in self.given else account[spelled[name]])
            for name in operation.parameters
        ]
        refused, character = "", ""
        try:
            return build_request(operation.endpoint_of(binding), binding, address, wire)
        except NotCarried as error:
            refused, character = spelled[error.parameter], error.character
        del wire
        raise InvalidParameter(refused, f"{binding.value} cannot carry U+{ord(character):04X}")

    def result(
        self,
        binding: Binding,
        response: Response,
        account: Credentials,
        address: str = "",
        *,
        charset: str = "",
    ) -> T_co:
        """The typed result that came over a binding, from the service's address if it is known.

        `charset` is what bodies are read in, whatever they say; empty for what they say.

        Raises ServiceFault for an error of the service or of something before it, and
        MalformedResponse for a response that is none of the things that it may answer.
        """
        secrets, operation = self.secrets(account), self.operation
        endpoint = operation.endpoint_of(binding)
        text = read_result(
            endpoint,
            binding,
            response,
            secrets,
            address=address,
            null=operation.null,
            charset=charset,
        )
        raw, reason = "", ""
        try:
            return self.parse(text)
        except MalformedResponse as error:  # its frames hold the text
            raw, reason = error.raw, error.reason
        refused = MalformedResponse(
            raw, reason, excerpt(text, secrets), received=response.body, secrets=secrets
        )
        del raw, text
        raise refused
