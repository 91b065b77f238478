# Copied by unstringly 0.1.0. Do not edit.
"""The search for secrets of a call in its response: a journal marks and hides such a response.

The program that reads the journal does not know the secrets. So this must find all that the masking
of a call would find in the texts that the call shows: in all bytes that came, without content
codings, in their charset. A response that is an error, or that cannot be read, is also searched at
its beginning for short parts. Pages of records are not: they have other people's numbers, which may
be alike.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from ..errors.sealed import Secret
from ..errors.secrets import quotes_secret, shows_part
from .charsets import decoded
from .codings import Broken, coding_of, inflated
from .exchange import MAX_BYTES, Response

_SHOWN: Final = 4 * 1024
"""The number of characters of a body that an excerpt is taken from."""
_MESSAGE: Final = 64 * 1024
"""The number for the message of a fault, which may stand anywhere in the body."""


def quotes(
    response: Response, secrets: Sequence[Secret], *, is_whole: bool, charset: str = ""
) -> bool:
    """Say whether a response quotes one of the secrets, or may be shown with a part of one."""
    if not secrets:
        return False
    headers = (value.encode("utf-8", "surrogatepass") for _, value in response.headers)
    if any(quotes_secret(data, secrets) for data in (response.body, *headers)):
        return True
    body = _inflated(response)
    text = _text(body, response, charset)
    if any(quotes_secret(reading, secrets) for reading in _readings(body, text)):
        return True
    shown = body.decode("utf-8", "replace") if text is None else text
    if response.status == 200 and is_whole and text is not None and _may_be_xml(text):
        return False
    most = _SHOWN if response.status == 200 else _MESSAGE
    return shows_part(shown[:most], secrets)


def _readings(body: bytes, text: str | None) -> Iterator[bytes]:
    yield body
    if text is not None and "&" in text[:_SHOWN]:
        from html import unescape  # only where something was escaped

        yield unescape(text[:_SHOWN]).encode("utf-8", "surrogatepass")
    if text is not None:
        yield text.encode("utf-8", "surrogatepass")


def _may_be_xml(text: str) -> bool:
    start = text[:200].lstrip().lower()
    return start.startswith("<") and not start.startswith(("<!doctype", "<html"))


def _inflated(response: Response) -> bytes:
    coding = coding_of(response)
    try:
        return inflated(response.body, coding, max(len(response.body), MAX_BYTES))
    except Broken:
        return response.body


def _text(body: bytes, response: Response, charset: str) -> str | None:
    return decoded(body, response.header("Content-Type") or "", charset)
