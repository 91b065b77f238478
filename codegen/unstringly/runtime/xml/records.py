"""Value classes that are made in no time: frozen, slotted, keyword-only, and cheap to import.

A package of a large service has a thousand of them. `dataclasses` writes and compiles source for
each, which takes 0.85 ms; here all classes share the same functions, and what only some programs
ask for (`dataclasses.fields`, a signature) is made when it is asked for. Type checkers see a frozen
dataclass, and so does `dataclasses`.

A record class has no base, and each of its annotations is a field. Defaults are immutable.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, make_dataclass
from dataclasses import fields as dataclass_fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar, cast, dataclass_transform

if TYPE_CHECKING:
    from inspect import Signature

RecordT = TypeVar("RecordT")

_FACTS: Final = "__record__"
_NOT_COPIED: Final = ("__dict__", "__weakref__")
_put: Final = object.__setattr__


class Facts:
    """The fields of a record class, and what follows from them.

    `values` returns the values of a record's fields, in order. `twin` is a class with the same
    slots, whose instances may be filled, and then become records when their `__class__` is set.
    """

    __slots__ = ("_twin", "defaults", "names", "values")

    def __init__(self, names: tuple[str, ...], defaults: Mapping[str, object]) -> None:
        self.names = names
        self.defaults = defaults
        self.values = _values_getter(names)
        self._twin: type[Any] | None = None  # Any: its attributes are those of the record

    @property
    def twin(self) -> type[Any]:
        """The class of records to be; it is made on first use."""
        if self._twin is None:
            self._twin = type("Twin", (), {"__slots__": self.names})
        return self._twin


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=True)
def record(cls: type[RecordT]) -> type[RecordT]:
    """Make a frozen, slotted, keyword-only value class of a class with annotations.

    Raises TypeError for a class with a base, ValueError for a default that may change.
    """
    if cls.__bases__ != (object,):
        raise TypeError(f"{cls.__name__}: a record class has no base")
    namespace = {name: value for name, value in vars(cls).items() if name not in _NOT_COPIED}
    names = tuple(_annotations(cls))
    defaults = {name: namespace.pop(name) for name in names if name in namespace}
    for name, default in defaults.items():
        if type(default).__hash__ is None:
            raise ValueError(f"{cls.__name__}.{name}: the default may change")
    namespace.update(_SHARED)
    namespace["__slots__"] = names
    namespace[_FACTS] = Facts(names, defaults)
    return cast("type[RecordT]", type(cls.__name__, (), namespace))


def facts(cls: type[object]) -> Facts:
    """Return the facts of a record class. Raises TypeError for any other class."""
    known = vars(cls).get(_FACTS)
    if not isinstance(known, Facts):
        raise TypeError(f"{cls.__name__} is no record class")
    return known


def _annotations(cls: type[object]) -> Mapping[str, object]:
    """Return the annotations of a class; names in them need not be known yet."""
    own: Mapping[str, object] | None = vars(cls).get("__annotations__")
    if own is not None or sys.version_info < (3, 14):
        return own or {}
    from annotationlib import (  # type: ignore[import-not-found, unused-ignore]  # new in 3.14
        Format,
        get_annotations,
    )

    return get_annotations(cls, format=Format.FORWARDREF)


def _values_getter(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """Return a function from a record to the values of its fields."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    only = attrgetter(*names)
    return lambda record: (only(record),)


class Record:
    """The methods that all record classes have; it is the base of none."""

    __slots__ = ()
    __match_args__ = ()  # no positional patterns, since the fields are keyword-only
    __record__: ClassVar[Facts]

    def __init__(self, /, **given: object) -> None:
        known = self.__record__
        values = {**known.defaults, **given} if known.defaults else given
        try:
            for name in known.names:
                _put(self, name, values[name])
        except KeyError:
            raise _wrong_arguments(type(self).__name__, known, given) from None
        if len(values) != len(known.names):
            raise _wrong_arguments(type(self).__name__, known, given)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        values = self.__record__.values
        return values(self) == values(other)

    def __hash__(self) -> int:
        return hash(self.__record__.values(self))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in _named(self).items())
        return f"{type(self).__qualname__}({values})"

    def __setattr__(self, name: str, _: object, /) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str, /) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __replace__(self, /, **changes: object) -> Self:
        """Return a record with some other values, as `copy.replace` does."""
        return type(self)(**{**_named(self), **changes})

    def __reduce__(self) -> tuple[object, ...]:
        """Name the values in a pickle, so that a version with more fields reads it."""
        return _again, (type(self), _named(self))


def _wrong_arguments(cls: str, known: Facts, given: Mapping[str, object]) -> TypeError:
    unknown = [name for name in given if name not in known.names]
    if unknown:
        return TypeError(f"{cls}() got an unexpected keyword argument {unknown[0]!r}")
    missing = [n for n in known.names if n not in given and n not in known.defaults]
    return TypeError(f"{cls}() lacks the keyword arguments {', '.join(map(repr, missing))}")


def _named(record: Record) -> dict[str, object]:
    known = record.__record__
    return dict(zip(known.names, known.values(record), strict=True))


def _again(cls: type[RecordT], values: Mapping[str, object]) -> RecordT:
    """Return the record that was pickled."""
    return cls(**values)


class _FieldsOnUse:
    """The attribute `__dataclass_fields__` of a class, made when it is asked for."""

    def __get__(self, _: object, cls: type[object]) -> "dict[str, Field[Any]]":
        known, types = facts(cls), _annotations(cls)
        model = make_dataclass(
            cls.__name__,
            [(name, types[name], known.defaults.get(name, MISSING)) for name in known.names],
            frozen=True,
            kw_only=True,
        )
        fields = {own.name: own for own in dataclass_fields(model)}
        type.__setattr__(cls, "__dataclass_fields__", fields)
        return fields


class _SignatureOnUse:
    """The attribute `__signature__` of a class, for people's tools."""

    def __get__(self, _: object, cls: type[object]) -> "Signature":
        from inspect import Parameter, Signature

        known, types = facts(cls), _annotations(cls)
        return Signature(
            [
                Parameter(
                    name,
                    Parameter.KEYWORD_ONLY,
                    default=known.defaults.get(name, Parameter.empty),
                    annotation=types[name],
                )
                for name in known.names
            ]
        )


_METHODS: Final = (
    "__init__",
    "__eq__",
    "__hash__",
    "__repr__",
    "__setattr__",
    "__delattr__",
    "__replace__",
    "__reduce__",
)
_SHARED: Final[Mapping[str, object]] = {
    **{name: vars(Record)[name] for name in (*_METHODS, "__match_args__")},
    "__dataclass_fields__": _FieldsOnUse(),
    "__signature__": _SignatureOnUse(),
}
