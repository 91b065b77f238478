# Copied by unstringly 0.1.0. Do not edit.
"""Masking of secrets in texts that other programs wrote: a page or a fault may quote the request.

The bytes that are kept are never changed. A text that is shown is masked, and generously: nothing
is lost by it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias, cast

from .encodings import GB, UTF_8
from .sealed import Secret
from .spellings import LEADS, Reading, characters, readings, usual

_SHOWN: Final = "***"
_LEAST: Final = 4
"""This many characters of a secret in a row are masked: a program that quotes may cut anywhere."""
_MOST: Final = 128 * 1024
"""The longest text shown, in characters: each of them takes time."""
_QUOTED: Final = 15
"""The number of characters that ASP.NET quotes of a value that it refuses."""
_BEFORE: Final = 10
"""The number of those before the refused character, in newer versions of ASP.NET."""
_CHARSETS: Final = (UTF_8, GB, "utf-16-le", "utf-16-be")


def masked(text: str, secrets: Sequence[Secret]) -> str:
    """Return a text to be shown, without secrets and longer parts of them, in any spelling.

    Capitals do not matter, and a text that is very long is cut. The time is linear in the text,
    whatever the length of the secrets.
    """
    omission = f"… ({len(text) - _MOST} characters more)" if len(text) > _MOST else ""
    text = text[:_MOST]
    spans = sorted(_parts_in(text, secrets))
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if start > at or not pieces:
            pieces += [text[at:start], _SHOWN]
        at = max(at, end)
    return "".join([*pieces, text[at:], omission])


def shows_part(text: str, secrets: Sequence[Secret]) -> bool:
    """Say whether masking would change a text; the search ends at the first place."""
    return next(_parts_in(text[:_MOST], secrets), None) is not None


def _parts_in(text: str, secrets: Sequence[Secret]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each part of a secret in a text, in no order."""
    texts = (secret.reveal() for secret in secrets)
    tries = [_trie(_in_small(text)) for text in texts if text]
    if not tries:
        return
    for reading in readings(text):
        for trie in tries:
            yield from _found(reading, trie)


def quotes_secret(body: bytes, secrets: Sequence[Secret]) -> bool:
    """Say whether a body quotes a secret, or as much of one as servers quote, in a usual spelling.

    Four equal characters, as in other people's phone numbers, are no quotation.
    """
    return any(
        spelled.encode(charset, "replace") in body
        for secret in secrets
        for part in _parts(secret.reveal())
        for spelled in usual(part)
        for charset in _CHARSETS
    )


def _parts(secret: str) -> Iterator[str]:
    """Yield the parts of a secret that ASP.NET would quote; the whole secret, where it is short."""
    units = secret.encode("utf-16-le", "surrogatepass")[: 2 * _QUOTED]
    if secret:
        yield units.decode("utf-16-le", "ignore") or secret
    refused = re.search("[<&]", secret)
    if refused is not None and refused.start() > _BEFORE:
        begin = refused.start() - _BEFORE
        yield secret[begin : begin + _QUOTED]


def _in_small(text: str) -> str:
    """Return a text in small letters, of equal length: programs on the way may change the case."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower()[0] for c in text)


_Trie: TypeAlias = "Mapping[str, _Trie]"
"""The first characters of some texts of one length, each with the rest; empty at the end."""


def _trie(secret: str) -> _Trie:
    """Return all parts of a secret that are masked. A charset that lacks a character gives `?`."""
    least = min(len(secret), _LEAST)
    root: dict[str, _Trie] = {}
    for spelled in {secret, re.sub("[^\0-\xff]", "?", secret), re.sub("[^\0-\x7f]", "?", secret)}:
        for at in range(len(spelled) - least + 1):
            node = root
            for character in spelled[at : at + least]:
                # made by this function, so it is a dict
                node = cast("dict[str, _Trie]", node.setdefault(character, {}))
    return root


def _found(reading: Reading, trie: _Trie) -> Iterator[tuple[int, int]]:
    """Yield the places of parts of the secret, in the text that was read; they may overlap."""
    text, starts = _in_small(reading.text), reading.starts
    pairs = {first + second for first, node in trie.items() for second in node or ("",)}
    spelled = _Spelled(text)
    for at, (first, second) in enumerate(pairwise(f"{text}\0")):
        if first in trie or first in LEADS:
            is_plain = first not in LEADS and second not in LEADS
            if is_plain and first + second not in pairs and first not in pairs:
                continue
            end = _end(spelled, at, trie)
            if end:
                yield starts[at], starts[end]


class _Spelled(dict[int, tuple[tuple[str, int], ...]]):
    """The characters that can stand at each place of a text, worked out once for each place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def __missing__(self, at: int) -> tuple[tuple[str, int], ...]:
        if at >= len(self._text):
            return ()
        options = tuple((_in_small(spelled), end) for spelled, end in characters(self._text, at))
        if len(options) > 1:
            self[at] = options
        return options


def _end(spelled: _Spelled, at: int, trie: _Trie) -> int:
    """Return the furthest end of a part of the secret that begins at a place; 0 if none does."""
    furthest = 0
    states = [(at, trie)]
    while states:
        following: dict[tuple[int, int], tuple[int, _Trie]] = {}
        for place, node in states:
            for character, end in spelled[place]:
                rest = node.get(character)
                if rest is None:
                    continue
                if rest:
                    following[end, id(rest)] = (end, rest)
                else:
                    furthest = max(furthest, end)
        states = list(following.values())
    return furthest
