"""Values of a generated package, drawn by its own tables and annotations, and checked by these."""

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from random import Random
from types import ModuleType
from typing import Any, Final, Literal, cast, get_args, get_origin


class NoSample(Exception):
    """No value was found that a type takes, such as one of an odd pattern."""


_POOL: Final[tuple[object, ...]] = (
    *(
        "",
        "a",
        "abc",
        "A1",
        "AB12",
        "x y",
        "12",
        "2024",
        "AB",
        "en",
        "ABC",
        "0123456789",
        "é<&>\"'",
    ),
    *("a" * 20, "1" * 5, "12345678", "A" * 10, "1.0", "a@b.cd", "+1", "true", "http://x.y/"),
    *(0, 1, 2, 5, 12, 100, 2024, -1, 40_000, 3_000_000_000),
    *(Decimal(0), Decimal(1), Decimal("1.5"), Decimal("-2.25"), Decimal(100)),
    *(True, False, 0.0, 1.5, -2.5, b"", b"abc"),
    *(datetime(2024, 2, 29, 1, 2, 3), datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=8)))),
    *(date(2024, 2, 29), time(1, 2, 3), ("a", "b"), ("A",), (1, 2)),
)
_TEXTS: Final = ("P1D", "P1M", "PT1.5S", "2024", "2024-02", "--02", "--02-29", "---05")
_MOST_DEEP: Final = 4


class Sampler:
    """Draws values of a package by its copy of the room `xml` of the runtime.

    `listed_only`: enumerations have their members alone. `plain_only`: nothing is nil, empty, or of
    any type.
    """

    def __init__(
        self, xml: ModuleType, *, listed_only: bool = False, plain_only: bool = False
    ) -> None:
        self._xml: Any = xml  # Any: of the package, which is generated
        self._tables: Any = self._xml.tables
        self._listed_only, self._plain_only = listed_only, plain_only
        self._open = 0

    def value(self, element: Any, random: Random) -> Any:
        """A value of an element, without a None."""
        return self._of_type(element.type, element.name, object, random)

    def _of_type(self, of: Any, name: str, hint: object, random: Random) -> Any:
        tables = self._tables
        if self._plain_only and isinstance(of, tables.Whole | tables.AnyType):
            raise NoSample(name)
        match of:
            case tables.Shape():
                return self._shaped(of, hint, random)
            case tables.Whole() if of.draw is not None:
                raise NoSample(name)  # DataSets have tests of their own
            case tables.Whole():
                return self._fragment(name)
            case tables.AnyType():
                return random.choice(["text", 5, True, Decimal("1.5")])
            case _:
                return self._leaf(of, hint, random)

    def _shaped(self, shape: Any, hint: object, random: Random) -> Any:
        derived = [own for own in shape.content().derived.values() if not own.is_abstract]
        if shape.cls is not None and derived and (shape.is_abstract or random.random() < 0.3):
            return self._shaped(random.choice(derived), hint, random)
        if shape.is_abstract:
            raise NoSample(shape.name)
        self._open += 1
        try:
            if shape.cls is None:
                (particle,) = shape.content().particles
                return self._particle(particle, of_items(hint), random)
            return self._record(shape.cls, shape.content(), shape.nil, random)
        finally:
            self._open -= 1

    def _record(self, cls: Any, content: Any, nil: str, random: Random) -> Any:
        hints = hints_of(cls)
        values: dict[str, Any] = {}
        for particle in getattr(content, "particles", ()):
            values[particle.slot] = self._particle(particle, hints[particle.slot], random)
        for own in getattr(content, "attributes", ()):
            if own.is_required or random.random() < 0.5:
                values[own.slot] = self._leaf(own.type, hints[own.slot], random)
        text = getattr(content, "text", None)
        if text is not None:
            values[text.slot] = self._leaf(text.type, hints[text.slot], random)
        if nil:
            (told,) = get_args(hints[nil])
            values[nil] = frozenset(
                slot
                for slot in get_args(told)
                if values[slot] is None and random.random() < 0.5 and not self._plain_only
            )
        return cls(**values)

    def _particle(self, particle: Any, hint: object, random: Random) -> Any:
        tables = self._tables
        fewest = particle.least
        most = fewest + 2 if particle.most is None else particle.most
        if self._open > _MOST_DEEP:
            most = fewest
        times = random.randint(fewest, min(most, max(fewest, 2)))
        if isinstance(particle, tables.Choice) and self._open > 3 * _MOST_DEEP:
            raise NoSample("too deep")
        if self._open > 5 * _MOST_DEEP:
            raise NoSample("too deep")
        items: list[Any] = []
        for _ in range(times):
            match particle:
                case tables.Element():
                    is_nil = particle.nillable and not self._plain_only and random.random() < 0.2
                    one = of_items(hint) if particle.most != 1 else hint
                    items.append(
                        None if is_nil else self._of_type(particle.type, particle.name, one, random)
                    )
                case tables.Choice():
                    branch = random.choice(particle.branches)
                    self._open += 1
                    items.append(self._record(branch.cls, branch, branch.nil, random))
                    self._open -= 1
                case _ if self._plain_only:
                    raise NoSample("a wildcard")
                case _:
                    spaces = particle.namespaces or ["urn:of-nobody"]
                    items.append(self._fragment(f"{sorted(spaces)[-1]} any"))
        if particle.most == 1:
            return items[0] if items else None
        return tuple(items)

    def _fragment(self, name: str) -> Any:
        namespace, _, local = name.rpartition(" ")
        return self._xml.fragments.XmlFragment(f'<{local} xmlns="{namespace}"/>'.encode())

    def _leaf(self, leaf: Any, hint: object, random: Random) -> Any:
        if isinstance(leaf, self._tables.ScopedLeaf):
            name = self._xml.qnames.QName("urn:q", "name")
            return (name, name) if leaf.is_list else name
        known = self._candidates(leaf, hint)
        if not known:
            raise NoSample(leaf)
        return random.choice(known)

    def _candidates(self, leaf: Any, hint: object) -> list[Any]:
        listed = [*_listed(hint, with_unknown=not self._listed_only)]
        lists = ((), *((one,) for one in listed))
        known = (*listed, *lists, *_POOL, *_read(leaf))
        return [value for value in known if self._is_wanted(value) and _takes(leaf, value)]

    def _is_wanted(self, value: object) -> bool:
        if self._listed_only and "Unknown" in repr(value):
            return False
        return bool(value) or value is False or not self._plain_only


def _listed(hint: object, *, with_unknown: bool) -> Iterator[object]:
    """The members of enumerations that an annotation names, and an unknown one."""
    for cls in _classes(hint):
        if issubclass(cls, Enum):
            yield from cls
        elif (
            with_unknown
            and cls.__name__.startswith("Unknown")
            and "text" in getattr(cls, "__annotations__", ())
        ):
            yield cast("Any", cls)(text="unheard-of")


def _classes(hint: object) -> Iterator[type[object]]:
    if isinstance(hint, type):
        yield hint
    for inner in get_args(hint):
        yield from _classes(inner)


def _read(leaf: Any) -> Iterator[object]:
    """The values of some texts of types that have classes of their own."""
    for text in _TEXTS:
        try:
            yield leaf.read(text)
        except ValueError:
            continue


def _takes(leaf: Any, value: object) -> bool:
    try:
        again: object = leaf.read(leaf.write(value))
        return again == value and type(again) is type(value)
    except ValueError:
        return False


def of_items(hint: object) -> object:
    """The annotation of the items of a tuple; of none where it is not known."""
    for part in (hint, *get_args(hint)):
        if get_origin(part) is tuple:
            return get_args(part)[0]
    return hint


_hints: dict[int, tuple[type[object], Mapping[str, object]]] = {}


def hints_of(cls: type[object]) -> Mapping[str, object]:
    """The annotations of a class."""
    known = _hints.get(id(cls))
    if known is None or known[0] is not cls:
        known = _hints[id(cls)] = cls, typing.get_type_hints(cls)
    return known[1]


def is_as_annotated(value: object) -> bool:
    """Say whether a record, and all that is in it, is of its annotations."""
    return not hasattr(value, "__record__") or conforms(value, type(value))


def conforms(value: object, hint: object) -> bool:
    """Say whether a value and all that is in it are of an annotation."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return value in inner
    if origin in (typing.Union, types.UnionType):
        return any(conforms(value, one) for one in inner)
    if origin is tuple:
        is_tuple = isinstance(value, tuple)
        return is_tuple and all(conforms(one, inner[0]) for one in cast("Any", value))
    if origin is frozenset:
        is_set = isinstance(value, frozenset)
        return is_set and all(conforms(one, inner[0]) for one in cast("Any", value))
    if origin is not None and issubclass(origin, Sequence):  # the Parsed of a package
        is_list = isinstance(value, origin)
        return is_list and all(conforms(one, inner[0]) for one in cast("Any", value))
    if hint is int and isinstance(value, bool):
        return False
    if not isinstance(hint, type) or not isinstance(value, hint):
        return False
    if hasattr(value, "__record__") or is_dataclass(value):
        hints = hints_of(type(value))
        return all(conforms(getattr(value, name), one) for name, one in hints.items())
    return True
