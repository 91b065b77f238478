"""A service in SOAP's encoding: as WSDL, as records, as tables, and drawn values."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias, final

from hypothesis import strategies as st
from tests.runtime.xml.drawn_tables import XML_TEXT

from unstringly.runtime.xml.anything import any_type
from unstringly.runtime.xml.encoded_messages import EncodedMessages
from unstringly.runtime.xml.encoded_writing import EncodedWriter
from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.fragments import UnknownType
from unstringly.runtime.xml.numbers import DOUBLE, INT
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape
from unstringly.runtime.xml.texts import STRING

SERVICE: Final = "urn:parcels"
TYPES: Final = "urn:parcels:types"

WSDL: Final = """
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="urn:parcels"
    xmlns:t="urn:parcels:types" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"
    targetNamespace="urn:parcels">
  <types><xsd:schema targetNamespace="urn:parcels:types">
    <xsd:import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>
    <xsd:simpleType name="State"><xsd:restriction base="xsd:string">
      <xsd:enumeration value="sent"/><xsd:enumeration value="lost"/>
    </xsd:restriction></xsd:simpleType>
    <xsd:complexType name="Place"><xsd:sequence>
      <xsd:element name="city" type="xsd:string" nillable="true"/>
      <xsd:element name="floor" type="xsd:int"/>
    </xsd:sequence></xsd:complexType>
    <xsd:complexType name="Locker"><xsd:complexContent><xsd:extension base="t:Place"><xsd:sequence>
      <xsd:element name="door" type="xsd:string"/>
    </xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType>
    <xsd:complexType name="Parcel"><xsd:sequence>
      <xsd:element name="code" type="xsd:string"/>
      <xsd:element name="weight" type="xsd:double"/>
      <xsd:element name="state" type="t:State"/>
      <xsd:element name="origin" type="t:Place"/>
      <xsd:element name="target" type="t:Place" nillable="true"/>
      <xsd:element name="tags" type="t:Tags" nillable="true"/>
    </xsd:sequence></xsd:complexType>
    <xsd:complexType name="Tags"><xsd:complexContent><xsd:restriction base="enc:Array">
      <xsd:attribute ref="enc:arrayType" wsdl:arrayType="xsd:string[]"/>
    </xsd:restriction></xsd:complexContent></xsd:complexType>
    <xsd:complexType name="Parcels"><xsd:complexContent><xsd:restriction base="enc:Array">
      <xsd:attribute ref="enc:arrayType" wsdl:arrayType="t:Parcel[]"/>
    </xsd:restriction></xsd:complexContent></xsd:complexType>
  </xsd:schema></types>
  <message name="sendRequest">
    <part name="parcels" type="t:Parcels"/><part name="times" type="xsd:int"/>
  </message>
  <message name="sendResponse">
    <part name="sent" type="t:Parcels"/><part name="price" type="xsd:double"/>
  </message>
  <portType name="Port"><operation name="send">
    <input message="s:sendRequest"/><output message="s:sendResponse"/>
  </operation></portType>
  <binding name="Binding" type="s:Port">
    <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="send"><soap:operation soapAction="send"/>
      <input><soap:body use="encoded" namespace="urn:parcels"
        encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></input>
      <output><soap:body use="encoded" namespace="urn:parcels"
        encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></output>
    </operation>
  </binding>
  <service name="Service"><port name="Port" binding="s:Binding">
    <soap:address location="http://parcels.example/"/>
  </port></service>
</definitions>
"""


class State(Enum):
    """Where a parcel is."""

    SENT = "sent"
    LOST = "lost"


@final
@record
class UnknownState:
    """Another state."""

    text: str


@final
@record
class Place:
    """A type with another derived from it."""

    city: str | None
    floor: int


@final
@record
class Locker:
    """A place with a door."""

    city: str | None
    floor: int
    door: str


AnyPlace: TypeAlias = Place | Locker | UnknownType


@final
@record
class Parcel:
    """A struct of structs, with an array in it."""

    code: str
    weight: float
    state: State | UnknownState
    origin: AnyPlace
    target: AnyPlace | None
    tags: tuple[str | None, ...] | None


@final
@record
class SendRequest:
    """The wrapper of the parameters."""

    parcels: tuple[Parcel, ...]
    times: int


@final
@record
class SendResponse:
    """The wrapper of the results."""

    sent: tuple[Parcel, ...]
    price: float


@final
@record
class Odd:
    """What is repeated in a sequence, and what is of any type."""

    places: tuple[Place, ...]
    names: tuple[str, ...]
    value: object
    more: tuple[object, ...]


STATE: Final = enumeration("State", STRING, State, UnknownState)
PLACE: Final = Shape(
    f"{TYPES} Place",
    Place,
    lambda: Content(
        (Element("city", "city", STRING, nillable=True), Element("floor", "floor", INT)),
        derived={LOCKER.name: LOCKER},
    ),
)
LOCKER: Final[Shape] = Shape(
    f"{TYPES} Locker",
    Locker,
    lambda: Content(
        (
            Element("city", "city", STRING, nillable=True),
            Element("floor", "floor", INT),
            Element("door", "door", STRING),
        )
    ),
)
TAGS: Final = Shape(
    f"{TYPES} Tags",
    None,
    lambda: Content((Element("item", "item", STRING, 0, None, nillable=True, missing=()),)),
    is_array=True,
)
PARCEL: Final = Shape(
    f"{TYPES} Parcel",
    Parcel,
    lambda: Content(
        (
            Element("code", "code", STRING),
            Element("weight", "weight", DOUBLE),
            Element("state", "state", STATE),
            Element("origin", "origin", PLACE),
            Element("target", "target", PLACE, nillable=True),
            Element("tags", "tags", TAGS, nillable=True),
        )
    ),
)
PARCELS: Final = Shape(
    f"{TYPES} Parcels",
    None,
    lambda: Content((Element("item", "item", PARCEL, 0, None, nillable=True, missing=()),)),
    is_array=True,
)
PLACES: Final = Shape(
    f"{TYPES} Places",
    None,
    lambda: Content((Element("place", "place", PLACE, 0, None, missing=()),)),
)
ANYTHING: Final = any_type(lambda: (PLACE, LOCKER, PARCEL))

SEND: Final = Element(
    "value",
    f"{SERVICE} send",
    Shape(
        "",
        SendRequest,
        lambda: Content((Element("parcels", "parcels", PARCELS), Element("times", "times", INT))),
    ),
)
SEND_RESPONSE: Final = Element(
    "value",
    f"{SERVICE} sendResponse",
    Shape(
        "",
        SendResponse,
        lambda: Content((Element("sent", "sent", PARCELS), Element("price", "price", DOUBLE))),
    ),
)
ODD: Final = Element(
    "value",
    f"{SERVICE} odd",
    Shape(
        "",
        Odd,
        lambda: Content(
            (
                Element("places", "places", PLACES),
                Element("names", "names", STRING, 0, None, missing=()),
                Element("value", "value", ANYTHING, nillable=True),
                Element("more", "more", ANYTHING, 0, None, nillable=True, missing=()),
            )
        ),
    ),
)

WRITER: Final = EncodedWriter({SERVICE: "s", TYPES: "t"}, {STATE: f"{TYPES} State"})
MESSAGES: Final = EncodedMessages(SEND, SEND_RESPONSE, WRITER)

NUMBERS: Final = st.integers(-(2**31), 2**31 - 1)
CITIES: Final = st.none() | XML_TEXT
PLACES_DRAWN: Final[st.SearchStrategy[AnyPlace]] = st.builds(
    Place, city=CITIES, floor=NUMBERS
) | st.builds(Locker, city=CITIES, floor=NUMBERS, door=XML_TEXT)
DRAWN_PARCELS: Final = st.lists(
    st.builds(
        Parcel,
        code=XML_TEXT,
        weight=st.floats(allow_nan=False, allow_infinity=False),  # zeep writes "Infinity"
        state=st.sampled_from(State),
        origin=PLACES_DRAWN,
        target=st.none() | PLACES_DRAWN,
        tags=st.none() | st.lists(st.none() | XML_TEXT, max_size=3).map(tuple),
    ),
    max_size=3,
).map(tuple)
