"""Values with a wrong one in one place, by paths as errors have them: `lines[2].price`."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn


class Strange:
    """A value of no type of any schema, without attributes and without a length."""

    __slots__ = ()


WRONG: Final[tuple[object, ...]] = (
    *(None, 7, -1.5, "x", b"x", True, (), (None,), [], frozenset({"x"})),
    *(Strange(), int),
)
"""Values that are wrong in most places."""


def places(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of a value, and those of all that is in it."""
    yield path
    if isinstance(value, tuple):
        for number, inner in enumerate(cast("tuple[object, ...]", value)):
            yield from places(inner, f"{path}[{number}]")
    elif is_dataclass(value):
        for own in fields(value):
            yield from places(getattr(value, own.name), f"{path}.{own.name}".lstrip("."))


def replaced(value: Any, at: str, wrong: object, path: str = "") -> Any:  # Any: of any class
    """Return a value with another one at a path."""
    if path == at:
        return wrong
    if not at.startswith(path):
        return value
    if isinstance(value, tuple):
        items = enumerate(cast("tuple[object, ...]", value))
        return tuple(replaced(inner, at, wrong, f"{path}[{number}]") for number, inner in items)
    if is_dataclass(value) and not isinstance(value, type):
        inner = {own.name: getattr(value, own.name) for own in fields(value)}
        changes = {
            name: replaced(part, at, wrong, f"{path}.{name}".lstrip("."))
            for name, part in inner.items()
        }
        return replace(value, **changes)
    return value


@st.composite
def damaged(draw: DrawFn, value: object) -> tuple[Any, str]:  # Any: of any class
    """Draw a value with a wrong one somewhere in it, and the path of that."""
    at = draw(st.sampled_from([*places(value)]))
    return replaced(value, at, draw(st.sampled_from(WRONG))), at


def tells(field: str, at: str) -> bool:
    """Say whether the place in an error is a path, or one inside of it."""
    return not at or f"{field}.".startswith((f"{at}.", f"{at}["))
