"""The messages of an operation whose bodies hold several elements beside each other.

WSDL 1.1 has it so in document style for a message of several parts (section 3.5). The table is that
of an element which is never on the wire, and holds them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from ..errors.exceptions import Unwritable
from ..wire.bindings import Binding
from .envelopes import body_envelope
from .messages import SOAP, Messages, class_of
from .reading import read
from .tables import Content, Element, Shape
from .writing import Writer


class PartMessages(Messages):
    """As `Messages`; the elements of `spread`, request or response or both, are content alone."""

    def __init__(
        self,
        request: Element | None,
        response: Element | None,
        writer: Writer,
        *,
        spread: tuple[Element, ...],
        **options: Any,  # those of `Messages`
    ) -> None:
        super().__init__(request, response, writer, **options)
        self._spread = spread

    def body(self, values: Mapping[str, object]) -> str:
        """Return what is in the body of a SOAP request. Raises Unwritable."""
        request = self._request
        if request is None or request not in self._spread:
            return super().body(values)
        return "".join(self._parts(request, values))

    def answered(self, binding: Binding, value: object) -> str:
        """Return what is in the body of a response. Raises Unwritable."""
        response = self._response
        if response is None or response not in self._spread:
            return super().answered(binding, value)
        kind = class_of(response)
        if type(value) is not kind:
            raise Unwritable("", type(value).__name__, f"stands where a {kind.__name__} must be")
        slots = (element.slot for element in _elements(response))
        return "".join(self._parts(response, {slot: getattr(value, slot) for slot in slots}))

    def _parts(self, whole: Element, values: Mapping[str, object]) -> Iterator[str]:
        """Yield each part, written by itself."""
        for element in _elements(whole):
            try:
                yield self._writer.write(element, values[element.slot])
            except Unwritable as error:
                raise error.inside(element.slot) from None

    def _in_body(
        self, binding: Binding, response: Element | None, text: str
    ) -> tuple[bool, object]:
        if response is None or response not in self._spread:
            return super()._in_body(binding, response, text)
        soap = SOAP[binding]
        if read(body_envelope(soap, None), text).value.fault is not None:
            return True, None
        content = Content((_as_body(soap, response),))
        envelope = Element("envelope", f"{soap} Envelope", Shape("", None, lambda: content))
        return False, read(envelope, text).value

    @cached_property
    def _bodies(self) -> Mapping[Binding, Element]:
        """The tables of requests over SOAP."""
        return {binding: self._around(soap) for binding, soap in SOAP.items()}

    def _around(self, soap: str) -> Element:
        assert self._request is not None
        content = Content((_as_body(soap, self._request),))
        return Element("envelope", f"{soap} Envelope", Shape("", None, lambda: content))

    def _call(self, binding: Binding, text: str) -> object:
        if self._request not in self._spread:
            return super()._call(binding, text)
        return read(self._bodies[binding], text, by_local_name=True).value


def _as_body(soap: str, whole: Element) -> Element:
    return replace(whole, slot="body", name=f"{soap} Body")


def _elements(whole: Element) -> Iterator[Element]:
    assert isinstance(whole.type, Shape)
    for particle in whole.type.content().particles:
        assert isinstance(particle, Element)
        yield particle
