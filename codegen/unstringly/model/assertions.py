"""The assertions of a service's policies that a client keeps: credentials, and WS-Addressing."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Credential(Enum):
    """A way to send the user name and the password of an account with each call."""

    USERNAME_TOKEN = "username_token"
    """A UsernameToken in the header of SOAP messages (WS-Security), with the password as text."""
    USERNAME_TOKEN_DIGEST = "username_token_digest"
    """The same with a digest of the password."""
    HTTP_BASIC = "http_basic"
    """The header Authorization of HTTP (RFC 7617)."""
    NONE = "none"
    """No way at all, whatever policies say."""


class Addressing(Struct, frozen=True):
    """The headers of WS-Addressing: the namespace that tells the version, and the actions.

    A one-way operation has no `response_action`.
    """

    namespace: str
    action: str
    response_action: str


class Asserted(Struct, frozen=True):
    """What a service wants in the messages of an operation over a binding, beside their content.

    `has_timestamp` says that the security header has a time stamp.
    """

    credential: Credential | None = None
    has_timestamp: bool = False
    addressing: Addressing | None = None


NOTHING = Asserted()
