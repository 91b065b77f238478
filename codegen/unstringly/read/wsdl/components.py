"""The components of XML Schema that messages refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from unstringly.model.schema_content import ComplexType, Element
from unstringly.model.schema_names import ComponentName, Kind
from unstringly.model.schema_simple import SimpleType
from unstringly.model.schema_walks import Reference
from unstringly.read.schema.unresolved import Unresolved
from unstringly.read.schema.vintages import qualified
from unstringly.read.wsdl.elements import attribute
from unstringly.read.wsdl.findings import Refused

if TYPE_CHECKING:
    from unstringly.model.schema import Component, Schema
    from unstringly.read.schema.documents import Documents
    from unstringly.read.wsdl.xml import Node


class Components(Struct, frozen=True):
    """All components of a schema, and what is said of a name that leads to none of them."""

    schema: Schema
    unresolved: Unresolved

    def element(self, node: Node, name: str) -> Element:
        """Return the element of a schema that an attribute names; raises `Refused`."""
        component = self._referred("element", node, name)
        assert isinstance(component, Element)
        return component

    def type_(self, node: Node, name: str) -> SimpleType | ComplexType:
        """Return the type that an attribute names; raises `Refused`."""
        component = self._referred("type", node, name)
        assert isinstance(component, SimpleType | ComplexType)
        return component

    def element_at(self, name: ComponentName) -> Element:
        """Return an element to which a component refers."""
        component = self.schema.components[name]
        assert isinstance(component, Element)
        return component

    def type_of(self, element: Element) -> SimpleType | ComplexType:
        """Return the type of an element."""
        component = self.schema.components[element.type]
        assert isinstance(component, SimpleType | ComplexType)
        return component

    def _referred(self, kind: Kind, node: Node, name: str) -> Component:
        """Return the component that an attribute names.

        Raises `Refused` with the findings (W111, W112) if the name leads to nothing, or with those
        of the fault that the component reaches.
        """
        qname = qualified(node, attribute(node, name))
        reference = Reference(ComponentName(kind, qname.namespace, qname.local), node.span)
        component = self.schema.components.get(reference.name)
        if component is not None:
            return component
        problem = self.schema.problem_of(reference.name)
        if problem is not None:
            raise Refused(*problem.findings)
        raise Refused(self.unresolved.finding(reference))


def components_of(schema: Schema, documents: Documents) -> Components:
    """Return the components of all documents, for those who refer to them by name."""
    unresolved = Unresolved(documents.missing)
    unresolved.learn(schema.components)
    unresolved.learn(schema.problems)
    return Components(schema, unresolved)
