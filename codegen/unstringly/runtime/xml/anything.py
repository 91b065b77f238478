"""Values of any type (`xs:anyType`), which `xsi:type` tells.

A value is read as its type says: one of XML Schema's, or one of the schema's. It is written as the
type that its class has: an `int` as `xs:int`, a record as its type. Tuples are read, and not
written: many types are tuples, and none of them is told by that.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from .calendar_parts import GDay, GMonth, GMonthDay, GYear, GYearMonth
from .durations import Duration
from .precise import PreciseDatetime, PreciseTime, ZonedDate
from .qnames import QName, read_qname, write_qname
from .tables import AnyType, ScopedLeaf, Shape, Simple, by_name
from .values import BUILT_INS

_XSD: Final = "http://www.w3.org/2001/XMLSchema"

QNAME: Final = ScopedLeaf(read_qname, write_qname)
"""The leaf of qualified names."""

_NAMES: Final[Mapping[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "int",
    float: "double",
    Decimal: "decimal",
    bytes: "base64Binary",
    datetime: "dateTime",
    PreciseDatetime: "dateTime",
    date: "date",
    ZonedDate: "date",
    time: "time",
    PreciseTime: "time",
    Duration: "duration",
    GYear: "gYear",
    GYearMonth: "gYearMonth",
    GMonth: "gMonth",
    GMonthDay: "gMonthDay",
    GDay: "gDay",
    QName: "QName",
}


def any_type(
    shapes: Callable[[], tuple[Shape, ...]] = tuple,
    leaves: Callable[[], Mapping[str, Simple]] = dict,
    classes: Callable[[], Mapping[type, str]] = dict,
) -> AnyType:
    """Return the type of any value.

    `shapes` and `leaves` return the schema's own types, `classes` the names of enumerations by the
    classes of their values.
    """

    def all_types() -> Mapping[str, Simple | Shape]:
        built_in: dict[str, Simple | Shape] = {
            f"{_XSD} {name}": leaf for name, leaf in BUILT_INS.items()
        }
        return {**built_in, f"{_XSD} QName": QNAME, **leaves(), **by_name(*shapes())}

    def all_names() -> Mapping[type, str]:
        records = {shape.cls: shape.name for shape in shapes() if shape.cls is not None}
        names = {cls: f"{_XSD} {name}" for cls, name in _NAMES.items()}
        return {**names, **records, **classes()}

    return AnyType(all_types, all_names)
