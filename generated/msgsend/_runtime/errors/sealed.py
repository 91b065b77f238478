# Copied by unstringly 0.1.0. Do not edit.
"""Bytes and texts that are shown nowhere: not in a repr, not to a program that walks over objects.

Error trackers, debuggers and serialisers look into all objects that a traceback holds: they
iterate, take slots and attributes apart, follow closures. Here they find random bytes only. This
is no encryption: a program that has the object and calls its method has the text.
"""

from os import urandom
from typing import Final, NoReturn, TypeVar, final

ValueT = TypeVar("ValueT")

_SHOWN: Final = "***"
_PAD: Final = 4096
"""The largest number of random bytes; longer data uses them again and again."""


class _Hidden:
    """The base of `Sealed` and `Secret`: data as random bytes and a pad, masked in every repr."""

    __slots__ = ("_noise", "_pad")

    def __init__(self, data: bytes) -> None:
        self._pad = urandom(min(len(data), _PAD))
        self._noise = _xored(data, self._pad)

    def __repr__(self) -> str:
        return _SHOWN

    def __copy__(self) -> "_Hidden":
        return self

    def __deepcopy__(self, memo: object) -> "_Hidden":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("what is sealed stays in this process: it cannot be pickled")


@final
class Sealed(_Hidden):
    """Bytes that are shown nowhere. They equal nothing but themselves."""

    __slots__ = ()

    def opened(self) -> bytes:
        """Return the bytes."""
        return _xored(self._noise, self._pad)


@final
class Secret(_Hidden):
    """A text that is shown nowhere. It equals nothing but itself: compare with `matches`."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        super().__init__(data)

    def reveal(self) -> str:
        """Return the text."""
        return _xored(self._noise, self._pad).decode("utf-8", "surrogatepass")

    def matches(self, text: str) -> bool:
        """Say whether it is this text. The time taken does not tell how many characters agree."""
        from hmac import compare_digest  # clients do not need it

        data = text.encode("utf-8", "surrogatepass")
        return compare_digest(_xored(self._noise, self._pad), data)


def revealed(value: ValueT | Secret) -> ValueT | str:
    """Return a value, or the text that is sealed in it."""
    return value.reveal() if isinstance(value, Secret) else value


def _xored(data: bytes, pad: bytes) -> bytes:
    """Return the data, each byte xored with one of the pad; doing it twice gives the data again."""
    size = len(data)
    if size > len(pad):
        pad = (pad * (size // len(pad) + 1))[:size]
    both = int.from_bytes(data, "little") ^ int.from_bytes(pad, "little")
    return both.to_bytes(size, "little")
