"""What a service wants beside the content of messages: credentials, security headers, addresses."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec.structs import replace

from unstringly.model.assertions import Asserted, Credential
from unstringly.model.calls import WireBinding, wire_bindings
from unstringly.model.contract import Contract
from unstringly.model.service import BindingKind
from unstringly.plan.endpoints import member
from unstringly.python.build import TRUE, call, tuple_of
from unstringly.python.nodes import Expression, Text
from unstringly.python.symbols import runtime

_TOKENS = (Credential.USERNAME_TOKEN, Credential.USERNAME_TOKEN_DIGEST)
_SOAP = (BindingKind.SOAP11, BindingKind.SOAP12)
PRESENTED = runtime("wire.presented", "Presented")
NOT_AUTHENTICATED = runtime("server.handling", "NotAuthenticated")


def asserted_of(contract: Contract, binding: WireBinding) -> Asserted:
    """Return what is wanted over a binding: the grammar's way of credentials counts, if it has one.

    Security headers are for SOAP alone.
    """
    asserted, said = binding.bound.asserted, contract.spec.credentials
    if said is None:
        return asserted
    if said is Credential.NONE or (said in _TOKENS and binding.kind not in _SOAP):
        return replace(asserted, credential=None)
    return replace(asserted, credential=said)


def additions(
    contract: Contract, bindings: Sequence[WireBinding]
) -> tuple[tuple[Expression, Expression], ...]:
    """Return the additions to the messages of an operation, by those bindings that have some."""
    rows = ((own.kind, tuple(_additions(asserted_of(contract, own)))) for own in bindings)
    return tuple((member(kind), tuple_of(*values)) for kind, values in rows if values)


def with_credentials(contract: Contract) -> frozenset[str]:
    """Return the names of the operations with whose calls credentials are sent."""
    return frozenset(
        name
        for name, bindings in wire_bindings(contract).items()
        if any(asserted_of(contract, own).credential is not None for own in bindings)
    )


def _additions(asserted: Asserted) -> Iterator[Expression]:
    options: dict[str, Expression] = {"has_timestamp": TRUE} if asserted.has_timestamp else {}
    header = runtime("wire.user_tokens", "SecurityHeader")
    match asserted.credential:
        case Credential.USERNAME_TOKEN:
            yield call(header, Text("text"), **options)
        case Credential.USERNAME_TOKEN_DIGEST:
            yield call(header, Text("digest"), **options)
        case Credential.HTTP_BASIC | Credential.NONE | None:
            if options:
                yield call(header, **options)
            if asserted.credential is Credential.HTTP_BASIC:
                yield call(runtime("wire.basic", "HttpBasic"))
        case _:
            assert_never(asserted.credential)
    own = asserted.addressing
    if own is not None:
        texts = (Text(own.namespace), Text(own.action), Text(own.response_action))
        yield call(runtime("wire.addressing", "Addressing"), *texts)
