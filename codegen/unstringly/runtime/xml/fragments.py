"""XML that stays XML: elements that a schema says nothing about, and values of unknown types."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, final

from ..wire.references import repaired
from ..wire.xml_events import Refused
from .records import record

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_DEPTH: Final = 100
"""The deepest nesting of elements that is read, and that is written."""

_TAG: Final = re.compile(rb"""<([^\s<>/]++)((?:[^<>"']*+(?:"[^"]*+"|'[^']*+'))*+[^<>"']*+)>""")
_ATTRIBUTE: Final = re.compile(rb"""([^\s=]++)\s*+=\s*+(?:"[^"]*+"|'[^']*+')""")
_PREFIX: Final = re.compile(rb"(?<![^\s<>/=\"'&;:])([^\s<>/=\"'&;:]++):")
"""What may be a prefix: looked for once in each stretch, however long it is."""


@final
class XmlFragment:
    """One element as it is in a document, in UTF-8; it declares all namespaces that it uses.

    Raises ValueError for bytes that are anything else, and for a document type. Fragments are equal
    if their bytes are. What is in a fragment is not shown by its repr.
    """

    __slots__ = ("_data",)
    _data: bytes

    def __init__(self, data: bytes) -> None:
        _check(data)
        object.__setattr__(self, "_data", data)

    @property
    def data(self) -> bytes:
        """The bytes of the element."""
        return self._data

    @property
    def name(self) -> str:
        """The name of the element as ElementTree has it: `{namespace}local`."""
        return self.element().tag

    @property
    def text(self) -> str:
        """All text in the element, that of elements in it included."""
        return "".join(self.element().itertext())

    def element(self) -> "Element":
        """Return the element as a new tree."""
        return _tree(self._data)

    def __iter__(self) -> "Iterator[Element]":
        """Yield the elements in this one, as new trees."""
        return iter(self.element())

    def __bytes__(self) -> bytes:
        return self._data

    def __eq__(self, other: object) -> bool:
        return self._data == other._data if isinstance(other, XmlFragment) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._data)

    def __repr__(self) -> str:
        return f"<XmlFragment of {len(self._data)} bytes>"

    def __setattr__(self, name: str, _: object, /) -> None:
        raise AttributeError(f"cannot assign to {name!r}: a fragment does not change")

    def __delattr__(self, name: str, /) -> None:
        raise AttributeError(f"cannot delete {name!r}: a fragment does not change")

    def __reduce__(self) -> tuple[object, ...]:
        return XmlFragment, (self._data,)


@final
@record
class UnknownType:
    """A value of a type that is not in the WSDL: XML, and the type's name `{namespace}local`."""

    name: str
    fragment: XmlFragment


def clark(name: str) -> str:
    """Return a name of a table, or of expat, as ElementTree has it."""
    namespace, blank, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if blank else local


def cut(element: bytes, scope: Mapping[str, str]) -> XmlFragment:
    """Return an element that was cut out of a document.

    `scope` has the namespaces of the prefixes in scope there. Those that may be in use are declared
    in the fragment, in the order of their prefixes.
    """
    tag = _TAG.match(element)
    if tag is None:
        raise Refused("has a tag that is not read")
    own = {each[1] for each in _ATTRIBUTE.finditer(tag[2])}
    used = {each[1].decode() for each in _PREFIX.finditer(element)} | {""}
    added = b"".join(
        _declaration(prefix, scope[prefix])
        for prefix in sorted(used)
        if prefix in scope and _attribute(prefix) not in own
    )
    behind_name = tag.end(1)
    return _unchecked(element[:behind_name] + added + element[behind_name:] if added else element)


def with_references(element: bytes, disguises: Mapping[str, str]) -> bytes:
    """Return an element with references to the characters that stand in it in disguise."""
    for disguise, character in disguises.items():
        element = element.replace(disguise.encode(), b"&#x%X;" % ord(character))
    return element


def loose_prefixes(data: bytes) -> frozenset[str]:
    """Return what may be prefixes in an element, but for those that it declares itself."""
    tag = _TAG.match(data)
    own = {each[1] for each in _ATTRIBUTE.finditer(tag[2])} if tag else set[bytes]()
    used = {each[1] for each in _PREFIX.finditer(data)}
    return frozenset(name.decode() for name in used if b"xmlns:" + name not in own)


def tag_end(data: bytes, start: int) -> tuple[int, bool]:
    """Return the end of the tag at a place of a document, and whether it is an empty element."""
    tag = _TAG.match(data, start)
    if tag is None:
        raise Refused("has a tag that is not read")
    return tag.end(), tag[2].endswith(b"/")


def _attribute(prefix: str) -> bytes:
    return b"xmlns:" + prefix.encode() if prefix else b"xmlns"


def _declaration(prefix: str, namespace: str) -> bytes:
    escaped = namespace.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return b' %b="%b"' % (_attribute(prefix), escaped.encode())


def _unchecked(data: bytes) -> XmlFragment:
    fragment = XmlFragment.__new__(XmlFragment)
    object.__setattr__(fragment, "_data", data)
    return fragment


def _check(data: bytes) -> None:
    """Raise ValueError for bytes that are no element."""
    import xml.parsers.expat  # takes some ms, and not every program makes fragments

    expat = xml.parsers.expat
    parser = expat.ParserCreate("utf-8", " ")
    depth = 0

    def start(name: str, _: Mapping[str, str]) -> None:
        nonlocal depth
        if not depth and parser.CurrentByteIndex:
            raise ValueError(f"something stands before the element {name!r}")
        depth += 1
        if depth > MOST_DEPTH:
            raise ValueError("the elements are nested too deeply")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def beside(*_: object) -> None:
        if not depth:
            raise ValueError("something stands beside the element")

    def document_type(*_: object) -> None:
        raise ValueError("it has a document type")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CommentHandler = parser.ProcessingInstructionHandler = beside
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(f"it is no element: {expat.ErrorString(error.code)}") from None
    if not data.endswith(b">"):
        raise ValueError("something stands behind the element")


def _tree(data: bytes) -> "Element":
    """Return the tree of an element, with the characters that XML lacks and it refers to."""
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        return fromstring(data)
    except ParseError:
        better = repaired(data.decode())
    tree = fromstring(better.text)
    for element in tree.iter():
        element.text = better.restored(element.text or "")
        element.tail = better.restored(element.tail or "")
        for name, value in element.items():
            element.set(name, better.restored(value))
    return tree
