"""Security headers of SOAP (WS-Security 1.0): a UsernameToken, and a time stamp.

The password goes as text, or as a digest of it with a nonce and the time. Both are sent as they
are: nothing is signed or encrypted, so the connection must be.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from os import urandom
from typing import Final, Literal

from ..errors.sealed import Secret, revealed
from .bindings import NOT_XML, NotCarried
from .codec import Account, Came
from .envelopes import written
from .exchange import Request, Response
from .presented import Presented, digest_of
from .soap_headers import read_header, with_header

_OASIS: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
WSSE: Final = f"{_OASIS}-wssecurity-secext-1.0.xsd"
WSU: Final = f"{_OASIS}-wssecurity-utility-1.0.xsd"
_TEXT: Final = f"{_OASIS}-username-token-profile-1.0#PasswordText"
_DIGEST: Final = f"{_OASIS}-username-token-profile-1.0#PasswordDigest"
_BASE64: Final = f"{_OASIS}-soap-message-security-1.0#Base64Binary"
_VALID: Final = timedelta(minutes=5)
_PASSWORD: Final = f"{WSSE} Password"
_TOKEN: Final = (f"{WSSE} Security", f"{WSSE} UsernameToken")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SecurityHeader:
    """The security header of each request.

    `password` says how that goes: as `text`, as `digest`, or not at all; the account has it, with
    the user name. `now` and `random` are for tests.
    """

    password: Literal["", "text", "digest"] = ""
    has_timestamp: bool = False
    now: Callable[[], datetime] = field(default=_now, repr=False, compare=False)
    random: Callable[[int], bytes] = field(default=urandom, repr=False, compare=False)

    def secrets(self, account: Account) -> tuple[Secret, ...]:
        """Return none: the password is a secret of the account itself."""
        del account
        return ()

    def sent(self, request: Request, account: Account) -> Request:
        """Return a request with the header. Raises NotCarried for a character that XML has not."""
        moment = self.now().astimezone(UTC).replace(microsecond=0)
        parts = _timestamp(moment) if self.has_timestamp else ""
        if self.password:
            parts += self._token(account, moment)
        header = f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}">{parts}</wsse:Security>'
        return with_header(request, header)

    def _token(self, account: Account, moment: datetime) -> str:
        username = _carried("username", str(revealed(account["username"])))
        password = str(revealed(account["password"]))
        if self.password != "digest":
            text = written(_carried("password", password)).replace("\r", "&#13;")
            proof = f'<wsse:Password Type="{_TEXT}">{text}</wsse:Password>'
        else:
            nonce, created = b64encode(self.random(16)).decode("ascii"), _spelled(moment)
            proof = (
                f'<wsse:Password Type="{_DIGEST}">{digest_of(password, nonce, created)}'
                f'</wsse:Password><wsse:Nonce EncodingType="{_BASE64}">{nonce}</wsse:Nonce>'
                f"<wsu:Created>{created}</wsu:Created>"
            )
        name = written(username).replace("\r", "&#13;")
        return (
            f"<wsse:UsernameToken><wsse:Username>{name}</wsse:Username>{proof}</wsse:UsernameToken>"
        )

    def watching(self, request: Request) -> Callable[[str, Response], None]:
        """Return a function that does nothing: responses are as they are."""
        del request
        return _ignore

    def came(self, headers: Mapping[str, str], text: str) -> Came:
        """Return the credentials in the header of a request."""
        del headers
        header = read_header(text)
        username = header.text(*_TOKEN, f"{WSSE} Username")
        password = header.text(*_TOKEN, _PASSWORD)
        if username is None or not self.password:
            return Came()
        kind = header.attributes.get((*_TOKEN, _PASSWORD), {}).get("Type", "")
        if password is None or not kind.endswith("#PasswordDigest"):
            return Came(Presented(username, None if password is None else Secret(password)))
        names = (f"{WSSE} Nonce", f"{WSU} Created")
        nonce, created = (header.text(*_TOKEN, name) or "" for name in names)
        digest = "\n".join((*(part.replace("\n", " ") for part in (nonce, created)), password))
        return Came(Presented(username, None, Secret(digest)))


def _timestamp(moment: datetime) -> str:
    return (
        f"<wsu:Timestamp><wsu:Created>{_spelled(moment)}</wsu:Created>"
        f"<wsu:Expires>{_spelled(moment + _VALID)}</wsu:Expires></wsu:Timestamp>"
    )


def _spelled(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _carried(name: str, text: str) -> str:
    """Return a text that XML can carry. Raises NotCarried."""
    foreign = NOT_XML.search(text)
    if foreign is not None:
        character = foreign[0]
        del text
        raise NotCarried(name, character)
    return text


def _ignore(operation: str, response: Response) -> None:
    del operation, response
