"""The tables of envelopes: a SOAP message around the elements of an operation.

A fault in the body of a response is told apart from its result. Headers that no table has are
passed over.
"""

from dataclasses import replace
from functools import lru_cache

from ..wire.bindings import SOAP_12
from .fragments import XmlFragment
from .records import record
from .tables import WHOLE, Content, Element, Shape


@record
class Body:
    """The content of a body: the value of the element that is wanted, or a fault."""

    value: object
    fault: XmlFragment | None


@record
class NoContent:
    """The content of a body of which nothing is wanted but a fault."""

    fault: XmlFragment | None


@lru_cache(maxsize=512)
def body_envelope(soap: str, content: Element | None) -> Element:
    """Return the table of an envelope whose value is a `Body`, or `NoContent`."""
    return Element(
        "envelope", f"{soap} Envelope", Shape("", None, lambda: Content((_body(soap, content),)))
    )


@lru_cache(maxsize=512)
def headers_envelope(soap: str, headers: tuple[tuple[str, Element], ...]) -> Element:
    """Return the table of an envelope of which nothing is wanted but headers.

    Its value is None without a header, or has for each slot all elements of that name as they are.
    """
    elements = tuple(
        Element(slot, own.name, WHOLE, least=0, most=None, missing=()) for slot, own in headers
    )
    header = Shape("", _record_with(tuple(slot for slot, _ in headers)), lambda: Content(elements))
    around = Element("headers", f"{soap} Header", header, least=0)
    return Element("envelope", f"{soap} Envelope", Shape("", None, lambda: Content((around,))))


@lru_cache(maxsize=512)
def fault_envelope(soap: str, details: tuple[Element, ...]) -> Element:
    """Return the table of an envelope with a fault; its value has the details, by number."""
    slots = tuple(f"fault_{number}" for number in range(len(details)))
    elements = tuple(
        replace(own, slot=slot, least=0, most=1, missing=None)
        for slot, own in zip(slots, details, strict=True)
    )
    detail = Shape("", _record_with(slots), lambda: Content(elements))
    name = f"{SOAP_12} Detail" if soap == SOAP_12 else "detail"
    fault = Shape("", None, lambda: Content((Element("detail", name, detail),)))
    body = Shape("", None, lambda: Content((Element("fault", f"{soap} Fault", fault),)))
    around = Element("body", f"{soap} Body", body)
    return Element("envelope", f"{soap} Envelope", Shape("", None, lambda: Content((around,))))


def _body(soap: str, content: Element | None) -> Element:
    cls = NoContent if content is None else Body
    fault = Element("fault", f"{soap} Fault", WHOLE, least=0)
    inner = (fault,) if content is None else (replace(content, slot="value"), fault)
    return Element("body", f"{soap} Body", Shape("", cls, lambda: Content(inner)))


def _record_with(slots: tuple[str, ...]) -> type[object]:
    """Return a record class with these fields."""
    return record(type("Headers", (), {"__annotations__": dict.fromkeys(slots, object)}))
