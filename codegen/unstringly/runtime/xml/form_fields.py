"""Parameters as fields of a query or form: a text each, and one for each item of an array.

An array with no items and one that is left out have the same fields: none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from ..errors.exceptions import Unwritable
from ..wire.codec import Unasked
from .escaping import unwritable
from .tables import AnyType, Element, Leaf, ScopedLeaf, Shape, Whole


@dataclass(frozen=True, slots=True)
class Parameter:
    """The element of a parameter, and that of its texts: an array's item, or the same one."""

    element: Element
    item: Element

    @property
    def name(self) -> str:
        """The name of its fields."""
        return self.element.name.rpartition(" ")[2]

    @property
    def slot(self) -> str:
        """The field of the request."""
        return self.element.slot

    @property
    def _is_array(self) -> bool:
        return self.item is not self.element

    @property
    def _may_lack(self) -> bool:
        return self.item.least == 0 or (self._is_array and self.element.least == 0)

    @property
    def _leaf(self) -> Leaf:
        of = self.item.type
        assert not isinstance(of, ScopedLeaf | Shape | Whole | AnyType)
        return of

    def texts(self, value: object) -> list[str]:
        """Return the texts of a value; none for one that is left out. Raises Unwritable."""
        may_be_none = self.element.least == 0 if self._is_array else self.item.most == 1
        if value is None and may_be_none:
            given: tuple[object, ...] = ()
        elif self.item.most == 1:
            given = (value,)
        elif isinstance(value, tuple):
            given = cast("tuple[object, ...]", value)
        else:
            raise Unwritable(self.slot, type(value).__name__, "stands where a tuple must be")
        texts = [self._text(number, item) for number, item in enumerate(given)]
        least, most = self.item.least, self.item.most
        if (not texts and not self._may_lack) or (texts and len(texts) < least):
            raise Unwritable(self.slot, str(len(texts)), f"give at least {least or 1}")
        if most is not None and len(texts) > most:
            raise Unwritable(self.slot, str(len(texts)), f"give at most {most}")
        return texts

    def _text(self, number: int, item: object) -> str:
        try:
            return self._leaf.write(item)
        except ValueError as error:
            place = self.slot if self.item.most == 1 else f"{self.slot}[{number}]"
            raise unwritable(error).inside(place) from None

    def value(self, texts: Sequence[str]) -> object:
        """Return the value in texts. Raises Unasked."""
        least, most = self.item.least, self.item.most
        if (not texts and not self._may_lack) or (texts and len(texts) < least):
            raise Unasked(f"Missing parameter: {self.name}.")
        if most is not None and len(texts) > most:
            raise Unasked(f"The parameter {self.name} comes more than {most} times.")
        try:
            items = tuple(self._leaf.read(text) for text in texts)
        except ValueError:
            raise Unasked(f"The parameter {self.name} is not of its type.") from None
        if not items and self.element.least == 0:
            return self.element.missing
        return items[0] if most == 1 else items


def parameters(request: Element | None) -> Iterator[Parameter]:
    """Yield the parameters of a request's element."""
    if request is None or not isinstance(request.type, Shape):
        return
    for particle in request.type.content().particles:
        if isinstance(particle, Element):
            yield Parameter(particle, _item(particle))


def _item(element: Element) -> Element:
    if not isinstance(element.type, Shape):
        return element
    (item,) = element.type.content().particles
    assert isinstance(item, Element)
    return item
