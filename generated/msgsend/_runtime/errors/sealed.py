"""Bytes and texts that show nowhere: neither in a repr nor to a program that walks over objects.

Error trackers, debuggers and serialisers look into whatever a traceback holds: they iterate, take
slots and attributes apart, follow closures. What they find here is noise, and a pad of noise. This
is no encryption: whoever has the object and calls its method has the text.
"""

from os import urandom
from typing import Final, NoReturn, final

_SHOWN: Final = "***"
_PAD: Final = 4096
"""So many random bytes at most; longer data uses them again and again."""


class _Hidden:
    """What `Sealed` and `Secret` have in common."""

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
    """Bytes that show nowhere. It equals nothing but itself."""

    __slots__ = ()

    def opened(self) -> bytes:
        """The bytes."""
        return _xored(self._noise, self._pad)


@final
class Secret(_Hidden):
    """A text that shows nowhere. It equals nothing but itself: ask `matches`."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        super().__init__(data)

    def reveal(self) -> str:
        """The text."""
        return _xored(self._noise, self._pad).decode("utf-8", "surrogatepass")

    def matches(self, text: str) -> bool:
        """Whether it is this text. The time that it takes does not tell how much of it is."""
        from hmac import compare_digest  # a client has no use for it

        other = text.encode("utf-8", "surrogatepass")
        return compare_digest(_xored(self._noise, self._pad), other)


def _xored(data: bytes, pad: bytes) -> bytes:
    """The data with each byte changed by one of the pad; done twice, it is the data again."""
    size = len(data)
    if size > len(pad):
        pad = (pad * (size // len(pad) + 1))[:size]
    both = int.from_bytes(data, "little") ^ int.from_bytes(pad, "little")
    return both.to_bytes(size, "little")
