"""Reading of a WSDL and of the files that it imports, all in its own folder.

Nothing is ever fetched. An import is followed if its location is a path that, symbolic links
resolved, stays within the folder of the WSDL. For any other a finding asks the user to save the
document there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.elements import WSDL, XSD, Origins, attribute
from unstringly.read.wsdl.findings import Refused, quoted, quoted_address
from unstringly.read.wsdl.xml import Node, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xsdata.models.wsdl import Definitions
    from xsdata.models.xsd import Schema

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

IMPORT = Rule(
    "W109",
    Severity.ERROR,
    "an import is not a file in the folder of the WSDL",
    wrong="""\
The location is an address, an absolute path, leads out of the folder, or names no file
there. `xs:redefine` and `xs:override` are not followed at all.""",
    why="""\
The generator reads the WSDL's own folder and nothing else, so that a build does not change
or hang with a server's mood. What is in the imported document is missing until it is there.""",
    example='<wsdl:import namespace="urn:x" location="http://example.com/x?wsdl=1" />',
    todo="""\
Save the imported document beside the WSDL, commit it, and put its file name into the
location. Write out what `xs:redefine` and `xs:override` result in.""",
)

RULES = (WRONG_ROOT, IMPORT)

_DEFINITIONS = f"{{{WSDL}}}definitions"
_SCHEMA = f"{{{XSD}}}schema"


@dataclass(frozen=True, slots=True)
class Sources:
    """All documents that were read, the WSDL itself first.

    `texts` has the text of each file, by its path in a resolved folder.
    """

    definitions: tuple[Definitions, ...]
    schemas: tuple[Schema, ...]
    origins: Origins
    texts: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is to be read: its path, links resolved, and its name in spans.

    `includer` is the target namespace of the schema that includes it; None if none does.
    """

    path: Path
    name: str
    includer: str | None = None


def load_documents(path: Path, name: str) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Return a WSDL with all that it imports, and findings.

    Raises `Refused` if the WSDL itself cannot be read.
    """
    loader = _Loader(path.parent, PurePosixPath(name).parent)
    root = loader.read(path, name)
    loader.seen.add((path.resolve(), None))  # an imported document may import it again
    loader.read_definitions(root, path.parent)
    loader.read_waiting()
    sources = Sources(
        tuple(loader.definitions), tuple(loader.schemas), loader.origins, loader.texts
    )
    return sources, tuple(loader.findings)


@dataclass(slots=True)
class _Loader:
    """The files that are still to be read, and all that has been read so far."""

    folder: Path
    folder_name: PurePosixPath
    definitions: list[Definitions] = field(default_factory=list["Definitions"])
    schemas: list[Schema] = field(default_factory=list["Schema"])
    origins: Origins = field(default_factory=Origins)
    findings: list[Diagnostic] = field(default_factory=list[Diagnostic])
    waiting: list[_File] = field(default_factory=list[_File])
    roots: dict[Path, Node | None] = field(default_factory=dict[Path, "Node | None"])
    seen: set[tuple[Path, str | None]] = field(default_factory=set[tuple[Path, "str | None"]])
    texts: dict[Path, str] = field(default_factory=dict[Path, str])

    def read(self, path: Path, name: str) -> Node:
        """Return the root element of a file, and keep its text; raises `Refused`."""
        text = read_text(path, name)
        root = parse_xml(text, name)
        self.texts[path.parent.resolve() / path.name] = text
        return root

    def read_waiting(self) -> None:
        """Read the waiting files until none is left; each once, so a circle of imports ends."""
        while self.waiting:
            file = self.waiting.pop(0)
            try:
                root = self.root_of(file)
                if root is None or not self.is_new(root, file):
                    continue
                if root.name == _SCHEMA:
                    self.read_schema(root, file)
                else:
                    self.read_definitions(root, file.path.parent)
            except Refused as refusal:
                self.findings.extend(refusal.findings)

    def root_of(self, file: _File) -> Node | None:
        """Return the root element of a file; None if an earlier call has refused the file.

        Raises `Refused` if the file cannot be read.
        """
        if file.path not in self.roots:
            self.roots[file.path] = None
            self.roots[file.path] = self.read(file.path, file.name)
        return self.roots[file.path]

    def is_new(self, root: Node, file: _File) -> bool:
        """Say whether a document is met for the first time, and remember it.

        A schema without a target namespace takes that of the schema that includes it (XML Schema
        1.0 part 1, section 4.2.1), so it is a new document for each of these namespaces.
        """
        is_adopted = root.name == _SCHEMA and not root.attributes.get("targetNamespace")
        document = (file.path, file.includer if is_adopted else None)
        if document in self.seen:
            return False
        self.seen.add(document)
        return True

    def read_definitions(self, root: Node, folder: Path) -> None:
        """Read a WSDL document; queue its imports and those of its schemas; raises `Refused`."""
        from unstringly.read.wsdl.models import model_definitions  # xsdata is slow to import

        if root.name != _DEFINITIONS:
            raise Refused(_wrong_root(root))
        definitions, findings = model_definitions(root, self.origins)
        self.findings.extend(findings)
        self.definitions.append(definitions)
        for import_ in definitions.imports:
            self.follow(self.origins[import_], "location", folder)
        for schema in definitions.schemas:
            self.schemas.append(schema)
            self.follow_all(schema, folder)

    def read_schema(self, root: Node, file: _File) -> None:
        """Read a schema document, and queue its imports."""
        from unstringly.read.wsdl.models import model_schema  # xsdata is slow to import

        schema, findings = model_schema(root, file.includer, self.origins)
        self.findings.extend(findings)
        self.schemas.append(schema)
        self.follow_all(schema, file.path.parent)

    def follow_all(self, schema: Schema, folder: Path) -> None:
        """Queue what a schema imports and includes; report `xs:redefine` and `xs:override`."""
        for import_ in schema.imports:
            node = self.origins.find(import_)  # xsdata adds imports of its own
            if node and "schemaLocation" in node.attributes:
                self.follow(node, "schemaLocation", folder)
        for include in schema.includes:
            node = self.origins[include]
            self.follow(node, "schemaLocation", folder, schema.target_namespace)
        for definition in (*schema.redefines, *schema.overrides):
            node = self.origins[definition]
            message = f"{quoted('xs:' + node.local)} is not supported"
            advice = "In your copy, write out the definitions that it results in."
            self.findings.append(Diagnostic(IMPORT, node.span, message, advice))

    def follow(self, node: Node, name: str, folder: Path, includer: str | None = None) -> None:
        """Queue the file that an attribute of an element locates, or report that there is none."""
        try:
            location = attribute(node, name)
        except Refused as refusal:
            self.findings.extend(refusal.findings)
            return
        path = file_at(location, folder, self.folder)
        if path is not None:
            file_name = self.folder_name / path.relative_to(self.folder.resolve()).as_posix()
            self.waiting.append(_File(path, str(file_name), includer))
            return
        message = f"{quoted_address(location)} is not a file in the folder of the WSDL"
        advice = f"Save the document beside the WSDL and put its file name into {quoted(name)}."
        self.findings.append(Diagnostic(IMPORT, node.span, message, advice))


def file_at(location: str, folder: Path, root: Path) -> Path | None:
    """Return the file, links resolved, to which a location in a document in `folder` leads.

    None if the location is an address, leads out of the folder `root`, or leads to no file.
    """
    if _leads_out(location):
        return None
    try:
        path = (folder / unquote(location)).resolve()
        return path if path.is_relative_to(root.resolve()) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None  # too long, NUL in it, links in a circle


def _leads_out(location: str) -> bool:
    """Say whether a location is an address, or an absolute path on any system."""
    path = unquote(location)
    return path.startswith("/") or "\\" in path or ":" in path


def _wrong_root(root: Node) -> Diagnostic:
    message = f"the root element is {quoted(root.name)}, not that of a WSDL 1.1 document or schema"
    advice = "Save what the service serves at ?WSDL."
    if root.namespace == "http://www.w3.org/ns/wsdl":
        advice = "This is WSDL 2.0. Save the WSDL 1.1 document, if the service has one."
    return Diagnostic(WRONG_ROOT, root.span, message, advice)
