"""The built-in types of XML Schema by their names, those of XML Schema 1.1 included.

QName and NOTATION are not among them: their texts mean nothing without the namespaces in scope
(`qnames`). A module that needs one type imports that one alone, as all of them take their time.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .binary import BASE64_BINARY, HEX_BINARY
from .calendar_parts import G_DAY, G_MONTH, G_MONTH_DAY, G_YEAR, G_YEAR_MONTH
from .dates import DATE, DATETIME, DATETIME_STAMP, TIME
from .decimals import DECIMAL
from .durations import DAY_TIME_DURATION, DURATION, YEAR_MONTH_DURATION
from .leaves import Leaf
from .numbers import (
    BOOLEAN,
    BYTE,
    DOUBLE,
    FLOAT,
    INT,
    INTEGER,
    LONG,
    NEGATIVE_INTEGER,
    NON_NEGATIVE_INTEGER,
    NON_POSITIVE_INTEGER,
    POSITIVE_INTEGER,
    SHORT,
    UNSIGNED_BYTE,
    UNSIGNED_INT,
    UNSIGNED_LONG,
    UNSIGNED_SHORT,
)
from .texts import (
    ANY_URI,
    ENTITIES,
    ENTITY,
    ID,
    IDREF,
    IDREFS,
    LANGUAGE,
    NAME,
    NCNAME,
    NMTOKEN,
    NMTOKENS,
    NORMALIZED_STRING,
    STRING,
    TOKEN,
)

_ALL: Final[tuple[Leaf[object], ...]] = (
    BOOLEAN,
    INTEGER,
    NON_POSITIVE_INTEGER,
    NEGATIVE_INTEGER,
    NON_NEGATIVE_INTEGER,
    POSITIVE_INTEGER,
    LONG,
    INT,
    SHORT,
    BYTE,
    UNSIGNED_LONG,
    UNSIGNED_INT,
    UNSIGNED_SHORT,
    UNSIGNED_BYTE,
    DECIMAL,
    FLOAT,
    DOUBLE,
    HEX_BINARY,
    BASE64_BINARY,
    STRING,
    NORMALIZED_STRING,
    TOKEN,
    LANGUAGE,
    ANY_URI,
    NAME,
    NCNAME,
    ID,
    IDREF,
    ENTITY,
    NMTOKEN,
    NMTOKENS,
    IDREFS,
    ENTITIES,
    DATETIME,
    DATETIME_STAMP,
    DATE,
    TIME,
    DURATION,
    YEAR_MONTH_DURATION,
    DAY_TIME_DURATION,
    G_YEAR,
    G_YEAR_MONTH,
    G_MONTH,
    G_MONTH_DAY,
    G_DAY,
)

BUILT_INS: Final[Mapping[str, Leaf[object]]] = MappingProxyType({leaf.name: leaf for leaf in _ALL})
"""The leaf of each type by its name in the namespace of XML Schema."""
