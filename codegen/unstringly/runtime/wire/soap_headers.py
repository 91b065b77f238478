"""The header of a SOAP message: elements put into the one of a request, and found in another's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from .exchange import Request
from .xml_events import Refused, read_events

_BODY: Final = b"<soap:Body>"
_HEADER: Final = b"<soap:Header>"
_END: Final = b"</soap:Header>"


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
    """The state of the parser: texts in a header by the local names of the elements around them."""

    texts: dict[tuple[str, ...], list[str]] = field(
        default_factory=dict[tuple[str, ...], list[str]]
    )
    attributes: dict[tuple[str, ...], Mapping[str, str]] = field(
        default_factory=dict[tuple[str, ...], Mapping[str, str]]
    )
    open: list[str] = field(default_factory=list[str])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element. Raises Refused where the body begins."""
        local = name.rpartition(" ")[2]
        self.open.append(local)
        if len(self.open) == 2 and local == "Body":
            raise Refused("has a body, which is not looked at")
        if len(self.open) > 2:
            path = tuple(self.open[2:])
            if path not in self.attributes:
                self.attributes[path], self.texts[path] = attributes, []

    def end(self, _: str) -> None:
        """Take the end of an element."""
        self.open.pop()

    def characters(self, data: str) -> None:
        """Take character data."""
        if len(self.open) > 2:
            self.texts[tuple(self.open[2:])].append(data)


@dataclass(frozen=True, slots=True)
class Found:
    """The texts in the header of a message, by the local names of the elements around them.

    Of elements with the same names the first attributes count, and all texts together.
    """

    texts: Mapping[tuple[str, ...], str] = field(repr=False)
    attributes: Mapping[tuple[str, ...], Mapping[str, str]] = field(repr=False)

    def text(self, *path: str) -> str | None:
        """Return the text of an element; None if it is not there."""
        return self.texts.get(path)


def read_header(text: str) -> Found:
    """Return the header of a message; with nothing in it for one that cannot be read."""
    state, _, _, repaired = read_events(text, _Header)
    texts = {path: "".join(pieces) for path, pieces in state.texts.items()}
    if repaired is not None:
        texts = {path: repaired.restored(own) for path, own in texts.items()}
    return Found(texts, state.attributes)
