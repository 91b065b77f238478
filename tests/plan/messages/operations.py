"""What the operations of a WSDL name, and the packages that come of it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from unstringly.model.schema import Schema
from unstringly.model.schema_names import ComponentName
from unstringly.plan.messages.modules import message_modules
from unstringly.read.schema.documents import Documents
from unstringly.read.wsdl.xml import Node
from unstringly.render import render
from unstringly.runtime_files import runtime_files
from unstringly.shapes.planning import planned_messages
from unstringly.shapes.shapes import Shapes

PACKAGE = "it_is"
HEADER = "Generated for a test."


class Named(NamedTuple):
    """An operation and the elements and types that its messages name."""

    name: str
    roots: tuple[ComponentName, ...]


def operations(documents: Documents) -> tuple[Named, ...]:
    """All operations of the port types of a WSDL, each once."""
    known: dict[Named, None] = {}
    messages = {
        _named(definitions, node.attributes.get("name", "")): node
        for definitions in documents.definitions
        for node in _children(definitions, "message")
    }
    for definitions in documents.definitions:
        for port_type in _children(definitions, "portType"):
            for operation in _children(port_type, "operation"):
                roots: list[ComponentName] = []
                for way in operation.children:
                    message = messages.get(_resolved(way, way.attributes.get("message", "")))
                    roots += [] if message is None else _parts(message)
                known[Named(operation.attributes.get("name", ""), tuple(roots))] = None
    return tuple(known)


def wrappers_of(named: tuple[Named, ...]) -> list[ComponentName]:
    """The elements that are named as an operation is, or as its answer."""
    return [
        root
        for own in named
        for root in own.roots
        if root.kind == "element" and root.local in (own.name, f"{own.name}Response")
    ]


def package(schema: Schema, named: tuple[Named, ...]) -> tuple[Shapes, Mapping[str, str]]:
    """The shapes of what operations name, and a package that has nothing but messages."""
    roots = [root for own in named for root in own.roots]
    shapes = planned_messages(schema, roots, wrappers_of(named))
    return shapes, files_of(shapes)


def files_of(shapes: Shapes, *, is_encoded: bool = False) -> Mapping[str, str]:
    """A package that has nothing but messages."""
    rendered = render(message_modules(shapes, PACKAGE, HEADER, is_encoded=is_encoded))
    writing = {"xml.writing.Writer", "xml.reading.read", "xml.qnames.QName"}
    runtime = runtime_files(rendered.runtime | writing, HEADER)
    return {
        f"{PACKAGE}/__init__.py": '"""A package with messages."""\n',
        **rendered.files,
        **{f"{PACKAGE}/{path}": text for path, text in runtime.items()},
    }


def _children(node: Node, local: str) -> Iterator[Node]:
    return (child for child in node.children if child.local == local)


def _named(definitions: Node, local: str) -> tuple[str, str]:
    return definitions.attributes.get("targetNamespace", ""), local


def _parts(message: Node) -> Iterator[ComponentName]:
    for part in _children(message, "part"):
        if "element" in part.attributes:
            yield ComponentName("element", *_resolved(part, part.attributes["element"]))
        elif "type" in part.attributes:
            yield ComponentName("type", *_resolved(part, part.attributes["type"]))


def _resolved(node: Node, text: str) -> tuple[str, str]:
    prefix, _, local = text.strip().rpartition(":")
    return node.namespaces.get(prefix or None, ""), local
