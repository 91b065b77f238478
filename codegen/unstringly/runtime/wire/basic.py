"""HTTP Basic (RFC 7617): a user name and a password in a header of each request."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..errors.sealed import Secret, revealed
from .bindings import NotCarried
from .codec import Account, Came
from .exchange import Request, Response
from .presented import Presented

_CHALLENGE: Final = 'Basic realm="service", charset="UTF-8"'


@dataclass(frozen=True, slots=True)
class HttpBasic:
    """The header Authorization of each request, in UTF-8."""

    def secrets(self, account: Account) -> tuple[Secret, ...]:
        """Return the content of the header, which has the password in base64.

        An account without a password, as that of who reads a journal, has none.
        """
        try:
            return (Secret(_encoded(account)),)
        except KeyError:
            return ()

    def sent(self, request: Request, account: Account) -> Request:
        """Return a request with the header.

        Raises NotCarried for a control character, and for a colon in the user name.
        """
        for name, foreign in (("username", ":"), ("password", "")):
            _check(name, str(revealed(account[name])), foreign)
        header = ("Authorization", f"Basic {_encoded(account)}")
        return replace(request, headers=(*request.headers, header))

    def watching(self, request: Request) -> Callable[[str, Response], None]:
        """Return a function that does nothing: responses are as they are."""
        del request
        return _ignore

    def came(self, headers: Mapping[str, str], text: str) -> Came:
        """Return the credentials in the headers of a request."""
        del text
        scheme, _, content = headers.get("authorization", "").strip().partition(" ")
        if scheme.lower() != "basic":
            return Came(challenge=_CHALLENGE)
        try:
            decoded = b64decode(content.strip(), validate=True).decode("utf-8")
        except (Error, ValueError):
            return Came(challenge=_CHALLENGE)
        username, colon, password = decoded.partition(":")
        if not colon:
            return Came(challenge=_CHALLENGE)
        return Came(Presented(username, Secret(password)), challenge=_CHALLENGE)


def _encoded(account: Account) -> str:
    pair = f"{revealed(account['username'])}:{revealed(account['password'])}"
    return b64encode(pair.encode("utf-8", "surrogatepass")).decode("ascii")


def _check(name: str, text: str, foreign: str) -> None:
    """Raise NotCarried for a text with a character that the header cannot carry."""
    for character in text:
        is_control = ord(character) < 32 or character == "\x7f" or "\ud800" <= character <= "\udfff"
        if is_control or character == foreign:
            del text
            raise NotCarried(name, character, "HTTP Basic")


def _ignore(operation: str, response: Response) -> None:
    del operation, response
