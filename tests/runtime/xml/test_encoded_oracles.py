"""zeep reads what is written in SOAP's encoding, and what zeep writes is read."""

from functools import cache
from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.xml.drawn_tables import XML_TEXT
from tests.runtime.xml.parcels import (
    DRAWN_PARCELS,
    MESSAGES,
    NUMBERS,
    WSDL,
    AnyPlace,
    Locker,
    Parcel,
    Place,
    SendResponse,
    State,
)

from unstringly.read.schema.known import KNOWN
from unstringly.runtime.wire.bindings import SOAP_11, Binding

etree: Any = import_module("lxml.etree")  # Any: neither has types
zeep: Any = import_module("zeep")  # Any: as above
zeep_xsd: Any = import_module("zeep.xsd")  # Any: as above


class _Documents(zeep.Transport):  # type: ignore[misc]  # as above
    """Gives zeep the WSDL, and the schema of the encoding."""

    def load(self, url: str) -> bytes:
        return KNOWN[url].encode() if url in KNOWN else WSDL.encode()


class _Response:
    """A response as zeep takes it from its transport."""

    status_code = 200
    encoding = "utf-8"

    def __init__(self, content: str) -> None:
        self.headers = {"Content-Type": "text/xml"}
        self.content = content.encode()


@cache
def client() -> Any:  # Any: as above
    return zeep.Client("parcels.wsdl", transport=_Documents())


def made(name: str) -> Any:  # Any: as above
    return client().get_type(f"{{urn:parcels:types}}{name}")


def place_of(value: Any) -> AnyPlace | None:  # Any: as above
    """The place that zeep has read; it reads nil as a place with nothing in it."""
    if value.floor is None:
        return None
    city = value.city or None
    if "door" in value:
        return Locker(city=city, floor=value.floor, door=value.door or "")
    return Place(city=city, floor=value.floor)


def parcel_of(value: Any) -> Parcel:  # Any: as above
    origin = place_of(value.origin)
    assert origin is not None
    return Parcel(
        code=value.code or "",
        weight=value.weight,
        state=State(value.state),
        origin=origin,
        target=place_of(value.target),
        tags=tuple(value.tags) or None,
    )


def without_empty(place: AnyPlace | None) -> AnyPlace | None:
    match place:
        case Place(city=""):
            return Place(city=None, floor=place.floor)
        case Locker(city=""):
            return Locker(city=None, floor=place.floor, door=place.door)
        case _:
            return place


def as_zeep_reads(parcel: Parcel) -> Parcel:
    """A parcel without what zeep does not tell apart: empty and nil."""
    origin = without_empty(parcel.origin)
    assert origin is not None
    return Parcel(
        code=parcel.code,
        weight=parcel.weight,
        state=parcel.state,
        origin=origin,
        target=without_empty(parcel.target),
        tags=parcel.tags or None,
    )


def with_tags(parcel: Parcel) -> Parcel:
    """A parcel of which no tag is nil, which zeep returns as XML, or empty, which it leaves out."""
    tags = None if parcel.tags is None else tuple(tag or "-" for tag in parcel.tags)
    return Parcel(
        code=parcel.code,
        weight=parcel.weight,
        state=parcel.state,
        origin=parcel.origin,
        target=parcel.target,
        tags=tags,
    )


@given(DRAWN_PARCELS, st.floats(allow_nan=False))
def test_zeep_reads_what_is_written(parcels: tuple[Parcel, ...], price: float) -> None:
    sent = tuple(map(with_tags, parcels))
    content = MESSAGES.answered(Binding.SOAP11, SendResponse(sent=sent, price=price))
    envelope = f'<e:Envelope xmlns:e="{SOAP_11}"><e:Body>{content}</e:Body></e:Envelope>'
    binding = client().service._binding
    response = binding.process_reply(client(), binding.get("send"), _Response(envelope))
    assert tuple(map(parcel_of, response.sent)) == tuple(map(as_zeep_reads, sent))
    assert response.price == price


def zeep_place(place: AnyPlace | None) -> Any:  # Any: as above
    match place:
        case Place(city=city, floor=floor):
            return made("Place")(city=zeep_xsd.Nil if city is None else city, floor=floor)
        case Locker(city=city, floor=floor, door=door):
            named = zeep_xsd.Nil if city is None else city
            return made("Locker")(city=named, floor=floor, door=door)
        case _:
            return zeep_xsd.Nil


def zeep_array(name: str, items: list[Any], of: Any) -> Any:  # Any: as above
    element = zeep_xsd.Element("anything", of)
    return made(name)([zeep_xsd.AnyObject(element, item) for item in items])


def zeep_parcel(parcel: Parcel) -> Any:  # Any: as above
    return made("Parcel")(
        code=parcel.code,
        weight=parcel.weight,
        state=parcel.state.value if isinstance(parcel.state, State) else parcel.state.text,
        origin=zeep_place(parcel.origin),
        target=zeep_place(parcel.target),
        tags=zeep_xsd.Nil
        if parcel.tags is None
        else zeep_array("Tags", list(parcel.tags), zeep_xsd.String()),
    )


@given(DRAWN_PARCELS, NUMBERS)
def test_what_zeep_writes_is_read(parcels: tuple[Parcel, ...], times: int) -> None:
    sent = tuple(map(with_tags, parcels))
    array = zeep_array("Parcels", [zeep_parcel(parcel) for parcel in sent], made("Parcel"))
    message = client().create_message(client().service, "send", parcels=array, times=times)
    text = etree.tostring(message, encoding="unicode")
    asked = MESSAGES.asked(Binding.SOAP11, text, ("parcels", "times"))
    assert asked == {"parcels": sent, "times": times}


@given(XML_TEXT)
def test_a_text_goes_both_ways(text: str) -> None:
    parcel = Parcel(
        code=text,
        weight=0.0,
        state=State.SENT,
        origin=Place(city=None, floor=0),
        target=None,
        tags=(text,),
    )
    body = MESSAGES.body({"parcels": (parcel,), "times": 1})
    envelope = f'<e:Envelope xmlns:e="{SOAP_11}"><e:Body>{body}</e:Body></e:Envelope>'
    asked = MESSAGES.asked(Binding.SOAP11, envelope, ("parcels", "times"))
    assert asked == {"parcels": (parcel,), "times": 1}
