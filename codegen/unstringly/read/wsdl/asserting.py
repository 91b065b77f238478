"""The meaning of assertions: which of them clients keep, and what is not done for the others.

Kept are UsernameTokens (WS-SecurityPolicy 1.1 to 1.3), HTTP Basic, time stamps, https, and
WS-Addressing. Assertions that only choose among ways of what is not done, or of what the transport
does, say nothing by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.model.assertions import Credential

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unstringly.read.wsdl.policies import Policies
    from unstringly.read.wsdl.xml import Node

SECURITY = (
    "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy",
    "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702",
    "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200802",
)
_MICROSOFT_HTTP = "http://schemas.microsoft.com/ws/06/2004/policy/http"
WSA_2005 = "http://www.w3.org/2005/08/addressing"
WSA_2004 = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
ADDRESSING = {
    "{http://www.w3.org/2006/05/addressing/wsdl}UsingAddressing": WSA_2005,
    "{http://www.w3.org/2006/02/addressing/wsdl}UsingAddressing": WSA_2005,
    "{http://www.w3.org/2005/02/addressing/wsdl}UsingAddressing": WSA_2005,
    "{http://www.w3.org/2007/05/addressing/metadata}Addressing": WSA_2005,
    "{http://www.w3.org/2007/02/addressing/metadata}Addressing": WSA_2005,
    f"{{{WSA_2004}/policy}}UsingAddressing": WSA_2004,
}
"""The assertions of WS-Addressing, and the namespaces of the headers that they want."""

_SILENT = frozenset(
    ("AlgorithmSuite", "Layout", "Trust10", "Trust13", "Wss10", "Wss11", "HttpsToken")
)
_SIGNED = "signs or encrypts messages"
_UNDONE = {
    "AsymmetricBinding": _SIGNED,
    "SymmetricBinding": _SIGNED,
    "SignedParts": _SIGNED,
    "SignedElements": _SIGNED,
    "EncryptedParts": _SIGNED,
    "EncryptedElements": _SIGNED,
    "ContentEncryptedElements": _SIGNED,
    "EndorsingSupportingTokens": "signs messages with a token",
    "SignedEndorsingSupportingTokens": "signs messages with a token",
    "OptimizedMimeSerialization": "sends binary data as attachments (MTOM)",
    "MTOM": "sends binary data as attachments (MTOM)",
    "RMAssertion": "numbers and repeats messages (WS-ReliableMessaging)",
    "ATAssertion": "takes part in transactions (WS-AtomicTransaction)",
    "BAAssertion": "takes part in transactions (WS-BusinessActivity)",
    "BinaryEncoding": "writes messages as .NET's binary XML",
    "CompositeDuplex": "listens for calls of the service",
    "NegotiateAuthentication": "negotiates Kerberos or NTLM over HTTP",
    "NtlmAuthentication": "speaks NTLM over HTTP",
    "DigestAuthentication": "sends a digest over HTTP (RFC 7616)",
    "RequireClientCertificate": "shows a certificate, unless a transport is given that has one",
    "HttpDigestAuthentication": "sends a digest over HTTP (RFC 7616)",
    "NonAnonymousResponses": "takes responses at another address",
    "NoPassword": "sends a user name without a password",
}
"""What a client would have to do for an assertion, by its local name: "no client here …"."""

_UNKNOWN = "knows what it wants"

_MOST_KINDS = 100


class Undone(Struct, frozen=True):
    """An assertion that is not kept, and the words for what clients do not do: "signs messages"."""

    node: Node
    words: str

    @property
    def kind(self) -> tuple[str, str]:
        """Return what one finding is about."""
        return self.node.name, self.words


class Meaning(Struct, frozen=True):
    """What some assertions want: what clients keep, and what they do not, each kind of it once.

    `addressing` is the namespace of WS-Addressing headers, or empty; `secured` the assertion that
    wants https.
    """

    credential: Credential | None = None
    has_timestamp: bool = False
    addressing: str = ""
    secured: Node | None = None
    undone: tuple[Undone, ...] = ()

    def joined(self, other: Meaning) -> Meaning:
        """Return what both want; of two credentials or versions the first counts."""
        return Meaning(
            self.credential or other.credential,
            self.has_timestamp or other.has_timestamp,
            self.addressing or other.addressing,
            self.secured or other.secured,
            _joined(self.undone, other.undone),
        )


def _joined(some: tuple[Undone, ...], others: tuple[Undone, ...]) -> tuple[Undone, ...]:
    """Return what is not done, each kind once, and no more kinds than anybody reads about."""
    if not (some and others):
        return some or others
    kinds = {own.kind: own for own in (*others, *some)}
    first = {own.kind: kinds[own.kind] for own in (*some, *others)}
    return tuple(first.values())[:_MOST_KINDS]


def meaning_of(assertions: Iterable[Node], policies: Policies) -> Meaning:
    """Return what assertions want; `policies` have those within them."""
    meaning = Meaning()
    undone: dict[tuple[str, str], Undone] = {}
    for assertion in assertions:
        own = _meaning(assertion, policies)
        for each in own.undone:
            undone.setdefault(each.kind, each)
        meaning = meaning.joined(replace(own, undone=()))
    return replace(meaning, undone=tuple(undone.values())[:_MOST_KINDS])


def _meaning(node: Node, policies: Policies) -> Meaning:
    if node.name in ADDRESSING:
        elsewhere = [own for own in policies.nested(node) if own.local == "NonAnonymousResponses"]
        return Meaning(addressing=ADDRESSING[node.name], undone=tuple(map(_undone, elsewhere)))
    if node.namespace == _MICROSOFT_HTTP and node.local == "BasicAuthentication":
        return Meaning(Credential.HTTP_BASIC)
    if node.namespace not in SECURITY:
        return Meaning(undone=(_undone(node),))
    if node.local in _SILENT:
        return Meaning()
    if node.local == "TransportBinding":
        return _of_transport(node, policies)
    if node.local.endswith("SupportingTokens") and node.local not in _UNDONE:
        return _of_tokens(node, policies)
    if node.local == "IncludeTimestamp":
        return Meaning(has_timestamp=True)
    return Meaning(undone=(_undone(node),))


def _of_transport(node: Node, policies: Policies) -> Meaning:
    """Return what a binding to the transport wants: https, and what its token asks of clients."""
    meaning = Meaning(secured=node)
    for own in policies.nested(node):
        if own.local == "IncludeTimestamp":
            meaning = meaning.joined(Meaning(has_timestamp=True))
        if own.local == "TransportToken":
            for token in policies.nested(own):
                meaning = meaning.joined(_of_https(token, policies))
    return meaning


def _of_https(token: Node, policies: Policies) -> Meaning:
    if token.local != "HttpsToken":
        return Meaning(undone=(_undone(token),))
    meaning = Meaning()
    if token.attributes.get("RequireClientCertificate") in ("true", "1"):
        words = _UNDONE["RequireClientCertificate"]
        meaning = Meaning(undone=(Undone(token, words),))
    for own in policies.nested(token):
        if own.local == "HttpBasicAuthentication":
            meaning = meaning.joined(Meaning(Credential.HTTP_BASIC))
        else:
            meaning = meaning.joined(Meaning(undone=(_undone(own),)))
    return meaning


def _of_tokens(node: Node, policies: Policies) -> Meaning:
    """Return what supporting tokens want: a UsernameToken is sent, and others are not."""
    meaning = Meaning()
    for token in policies.nested(node):
        if token.local in ("AlgorithmSuite", "SignedParts", "EncryptedParts"):
            continue
        if token.local != "UsernameToken":
            meaning = meaning.joined(Meaning(undone=(_undone(token),)))
            continue
        details = {own.local: own for own in policies.nested(token)}
        credential = Credential.USERNAME_TOKEN
        if "HashPassword" in details:
            credential = Credential.USERNAME_TOKEN_DIGEST
        undone = (_undone(details["NoPassword"]),) if "NoPassword" in details else ()
        meaning = meaning.joined(Meaning(None if undone else credential, undone=undone))
    return meaning


def _undone(node: Node) -> Undone:
    if node.local.endswith("Token") and node.namespace in SECURITY:
        return Undone(node, f"sends or gets a token of this kind ({node.local})")
    return Undone(node, _UNDONE.get(node.local, _UNKNOWN))
