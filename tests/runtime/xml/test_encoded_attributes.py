"""In SOAP's encoding: simple content, attributes, and what is abstract or begins with a choice."""

from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.xml.decimals import DECIMAL
from unstringly.runtime.xml.encoded_reading import read_encoded
from unstringly.runtime.xml.encoded_writing import EncodedWriter
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import Unreadable
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Attribute, Branch, Choice, Content, Element, Shape, Text
from unstringly.runtime.xml.texts import STRING

from .drawn_tables import XML_TEXT


@record
class Price:
    """A number, and two attributes."""

    value: Decimal
    currency: str
    rank: int | None = None


@record
class Offer:
    """A price, and one of two elements before it."""

    by: object
    price: Price


@record
class Named:
    """A branch."""

    name: str


@record
class Numbered:
    """Another branch."""

    number: int


PRICE: Final = Shape(
    "urn:p Price",
    Price,
    lambda: Content(
        (),
        (
            Attribute("currency", "currency", STRING, is_required=True),
            Attribute("rank", "rank", INT),
        ),
        Text("value", DECIMAL),
    ),
)
BY: Final = Choice(
    "by",
    (
        Branch(Named, (Element("name", "name", STRING),)),
        Branch(Numbered, (Element("number", "number", INT),)),
    ),
)
OFFER: Final = Element(
    "offer",
    "urn:p offer",
    Shape("urn:p Offer", Offer, lambda: Content((BY, Element("price", "price", PRICE)))),
)
ROOT: Final = Element("price", "urn:p price", PRICE)
WRITER: Final = EncodedWriter({"urn:p": "p"})

PRICES: Final = st.builds(
    Price,
    value=st.decimals(allow_nan=False, allow_infinity=False, places=2),
    currency=XML_TEXT,
    rank=st.none() | st.integers(-9, 9),
)
OFFERS: Final = st.builds(
    Offer,
    by=st.builds(Named, name=XML_TEXT) | st.builds(Numbered, number=st.integers(0, 9)),
    price=PRICES,
)


@given(OFFERS)
def test_what_is_written_is_read_again(offer: Offer) -> None:
    assert read_encoded(OFFER, WRITER.write(OFFER, offer)).value == offer
    assert read_encoded(ROOT, WRITER.write(ROOT, offer.price)).value == offer.price


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<p:price xmlns:p='urn:p' currency='EUR'>1</p:price>", ""),
        ("<p:price xmlns:p='urn:p' currency='EUR' rank='7' other='1'>1</p:price>", ""),
        ("<p:price xmlns:p='urn:p'>1</p:price>", "it lacks the attribute currency"),
        (
            "<p:price xmlns:p='urn:p' currency='EUR' rank='x'>1</p:price>",
            "the attribute rank: 'x' is not of type int",
        ),
        (
            "<p:price xmlns:p='urn:p' currency='EUR'>1<x/></p:price>",
            "it has an element in it, and is a simple value",
        ),
        ("<p:price xmlns:p='urn:p' currency='EUR'>x</p:price>", "'x' is not of type decimal"),
        ("<p:other xmlns:p='urn:p' currency='EUR'>1</p:other>", "it lacks the element price"),
    ],
)
def test_what_does_not_fit_is_refused(text: str, problem: str) -> None:
    if not problem:
        assert read_encoded(ROOT, text).value.value == 1
        return
    with pytest.raises(Unreadable) as refused:
        read_encoded(ROOT, text)
    assert problem in str(refused.value)


def test_an_abstract_type_needs_another() -> None:
    name = (Element("name", "name", STRING),)
    derived = Shape("urn:p Derived", Named, lambda: Content(name))
    base = Shape(
        "urn:p Base",
        Numbered,
        lambda: Content(name, derived={derived.name: derived}),
        is_abstract=True,
    )
    root = Element("value", "urn:p value", base)
    text = "<p:value xmlns:p='urn:p' {}><name>a</name></p:value>"
    xsi = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='p:Derived'"
    assert read_encoded(root, text.format(xsi)).value == Named(name="a")
    with pytest.raises(Unreadable, match="its type is abstract, and xsi:type tells no other"):
        read_encoded(root, text.format(""))
