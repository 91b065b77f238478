"""Parameters as fields of a query or form: one for each text, so several for a tuple."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from ..errors.exceptions import Unwritable
from ..wire.codec import Unasked
from .escaping import unwritable
from .tables import AnyType, Element, Leaf, ScopedLeaf, Shape, Whole


def written_fields(
    request: Element | None, values: Mapping[str, object]
) -> Sequence[tuple[str, str]]:
    """Return the fields for the parameters of a request. Raises Unwritable."""
    return [
        field for element in _elements(request) for field in _written(element, values[element.slot])
    ]


def read_fields(
    request: Element | None, fields: Mapping[str, Sequence[str]]
) -> Mapping[str, object]:
    """Return the parameters in fields, by names in small letters. Raises Unasked."""
    return {
        element.slot: _read(element, fields.get(_name(element).lower(), ()))
        for element in _elements(request)
    }


def _written(element: Element, value: object) -> Iterator[tuple[str, str]]:
    """Yield a field for each text of a parameter; none for one that is left out."""
    slot = element.slot
    if element.most == 1:
        texts = [] if value is None else [_text(element, value, slot)]
    elif isinstance(value, tuple):
        items = enumerate(cast("tuple[object, ...]", value))
        texts = [_text(element, item, f"{slot}[{number}]") for number, item in items]
    else:
        raise Unwritable(slot, type(value).__name__, "stands where a tuple must be")
    if len(texts) < element.least or (element.most is not None and len(texts) > element.most):
        most = "" if element.most is None else f", at most {element.most}"
        raise Unwritable(slot, str(len(texts)), f"give at least {element.least}{most}")
    yield from ((_name(element), text) for text in texts)


def _text(element: Element, value: object, place: str) -> str:
    """Return the text of one field. Raises Unwritable, which names the place of the value."""
    try:
        return _leaf(element).write(value)
    except ValueError as error:
        raise unwritable(error).inside(place) from None


def _read(element: Element, texts: Sequence[str]) -> object:
    """Return a parameter from the texts of its fields. Raises Unasked."""
    name = _name(element)
    if len(texts) < element.least:
        raise Unasked(f"Missing parameter: {name}.")
    if element.most is not None and len(texts) > element.most:
        raise Unasked(f"The parameter {name} comes more than {element.most} times.")
    try:
        items = tuple(_leaf(element).read(text) for text in texts)
    except ValueError:
        raise Unasked(f"The parameter {name} is not of its type.") from None
    if element.most != 1:
        return items
    return items[0] if items else element.missing


def _elements(request: Element | None) -> Iterator[Element]:
    if request is not None and isinstance(request.type, Shape):
        for particle in request.type.content().particles:
            if isinstance(particle, Element):
                yield particle


def _name(element: Element) -> str:
    return element.name.rpartition(" ")[2]


def _leaf(element: Element) -> Leaf:
    of = element.type
    assert not isinstance(of, ScopedLeaf | Shape | Whole | AnyType)
    return of
