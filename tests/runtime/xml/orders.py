"""A schema with most of what schemas have: as XSD, as records, as tables, and drawn values."""

from __future__ import annotations

from decimal import Decimal  # noqa: TC003  # what annotations name is there at run time
from typing import Final, Literal, TypeAlias, final

from hypothesis import strategies as st
from tests.runtime.xml.drawn_tables import XML_TEXT

from unstringly.runtime.xml.decimals import DECIMAL
from unstringly.runtime.xml.fragments import UnknownType
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import (
    Attribute,
    Branch,
    Choice,
    Content,
    Element,
    Shape,
    Text,
)
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import Writer

NAMESPACE: Final = "urn:orders"

XSD: Final = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:orders"
    targetNamespace="urn:orders" elementFormDefault="qualified">
  <xs:element name="Order" type="Order"/>
  <xs:complexType name="Order">
    <xs:sequence>
      <xs:element name="Customer" type="Customer"/>
      <xs:element name="Line" type="Line" minOccurs="0" maxOccurs="unbounded"/>
      <xs:choice>
        <xs:element name="Card" type="xs:string"/>
        <xs:element name="Iban" type="xs:string"/>
      </xs:choice>
      <xs:element name="Note" type="xs:string" minOccurs="0" nillable="true"/>
      <xs:element name="Tags" type="Tags" minOccurs="0"/>
      <xs:element name="Parent" type="Order" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="id" type="xs:int" use="required"/>
    <xs:attribute name="status" type="xs:string" default="new"/>
  </xs:complexType>
  <xs:complexType name="Customer">
    <xs:sequence><xs:element name="Name" type="xs:string"/></xs:sequence>
  </xs:complexType>
  <xs:complexType name="Company">
    <xs:complexContent><xs:extension base="Customer">
      <xs:sequence><xs:element name="Number" type="xs:int" form="unqualified"/></xs:sequence>
    </xs:extension></xs:complexContent>
  </xs:complexType>
  <xs:complexType name="Line">
    <xs:sequence>
      <xs:element name="Sku" type="xs:string"/>
      <xs:element name="Price" type="Price" nillable="true"/>
    </xs:sequence>
  </xs:complexType>
  <xs:complexType name="Price">
    <xs:simpleContent><xs:extension base="xs:decimal">
      <xs:attribute name="currency" type="xs:string"/>
    </xs:extension></xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="Tags">
    <xs:sequence><xs:element name="Tag" type="xs:string" maxOccurs="unbounded"/></xs:sequence>
  </xs:complexType>
</xs:schema>
"""


@final
@record
class Customer:
    """A customer of any kind."""

    name: str


@final
@record
class Company:
    """A customer with a number."""

    name: str
    number: int


AnyCustomer: TypeAlias = Customer | Company | UnknownType


@final
@record
class Price:
    """Simple content."""

    value: Decimal
    currency: str | None = None


@final
@record
class Line:
    """An item of an order."""

    sku: str
    price: Price | None


@final
@record
class ByCard:
    """A branch of a choice."""

    card: str


@final
@record
class ByIban:
    """Another branch."""

    iban: str


@final
@record
class Order:
    """Attributes, a type with others derived from it, a choice, an array, and an order in it."""

    id: int
    customer: AnyCustomer
    payment: ByCard | ByIban
    status: str = "new"
    lines: tuple[Line, ...] = ()
    note: str | None = None
    tags: tuple[str, ...] | None = None
    parent: Order | None = None
    nil: frozenset[Literal["note"]] = frozenset()


def _name(local: str) -> str:
    return f"{NAMESPACE} {local}"


def _order() -> Shape:
    """The shape of an order, which has an order in it."""
    return ORDER


_NAME: Final = Element("name", _name("Name"), STRING)
COMPANY: Final = Shape(
    _name("Company"), Company, lambda: Content((_NAME, Element("number", "Number", INT)))
)
CUSTOMER: Final = Shape(
    _name("Customer"), Customer, lambda: Content((_NAME,), derived={COMPANY.name: COMPANY})
)
PRICE: Final = Shape(
    _name("Price"),
    Price,
    lambda: Content(
        attributes=(Attribute("currency", "currency", STRING),), text=Text("value", DECIMAL)
    ),
)
LINE: Final = Shape(
    _name("Line"),
    Line,
    lambda: Content(
        (
            Element("sku", _name("Sku"), STRING),
            Element("price", _name("Price"), PRICE, nillable=True),
        )
    ),
)
TAGS: Final = Shape(
    _name("Tags"),
    None,
    lambda: Content((Element("items", _name("Tag"), STRING, most=None, missing=()),)),
)
ORDER: Final[Shape] = Shape(
    _name("Order"),
    Order,
    lambda: Content(
        (
            Element("customer", _name("Customer"), CUSTOMER),
            Element("lines", _name("Line"), LINE, least=0, most=None, missing=()),
            Choice(
                "payment",
                (
                    Branch(ByCard, (Element("card", _name("Card"), STRING),)),
                    Branch(ByIban, (Element("iban", _name("Iban"), STRING),)),
                ),
            ),
            Element("note", _name("Note"), STRING, least=0, nillable=True),
            Element("tags", _name("Tags"), TAGS, least=0),
            Element("parent", _name("Parent"), _order(), least=0),
        ),
        (
            Attribute("id", "id", INT, is_required=True),
            Attribute("status", "status", STRING, missing="new"),
        ),
    ),
    nil="nil",
)
ROOT: Final = Element("order", _name("Order"), ORDER)
WRITER: Final = Writer({NAMESPACE: "o"})

SOME_TEXT: Final = XML_TEXT.filter(bool)
"""Texts that zeep does not leave out or reads as None."""

NUMBERS: Final = st.integers(-(2**31), 2**31 - 1)
PRICES: Final = st.builds(
    Price,
    value=st.decimals(allow_nan=False, allow_infinity=False, places=2),
    currency=st.none() | XML_TEXT,
)
LINES: Final = st.builds(Line, sku=XML_TEXT, price=st.none() | PRICES)
CUSTOMERS: Final[st.SearchStrategy[AnyCustomer]] = st.builds(Customer, name=XML_TEXT) | st.builds(
    Company, name=XML_TEXT, number=NUMBERS
)
PAYMENTS: Final[st.SearchStrategy[ByCard | ByIban]] = st.builds(ByCard, card=SOME_TEXT) | st.builds(
    ByIban, iban=SOME_TEXT
)


def _orders(parents: st.SearchStrategy[Order | None]) -> st.SearchStrategy[Order]:
    return st.builds(
        Order,
        id=NUMBERS,
        customer=CUSTOMERS,
        payment=PAYMENTS,
        status=st.just("new") | XML_TEXT,
        lines=st.lists(LINES, max_size=3).map(tuple),
        note=st.none() | SOME_TEXT,
        tags=st.none() | st.lists(XML_TEXT, min_size=1, max_size=3).map(tuple),
        parent=parents,
    ) | st.builds(
        Order,
        id=NUMBERS,
        customer=CUSTOMERS,
        payment=PAYMENTS,
        nil=st.sampled_from([frozenset[Literal["note"]](), frozenset[Literal["note"]](["note"])]),
        parent=parents,
    )


ORDERS: Final = _orders(st.none() | _orders(st.none()))
