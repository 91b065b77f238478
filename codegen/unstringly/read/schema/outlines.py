"""Schemas as a whole: an element `xs:schema` with what its attributes say of all that is in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from unstringly.read.schema.known import KNOWN
from unstringly.read.schema.vintages import XML, modern
from unstringly.read.wsdl.elements import has_bad_form
from unstringly.read.wsdl.xml import Node, parse_xml

if TYPE_CHECKING:
    from collections.abc import Collection

    from xsdata.models.xsd import Schema as SchemaModel

    from unstringly.diagnostics import Diagnostic


class Document(Struct, frozen=True, eq=False):
    """A schema in one namespace: `adopted` if it takes that from the schema that includes it.

    `root` is an element of today's namespace, `outline` has its attributes. `damage` are findings
    that leave the names of its elements open. `is_known` says that it comes with the generator.
    Two documents are equal only if they are the same one.
    """

    root: Node
    outline: SchemaModel
    namespace: str
    adopted: bool
    damage: tuple[Diagnostic, ...] = ()
    is_known: bool = False


class Outlined(NamedTuple):
    """A schema before it has a namespace, with all findings about its outline.

    The other fields are those of `Document`.
    """

    root: Node
    outline: SchemaModel
    damage: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...]

    def document(
        self, namespace: str, *, adopted: bool = False, is_known: bool = False
    ) -> Document:
        """Return the schema in a namespace."""
        return Document(self.root, self.outline, namespace, adopted, self.damage, is_known)


def outlined(root: Node) -> Outlined:
    """Return a schema of any vintage with its outline."""
    from unstringly.read.schema.models import schema_outline  # xsdata is slow to import

    schema = modern(root)
    outline, findings = schema_outline(schema)
    damage = findings[:1] if has_bad_form(schema) else ()
    return Outlined(schema, outline, damage, findings)


def known_documents(texts: Collection[str]) -> tuple[Document, ...]:
    """Return the schemas of standards whose namespaces occur in any text; `xml` needs none."""
    signs = {namespace: "xml:" if namespace == XML else namespace for namespace in KNOWN}
    return tuple(
        _known(namespace)
        for namespace, sign in signs.items()
        if any(sign in text for text in texts)
    )


@cache
def _known(namespace: str) -> Document:
    """Return a schema that comes with the generator."""
    return outlined(parse_xml(KNOWN[namespace], namespace)).document(namespace, is_known=True)
