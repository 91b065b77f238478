"""The blocks of a header that an operation declares, found by their full names.

A header has blocks of many: of proxies on the way, of extensions that no WSDL tells. So one is ours
only if its whole name is, with the namespace, and it is not addressed to somebody else.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..wire.roles import is_block_for_this_side
from .envelopes import headers_envelope
from .reading import Unreadable, read
from .tables import Element

if TYPE_CHECKING:
    from .fragments import XmlFragment


def header_blocks(
    soap: str, elements: Mapping[str, Element], text: str
) -> Mapping[str, "tuple[XmlFragment, ...]"]:
    """Return the blocks in a message for each slot. Raises Unreadable."""
    came = read(headers_envelope(soap, tuple(elements.items())), text).value
    return {slot: tuple(filter(_is_ours, getattr(came, slot, ()))) for slot in elements}


def request_headers(soap: str, elements: Mapping[str, Element], text: str) -> Mapping[str, object]:
    """Return the values of a request's headers by their slots; None for one that did not come.

    Raises Unreadable for one that does not fit its schema, or comes twice: none of two is the one
    that is meant.
    """
    if not elements:
        return {}
    values: dict[str, object] = {}
    for slot, blocks in header_blocks(soap, elements, text).items():
        element = replace(elements[slot], least=0, missing=None)
        values[slot] = None
        if len(blocks) > 1:
            place = f"Envelope/Header/{element.name.rpartition(' ')[2]}"
            raise Unreadable("comes more than once", place)
        for block in blocks:
            try:
                values[slot] = read(element, block.data.decode(), by_local_name=True).value
            except Unreadable as error:
                raise Unreadable(error.words, f"Envelope/Header/{error.path}") from None
    return values


def _is_ours(block: "XmlFragment") -> bool:
    return is_block_for_this_side(block.data.decode())
