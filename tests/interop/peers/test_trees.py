"""Trees tell values apart, and take those that a program has read for the same."""

import base64
from typing import Any

import pytest
from tests.interop.peers.trees import Items, Leaf, Part, Parts, Tree, difference

COUNT = Leaf(5, "5")
NAME = Leaf("a", "a")
ORDER = Parts(
    None,
    (
        Part("count", (COUNT,), several=False),
        Part("names", (NAME, Leaf("b", "b")), several=True),
        Part("note", (), several=True),
        Part("inner", (Parts(None, ()),), several=False),
        Part("at", (Leaf(b"\xff", "/w=="),), several=False, attribute=True),
    ),
)
PRICE = Parts(None, (Part("currency", (NAME,), several=False, attribute=True),), Leaf(1.5, "1.50"))


def text(value: str) -> dict[str, str]:
    return {"data": base64.b64encode(value.encode()).decode()}


READ = {
    "count": {"number": 5},
    "names": {"items": [text("a"), text("b")]},
    "at": text("/w=="),
}
SAME: list[tuple[Tree | None, Any]] = [
    (ORDER, {"parts": READ}),
    (ORDER, {"parts": {**READ, "inner": {"parts": {}}, "note": None, "more": None}}),
    (ORDER, {"parts": {**READ, "at": {"data": "/w=="}, "count": text("5")}}),
    (PRICE, {"parts": {"currency": text("a"), "_": {"number": 1.5}}}),
    (Parts(None, (), Leaf(1.5, "1.50")), text("1.50")),
    (Items((COUNT, NAME)), {"items": [{"number": 5}, text("a")]}),
    (Items((COUNT,)), {"parts": {"item": {"number": 5}}}),
    (Items(()), None),
    (Leaf(True, "true"), True),
    (Leaf(float("inf"), "INF"), {"number": "inf"}),
    (None, None),
]
OTHER: list[tuple[Tree | None, Any]] = [
    (ORDER, {"parts": {**READ, "count": {"number": 6}}}),
    (ORDER, {"parts": {**READ, "count": None}}),
    (ORDER, {"parts": {**READ, "names": {"items": [text("b"), text("a")]}}}),
    (ORDER, {"parts": {**READ, "names": text("a")}}),
    (ORDER, {"parts": {**READ, "note": text("x")}}),
    (ORDER, {"parts": {**READ, "more": {"number": 0}}}),
    (ORDER, {"parts": {**READ, "at": {"data": "/g=="}}}),
    (ORDER, None),
    (PRICE, {"parts": {"currency": text("a"), "_": {"number": 1.25}}}),
    (PRICE, {"parts": {"currency": text("a")}}),
    (PRICE, text("1.50")),
    (Items((COUNT, NAME)), {"items": [{"number": 5}]}),
    (Items(()), {"items": [{"number": 5}]}),
    (Leaf(True, "true"), False),
    (NAME, text("b")),
    (NAME, None),
    (None, text("a")),
]


@pytest.mark.parametrize(("ours", "theirs"), SAME)
def test_the_same_is_no_difference(ours: Tree | None, theirs: Any) -> None:
    assert difference(ours, theirs) == ""


@pytest.mark.parametrize(("ours", "theirs"), OTHER)
def test_anything_else_is_one(ours: Tree | None, theirs: Any) -> None:
    assert difference(ours, theirs) != ""
