"""The messages of an operation by its tables: parameters to requests, responses to results.

The request is one element. If it is wrapped, its elements are the parameters, and otherwise it is
the only one. Over GET and POST each parameter is a field, or several if it is a tuple.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, TypeVar

from ..errors.exceptions import DeclaredFault, ServiceFault, Unwritable
from ..wire.bindings import SOAP_11, SOAP_12, Binding
from ..wire.codec import Answer, Declared, Unasked
from .envelopes import body_envelope, fault_envelope
from .form_fields import parameters
from .header_blocks import request_headers
from .reading import Unreadable, read
from .tables import Element, Shape
from .writing import Writer

SOAP: Final = {Binding.SOAP11: SOAP_11, Binding.SOAP12: SOAP_12}
_BLANKS: Final = " \t\r\n"
ValueT = TypeVar("ValueT")
Draw: TypeAlias = Callable[[Element, Writer], object]
"""A function that gives a value of an element, which its writer can write."""


class Messages:
    """The request and the response of an operation, as elements of its tables.

    `request` and `response` are None for a body with nothing in it. The result is the slot `result`
    of the response's value, or the whole of it if that is empty. `is_void` says that a response
    has no result, whatever stands in it, and `is_one_way` that nothing need come back. Without
    `is_wrapped` the request's element is the only parameter. `roots` are the elements of responses
    over GET and POST. `headers` are those of the request by the slots of their parameters; a header
    may have a parameter for each field: `auth.password`. `faults` are the elements in the details
    of declared faults.
    """

    def __init__(
        self,
        request: Element | None,
        response: Element | None,
        writer: Writer,
        *,
        result: str = "",
        is_wrapped: bool = True,
        is_void: bool = False,
        is_one_way: bool = False,
        headers: Mapping[str, Element] | None = None,
        faults: Mapping[type[DeclaredFault[Any]], Element] | None = None,
        roots: Mapping[Binding, Element] | None = None,
    ) -> None:
        self._request, self._response, self._writer = request, response, writer
        self._result = result
        self._is_wrapped, self._is_void, self._is_one_way = is_wrapped, is_void, is_one_way
        self._headers: Mapping[str, Element] = headers or {}
        self._faults: Mapping[type[DeclaredFault[Any]], Element] = faults or {}
        self._roots: Mapping[Binding, Element] = roots or {}

    def body(self, values: Mapping[str, object]) -> str:
        """Return what is in the body of a SOAP request. Raises Unwritable."""
        request = self._request
        if request is None:
            return ""
        headers = self._headers
        own = {
            slot: value for slot, value in values.items() if slot.partition(".")[0] not in headers
        }
        if self._is_wrapped:
            return self._writer.write(request, class_of(request)(**own))
        ((slot, value),) = own.items()
        try:
            return self._writer.write(request, value)
        except Unwritable as error:
            raise error.inside(slot) from None

    def header(self, values: Mapping[str, object]) -> str:
        """Return what is in the header of a SOAP request. Raises Unwritable."""
        return "".join(
            self._written_header(slot, element, values) for slot, element in self._headers.items()
        )

    def _written_header(self, slot: str, element: Element, values: Mapping[str, object]) -> str:
        try:
            if slot in values:
                value = values[slot]
                return "" if value is None else self._writer.write(element, value)
            start = f"{slot}."
            fields = {
                name.removeprefix(start): value
                for name, value in values.items()
                if name.startswith(start)
            }
            if all(value is None for value in fields.values()):
                return ""
            return self._writer.write(element, class_of(element)(**fields))
        except Unwritable as error:
            raise error.inside(slot) from None

    def fields(self, values: Mapping[str, object]) -> Sequence[tuple[str, str]]:
        """Return the fields of a query or form. Raises Unwritable."""
        return [
            (own.name, text)
            for own in parameters(self._request)
            for text in own.texts(values[own.slot])
        ]

    def answer(self, binding: Binding, text: str) -> Answer:
        """Return the result in the text of a response over a binding."""
        if self._is_one_way and not text.strip(_BLANKS):
            return Answer(None)
        root = self._roots.get(binding)
        response = None if self._is_void else self._response
        try:
            if root is not None and root is not self._response:
                return Answer(read(root, text).value)
            if root is not None:
                return self._taken_apart(read(root, text).value)
            is_fault, value = self._in_body(binding, response, text)
        except Unreadable as error:
            return Answer(None, str(error))
        if is_fault:
            return Answer(None, "has a fault in its body")
        if response is None:
            return Answer(None)
        return self._taken_apart(value)

    def _taken_apart(self, value: object) -> Answer:
        """Return the result in the value of the response's element; a void one has none."""
        if self._is_void:
            return Answer(None)
        return Answer(getattr(value, self._result) if self._result else value)

    def _in_body(
        self, binding: Binding, response: Element | None, text: str
    ) -> tuple[bool, object]:
        """Say whether there is a fault in the body of a response, and return the value in it.

        The value is None for no response. Raises Unreadable.
        """
        body = read(body_envelope(SOAP[binding], response), text).value
        return body.fault is not None, None if response is None else body.value

    def declared(self, binding: Binding, text: str) -> Declared | None:
        """Return the declared fault in a response over SOAP; None if there is none."""
        if binding not in SOAP or not self._faults:
            return None
        try:
            details = read(fault_envelope(SOAP[binding], tuple(self._faults.values())), text).value
        except Unreadable:
            return None
        for number, kind in enumerate(self._faults):
            value = getattr(details, f"fault_{number}", None)
            if value is not None:
                return Declared(kind, value)
        return None

    def detail(self, fault: ServiceFault) -> str:
        """Return the element in the detail of a fault; empty for one that is not declared here.

        Raises Unwritable.
        """
        element = next((own for kind, own in self._faults.items() if isinstance(fault, kind)), None)
        return "" if element is None else self._writer.write(element, vars(fault)["detail"])

    def asked(self, binding: Binding, text: str, slots: Sequence[str]) -> Mapping[str, object]:
        """Return the parameters in the text of a SOAP request. Raises Unasked."""
        try:
            value = self._call(binding, text)
            headers = request_headers(SOAP[binding], self._headers, text)
        except Unreadable as error:
            raise _unfit(error.path.removeprefix("Envelope/Body/")) from None
        own = [slot for slot in slots if slot.partition(".")[0] not in self._headers]
        values = {slot: _of_headers(headers, slot) for slot in slots if slot not in own}
        if self._request is not None:
            for slot in own:
                values[slot] = getattr(value, slot) if self._is_wrapped else value
        return values

    def posted(self, text: str, slots: Sequence[str]) -> Mapping[str, object]:
        """Return the parameters in a request that is an element and no envelope. Raises Unasked."""
        assert self._request is not None
        try:
            value = read(self._request, text, by_local_name=True).value
        except Unreadable as error:
            raise _unfit(error.path) from None
        return {slot: getattr(value, slot) if self._is_wrapped else value for slot in slots}

    def _call(self, binding: Binding, text: str) -> object:
        """Return the value in the body of a request. Raises Unreadable."""
        envelope = body_envelope(SOAP[binding], self._request)
        body = read(envelope, text, by_local_name=True).value
        return None if self._request is None else body.value

    def asked_by_form(self, fields: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
        """Return the parameters in fields, by names in small letters. Raises Unasked."""
        return {
            own.slot: own.value(fields.get(own.name.lower(), ()))
            for own in parameters(self._request)
        }

    def answered(self, binding: Binding, value: object) -> str:
        """Return a response: what is in the body of an envelope, or a document. Raises Unwritable.

        `value` is the result.
        """
        root, response = self._roots.get(binding), self._response
        if root is not None and root is not response:
            return self._writer.write(root, value)
        if response is None:
            return ""
        if self._is_void:
            value = class_of(response)()
        elif self._result:
            value = class_of(response)(**{self._result: value})
        return self._writer.write(response, value)

    @property
    def has_result(self) -> bool:
        """Say whether a response has something that is read."""
        return self._response is not None and not self._is_void

    def drawn_result(self, draw: Draw) -> object:
        """Return a result, for tests: `draw` gives the value of the response's element."""
        if self._response is None or not self.has_result:
            return None
        value = draw(self._response, self._writer)
        return getattr(value, self._result) if self._result else value

    def drawn_request(self, draw: Draw, slots: Sequence[str]) -> Mapping[str, object]:
        """Return the parameters in these slots, for tests: `draw` gives the values of elements."""
        values: dict[str, object] = {}
        for name, element in self._headers.items():
            value = draw(element, self._writer)
            for slot in slots:
                header, _, field = slot.partition(".")
                if header == name:
                    values[slot] = getattr(value, field) if field else value
        own = [slot for slot in slots if slot not in values]
        if self._request is None or not own:
            return values
        value = draw(self._request, self._writer)
        if not self._is_wrapped:
            return {**values, own[0]: value}
        return values | {slot: getattr(value, slot) for slot in own}


def _unfit(path: str) -> Unasked:
    return Unasked(f"The request does not fit the schema: see {path or 'the whole'}.")


def whole(value: ValueT) -> ValueT:
    """Return the value of a response: it is the result."""
    return value


def nothing(_: object) -> None:
    """Return the result of a response that has none."""


def class_of(element: Element) -> type[object]:
    """Return the record class of an element's values."""
    assert isinstance(element.type, Shape)
    assert element.type.cls is not None
    return element.type.cls


def _of_headers(headers: Mapping[str, object], slot: str) -> object:
    """Return a header by its slot, or a field of one; None for one that did not come."""
    name, _, field = slot.partition(".")
    return getattr(headers.get(name), field, None) if field else headers.get(name)
