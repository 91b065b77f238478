"""The header of a SOAP message: elements put into the one of a request, and found in another's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from .bindings import SOAP_11, SOAP_12
from .exchange import Request
from .roles import is_for_this_side
from .xml_events import Refused, read_events

_BODY: Final = b"<soap:Body>"
_HEADER: Final = b"<soap:Header>"
_END: Final = b"</soap:Header>"

Place: TypeAlias = tuple[str, ...]
"""The names of an element of a header and of those around it, from the block that it is in."""


def with_header(request: Request, elements: str) -> Request:
    """Return a SOAP request, as this package writes them, with elements at the start of its header.

    What stands before the header's place is the package's own: no text of a caller is looked at.
    """
    data = elements.encode()
    body = request.body
    place = body.index(b">", body.index(b"<soap:Envelope")) + 1
    if body.startswith(_HEADER, place):
        place += len(_HEADER)
        return replace(request, body=body[:place] + data + body[place:])
    assert body.startswith(_BODY, place)
    return replace(request, body=body[:place] + _HEADER + data + _END + body[place:])


@dataclass(slots=True)
class _Header:
    """The state of the parser: texts in a header by the names of the elements around them.

    `doubled` are the places at which more than one element stands, `mixed` those of elements that
    hold elements. The place of the header itself is empty.
    """

    texts: dict[Place, list[str]] = field(default_factory=dict[Place, list[str]])
    attributes: dict[Place, Mapping[str, str]] = field(
        default_factory=dict[Place, Mapping[str, str]]
    )
    doubled: set[Place] = field(default_factory=set[Place])
    mixed: set[Place] = field(default_factory=set[Place])
    open: list[str] = field(default_factory=list[str])
    soap: str = ""
    is_read: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element. Raises Refused where the header cannot come any more.

        Elements under the envelope that are no header are passed over, as is each block of the
        header that is not for this side.
        """
        self.open.append(name)
        depth = len(self.open)
        if depth == 1:
            self.soap, _, local = name.rpartition(" ")
            if local != "Envelope" or self.soap not in (SOAP_11, SOAP_12):
                raise Refused("is no envelope")
        elif name == f"{self.soap} Body" and depth == 2:
            raise Refused("has a body, which is not looked at")
        elif depth == 2:
            self.is_read = name == f"{self.soap} Header"
        elif depth == 3:
            self.is_read = self.is_in_header and is_for_this_side(attributes)
        if self.is_read:
            self._take(tuple(self.open[2:]), attributes)

    @property
    def is_in_header(self) -> bool:
        """Say whether what is open stands in the header."""
        return self.open[1:2] == [f"{self.soap} Header"]

    def _take(self, place: Place, attributes: dict[str, str]) -> None:
        if place in self.texts:
            self.doubled.add(place)
        self.texts[place], self.attributes[place] = [], attributes
        if place:
            self.mixed.add(place[:-1])

    def end(self, _: str) -> None:
        """Take the end of an element."""
        self.open.pop()

    def characters(self, data: str) -> None:
        """Take character data."""
        if self.is_read and len(self.open) > 2:
            self.texts[tuple(self.open[2:])].append(data)


@dataclass(frozen=True, slots=True)
class Found:
    """The texts and attributes in the header of a message, by the names of the elements around.

    Names have their namespace before them, and a blank. Two elements at one place have no text and
    no attributes, nor has anything in them: nobody can say which one is meant.
    """

    texts: Mapping[Place, str] = field(repr=False)
    attributes: Mapping[Place, Mapping[str, str]] = field(repr=False)

    def text(self, *place: str) -> str | None:
        """Return the text of an element; None if it is not there, or holds elements."""
        return self.texts.get(place)


def read_header(text: str) -> Found:
    """Return the header of a message; with nothing in it for one that cannot be read."""
    state, _, _, repaired = read_events(text, _Header)
    alone = [place for place in state.texts if not _is_in(place, state.doubled)]
    texts = {place: "".join(state.texts[place]) for place in alone if place not in state.mixed}
    if repaired is not None:
        texts = {place: repaired.restored(own) for place, own in texts.items()}
    return Found(texts, {place: state.attributes[place] for place in alone})


def _is_in(place: Place, doubled: set[Place]) -> bool:
    """Say whether a place, or one around it, is that of more than one element."""
    return any(place[:length] in doubled for length in range(len(place) + 1))
