# Copied by unstringly 0.1.0. Do not edit.
"""Values that are pickled by the names of their fields, and not by their places.

A package that is generated again may have more fields, or the same ones in another order. A pickle
of an older version then gives the same values, and fields that it does not know get their defaults.
It raises TypeError, which names the field, if one has no default or is no longer there.
"""

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import Field


class PickledByName:
    """The base of dataclasses whose pickles and copies are made by a call with all fields."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        named = {field.name: getattr(self, field.name) for field in _fields(self)}
        return partial(type(self), **named), ()


def _fields(value: Any) -> "Sequence[Field[Any]]":  # a dataclass, which no type says
    return fields(value)
