"""The table of kinds: the module of each kind of leaf, and the keys that declare it."""

from typing import assert_never

from unstringly.kinds import boolean, date, decimal, enum, integer, text
from unstringly.kinds.boolean import BooleanKind
from unstringly.kinds.date import DateKind
from unstringly.kinds.decimal import DecimalKind
from unstringly.kinds.enum import EnumKind
from unstringly.kinds.integer import IntegerKind
from unstringly.kinds.keys import KindKeys
from unstringly.kinds.layered import LayeredKind
from unstringly.kinds.layouts import LayoutsKind
from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.kinds.text import TextKind
from unstringly.model.grammar import (
    BooleanType,
    DateType,
    DecimalType,
    EnumType,
    IntegerType,
    TextType,
    Type,
)

KEYS: tuple[KindKeys, ...] = (
    *text.KEYS,
    *integer.KEYS,
    *decimal.KEYS,
    *date.KEYS,
    *enum.KEYS,
    *boolean.KEYS,
)
"""The keys of types, kind by kind."""


def kind_of(leaf: Type) -> LeafKind[Leaf]:
    """The leaf as the module of its kind sees it."""
    match leaf:
        case TextType():
            return LayeredKind(leaf) if leaf.through else TextKind(leaf)
        case IntegerType():
            return IntegerKind(leaf)
        case DecimalType():
            return DecimalKind(leaf)
        case DateType():
            return DateKind(leaf) if leaf.is_plain else LayoutsKind(leaf)
        case EnumType():
            return EnumKind(leaf)
        case BooleanType():
            return BooleanKind(leaf)
        case _:
            assert_never(leaf)
