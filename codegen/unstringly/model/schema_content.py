"""Attributes, elements and complex types (XML Schema part 1)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from unstringly.diagnostics import Span
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import QName


class Occurs(Struct, frozen=True):
    """The times that a particle may occur in a row; `most` is None if there is no limit."""

    least: int
    most: int | None


ONCE = Occurs(1, 1)


class Wildcard(Struct, frozen=True):
    """The namespaces of elements or attributes that may stand here; with `negated`, all others.

    The empty text is no namespace. `process` is `strict`, `lax` or `skip`.
    """

    namespaces: tuple[str, ...]
    negated: bool
    process: str

    def takes(self, namespace: str) -> bool:
        """Say whether an element or attribute of this namespace may stand here."""
        return (namespace in self.namespaces) != self.negated


class Attribute(Struct, frozen=True):
    """The declaration of an attribute, global or local; `type` is a simple type.

    `name` is the name on the wire: without a namespace where the form is unqualified.
    """

    name: QName
    type: ComponentName
    default: str | None
    fixed: str | None
    documentation: str
    span: Span


class Use(Enum):
    """The presence of an attribute; a restriction may prohibit one that its base type has."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    PROHIBITED = "prohibited"


class LocalAttribute(Struct, frozen=True):
    """An attribute that is declared where it is used."""

    declaration: Attribute
    use: Use


class AttributeRef(Struct, frozen=True):
    """A use of a global attribute, with a default or fixed value of its own if it has one."""

    name: ComponentName
    use: Use
    default: str | None
    fixed: str | None
    span: Span


class AttributeGroupRef(Struct, frozen=True):
    """A use of all attributes of a group."""

    name: ComponentName
    span: Span


AttributeItem: TypeAlias = LocalAttribute | AttributeRef | AttributeGroupRef


class Attributes(Struct, frozen=True):
    """Attributes in the order in which they are declared, and the wildcard for any others."""

    items: tuple[AttributeItem, ...] = ()
    wildcard: Wildcard | None = None


class AttributeGroup(Struct, frozen=True):
    """Attributes that types and other groups use by name."""

    name: ComponentName
    attributes: Attributes
    span: Span


class Element(Struct, frozen=True):
    """The declaration of an element, global or local.

    `name` is the name on the wire: without a namespace where the form is unqualified. `head` is the
    element whose substitution group this one is in.
    """

    name: QName
    type: ComponentName
    nillable: bool
    default: str | None
    fixed: str | None
    abstract: bool
    head: ComponentName | None
    documentation: str
    span: Span


class LocalElement(Struct, frozen=True):
    """An element that is declared where it is used."""

    declaration: Element
    occurs: Occurs


class ElementRef(Struct, frozen=True):
    """A use of a global element."""

    name: ComponentName
    occurs: Occurs
    span: Span


class GroupRef(Struct, frozen=True):
    """A use of the content of a group."""

    name: ComponentName
    occurs: Occurs
    span: Span


class AnyElement(Struct, frozen=True):
    """A place for elements that the schema does not declare here."""

    wildcard: Wildcard
    occurs: Occurs
    span: Span


class Compositor(Enum):
    """The order of particles: as they stand, one of them, or all in any order."""

    SEQUENCE = "sequence"
    CHOICE = "choice"
    ALL = "all"


class ModelGroup(Struct, frozen=True):
    """Particles, in the order in which they are declared. Those that may not occur are left out."""

    compositor: Compositor
    particles: tuple[Particle, ...]
    occurs: Occurs
    span: Span


Particle: TypeAlias = LocalElement | ElementRef | GroupRef | AnyElement | ModelGroup


class Group(Struct, frozen=True):
    """Content that types and other groups use by name; None if there is nothing in it."""

    name: ComponentName
    content: ModelGroup | None
    span: Span


class Derivation(Enum):
    """The way from a base type: more at the end, or fewer values."""

    EXTENSION = "extension"
    RESTRICTION = "restriction"


class SimpleContent(Struct, frozen=True):
    """Content that is a text of a simple type, which is the whole truth."""

    type: ComponentName


class ComplexContent(Struct, frozen=True):
    """Content of elements, with text among them if `mixed`; `particle` is None if there are none.

    In an extension the elements follow those of the base type; in a restriction they are all.
    """

    particle: Particle | None
    mixed: bool


class SoapArray(Struct, frozen=True):
    """An array of SOAP's encoding: the type of its items, and the number of dimensions.

    `string[,][]` is an array of arrays with two dimensions each: `ranks` are those of the innermost
    arrays first, (2, 1).
    """

    item: ComponentName
    ranks: tuple[int, ...]


class ComplexType(Struct, frozen=True):
    """A type of elements with attributes or elements in them.

    A type that names no base is a restriction of `anyType`. `attributes` are its own; the base
    type's hold too, in a restriction unless they are declared anew. `array` is inherited.
    """

    name: ComponentName
    base: ComponentName
    derivation: Derivation
    content: SimpleContent | ComplexContent
    attributes: Attributes
    array: SoapArray | None
    abstract: bool
    documentation: str
    span: Span
