"""Messages of SOAP's encoding as trees, whose elements refer to each other (SOAP 1.1, section 5).

A value may stand anywhere in a message: an element with an `href` has nothing in it, and stands for
the one with that `id`. So the message is read to its end before any value is made. What `reading`
says of documents holds here as well: no document type, no deep nesting, and no more memory than a
multiple of the document.
"""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..wire.references import Repaired
from ..wire.xml_events import Refused
from .building import Unfit
from .fragments import MOST_DEPTH, XmlFragment, cut, tag_end, with_references
from .passing import MOST_ADDED
from .reading import NoDocument, Opened, Unreadable, attempted, opened

ENC: Final = "http://schemas.xmlsoap.org/soap/encoding/"
"""The namespace of the encoding of SOAP 1.1."""
ENC_12: Final = "http://www.w3.org/2003/05/soap-encoding"
"""The namespace of the encoding of SOAP 1.2."""

_IDS: Final = ("id", f"{ENC_12} id")
_HREF: Final = "href"
_REF: Final = f"{ENC_12} ref"
_BLANKS: Final = " \t\r\n"
_MOST_NAMED: Final = 20
"""The most characters of different names, for each byte of a document."""
_NO_ATTRIBUTES: Final[Mapping[str, str]] = {}


@dataclass(slots=True, eq=False)
class Node:
    """An element: `text` is there if no elements are in it.

    `scope` has the namespaces of prefixes. `start` and `close` are the places of its tags in the
    document. It `has_id` if others may refer to it, and `is_mixed` if text stands between its
    elements. `size` is the number of elements, this one and all in it.
    """

    name: str
    attributes: Mapping[str, str]
    scope: ChainMap[str, str]
    start: int
    close: int = 0
    text: str = ""
    has_id: bool = False
    is_mixed: bool = False
    children: list["Node"] = field(default_factory=list["Node"])
    size: int = 1

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]


class Tree:
    """A document. `root` is its root, and `data` its bytes."""

    def __init__(self, source: Opened, better: Repaired | None) -> None:
        parser, self.data, _, self._bounds = source
        self._parser, self._better = parser, better
        self._room = _MOST_NAMED * len(self.data)
        self._added = MOST_ADDED * len(self.data)
        self._declared: dict[str, str] = {}
        self._names: set[str] = set()
        self._parts: list[str] = []
        self._open = [Node("", {}, ChainMap[str, str](), 0)]
        self._by_id: dict[str, Node | None] = {}
        self._targets: dict[Node, Node] = {}
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._parts.append

    @property
    def root(self) -> Node:
        """The root, of a document that was read to its end."""
        return self._open[0].children[0]

    def rest(self) -> None:
        """Let go of the parser, whose handlers hold the tree."""
        parser = self._parser
        parser.StartNamespaceDeclHandler = parser.CharacterDataHandler = None
        parser.StartElementHandler = parser.EndElementHandler = None

    def refers(self, node: Node) -> bool:
        """Say whether a node stands for one elsewhere."""
        return _HREF in node.attributes or _REF in node.attributes

    def target(self, node: Node) -> Node:
        """Return the node that one stands for in the end: mostly itself. Raises Unfit."""
        passed: dict[Node, None] = {}
        while self.refers(node) and node not in self._targets:
            if node in passed:
                raise Unfit("it refers to itself")
            passed[node] = None
            node = self._referred(node)
        end = self._targets.get(node, node)
        for reference in passed:  # so that no row of references is followed twice
            self._targets[reference] = end
        return end

    def finds(self, node: Node) -> bool:
        """Say whether what a node refers to is there."""
        try:
            self._referred(node)
        except Unfit:
            return False
        return not (node.children or node.text.strip(_BLANKS))

    def fragment(self, node: Node) -> XmlFragment:
        """Return a node as XML. Raises Refused."""
        end, is_empty = tag_end(self.data, node.start)
        if not is_empty:
            end = self.data.index(b">", node.close) + 1
        element = self.data[node.start : end]
        if self._better is not None:
            element = with_references(element, self._better.disguises)
        fragment = cut(element, node.scope)
        self._added -= len(fragment.data) - len(element)
        if self._added < 0:
            raise Refused("has too long namespaces")
        return fragment

    def _referred(self, node: Node) -> Node:
        href = node.attributes.get(_HREF)
        if href is None:
            own_id = node.attributes[_REF].strip(_BLANKS)
        else:
            mark, own_id = href.strip(_BLANKS)[:1], href.strip(_BLANKS)[1:]
            if mark != "#":
                raise Unfit("it refers to something outside of the message")
        if own_id not in self._by_id:
            raise Unfit(f"it refers to {own_id[:40]!r}, which is not there")
        target = self._by_id[own_id]
        if target is None:
            raise Unfit(f"it refers to {own_id[:40]!r}, which is there twice")
        if node.children or node.text.strip(_BLANKS):
            raise Unfit("it refers to another element, and is not empty")
        return target

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        self._bounds.declare(prefix, namespace)
        self._declared[prefix or ""] = namespace or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        around = self._open[-1]
        if self._parts:
            self._take_text(around)
        if len(self._open) > MOST_DEPTH:
            raise Refused("is nested too deeply")
        self._take_name(name)
        scope = around.scope
        if self._declared:
            scope, self._declared = ChainMap(self._declared, *scope.maps), {}
        node = Node(name, _NO_ATTRIBUTES, scope, self._parser.CurrentByteIndex)
        if attributes:
            for own in attributes:
                self._take_name(own)
            if self._better is not None:
                restored = self._better.restored
                attributes = {own: restored(text) for own, text in attributes.items()}
            node.attributes = attributes
            for own in _IDS:
                if own in attributes:
                    own_id = attributes[own].strip(_BLANKS)
                    self._by_id[own_id] = None if own_id in self._by_id else node
                    node.has_id = True
        around.children.append(node)
        self._open.append(node)

    def _take_text(self, node: Node) -> None:
        """Look whether there is more than blanks between elements."""
        if "".join(self._parts).strip(_BLANKS):
            node.is_mixed = True
        self._parts.clear()

    def _take_name(self, name: str) -> None:
        if name not in self._names:
            self._names.add(name)
            self._room -= len(name)
            if self._room < 0:
                raise Refused("has too long namespaces")

    def _end(self, _: str) -> None:
        node = self._open.pop()
        node.close = self._parser.CurrentByteIndex
        if node.children:
            self._take_text(node)
        elif self._parts:
            text = "".join(self._parts)
            node.text = text if self._better is None else self._better.restored(text)
            self._parts.clear()
        self._open[-1].size += node.size


def tree_of(text: str) -> Tree:
    """Return the tree of a document. Raises Unreadable."""
    return attempted(text, _tree_once)


def _tree_once(text: str, better: Repaired | None) -> Tree:
    source = opened(text)
    import xml.parsers.expat  # it has been imported by then

    tree = Tree(source, better)
    try:
        source.parser.Parse(source.data, True)
    except Refused as error:
        raise Unreadable(str(error)) from None
    except xml.parsers.expat.ExpatError as error:
        raise NoDocument(error) from None
    finally:
        tree.rest()
    return tree
