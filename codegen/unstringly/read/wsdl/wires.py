"""What goes over the network for an operation: by this ports are compared that offer the same.

Two operations over bindings of one kind are the same one if nothing that is sent or read differs:
the bodies with their names, namespaces and styles, the headers of the request, the SOAP action, the
location over HTTP. Over bindings of different kinds much of that differs by nature, so there the
signatures are compared (`signatures`), and the elements of SOAP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from unstringly.model.service import BindingKind
from unstringly.read.wsdl.made import bare, is_declared, is_same
from unstringly.read.wsdl.signatures import Offer, Signature

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from unstringly.model.schema import Component, Schema
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import BoundOperation, Message, Operation, QName
    from unstringly.read.wsdl.made import MadeBody

_SOAP = (BindingKind.SOAP11, BindingKind.SOAP12)

Key: TypeAlias = "tuple[Literal['http', 'text', 'other'], Signature | Hashable]"


class Body(Struct, frozen=True):
    """A message of SOAP on the wire; `content` is a declared component, or what was made."""

    element: QName | None
    content: Hashable
    is_encoded: bool


class Wire(Struct, frozen=True):
    """What is sent and read for an operation over a kind of binding.

    `messages` are the bodies over SOAP, and the signature and the root elements over HTTP.
    """

    kind: BindingKind
    messages: Hashable
    headers: tuple[ComponentName, ...]
    action: str
    location: str


class Offered(Struct, frozen=True):
    """An operation as a port offers it, with the bodies that were made of its parts."""

    offer: Offer
    bodies: Sequence[MadeBody]
    wire: Wire
    signature: Signature

    @property
    def operation(self) -> Operation:
        """Return the operation."""
        return self.offer.operation

    def known_by(self) -> tuple[Key, ...]:
        """Return the keys under which operations of other kinds of bindings find this one."""
        own = _class(self.offer)
        keys: tuple[Key, ...] = ((own, self.signature),)
        return keys if own == "http" else (*keys, (own, self.offer.bodies()))

    def sought_by(self) -> tuple[Key, ...]:
        """Return the keys of the operations with which this one agrees, as `Offer.agrees` says."""
        match _class(self.offer):
            case "http":
                return tuple((other, self.signature) for other in ("http", "text", "other"))
            case "text":
                texts: tuple[Key, ...] = (("http", self.signature), ("text", self.signature))
                return (*texts, ("other", self.offer.bodies()))
            case "other":
                bodies = self.offer.bodies()
                return (("http", self.signature), ("text", bodies), ("other", bodies))

    def difference(self, other: Offered) -> str:
        """Return words for what the other one has that this one has not; empty if much differs."""
        own, theirs = self.wire, other.wire
        if own.kind is not theirs.kind or self.signature != other.signature:
            return ""
        if own.action != theirs.action:
            return "another SOAP action"
        if own.location != theirs.location:
            return "another location"
        return "other elements" if own.messages != theirs.messages else "other headers"

    def contradicts(self, other: Offered) -> bool:
        """Say whether a body of each has one name, and other content."""
        made = {body.name: body for body in self.bodies}
        return any(
            body.name in made and not is_same(made[body.name], body) for body in other.bodies
        )


def offered(
    operation: Operation,
    bound: BoundOperation,
    kind: BindingKind,
    bodies: Sequence[MadeBody],
    declared: Schema,
) -> Offered:
    """Return an operation as a binding offers it; `declared` has the components of the WSDL."""
    offer = Offer(operation, kind)
    signature = offer.signature(_with(declared, bodies))
    messages: Hashable = (signature, offer.bodies())
    headers: tuple[ComponentName, ...] = ()
    if kind in _SOAP:
        made = {body.name: body for body in bodies}
        output = None if operation.output is None else _body(operation.output, made, declared)
        messages = (_body(operation.input, made, declared), output)
        headers = tuple(header.element for header in operation.input.headers)
    wire = Wire(kind, messages, headers, bound.soap_action or "", bound.location or "")
    return Offered(offer, bodies, wire, signature)


def _class(offer: Offer) -> Literal["http", "text", "other"]:
    """Return the class of an operation, which says what is compared with those of each class."""
    if offer.kind not in _SOAP:
        return "http"
    return "text" if offer.is_text else "other"


def _body(message: Message, made: Mapping[ComponentName, MadeBody], declared: Schema) -> Body:
    """Return a message of SOAP as it is on the wire."""
    own = None if message.body is None else made.get(message.body)
    if own is None or is_declared(declared.components, own):
        return Body(message.element, message.body, message.is_encoded)
    return Body(message.element, (own.name.is_spread, bare(own)), message.is_encoded)


def _with(declared: Schema, bodies: Sequence[MadeBody]) -> Schema:
    """Return a schema in which made bodies are found too, without copying the components."""
    if not bodies:
        return declared
    made = {name: own for body in bodies for name, own in body.components().items()}
    return replace(declared, components=_Layers(declared.components, made))


@dataclass(frozen=True, slots=True)
class _Layers(Mapping["ComponentName", "Component"]):
    """Components, and others behind them."""

    first: Mapping[ComponentName, Component]
    others: Mapping[ComponentName, Component]

    def __getitem__(self, name: ComponentName) -> Component:
        return self.first[name] if name in self.first else self.others[name]

    def __iter__(self) -> Iterator[ComponentName]:
        return iter({**self.first, **self.others})

    def __len__(self) -> int:
        return len({*self.first, *self.others})
