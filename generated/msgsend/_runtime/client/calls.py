# Copied by unstringly 0.1.0. Do not edit.
"""A call before it is made: the operation, its parameters, and the parser of its result.

Nothing here does I/O: a call gives the request to send over a binding, and reads the response
that came back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from ..errors.exceptions import InvalidParameter, MalformedResponse, ServiceFault, Unwritable
from ..errors.sealed import Secret, revealed
from ..errors.secrets import masked
from ..wire.bindings import (
    Binding,
    Endpoint,
    NotCarried,
    build_document_request,
    build_request,
    build_soap_request,
)
from ..wire.codec import Addition, Codec
from ..wire.decoding import excerpt, judged
from ..wire.exchange import Arriving, Request, Response, unheard, unwatched
from .credentials import Credentials

__all__ = ["Call", "Credentials", "Effect", "Operation", "Refused"]

T_co = TypeVar("T_co", covariant=True)

Parser: TypeAlias = Callable[[Any], T_co]  # Any: a text, or what a codec reads
"""A function from what came to a result: of a text, or of the value that a codec has read."""

Effect: TypeAlias = Literal["read", "destructive_read", "send"]
"""The effect of a call at the server: `read` may be repeated, the others may not."""


@dataclass(frozen=True, slots=True)
class Operation:
    """The properties that all calls of an operation share.

    `parameters` maps the names on the wire, in the WSDL's order, to those in Python; those in
    `bound` are the same for all calls of an account, those in `secret` are never shown. Numbers are
    0 where the document gives none: `interval`, the least seconds between two calls for one
    account; `page`, the most records that a call returns; `retention`, the seconds for which
    records are kept. `null` is the text for a result that is left out, or nil; where it is None,
    such a response is malformed. With `messages` parameters and results are values of any type, and
    the names in `parameters` are those of their slots; without, they are texts. `asserted` are the
    additions that the service wants over each binding.
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
    messages: Codec | None = None
    asserted: Mapping[Binding, tuple[Addition, ...]] = field(
        default_factory=dict[Binding, tuple[Addition, ...]]
    )

    def endpoint_of(self, binding: Binding) -> Endpoint:
        """Return the endpoint for a binding; `others` are those that differ from `endpoint`."""
        return self.others.get(binding, self.endpoint) if self.others else self.endpoint


@dataclass(frozen=True, slots=True)
class Call(Generic[T_co]):
    """One call: `given` are its own parameters by their names on the wire, as they are sent.

    Secret ones are sealed. All others are the account's, under the names that the operation has
    for them, or `bound` for this call. `parse` gets the text of the result, or its value where the
    operation has `messages`.
    """

    operation: Operation
    given: Mapping[str, object] = field(repr=False)
    parse: "Parser[T_co]"
    bound: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    def secrets(self, account: Credentials) -> tuple[Secret, ...]:
        """Return the texts of this call that must not show anywhere."""
        sealed = [value for value in self.given.values() if isinstance(value, Secret)]
        for additions in self.operation.asserted.values():
            for addition in additions:
                sealed += addition.secrets(account)
        return (*account.secrets, *sealed) if sealed else account.secrets

    def request(
        self,
        binding: Binding,
        address: str,
        account: Credentials,
        leaving: Callable[[], None] = unheard,
        arriving: Callable[[Arriving], None] = unwatched,
    ) -> Request:
        """Return the request over a binding, to the service's address without a slash at its end.

        `leaving` and `arriving` are called on its way, as a Request says. Raises InvalidParameter
        for a text that the binding cannot carry, or a binding that the service does not offer.
        """
        operation = self.operation
        if binding not in operation.bindings:
            raise InvalidParameter(
                "binding", f"{operation.name} is not offered over {binding.value}"
            )
        values = self.given
        spelled = {**operation.parameters, **self.bound} if self.bound else operation.parameters
        wire: list[tuple[str, Any]] = [  # Any: texts, or what the codec takes
            (name, revealed(values[name] if name in values else account[spelled[name]]))
            for name in operation.parameters
        ]
        try:
            return self._completed(binding, address, wire, account, leaving, arriving)
        except NotCarried as error:  # its frames hold the texts, and the request as far as it got
            name = spelled.get(error.parameter, error.parameter)
            carrier = error.carrier or binding.value
            rule = f"{carrier} cannot carry U+{ord(error.character):04X}"
        except Unwritable as error:
            name, rule = error.field, masked(error.why, self.secrets(account))
            slot = next((slot for slot in spelled if _is_in(name, slot)), name)
            name = name.replace(slot, spelled.get(slot, slot), 1)
        wire, values = [], {}  # tracebacks may show variables
        raise InvalidParameter(name, rule)

    def _completed(
        self,
        binding: Binding,
        address: str,
        wire: list[tuple[str, Any]],
        account: Credentials,
        leaving: Callable[[], None],
        arriving: Callable[[Arriving], None],
    ) -> Request:
        """Return the request with all additions. Raises NotCarried and Unwritable.

        No frame that stays in a traceback holds a request: this one goes with its errors.
        """
        request = self._content(binding, address, wire, leaving, arriving)
        for addition in self.operation.asserted.get(binding, ()):
            request = addition.sent(request, account)
        return request

    def _content(
        self,
        binding: Binding,
        address: str,
        wire: list[tuple[str, Any]],
        leaving: Callable[[], None],
        arriving: Callable[[Arriving], None],
    ) -> Request:
        """Return the request with all parameters. Raises NotCarried and Unwritable."""
        endpoint, codec = self.operation.endpoint_of(binding), self.operation.messages
        if codec is None:
            return build_request(endpoint, binding, address, wire, leaving, arriving)
        values = dict(wire)
        if binding is Binding.SOAP11 or binding is Binding.SOAP12:
            header, body = codec.header(values), codec.body(values)
            return build_soap_request(endpoint, binding, address, header, body, leaving, arriving)
        if binding is Binding.POST and endpoint.posted:
            content = codec.body(values)
            return build_document_request(endpoint, address, content, leaving, arriving)
        return build_request(endpoint, binding, address, codec.fields(values), leaving, arriving)

    def result(
        self,
        binding: Binding,
        response: Response,
        account: Credentials,
        address: str = "",
        *,
        charset: str = "",
    ) -> T_co:
        """Return the typed result that came over a binding, from the service's address if known.

        `charset` is the one to read bodies in, before their own labels; empty for the labels.
        Raises ServiceFault for an error of the service or of something before it, and
        MalformedResponse for a response that is none of the things that it may answer.
        """
        outcome = self.outcome(binding, response, account, address, charset=charset)
        del response  # tracebacks may show variables
        if isinstance(outcome, Refused):
            raise outcome.error
        return outcome

    def outcome(
        self,
        binding: Binding,
        response: Response,
        account: Credentials,
        address: str = "",
        *,
        charset: str = "",
    ) -> "T_co | Refused":
        """As `result`, but return the error, in a Refused: this frame holds the response."""
        secrets, operation = self.secrets(account), self.operation
        endpoint = operation.endpoint_of(binding)
        text = judged(
            endpoint,
            binding,
            response,
            secrets,
            address,
            operation.null,
            charset,
            operation.messages,
        )
        if isinstance(text, ServiceFault | MalformedResponse):
            return Refused(text)
        try:
            return self.parse(text)
        except MalformedResponse as error:  # its frames hold the text
            raw, reason = error.raw, error.reason
        beginning = excerpt(text, secrets)
        return Refused(
            MalformedResponse(
                raw, reason, beginning, received=response.body + response.behind, secrets=secrets
            )
        )


def _is_in(place: str, slot: str) -> bool:
    """Say whether a place in values is in a slot: `order.lines[2]` is in `order`."""
    return place.startswith(slot) and place[len(slot) : len(slot) + 1] in ("", ".", "[")


@dataclass(frozen=True, slots=True)
class Refused:
    """An error that a call is to raise instead of a result; it has not been raised yet."""

    error: ServiceFault | MalformedResponse
