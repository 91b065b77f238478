"""The shapes of xsdata's models: which attributes and child elements an element may have.

A shape comes from the metadata that xsdata keeps of each model, and is computed once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Hashable, Iterable, Mapping
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from xsdata.formats.dataclass.context import XmlContext

from unstringly.diagnostics import Diagnostic
from unstringly.read.wsdl.elements import BAD_ATTRIBUTE, bad_value
from unstringly.read.wsdl.findings import IN_YOUR_COPY, quoted

if TYPE_CHECKING:
    from xsdata.models.mixins import ElementBase

    from unstringly.read.wsdl.xml import Node

_NUMBER = re.compile(r"\+?[0-9]{1,18}")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_BLANKS = " \t\r\n"

Reader = Callable[[str], object]
"""A function that reads the text of an attribute; it raises ValueError."""


class Slot(NamedTuple):
    """The place of a child element in a model: the field, the child's model, and if it repeats."""

    field: str
    model: type[ElementBase]
    is_list: bool


class Shape(NamedTuple):
    """The attributes and child elements that a model knows, by their local names."""

    attributes: Mapping[str, tuple[str, Reader]]
    required: tuple[str, ...]
    children: Mapping[str, Slot]


class _Field(Protocol):
    """A field of a model, as xsdata describes it."""

    name: str
    local_name: str
    clazz: type[ElementBase] | None
    list_element: bool
    required: bool
    types: tuple[type, ...]


class _Meta(Protocol):
    """A model, as xsdata describes it: its fields by names in XML."""

    attributes: Mapping[str, _Field]
    elements: Mapping[str, Iterable[_Field]]


def shape_of(model: type[ElementBase]) -> Shape:
    """Return the shape of one of xsdata's models."""
    return _shape(cast("Hashable", model))  # as every class is, whatever mypy says


@cache
def _shape(model: Hashable) -> Shape:
    build = cast("Callable[[type], _Meta]", getattr(_context(), "build"))  # noqa: B009 - untyped
    meta = build(cast("type", model))
    attributes = {
        field.local_name: (field.name, _reader(field.types)) for field in meta.attributes.values()
    }
    required = tuple(field.local_name for field in meta.attributes.values() if field.required)
    children = {
        field.local_name: Slot(field.name, field.clazz, field.list_element)
        for fields in meta.elements.values()
        for field in fields
        if field.clazz is not None
    }
    return Shape(attributes, required, children)


@cache
def _context() -> XmlContext:
    return XmlContext()


def _reader(types: tuple[type, ...]) -> Reader:
    if int in types:
        return _occurrence if str in types else _number
    if bool in types:
        return _boolean
    if issubclass(types[0], Enum):
        choice = types[0]
        return lambda text: choice(text.strip(_BLANKS))
    return str


def _number(text: str) -> int:
    if _NUMBER.fullmatch(text.strip(_BLANKS)) is None:
        raise ValueError(text)
    return int(text)


def _occurrence(text: str) -> int:
    """Return a number, the largest for `unbounded`, which drafts of XML Schema write as `*`."""
    return sys.maxsize if text.strip(_BLANKS) in ("unbounded", "*") else _number(text)


def _boolean(text: str) -> bool:
    value = _BOOLEANS.get(text.strip(_BLANKS))
    if value is None:
        raise ValueError(text)
    return value


# The types of values are known to xsdata's metadata alone
def values_of(node: Node, shape: Shape) -> tuple[dict[str, Any], Diagnostic | None]:
    """Return the values of an element's attributes by field, and the finding for a bad one.

    Where nothing may occur, the minimum is 0 too: xsdata would raise the maximum.
    """
    values: dict[str, Any] = {}
    bad: Diagnostic | None = None
    for name, text in node.attributes.items():
        known = shape.attributes.get(name)
        if known is None:
            continue
        try:
            values[known[0]] = known[1](text)
        except ValueError:
            bad = bad_value(node)
    for name in shape.required:
        if name not in node.attributes:
            message = f"the element {quoted(node.local)} has no attribute {quoted(name)}"
            bad = Diagnostic(BAD_ATTRIBUTE, node.span, message, IN_YOUR_COPY)
    most: object = values.get("max_occurs")
    if most == 0:
        values["min_occurs"] = 0
    elif isinstance(most, int) and most < values.get("min_occurs", 1):
        bad = bad or bad_value(node)
    return values, bad
