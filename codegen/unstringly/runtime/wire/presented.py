"""The credentials that come with a call: a user name, and a password or a digest of it."""

from base64 import b64decode, b64encode
from binascii import Error
from hashlib import sha1
from hmac import compare_digest
from typing import final

from ..errors.sealed import Secret


@final
class Presented:
    """A user name, and what came to prove it. Nothing but the name shows anywhere.

    Whether a message came before is not looked at: who needs that keeps the nonces.
    """

    __slots__ = ("_digest", "_proof", "username")

    def __init__(
        self, username: str, password: Secret | None, digest: Secret | None = None
    ) -> None:
        self.username = username
        self._proof, self._digest = password, digest

    def matches(self, password: str) -> bool:
        """Say whether a password is what came, in a time that does not tell how much agrees."""
        if self._digest is not None:
            nonce, created, digest = self._digest.reveal().split("\n", 2)
            expected = digest_of(password, nonce, created)
            return expected is not None and compare_digest(expected.encode(), digest.encode())
        return self._proof is not None and self._proof.matches(password)

    def __repr__(self) -> str:
        return f"Presented(username={self.username!r})"


def digest_of(password: str, nonce: str, created: str) -> str | None:
    """Return the PasswordDigest of WS-Security's UsernameToken profile, 3.1, in base64.

    `nonce` is in base64; there is no digest with one that is not.
    """
    try:
        raw = b64decode(nonce, validate=True)
    except (Error, ValueError):
        return None
    data = (
        raw + created.encode("utf-8", "surrogatepass") + password.encode("utf-8", "surrogatepass")
    )
    return b64encode(sha1(data, usedforsecurity=False).digest()).decode("ascii")
