"""The place where a component is read: its document, its name, and the types that stand in it."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.schema_names import ComponentName, Kind
from unstringly.model.service import QName
from unstringly.read.schema.vintages import qualified
from unstringly.read.wsdl.elements import attribute
from unstringly.read.wsdl.findings import IN_YOUR_COPY, Refused, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xsdata.models.enums import FormType
    from xsdata.models.mixins import ElementBase
    from xsdata.models.xsd import ComplexType, SimpleType

    from unstringly.read.schema.outlines import Document
    from unstringly.read.wsdl.elements import Origins
    from unstringly.read.wsdl.xml import Node

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

WRONG = Rule(
    "W128",
    Severity.WARNING,
    "a component of a schema contradicts itself, or XML Schema",
    wrong="""\
A type is derived from itself, or from one that it cannot be derived from; a group holds itself;
an element has two types; something is there twice that may be there once, or not at all.""",
    why="""\
What the elements and types look like on the wire cannot be known. What needs them is left out,
and nothing else.""",
    example='<xs:complexType name="A"> <xs:complexContent> <xs:extension base="t:A"> ...',
    todo="Fetch the document again. If your copy was edited by hand, correct it.",
)

RULES = (NOT_READ, WRONG)

TypeModel: TypeAlias = "SimpleType | ComplexType"


class Place(Struct, frozen=True):
    """Where a component is read, and the anonymous types in it that are still to be read.

    `steps` counts the steps of their names that have been given.
    """

    document: Document
    origins: Origins
    name: ComponentName
    anonymous: list[tuple[ComponentName, TypeModel]] = field(
        default_factory=list[tuple[ComponentName, TypeModel]]
    )
    steps: dict[str, int] = field(default_factory=dict[str, int])

    def intact(self, model: ElementBase) -> Node:
        """Return the element of a model; raises `Refused` if a part of it was left out."""
        return self.origins.intact(model)

    def resolved(self, node: Node, text: str) -> QName:
        """Return the qualified name that is written in an element; raises `Refused` (W112)."""
        name = qualified(node, text.strip(" \t\r\n"))
        if self.document.adopted and not name.namespace:
            return QName(self.document.namespace, name.local)
        return name

    def named(self, kind: Kind, node: Node, text: str) -> ComponentName:
        """Return the component that a text in an element names; raises `Refused` (W112)."""
        name = self.resolved(node, text)
        return ComponentName(kind, name.namespace, name.local)

    def referred(self, kind: Kind, node: Node, name: str = "ref") -> ComponentName:
        """Return the component that a required attribute names; raises `Refused` (W112, W113)."""
        return self.named(kind, node, attribute(node, name))

    def type_of(
        self, node: Node, name: str, inline: TypeModel | None, step: str
    ) -> ComponentName | None:
        """Return the type that an attribute names or that stands inline; None if neither is there.

        Raises `Refused` (W112, W128) if both are.
        """
        text = node.attributes.get(name)
        if inline is None:
            return None if text is None else self.named("type", node, text)
        if text is not None:
            message = f"the element {quoted(node.local)} has {quoted(name)} and a type in it"
            raise Refused(wrong(node, message))
        return self.inside(inline, step)

    def inside(self, model: TypeModel, step: str) -> ComponentName:
        """Return the name of an anonymous type that stands in the component, and queue it."""
        count = self.steps[step] = self.steps.get(step, 0) + 1
        numbered = step if count == 1 else f"{step}#{count}"
        name = replace(self.name, way=(*self.name.way, numbered))
        self.anonymous.append((name, model))
        return name

    def on_the_wire(self, name: str, form: FormType | None, default: FormType) -> QName:
        """Return the name of a local element or attribute, with a namespace if it is qualified."""
        is_qualified = (form or default).value == "qualified"
        return QName(self.document.namespace if is_qualified else "", name)


def wrong(node: Node, message: str) -> Diagnostic:
    """Return a finding (W128) about an element."""
    return Diagnostic(WRONG, node.span, message, IN_YOUR_COPY)


def in_order(*models: Iterable[ElementBase]) -> list[ElementBase]:
    """Return models of several kinds in the order of the document."""
    return sorted(chain.from_iterable(models), key=attrgetter("index"))


def documentation_of(node: Node) -> str:
    """Return the text of the element's `xs:documentation`s, with each line stripped."""
    if not node.content:
        return ""
    texts = [
        _text(child)
        for annotation in node.children
        if annotation.local == "annotation"
        for child in annotation.children
        if child.local == "documentation"
    ]
    lines = "\n".join(texts).strip().split("\n")
    return "\n".join(line.strip() for line in lines)


def _text(node: Node) -> str:
    """Return all character data within."""
    pieces: list[str] = []
    waiting: list[Node | str] = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
        else:
            waiting.extend(reversed(item.content))
    return "".join(pieces)
