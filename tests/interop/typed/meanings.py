"""What values say, in a form that those of a package and those of zeep share.

A structure is its parts by their local names, each a list; what is absent, nil or empty is left
out, since zeep makes no difference between these. A leaf of a package knows its text as well, for
types that zeep has no class of its own for.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from typing import Any, Final, NamedTuple, cast

_ISODATE: Any = import_module("isodate")  # which has no annotations
_ETREE: Any = import_module("lxml.etree")  # which has no annotations
_VALUE_OBJECTS: Any = import_module("zeep.xsd.valueobjects")  # of zeep, as all below
_COPY: Final = re.compile(r"__\d+$")
"""The end of a name that zeep gives to an element which comes again."""

_TYPE: Final = "xsi:type"
_TEXT: Final = "text()"


class Leaf(NamedTuple):
    """A value of a package that is a text on the wire."""

    value: object
    text: str


class Meanings:
    """The meanings of a package's values. Any: the tables and values are generated.

    `has_choice` says that there was a branch of a choice in one of them.
    """

    def __init__(self, tables: Any) -> None:
        self._tables = tables
        self.has_choice = False

    def of(self, kind: Any, value: Any) -> list[Any]:
        """Return what a value of a type says: one meaning, or several if it is a list of texts."""
        tables = self._tables
        if value is None:
            return []
        match kind:
            case tables.Shape():
                return [self._of_shape(kind, value)]
            case tables.Whole():
                return [value]
            case tables.AnyType():
                return [Leaf(value, str(value))]
            case tables.ScopedLeaf(is_list=True):
                return [Leaf(one, one.name) for one in value]
            case tables.ScopedLeaf():
                return [Leaf(value, value.name)]
            case _:
                return list(_leaves(value, kind.write(value)))

    def _of_shape(self, shape: Any, value: Any) -> dict[str, list[Any]]:
        content = shape.content()
        if shape.cls is None:
            (particle,) = content.particles
            parts = [(particle, value)]
            return _put({_TYPE: [shape.name]}, self._of_parts(parts))
        if type(value) is not shape.cls:
            derived = next(own for own in content.derived.values() if own.cls is type(value))
            return self._of_shape(derived, value)
        said = _put({_TYPE: [shape.name]}, self.of_particles(content.particles, value))
        for own in content.attributes:
            _put(said, [(_local(own), self.of(own.type, getattr(value, own.slot)))])
        if content.text is not None:
            _put(said, [(_TEXT, self.of(content.text.type, getattr(value, content.text.slot)))])
        return said

    def of_particles(self, particles: Any, value: Any) -> Iterator[tuple[str, list[Any]]]:
        """Yield what the particles of a record or branch say, by their names."""
        return self._of_parts((own, getattr(value, own.slot)) for own in particles)

    def _of_parts(self, parts: Any) -> Iterator[tuple[str, list[Any]]]:
        tables = self._tables
        for particle, value in parts:
            several: Any = value if particle.most != 1 else (value,)
            for one in several if several is not None else ():
                match particle:
                    case tables.Element():
                        yield _local(particle), self.of(particle.type, one)
                    case tables.Choice() if one is not None:
                        self.has_choice = True
                        branch = next(own for own in particle.branches if own.cls is type(one))
                        yield from self.of_particles(branch.particles, one)
                    case _:
                        yield "*", [one] if one is not None else []


def _leaves(value: object, text: str) -> Iterator[Leaf]:
    if isinstance(value, tuple):
        for one, word in zip(cast("tuple[object, ...]", value), text.split(), strict=True):
            yield Leaf(one, word)
    else:
        yield Leaf(value, text)


def _local(named: Any) -> str:
    local: str = named.name.rpartition(" ")[2]
    return local


def _put(said: dict[str, list[Any]], parts: Any) -> dict[str, list[Any]]:
    for name, all_of_it in parts:
        several = [one for one in all_of_it if not is_empty(one)]
        if several:
            said.setdefault(name, []).extend(several)
    return said


def is_empty(meaning: Any) -> bool:
    """Say whether a meaning is that of a structure with nothing in it."""
    return isinstance(meaning, dict) and meaning.keys() == {_TYPE}


def of_zeep(value: Any) -> list[Any]:
    """Return what a value of zeep says, in the same form."""
    match value:
        case None | "":
            return []
        case _VALUE_OBJECTS.CompoundValue():
            said: dict[str, list[Any]] = {_TYPE: [_named(value._xsd_type)]}
            for name, one in value.__values__.items():
                _put(said, _of_field(name, one))
            return [said]
        case _VALUE_OBJECTS.ArrayValue():
            return [_put({_TYPE: [_named(value._xsd_type)]}, [("item", _all(value))])]
        case list():
            return _all(cast("Any", value))
        case _:
            return [value]


def _all(values: Any) -> list[Any]:
    return [said for one in values for said in of_zeep(one)]


def _named(kind: Any) -> str:
    """Return the name of a type of zeep's, as tables have it; empty for one without a name."""
    return _blank(kind.qname.text) if kind.is_global and kind.qname is not None else ""


def _of_field(name: str, value: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield what a field of zeep's says; those that it has no name for are of their contents."""
    if name.startswith("_attr_") and isinstance(value, Mapping):
        return
    if not name.startswith("_value_"):
        yield _COPY.sub("", name.removeprefix("attr__")), of_zeep(value)
        return
    several: Any = cast("Any", value) if isinstance(value, list) else [value]
    for one in several:
        parts: Any = getattr(one, "__values__", one)
        if isinstance(parts, Mapping):
            for inner, of in cast("Any", parts).items():
                yield from _of_field(inner, of)
        elif hasattr(one, "tag"):
            yield "*", [one]
        else:
            yield _TEXT, of_zeep(one)


def _blank(name: str) -> str:
    """Return a name as tables have it: `namespace local`."""
    return name.removeprefix("{").replace("}", " ")


def difference(ours: Any, theirs: Any, path: str = "") -> str:
    """Return where two meanings differ, and how; empty if they are the same."""
    told = f"{path}: {ours!r} and {theirs!r}"
    pairs: list[tuple[str, Any, Any]]
    if isinstance(ours, list):
        some, others = _filled(ours), _filled(theirs)
        if len(some) != len(others):
            return told
        pairs = [(path, *pair) for pair in zip(some, others, strict=True)]
    elif isinstance(ours, dict):
        said: dict[str, Any] = cast("Any", ours)
        if not isinstance(theirs, dict) or said.keys() != cast("Any", theirs).keys():
            return told
        pairs = [(f"{path}/{name}", one, theirs[name]) for name, one in said.items()]
    elif isinstance(ours, Leaf):
        return "" if _is_same(ours, theirs) else told
    elif isinstance(ours, str):
        return "" if ours == theirs else told
    else:
        return "" if _is_same_xml(ours.data, theirs) else told
    return next((other for at, *two in pairs if (other := difference(two[0], two[1], at))), "")


def _filled(meanings: Any) -> list[Any]:
    return [one for one in meanings if not is_empty(one)]


def _is_same_xml(data: bytes, element: Any) -> bool:
    if not hasattr(element, "tag"):
        return False
    canonical, tree = _ETREE.tostring, _ETREE.fromstring(data)
    return bool(canonical(tree, method="c14n") == canonical(element, method="c14n"))


def _is_same(leaf: Leaf, theirs: object) -> bool:
    value = leaf.value.value if isinstance(leaf.value, Enum) else leaf.value
    if type(value) is type(theirs):
        return bool(value == theirs)
    if isinstance(theirs, str):
        return leaf.text == theirs
    if isinstance(value, datetime.date | datetime.time):  # of a class that knows the seventh digit
        return bool(value == theirs)
    return leaf.text in _texts(theirs)


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts that a value of zeep may have been read from."""
    yield str(value)
    if isinstance(value, bool):
        yield "01"[value]
        yield str(value).lower()
    if isinstance(value, datetime.timedelta | _ISODATE.Duration):
        yield _ISODATE.duration_isoformat(value)
