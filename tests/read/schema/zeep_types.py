"""The complex types that zeep reads in a WSDL, in the form that `flat` has them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import requests
import zeep
from requests.adapters import BaseAdapter
from tests.read.schema.flat import Field, Named
from zeep.xsd import ComplexType
from zeep.xsd.elements import Any as AnyElement
from zeep.xsd.elements import AnyAttribute, Element, Group
from zeep.xsd.elements.builtins import Schema
from zeep.xsd.elements.indicators import OrderIndicator

_ZEEP: Any = zeep  # whose functions have no annotations


class Nowhere(BaseAdapter):
    """The network: there is none."""

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> Any:
        raise OSError(request.url)

    def close(self) -> None:
        """There is nothing to close."""


class Placed(NamedTuple):
    """A field, and its type as zeep has it; None for a wildcard."""

    field: Field
    type: Any


class Zeep(NamedTuple):
    """A WSDL as zeep has it: its global complex types and elements by their names with braces."""

    types: dict[str, Any]
    elements: dict[str, Any]


def document_of_zeep(path: str) -> Any:
    """Return a WSDL as zeep has it; None if it does not read it, which is its own affair."""
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, Nowhere())
        try:
            return _ZEEP.Client(path, transport=_ZEEP.Transport(session=session)).wsdl
        except Exception:
            return None


def read_by_zeep(path: str) -> Zeep | None:
    """Return the types and elements that zeep reads in a WSDL; None if it does not read it."""
    document = document_of_zeep(path)
    if document is None:
        return None
    declared = document.types
    types = [type_ for type_ in declared.types if is_a(type_, ComplexType) and type_.is_global]
    elements = [element for element in declared.elements if is_a(element, Element)]
    return Zeep(
        {type_.qname.text: type_ for type_ in types},
        {element.qname.text: element for element in elements},
    )


def is_a(value: Any, class_: type) -> bool:
    """Say whether zeep's object is of a class, without what the class says of its attributes."""
    return isinstance(value, class_)


def fields(type_: Any) -> Iterator[Placed]:
    """All elements of a complex type."""
    waiting: list[Any] = [element for _, element in reversed(type_.elements_nested)]
    while waiting:
        element = waiting.pop()
        if is_a(element, OrderIndicator):
            waiting.extend(reversed(element))
        elif is_a(element, Group):
            waiting.append(element.child)
        elif is_a(element, AnyElement):
            least, most = element.min_occurs, _most(element)
            yield Placed(Field("", least, most, nillable=False, type=""), None)
        elif is_a(element, Schema):
            yield Placed(Field(element.qname.text, 1, 1, nillable=False, type=""), None)
        else:
            field = Field(
                element.qname.text,
                element.min_occurs,
                _most(element),
                bool(element.nillable),
                name_of(element.type),
            )
            yield Placed(field, element.type)


def attributes(type_: Any) -> dict[str, Named]:
    """All attributes of a complex type by name."""
    declared = [
        attribute for attribute in type_._attributes_unwrapped if not is_a(attribute, AnyAttribute)
    ]
    return {
        attribute.qname.text: Named(
            attribute.qname.text, bool(attribute.required), name_of(attribute.type)
        )
        for attribute in declared
    }


def name_of(type_: Any) -> str:
    """A type's name; it has none for lists, and for some that are anonymous that of their owner."""
    return type_.qname.text if type_.is_global and type_.qname is not None else ""


def _most(element: Any) -> int:
    return -1 if element.max_occurs == "unbounded" else element.max_occurs
