"""Documents of SOAP's encoding as other senders write them: the same values in other places.

Elements move out of where they were to the end of the body, and are referred to from there; equal
ones become one. The items of arrays get other names.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from unstringly.runtime.xml.fragments import tag_end

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(eq=False)
class Piece:
    """An element as bytes: all of it, its tag, its attributes, and what is in it."""

    start: int
    tag: bytes
    attributes: bytes
    tells_type: bool
    is_array: bool
    content: list["bytes | Piece"] = field(default_factory=list["bytes | Piece"])
    whole: bytes = b""


def pieces_of(data: bytes) -> Piece:
    """The root of a document that the writer has made."""
    parser = expat.ParserCreate("utf-8", " ")
    top = Piece(0, b"", b"", tells_type=False, is_array=False)
    opened = [top]
    ends = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        if ends[0] < at:
            opened[-1].content.append(data[ends[0] : at])
        end, is_empty = tag_end(data, at)
        tag, blank, rest = data[at + 1 : end - 1].removesuffix(b"/").partition(b" ")
        array = f"{ENCODING} arrayType" in attributes
        piece = Piece(at, tag, blank + rest, f"{XSI} type" in attributes, array)
        piece.whole = data[at:end] if is_empty else b""
        opened[-1].content.append(piece)
        opened.append(piece)
        ends[0] = end

    def end(name: str) -> None:
        at = parser.CurrentByteIndex
        piece = opened.pop()
        if piece.whole:
            return
        if ends[0] < at:
            piece.content.append(data[ends[0] : at])
        ends[0] = data.index(b">", at) + 1
        piece.whole = data[piece.start : ends[0]]

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    (root,) = (piece for piece in top.content if isinstance(piece, Piece))
    return root


@st.composite
def moved(draw: DrawFn, document: str) -> str:
    """An envelope with a document that the writer has made, and its elements in other places."""
    root = pieces_of(document.encode())
    moves = draw(st.integers(0, 2**64))
    ids: dict[bytes, bytes] = {}
    numbers = [0]

    def is_drawn() -> bool:
        numbers[0] += 1
        return bool(moves >> (numbers[0] % 64) & 1)

    def written(piece: Piece, name: bytes) -> bytes:
        before = [part if isinstance(part, bytes) else part.whole for part in piece.content]
        content = [
            part if isinstance(part, bytes) else member(part, in_array=piece.is_array)
            for part in piece.content
        ]
        if content == before and name == piece.tag:
            return piece.whole  # it may be a fragment, of which each byte counts
        return b"<%b%b>%b</%b>" % (name, piece.attributes, b"".join(content), name)

    def member(piece: Piece, *, in_array: bool) -> bytes:
        if not piece.tells_type:
            return written(piece, piece.tag)
        name = b"unlisted" if in_array and is_drawn() else piece.tag
        if not is_drawn():
            return written(piece, name)
        content = written(piece, b"multiRef")
        own_id = ids.setdefault(content, b"id%d" % len(ids))
        return b'<%b href="#%b"/>' % (name, own_id)

    inner = written(root, root.tag)
    declared = root.attributes  # the prefixes in it are those of the whole document
    others = [
        content.replace(b"<multiRef", b'<multiRef id="%b"' % own_id, 1)
        for content, own_id in ids.items()
    ]
    body = [inner, *draw(st.permutations(others))]
    return (
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body>'.encode()
        + b"".join(_declaring(part, declared) for part in body)
        + b"</e:Body></e:Envelope>"
    ).decode()


def _declaring(element: bytes, declared: bytes) -> bytes:
    """An element that declares the prefixes of the root, unless it is the root."""
    if not element.startswith(b"<multiRef"):
        return element
    only = b"".join(b" " + own for own in declared.split(b" ") if own.startswith(b"xmlns:"))
    return element.replace(b">", only + b">", 1)
