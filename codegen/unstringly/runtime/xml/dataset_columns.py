"""The columns of DataSets, and how their cells are texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias, final
from uuid import UUID

from .anything import QNAME, any_type
from .calendar_parts import GDay, GMonth, GMonthDay, GYear, GYearMonth
from .dataset_names import encoded
from .durations import Duration
from .fragments import XmlFragment
from .leaves import Leaf
from .lexical import not_of_type, trimmed, wrong_python_type
from .qnames import QName
from .tables import ScopedLeaf
from .texts import STRING
from .values import BUILT_INS

Cell: TypeAlias = (
    str
    | bool
    | int
    | float
    | Decimal
    | bytes
    | datetime
    | date
    | time
    | Duration
    | GYear
    | GYearMonth
    | GMonth
    | GMonthDay
    | GDay
    | UUID
    | QName
    | XmlFragment
    | None
)
"""The value of a cell, by the type of its column; None is NULL."""

GUID: Final = "guid"
ANY: Final = "anyType"
_LISTS: Final = ("NMTOKENS", "IDREFS", "ENTITIES")
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def _read_guid(text: str) -> UUID:
    if _UUID.fullmatch(trimmed(text)) is None:
        raise not_of_type(GUID, text, "is not of the form 0f8fad5b-d9cb-469f-a165-70867728950e")
    return UUID(trimmed(text))


def _write_guid(value: object) -> str:
    if not isinstance(value, UUID):
        raise wrong_python_type(value, "a UUID")
    return str(value)


LEAVES: Final[Mapping[str, Leaf[object]]] = {
    **{name: leaf for name, leaf in BUILT_INS.items() if name not in _LISTS},
    GUID: Leaf(GUID, _read_guid, _write_guid),
}
"""The leaves of the types that a column may have, but for `anyType`."""

_ANYTHING: Final = any_type()


class Place(Enum):
    """The place of a column's cells in the element of their row."""

    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    TEXT = "text"
    """The row's element has no other elements in it."""
    HIDDEN = "hidden"
    """An attribute that only a diffgram has."""


@final
@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `type` is the name of a built-in type of XML Schema, `guid`, or `anyType`, whose cells tell
    their types. A cell of one that `is_required` is never NULL. `data_type` is .NET's name of the
    type, where the schema has one besides. Raises ValueError for what no DataSet can have, and for
    what a schema cannot say: it would be read as another column.
    """

    name: str
    type: str = "string"
    is_required: bool = False
    place: Place = Place.ELEMENT
    data_type: str = ""

    def __post_init__(self) -> None:
        encoded(self.name)
        if self.type != ANY and self.type not in LEAVES:
            raise ValueError(f"{self.type!r} is no type of a column")
        if self.type == ANY and self.place is not Place.ELEMENT:
            raise ValueError(f"the column {self.name!r} of any type has to be an element")
        if self.place is Place.TEXT and (self.type == GUID or self.data_type):
            raise ValueError(f"the column {self.name!r} is a text, which no schema says more of")
        if self.is_required and self.place in (Place.TEXT, Place.HIDDEN):
            raise ValueError(f"no schema says of the column {self.name!r} that it is required")
        known = "" if self.type == GUID else self.data_type
        if told_type(self.type, known) != (self.type, self.data_type):
            raise ValueError(f"the column {self.name!r} is of another type in .NET")


def told_type(type_: str, data_type: str) -> tuple[str, str]:
    """Return the type of a column by what a schema tells: its type, and .NET's name of one.

    Both are as a `Column` has them: .NET's name is empty where the type says the same.
    """
    name = data_type.partition(",")[0].strip()
    if name == "System.Guid":
        return GUID, ""
    if name == "System.DateTimeOffset":
        return "dateTime", data_type
    if name == "System.Object" and type_ == ANY:
        return ANY, ""
    return type_, data_type


def leaf_of(column: Column) -> Leaf[object]:
    """Return the leaf of a column; that of any type is a text's."""
    return LEAVES.get(column.type, STRING)


def simple_named(name: str) -> Leaf[object] | ScopedLeaf | None:
    """Return the leaf of a type that `xsi:type` tells, or None if it is no built-in one."""
    leaf = LEAVES.get(name.rpartition(" ")[2])
    known = _ANYTHING.types().get(name)
    if known is QNAME:
        return QNAME
    return leaf if known is not None else None


def name_of_type(value: object) -> str:
    """Return the name of the type that a value of any type is sent as; empty for none."""
    return _ANYTHING.names().get(type(value), "")
