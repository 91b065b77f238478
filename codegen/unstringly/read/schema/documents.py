"""All documents of a WSDL: those that it imports, and their schemas, in the service's folder.

Nothing is fetched. A location is followed if it leads to a file in the folder, symbolic links
resolved. A schema without a target namespace takes that of the schema that includes it (XML Schema
part 1, section 4.2.1), so it is a document of its own for each of these namespaces.
"""

from __future__ import annotations

import posixpath
from collections import deque
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.schema import absent
from unstringly.read.schema.absent import Absent, Reference, not_there
from unstringly.read.schema.known import KNOWN
from unstringly.read.schema.outlines import Document, Outlined, known_documents, outlined
from unstringly.read.schema.places import NOT_READ
from unstringly.read.schema.vintages import is_schema
from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.elements import WSDL, attribute, is_skippable, misplaced
from unstringly.read.wsdl.findings import Refused, quoted
from unstringly.read.wsdl.locations import NO_ADDRESSES, Addresses
from unstringly.read.wsdl.xml import Node, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping


WRONG_ROOT = Rule(
    "W106",
    Severity.ERROR,
    "a file is XML, but neither a WSDL 1.1 document nor a schema",
    wrong="""\
The root element is not `definitions` in the namespace `http://schemas.xmlsoap.org/wsdl/`,
nor, of an imported file, `schema` in XML Schema's.""",
    why="""\
WSDL 2.0 (`description`), a discovery file or a help page say other things in other words.""",
    example='<html> ... </html>        <description xmlns="http://www.w3.org/ns/wsdl">',
    todo="Save what the service serves at `?WSDL`.",
)

RULES = (WRONG_ROOT, *absent.RULES)

_DEFINITIONS = f"{{{WSDL}}}definitions"
_WORDS = f"{{{WSDL}}}documentation"


class Documents(Struct, frozen=True):
    """All documents of a WSDL.

    `definitions` are the roots of the WSDL and of those that it imports, `schemas` the schemas in
    reading order, known ones at the end. `missing` has the first place where a document of a
    namespace is said to be, and is not, `absent` all references that lead to no file. `texts` has
    each file by its resolved path.
    """

    definitions: tuple[Node, ...]
    schemas: tuple[Document, ...]
    missing: Mapping[str, Diagnostic]
    absent: tuple[Absent, ...]
    findings: tuple[Diagnostic, ...]
    texts: Mapping[Path, str]


class _File(Struct, frozen=True):
    """A file to be read: its resolved path, its name in findings, and who refers to it.

    `includer` is the namespace of the schema that includes it, None if none does; `namespace` that
    in which an import says it is.
    """

    path: Path
    name: str
    includer: str | None
    namespace: str


def load_documents(
    path: Path, name: str, folder: Path | None = None, addresses: Addresses = NO_ADDRESSES
) -> Documents:
    """Read a WSDL with all that it and its schemas import and include, each file once.

    `name` is its name in findings, `folder` the folder of the service: that of the file if it is
    not given. `addresses` says which of its files stand for remote addresses. Raises `Refused` if
    the file itself cannot be read, or is no WSDL.
    """
    text = read_text(path, name)
    root = parse_xml(text, name)
    if root.name != _DEFINITIONS:
        raise Refused(_wrong_root(root))
    within = (folder or path.parent).resolve()
    loader = _Loader(path.parent.resolve(), name, within, addresses)
    loader.roots[path.resolve()] = root
    loader.texts[loader.start / path.name] = text
    loader.read(root, path.resolve(), None)
    while loader.waiting:
        loader.read_file(loader.waiting.popleft())
    return Documents(
        tuple(loader.definitions),
        (*loader.schemas, *known_documents(loader.texts.values())),
        loader.missing,
        tuple(loader.absent),
        tuple(loader.findings),
        loader.texts,
    )


class _Loader(Struct):
    """The files that are still to be read, and all that has been read so far.

    `start` is the folder of the first file, `name` its name in findings, `folder` the service's.
    """

    start: Path
    name: str
    folder: Path
    addresses: Addresses
    definitions: list[Node] = field(default_factory=list[Node])
    schemas: list[Document] = field(default_factory=list[Document])
    missing: dict[str, Diagnostic] = field(default_factory=dict[str, Diagnostic])
    absent: list[Absent] = field(default_factory=list[Absent])
    findings: list[Diagnostic] = field(default_factory=list[Diagnostic])
    texts: dict[Path, str] = field(default_factory=dict[Path, str])
    waiting: deque[_File] = field(default_factory=deque[_File])
    roots: dict[Path, Node] = field(default_factory=dict[Path, Node])
    refused: dict[Path, Diagnostic] = field(default_factory=dict[Path, Diagnostic])
    outlined: dict[Node, Outlined] = field(default_factory=dict[Node, Outlined])
    seen: set[tuple[Path, str | None]] = field(default_factory=set[tuple[Path, "str | None"]])

    def root_of(self, path: Path, name: str) -> Node:
        """Return the root element of a file; raises `Refused`."""
        if path not in self.roots:
            text = read_text(path, name)
            self.roots[path] = parse_xml(text, name)
            self.texts[path] = text
        return self.roots[path]

    def read_file(self, file: _File) -> None:
        """Read a file that another one refers to, unless it has been read or refused."""
        if file.path not in self.refused:
            try:
                root = self.root_of(file.path, file.name)
                self.read(root, file.path, file.includer)
            except Refused as refusal:
                self.refused[file.path] = refusal.findings[0]
                self.findings.extend(refusal.findings)
        if file.path in self.refused:
            self.missing.setdefault(file.namespace, self.refused[file.path])

    def read(self, root: Node, path: Path, includer: str | None) -> None:
        """Read a document that is new, and queue what it refers to; raises `Refused`."""
        is_adopted = is_schema(root) and not root.attributes.get("targetNamespace")
        document = (path, (includer or "") if is_adopted else None)
        if document in self.seen:
            return
        self.seen.add(document)
        if is_schema(root):
            self.read_schema(root, path, includer)
        elif root.name == _DEFINITIONS:
            self.read_definitions(root, path)
        else:
            raise Refused(_wrong_root(root))

    def read_definitions(self, root: Node, path: Path) -> None:
        """Read the schemas of a WSDL, and queue what it and its `types` import."""
        self.definitions.append(root)
        for child in root.children:
            if child.name == f"{{{WSDL}}}import":
                self.follow(child, "location", path)
            if child.name != f"{{{WSDL}}}types":
                continue
            for node in child.children:
                if is_schema(node):
                    self.read_schema(node, path, None)
                elif is_schema(node, "import"):
                    self.follow_import(node, path)
                elif node.name != _WORDS and not is_skippable(node):
                    self.findings.append(misplaced(node))

    def read_schema(self, root: Node, path: Path, includer: str | None) -> None:
        """Read a schema, and queue what it imports and includes."""
        namespace = root.attributes.get("targetNamespace", "")
        is_adopted = not namespace and bool(includer)
        schema = self.outlined_of(root)
        document = schema.document(namespace or includer or "", adopted=is_adopted)
        self.schemas.append(document)
        for node in document.root.children:
            if not is_schema(node, node.local):
                continue
            match node.local:
                case "import":
                    self.follow_import(node, path)
                case "include":
                    self.follow(node, _location(node), path, document.namespace)
                case "redefine" | "override":
                    message = f"{quoted('xs:' + node.local)} is not read"
                    help_ = "In your copy, write out the definitions that it results in."
                    finding = Diagnostic(NOT_READ, node.span, message, help_)
                    self.findings.append(finding)
                    self.missing.setdefault(document.namespace, finding)
                case _:
                    pass

    def outlined_of(self, root: Node) -> Outlined:
        """Return a schema with its outline, made once."""
        if root not in self.outlined:
            self.outlined[root] = outlined(root)
            self.findings.extend(self.outlined[root].findings)
        return self.outlined[root]

    def follow_import(self, node: Node, document: Path) -> None:
        """Queue the file of an `xs:import`, which may leave its place open."""
        if _location(node) in node.attributes:
            self.follow(node, _location(node), document)

    def follow(self, node: Node, name: str, document: Path, includer: str | None = None) -> None:
        """Queue the file that an attribute of an element locates, or report that there is none."""
        namespace = node.attributes.get("namespace", includer or "")
        try:
            location = attribute(node, name)
        except Refused as refusal:
            self.findings.extend(refusal.findings)
            self.missing.setdefault(namespace, refusal.findings[0])
            return
        path = self.addresses.file_at(location, document, self.folder)
        if path is not None:
            self.waiting.append(_File(path, self.shown(path), includer, namespace))
        elif namespace not in KNOWN:
            address = self.addresses.address_of(location, document)
            finding = not_there(node, location, address, self.start.name)
            self.findings.append(finding)
            self.missing.setdefault(namespace, finding)
            how: Reference = "import" if includer is None else "include"
            how = "wsdl" if node.namespace == WSDL else how
            self.absent.append(Absent(address, document, namespace, how))

    def shown(self, path: Path) -> str:
        """Return the name of a file in findings: from where the name of the WSDL counts."""
        is_within = self.start.is_relative_to(self.folder)
        up = len(self.start.parts) - len(self.folder.parts) if is_within else 0
        within = path.relative_to(self.folder).as_posix()
        start = PurePosixPath(self.name).parent.joinpath(*([".."] * up))
        return posixpath.normpath(posixpath.join(str(start), within))


def _location(node: Node) -> str:
    """Return the name of the attribute `schemaLocation`, as its letters are written."""
    names = (name for name in node.attributes if name.lower() == "schemalocation")
    return next(names, "schemaLocation")


def _wrong_root(root: Node) -> Diagnostic:
    message = f"the root element is {quoted(root.name)}, not that of a WSDL 1.1 document or schema"
    advice = "Save what the service serves at ?WSDL."
    if root.namespace == "http://www.w3.org/ns/wsdl":
        advice = "This is WSDL 2.0. Save the WSDL 1.1 document, if the service has one."
    return Diagnostic(WRONG_ROOT, root.span, message, advice)
