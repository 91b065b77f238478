"""To whom the blocks of a SOAP header are addressed: to this side, or to somebody on the way.

SOAP 1.1 calls these actors (4.2.2), SOAP 1.2 roles (part 1, 2.2). A block without one is for who
gets the message in the end, as is one for the next who gets it.
"""

from collections.abc import Mapping
from typing import Final

from .bindings import SOAP_11, SOAP_12
from .xml_events import Refused, read_events

_NAMES: Final = (f"{SOAP_11} actor", f"{SOAP_12} role")
_OURS: Final = frozenset(
    {
        "",
        "http://schemas.xmlsoap.org/soap/actor/next",
        f"{SOAP_12}/role/next",
        f"{SOAP_12}/role/ultimateReceiver",
    }
)
_BLANKS: Final = " \t\r\n"


def is_for_this_side(attributes: Mapping[str, str]) -> bool:
    """Say whether a block is for this side, by its attributes, named as expat names them."""
    return all(attributes.get(name, "").strip(_BLANKS) in _OURS for name in _NAMES)


def is_block_for_this_side(text: str) -> bool:
    """Say whether a block is for this side, which is a document of its own."""
    return is_for_this_side(read_events(text, _Start).handler.attributes)


class _Start:
    """The state of the parser: the attributes of the first element."""

    def __init__(self) -> None:
        self.attributes: Mapping[str, str] = {}

    def start(self, _: str, attributes: dict[str, str]) -> None:
        """Take the attributes, and look at nothing else."""
        self.attributes = attributes
        raise Refused("has more, which is not looked at")

    def end(self, _: str) -> None:
        """Take nothing."""

    def characters(self, _: str) -> None:
        """Take nothing."""
