"""Columns: many values of a simple type, which are written at once.

What is asked of each value when it is written alone is asked here of all of them together. What is
wrong is not told: values that are not as usual are written one by one, and the place is found then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

T_contra = TypeVar("T_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Column(Generic[T_contra]):
    """How a simple type is written, many values at once.

    `write` gets at least one value, all of the class `of`, and none of a subclass. It returns their
    texts, as the leaf writes them one by one. If they are to be written so, it returns None, or
    raises ValueError. `is_plain` says that no text has a character that XML lacks, or that stands
    for another one there.
    """

    of: type[Any]  # Any: a class is no type for checkers; it is that of the values
    write: Callable[[Sequence[T_contra]], list[str] | None]
    is_plain: bool = True


AnyColumn: TypeAlias = Column[Any]  # Any: who asks for `of` first writes any values
