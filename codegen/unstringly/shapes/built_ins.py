"""The built-in types of XML Schema in Python: their annotations, leaves, and values as source."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from unstringly.python.build import BOOL, FALSE, INT, STR, TRUE, builtin, call, generic, method
from unstringly.python.nodes import Constant, Display, Expression, Number, Symbol, Text
from unstringly.python.symbols import DECIMAL, date_class, runtime
from unstringly.runtime.xml.lexical import list_items
from unstringly.runtime.xml.values import BUILT_INS

if TYPE_CHECKING:
    from collections.abc import Mapping

_FLOAT, _BYTES = builtin("float"), builtin("bytes")
_TEXTS: Final = generic(builtin("tuple"), STR, Constant("..."))


class BuiltIn(NamedTuple):
    """A type in Python, and its leaf in the runtime."""

    annotation: Expression
    leaf: Symbol


def _leaf(module: str, name: str) -> Symbol:
    return runtime(f"xml.{module}", name)


def _all() -> Mapping[str, BuiltIn]:
    duration = _leaf("durations", "Duration")
    qname = BuiltIn(_leaf("qnames", "QName"), _leaf("anything", "QNAME"))
    table = {
        "boolean": BuiltIn(BOOL, _leaf("numbers", "BOOLEAN")),
        "decimal": BuiltIn(DECIMAL, _leaf("decimals", "DECIMAL")),
        "float": BuiltIn(_FLOAT, _leaf("numbers", "FLOAT")),
        "double": BuiltIn(_FLOAT, _leaf("numbers", "DOUBLE")),
        "hexBinary": BuiltIn(_BYTES, _leaf("binary", "HEX_BINARY")),
        "base64Binary": BuiltIn(_BYTES, _leaf("binary", "BASE64_BINARY")),
        "dateTime": BuiltIn(date_class("datetime"), _leaf("dates", "DATETIME")),
        "dateTimeStamp": BuiltIn(date_class("datetime"), _leaf("dates", "DATETIME_STAMP")),
        "date": BuiltIn(date_class("date"), _leaf("dates", "DATE")),
        "time": BuiltIn(date_class("time"), _leaf("dates", "TIME")),
        "duration": BuiltIn(duration, _leaf("durations", "DURATION")),
        "yearMonthDuration": BuiltIn(duration, _leaf("durations", "YEAR_MONTH_DURATION")),
        "dayTimeDuration": BuiltIn(duration, _leaf("durations", "DAY_TIME_DURATION")),
        "QName": qname,
        "NOTATION": qname,
        "anySimpleType": BuiltIn(STR, _leaf("texts", "STRING")),
        "anyAtomicType": BuiltIn(STR, _leaf("texts", "STRING")),
    }
    for names, module, annotation in (
        (_INTEGERS, "numbers", INT),
        (_STRINGS, "texts", STR),
        (_LISTS, "texts", _TEXTS),
    ):
        for name, constant in names.items():
            table[name] = BuiltIn(annotation, _leaf(module, constant))
    for part in ("Year", "YearMonth", "Month", "MonthDay", "Day"):
        constant = f"G{''.join(f'_{c}' if c.isupper() else c for c in part)}".upper()
        table[f"g{part}"] = BuiltIn(
            _leaf("calendar_parts", f"G{part}"), _leaf("calendar_parts", constant)
        )
    return table


_INTEGERS = {
    "integer": "INTEGER",
    "nonPositiveInteger": "NON_POSITIVE_INTEGER",
    "negativeInteger": "NEGATIVE_INTEGER",
    "nonNegativeInteger": "NON_NEGATIVE_INTEGER",
    "positiveInteger": "POSITIVE_INTEGER",
    "long": "LONG",
    "int": "INT",
    "short": "SHORT",
    "byte": "BYTE",
    "unsignedLong": "UNSIGNED_LONG",
    "unsignedInt": "UNSIGNED_INT",
    "unsignedShort": "UNSIGNED_SHORT",
    "unsignedByte": "UNSIGNED_BYTE",
}
_STRINGS = {
    "string": "STRING",
    "normalizedString": "NORMALIZED_STRING",
    "token": "TOKEN",
    "language": "LANGUAGE",
    "anyURI": "ANY_URI",
    "Name": "NAME",
    "NCName": "NCNAME",
    "ID": "ID",
    "IDREF": "IDREF",
    "ENTITY": "ENTITY",
    "NMTOKEN": "NMTOKEN",
}
_LISTS = {"NMTOKENS": "NMTOKENS", "IDREFS": "IDREFS", "ENTITIES": "ENTITIES"}

TYPES: Final[Mapping[str, BuiltIn]] = _all()
"""All built-in types but `anyType`, by their local names."""

_INTEGER: Final = re.compile("0|-?[1-9][0-9]*")
_MOST_DIGITS: Final = 4000  # Python reads 4,300 at most

SCOPED: Final = frozenset(["QName", "NOTATION"])
"""The types whose texts mean nothing without the namespaces in scope."""


def is_text(built_in: str) -> bool:
    """Say whether the values of a built-in type are texts in Python."""
    return TYPES[built_in].annotation == STR


def value_of(built_in: str, text: str) -> Expression:
    """Return the source of the value of a text. Raises ValueError if it is no value of the type."""
    if built_in in SCOPED:
        raise ValueError("a qualified name stands where its prefix means nothing")
    known = BUILT_INS.get(built_in, BUILT_INS["string"])
    match known.read(text):
        case bool(value):
            return TRUE if value else FALSE
        case int(value):
            return Number(value)
        case str(value):
            return Text(value)
        case float(value):
            return Number(value) if isfinite(value) else call(_FLOAT, Text(str(value)))
        case Decimal() as value:
            return call(DECIMAL, _digits(f"{value:f}"))
        case tuple():
            return Display("tuple", tuple(map(Text, list_items(text))))
        case _:
            return method(TYPES[built_in].leaf, "read", Text(text))


def _digits(text: str) -> Expression:
    """Return a number if it is written as an integer of Python is, or else its text."""
    is_number = len(text) < _MOST_DIGITS and _INTEGER.fullmatch(text) is not None
    return Number(int(text)) if is_number else Text(text)
