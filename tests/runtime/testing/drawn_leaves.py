"""Restrictions that have a value at least."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.runtime.xml.drawn import VALUES

from unstringly.runtime.wire.bindings import NOT_XML
from unstringly.runtime.xml.facets import Facets, restricted
from unstringly.runtime.xml.leaves import Leaf
from unstringly.runtime.xml.values import BUILT_INS

SIZED = ("string", "token", "hexBinary", "base64Binary")
ORDERED = ("integer", "int", "unsignedByte", "decimal", "double", "date", "dateTime")


def is_usable(leaf: Leaf[object], value: object) -> bool:
    try:
        return leaf.read(leaf.write(value)) == value
    except ValueError:
        return False


def is_carried(value: object) -> bool:
    """Say whether XML has the characters of a value."""
    return not isinstance(value, str) or NOT_XML.search(value) is None


@st.composite
def satisfiable(draw: DrawFn) -> Leaf[object]:
    """A restriction that has a value at least: its facets are made around one."""
    name = draw(st.sampled_from((*SIZED, *ORDERED)))
    base = BUILT_INS[name]
    value: Any = draw(VALUES[name].filter(is_carried))  # Any: of the type of the name
    kinds = draw(st.sets(st.sampled_from(["low", "high", "size", "digits", "list"]), min_size=1))
    facets: dict[str, Any] = {}
    if name in SIZED and "size" in kinds:
        size = len(value)
        facets |= draw(
            st.sampled_from(
                [{"length": size}, {"min_length": size}, {"max_length": size},
                 {"min_length": max(0, size - 1), "max_length": size + 1}]
            )
        )  # fmt: skip
    if name in ORDERED and "low" in kinds:
        facets["min_inclusive"] = value
    if name in ORDERED and "high" in kinds:
        facets["max_inclusive"] = value
    if name == "decimal" and "digits" in kinds:
        _, digits, exponent = Decimal(value).as_tuple()
        facets["total_digits"] = max(1, len(digits) + abs(int(exponent)))
        facets["fraction_digits"] = max(0, -int(exponent))
    if "list" in kinds:
        others = [other for other in [draw(VALUES[name].filter(is_carried))] if other != value]
        facets["enumeration"] = (value, *others)
    return restricted("Restricted", base, Facets(**facets))
