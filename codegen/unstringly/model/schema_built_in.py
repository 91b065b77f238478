"""The types that XML Schema has built in (part 2, section 3, with those that 1.1 added).

A row says: the type, the type that it restricts, and its facets. Atomic ones are their own
`built_in`.
"""

from typing import Final

from unstringly.diagnostics import Span
from unstringly.model.schema import Component
from unstringly.model.schema_content import (
    AnyElement,
    Attributes,
    ComplexContent,
    ComplexType,
    Derivation,
    Occurs,
    Wildcard,
)
from unstringly.model.schema_names import ANY_SIMPLE_TYPE, ANY_TYPE, XSD, ComponentName
from unstringly.model.schema_simple import Atomic, Facets, ListOf, SimpleType, UnionOf

NOWHERE: Final = Span("XML Schema", 1, 1)
"""The place of what no document declares."""

_COLLAPSE = Facets(white_space="collapse")
_NAME = r"\i\c*"
_NCNAME = r"[\i-[:]][\c-[:]]*"
_LANGUAGE = r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"


def _between(least: str | None, most: str | None) -> Facets:
    return Facets(min_inclusive=least, max_inclusive=most)


_ATOMIC = {
    "anySimpleType": ("anySimpleType", Facets()),
    "anyAtomicType": ("anySimpleType", Facets()),
    "string": ("anyAtomicType", Facets(white_space="preserve")),
    "boolean": ("anyAtomicType", _COLLAPSE),
    "decimal": ("anyAtomicType", _COLLAPSE),
    "float": ("anyAtomicType", _COLLAPSE),
    "double": ("anyAtomicType", _COLLAPSE),
    "duration": ("anyAtomicType", _COLLAPSE),
    "dateTime": ("anyAtomicType", _COLLAPSE),
    "time": ("anyAtomicType", _COLLAPSE),
    "date": ("anyAtomicType", _COLLAPSE),
    "gYearMonth": ("anyAtomicType", _COLLAPSE),
    "gYear": ("anyAtomicType", _COLLAPSE),
    "gMonthDay": ("anyAtomicType", _COLLAPSE),
    "gDay": ("anyAtomicType", _COLLAPSE),
    "gMonth": ("anyAtomicType", _COLLAPSE),
    "hexBinary": ("anyAtomicType", _COLLAPSE),
    "base64Binary": ("anyAtomicType", _COLLAPSE),
    "anyURI": ("anyAtomicType", _COLLAPSE),
    "QName": ("anyAtomicType", _COLLAPSE),
    "NOTATION": ("anyAtomicType", _COLLAPSE),
    "dateTimeStamp": ("dateTime", Facets(patterns=(r".*(Z|(\+|-)[0-9][0-9]:[0-9][0-9])",))),
    "dayTimeDuration": ("duration", Facets(patterns=("[^YM]*(T.*)?",))),
    "yearMonthDuration": ("duration", Facets(patterns=("[^DT]*",))),
    "normalizedString": ("string", Facets(white_space="replace")),
    "token": ("normalizedString", _COLLAPSE),
    "language": ("token", Facets(patterns=(_LANGUAGE,))),
    "NMTOKEN": ("token", Facets(patterns=(r"\c+",))),
    "Name": ("token", Facets(patterns=(_NAME,))),
    "NCName": ("Name", Facets(patterns=(_NCNAME,))),
    "ID": ("NCName", Facets()),
    "IDREF": ("NCName", Facets()),
    "ENTITY": ("NCName", Facets()),
    "integer": ("decimal", Facets(fraction_digits=0, patterns=(r"[\-+]?[0-9]+",))),
    "nonPositiveInteger": ("integer", _between(None, "0")),
    "negativeInteger": ("nonPositiveInteger", _between(None, "-1")),
    "long": ("integer", _between("-9223372036854775808", "9223372036854775807")),
    "int": ("long", _between("-2147483648", "2147483647")),
    "short": ("int", _between("-32768", "32767")),
    "byte": ("short", _between("-128", "127")),
    "nonNegativeInteger": ("integer", _between("0", None)),
    "unsignedLong": ("nonNegativeInteger", _between(None, "18446744073709551615")),
    "unsignedInt": ("unsignedLong", _between(None, "4294967295")),
    "unsignedShort": ("unsignedInt", _between(None, "65535")),
    "unsignedByte": ("unsignedShort", _between(None, "255")),
    "positiveInteger": ("nonNegativeInteger", _between("1", None)),
}
_NOTHING = "error"
"""The type that no text is of, a union without members."""
_LISTS = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}


def _type(local: str) -> ComponentName:
    return ComponentName("type", XSD, local)


def _built_in() -> dict[ComponentName, Component]:
    types: dict[ComponentName, Component] = {}
    anything = Wildcard((), negated=True, process="lax")
    types[ANY_TYPE] = ComplexType(
        ANY_TYPE,
        ANY_TYPE,
        Derivation.RESTRICTION,
        ComplexContent(AnyElement(anything, Occurs(0, None), NOWHERE), mixed=True),
        Attributes((), anything),
        None,
        abstract=False,
        documentation="",
        span=NOWHERE,
    )
    for local, (base, facets) in _ATOMIC.items():
        types[_type(local)] = SimpleType(
            _type(local), _type(base), Atomic(local), facets, "", NOWHERE
        )
    for local, item in _LISTS.items():
        facets = Facets(min_length=1, white_space="collapse")
        variety = ListOf(_type(item))
        types[_type(local)] = SimpleType(
            _type(local), ANY_SIMPLE_TYPE, variety, facets, "", NOWHERE
        )
    name = _type(_NOTHING)
    types[name] = SimpleType(name, ANY_SIMPLE_TYPE, UnionOf(()), Facets(), "", NOWHERE)
    return types


BUILT_IN: Final = _built_in()
"""`anyType`, which is complex, and all simple types, by name."""
