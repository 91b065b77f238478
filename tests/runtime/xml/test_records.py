"""Record classes are frozen dataclasses to programs, and to `dataclasses`."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import at_most_steps

from unstringly.runtime.xml.records import facts, record


@record
class Point:
    """A record with a default."""

    x: int
    y: int = 0
    label: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """A dataclass with the same fields."""

    x: int
    y: int = 0
    label: str | None = None


@record
class Tree:
    """A record with records of its own class in it."""

    trees: tuple[Tree, ...] = ()


@record
class Empty:
    """A record without fields."""


ARGUMENTS = st.fixed_dictionaries(
    {"x": st.integers(0, 2)},
    optional={"y": st.integers(0, 2), "label": st.none() | st.sampled_from("ab")},
)


@given(ARGUMENTS, ARGUMENTS)
def test_records_are_as_dataclasses_are(one: dict[str, Any], two: dict[str, Any]) -> None:
    first, second = Point(**one), Point(**two)
    judged, other = Judge(**one), Judge(**two)
    assert (first == second) == (judged == other)
    assert (hash(first) == hash(second)) >= (first == second)
    assert repr(first) == repr(judged).replace("Judge", "Point")
    assert dataclasses.asdict(first) == dataclasses.asdict(judged)
    assert dataclasses.astuple(first) == dataclasses.astuple(judged)
    replaced = dataclasses.replace(first, **two)
    assert dataclasses.asdict(replaced) == dataclasses.asdict(dataclasses.replace(judged, **two))
    assert first.__replace__(**two) == replaced  # type: ignore[attr-defined, unused-ignore]  # known to be there from 3.13 on
    assert {first: 1}[Point(**one)] == 1


def test_what_programs_ask_for() -> None:
    for field, judged in zip(dataclasses.fields(Point), dataclasses.fields(Judge), strict=True):
        assert (field.name, field.type, field.default, field.kw_only) == (
            judged.name,
            judged.type,
            judged.default,
            judged.kw_only,
        )
    assert inspect.signature(Point).parameters == inspect.signature(Judge).parameters
    assert Point.__match_args__ == ()
    assert (Point.__doc__, Point.__qualname__, Point.__module__) == (
        "A record with a default.",
        "Point",
        __name__,
    )
    assert dataclasses.fields(Empty) == ()
    assert len({Empty(), Empty(), Tree()}) == 2
    assert dataclasses.is_dataclass(Point)
    assert not hasattr(Tree(), "__dict__")


@pytest.mark.parametrize("value", [Point(x=1), Tree(trees=(Tree(),)), Empty()])
def test_copies_are_equal(value: Point | Tree | Empty) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.copy(value) == copy.deepcopy(value) == value


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({}, "'x'"),
        ({"y": 1}, "'x'"),
        ({"x": 1, "z": 2}, "unexpected keyword argument 'z'"),
    ],
)
def test_wrong_arguments_are_told(arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(TypeError, match=problem):
        Point(**arguments)


def test_positions_are_no_arguments() -> None:
    made: Any = Point
    with pytest.raises(TypeError):
        made(1)


def test_records_do_not_change() -> None:
    point: Any = Point(x=1)
    for name in ("x", "other"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(point, name, 2)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(point, name)
    assert point == Point(x=1)


def test_patterns_match_by_name() -> None:
    match Point(x=1, label="a"):
        case Point(x=1, label=str(label)):
            assert label == "a"
        case other:
            pytest.fail(repr(other))


def test_classes_that_are_no_records_are_refused() -> None:
    with pytest.raises(TypeError, match="has no base"):
        record(type("Inner", (Point,), {"__annotations__": {"z": "int"}}))
    with pytest.raises(ValueError, match="the default may change"):
        record(type("Open", (), {"__annotations__": {"z": "list"}, "z": []}))
    with pytest.raises(TypeError, match="is no record class"):
        facts(Judge)


def test_a_record_is_made_of_a_twin() -> None:
    twin = facts(Point).twin()
    twin.x, twin.y, twin.label = 1, 0, None
    twin.__class__ = Point
    assert twin == Point(x=1)
    assert type(twin) is Point


def test_a_thousand_classes_cost_little() -> None:
    """Of eight fields each; a million steps are some 20 ms."""
    fields = "".join(f"    field_{number}: str | None = None\n" for number in range(8))
    classes = "".join(f"@record\nclass C{number}:\n{fields}" for number in range(1_000))
    code = compile(f"from __future__ import annotations\n{classes}", "messages", "exec")
    with at_most_steps(7):
        exec(code, {"record": record, "__name__": "messages"})
