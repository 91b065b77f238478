"""The schema documents of a WSDL: inline, imported and included, all in the service's folder.

Nothing is fetched. A location is followed if it leads to a file in the folder, symbolic links
resolved. A schema without a target namespace takes that of the schema that includes it (XML Schema
part 1, section 4.2.1), so it is a document of its own for each of these namespaces.
"""

from __future__ import annotations

import posixpath
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.schema.known import KNOWN
from unstringly.read.schema.vintages import XML, is_schema, modern
from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.documents import file_at
from unstringly.read.wsdl.elements import WSDL
from unstringly.read.wsdl.findings import Refused, quoted, quoted_address
from unstringly.read.wsdl.xml import Node, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xsdata.models.xsd import Schema as SchemaModel

NOT_THERE = Rule(
    "W126",
    Severity.WARNING,
    "a schema or WSDL that is imported is not in the folder of the service",
    wrong="""\
The location is an address, an absolute path, leads out of the folder of the service, or names
no file there; or there is a file that is neither a schema nor a WSDL.""",
    why="""\
Nothing is ever fetched. What the document declares is missing, and the operations that need it
are lost; if none does, nothing is.""",
    example='<xs:import namespace="urn:x" schemaLocation="http://example.com/x.xsd" />',
    todo="""\
Save the document beside the WSDL, and put its file name into the location.""",
)

NOT_READ = Rule(
    "W127",
    Severity.WARNING,
    "a construct of XML Schema that is not read",
    wrong="""\
`xs:redefine` and `xs:override` change what another document declares; `xs:alternative`,
`xs:openContent` and `defaultAttributes` are of XML Schema 1.1.""",
    why="""\
What the elements and types look like on the wire hangs on it. What needs them is left out.""",
    example='<xs:redefine schemaLocation="base.xsd"> ... </xs:redefine>',
    todo="Write out, in your copy, what it results in.",
)

RULES = (NOT_THERE, NOT_READ)

_DEFINITIONS = f"{{{WSDL}}}definitions"


@dataclass(frozen=True, slots=True)
class Document:
    """A schema in one namespace: `adopted` if it takes that from the schema that includes it.

    `root` is an element of today's namespace, `outline` has its attributes. `is_known` says that it
    comes with the generator.
    """

    root: Node
    outline: SchemaModel
    namespace: str
    adopted: bool
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of a WSDL.

    `definitions` are the roots of the WSDL and of those that it imports, `schemas` the schemas in
    reading order, known ones at the end. `missing` has the first place where a document of a
    namespace is said to be, and is not. `texts` has each file by its resolved path.
    """

    definitions: tuple[Node, ...]
    schemas: tuple[Document, ...]
    missing: Mapping[str, Diagnostic]
    findings: tuple[Diagnostic, ...]
    texts: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be read: its resolved path, its name in findings, and who refers to it.

    `includer` is the namespace of the schema that includes it, None if none does; `namespace` that
    in which an import says it is.
    """

    path: Path
    name: str
    includer: str | None
    namespace: str


def load_documents(path: Path, name: str, folder: Path | None = None) -> Documents:
    """Read a WSDL, or a schema, with all that it imports and includes.

    `name` is its name in findings, `folder` the folder of the service: that of the file if it is
    not given. Raises `Refused` if the file itself cannot be read, or is neither.
    """
    text = read_text(path, name)
    root = parse_xml(text, name)
    loader = _Loader(path.parent.resolve(), name, (folder or path.parent).resolve())
    loader.roots[path.resolve()] = root
    loader.texts[loader.start / path.name] = text
    loader.read(root, path.resolve(), None)
    while loader.waiting:
        loader.read_file(loader.waiting.popleft())
    loader.add_known()
    return Documents(
        tuple(loader.definitions),
        tuple(loader.schemas),
        loader.missing,
        tuple(loader.findings),
        loader.texts,
    )


@dataclass(slots=True)
class _Loader:
    """The files that are still to be read, and all that has been read so far.

    `start` is the folder of the first file, `name` its name in findings, `folder` the service's.
    """

    start: Path
    name: str
    folder: Path
    definitions: list[Node] = field(default_factory=list[Node])
    schemas: list[Document] = field(default_factory=list[Document])
    missing: dict[str, Diagnostic] = field(default_factory=dict[str, Diagnostic])
    findings: list[Diagnostic] = field(default_factory=list[Diagnostic])
    texts: dict[Path, str] = field(default_factory=dict[Path, str])
    waiting: deque[_File] = field(default_factory=deque[_File])
    roots: dict[Path, Node] = field(default_factory=dict[Path, Node])
    refused: set[Path] = field(default_factory=set[Path])
    outlined: dict[Node, tuple[Node, SchemaModel]] = field(
        default_factory=dict[Node, "tuple[Node, SchemaModel]"]
    )
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
        if file.path in self.refused:
            return
        try:
            root = self.root_of(file.path, file.name)
            self.read(root, file.path, file.includer)
        except Refused as refusal:
            self.refused.add(file.path)
            self.findings.extend(refusal.findings)
            self.missing.setdefault(file.namespace, refusal.findings[0])

    def read(self, root: Node, path: Path, includer: str | None) -> None:
        """Read a document that is new, and queue what it refers to; raises `Refused`."""
        is_adopted = is_schema(root) and not root.attributes.get("targetNamespace")
        document = (path, (includer or "") if is_adopted else None)
        if document in self.seen:
            return
        self.seen.add(document)
        if is_schema(root):
            self.read_schema(root, path.parent, includer)
        elif root.name == _DEFINITIONS:
            self.read_definitions(root, path.parent)
        else:
            message = f"the root element is {quoted(root.name)}, neither a WSDL's nor a schema's"
            raise Refused(Diagnostic(NOT_THERE, root.span, message))

    def read_definitions(self, root: Node, folder: Path) -> None:
        """Read the schemas of a WSDL, and queue what it and its `types` import."""
        self.definitions.append(root)
        for child in root.children:
            if child.name == f"{{{WSDL}}}import":
                self.follow(child, child.attributes.get("location", ""), folder)
            if child.name != f"{{{WSDL}}}types":
                continue
            for node in child.children:
                if is_schema(node):
                    self.read_schema(node, folder, None)
                elif is_schema(node, "import"):
                    self.follow(node, _location(node), folder)

    def read_schema(self, root: Node, folder: Path, includer: str | None) -> None:
        """Read a schema, and queue what it imports and includes."""
        namespace = root.attributes.get("targetNamespace", "")
        is_adopted = not namespace and bool(includer)
        schema, outline = self.outline_of(root)
        document = Document(schema, outline, namespace or includer or "", is_adopted)
        self.schemas.append(document)
        for node in schema.children:
            if not is_schema(node, node.local):
                continue
            match node.local:
                case "import" if _location(node):
                    self.follow(node, _location(node), folder)
                case "include":
                    self.follow(node, _location(node), folder, document.namespace)
                case "redefine" | "override":
                    message = f"{quoted('xs:' + node.local)} is not read"
                    finding = Diagnostic(NOT_READ, node.span, message)
                    self.findings.append(finding)
                    self.missing.setdefault(document.namespace, finding)
                case _:
                    pass

    def outline_of(self, root: Node) -> tuple[Node, SchemaModel]:
        """Return a schema in today's namespace and the model of its attributes, made once."""
        from unstringly.read.schema.models import schema_outline  # xsdata is slow to import

        if root not in self.outlined:
            schema = modern(root)
            outline, findings = schema_outline(schema)
            self.outlined[root] = (schema, outline)
            self.findings.extend(findings)
        return self.outlined[root]

    def follow(self, node: Node, location: str, folder: Path, includer: str | None = None) -> None:
        """Queue the file at a location, or report that there is none."""
        namespace = node.attributes.get("namespace", includer or "")
        path = file_at(location.strip(), folder, self.folder) if location.strip() else None
        if path is not None:
            self.waiting.append(_File(path, self.shown(path), includer, namespace))
        elif namespace not in KNOWN:
            message = f"{quoted_address(location)} is not a file in the folder of the service"
            help_ = "Save the document beside the WSDL, and put its file name into the location."
            finding = Diagnostic(NOT_THERE, node.span, message, help_)
            self.findings.append(finding)
            self.missing.setdefault(namespace, finding)

    def shown(self, path: Path) -> str:
        """Return the name of a file in findings: from where the name of the WSDL counts."""
        is_within = self.start.is_relative_to(self.folder)
        up = len(self.start.parts) - len(self.folder.parts) if is_within else 0
        within = path.relative_to(self.folder).as_posix()
        start = PurePosixPath(self.name).parent.joinpath(*([".."] * up))
        return posixpath.normpath(posixpath.join(str(start), within))

    def add_known(self) -> None:
        """Add the schemas of standards whose namespaces occur in any text; `xml` needs none."""
        texts = tuple(self.texts.values())
        for namespace in KNOWN:
            sign = "xml:" if namespace == XML else namespace
            if any(sign in text for text in texts):
                schema, outline = self.outline_of(_known(namespace))
                self.schemas.append(Document(schema, outline, namespace, False, is_known=True))


@cache
def _known(namespace: str) -> Node:
    """Return the root element of a schema that comes with the generator."""
    return parse_xml(KNOWN[namespace], namespace)


def _location(node: Node) -> str:
    """Return the attribute `schemaLocation`, however its letters are written; or no text."""
    for name, value in node.attributes.items():
        if name.lower() == "schemalocation":
            return value
    return ""
