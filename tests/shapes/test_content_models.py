"""Any content model: what is of it is read, and what is written of the value is of it too.

The judge is a regular expression over the names of elements, made from the model itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Literal, TypeAlias

from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.plan.messages.operations import files_of
from tests.plan.messages.packages import module, package_of
from tests.read.schema.folders import named, read_text

from unstringly.shapes.planning import planned_messages

MORE = 2
"""So often more than it must what may be repeated without end is drawn."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element with a name of its own, which is a letter."""

    name: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A sequence or a choice."""

    kind: Literal["sequence", "choice"]
    parts: tuple[Model, ...]
    least: int
    most: int | None


Model: TypeAlias = Leaf | Group

TIMES = st.sampled_from([(1, 1), (0, 1), (0, None), (1, None), (2, 3), (0, 2), (2, 2)])


def has_several(model: Model) -> bool:
    """Say whether something in a model, or all of it, may come several times."""
    return model.most != 1 or (isinstance(model, Group) and any(map(has_several, model.parts)))


@st.composite
def models(draw: st.DrawFn) -> Group:
    names = map(chr, count(ord("a")))

    def model(depth: int, within: int | None) -> Model:
        least, most = draw(TIMES)
        if within != 1:
            least = min(least, 1)
        if depth == 0 or draw(st.booleans()):
            return Leaf(next(names), least, most)
        kind: Literal["sequence", "choice"] = draw(st.sampled_from(["sequence", "choice"]))
        size = draw(st.integers(0, 3))
        inner = most if within == 1 else None
        parts = tuple(model(depth - 1, inner) for _ in range(size))
        if any(map(has_several, parts)):
            least = min(least, 1)  # nothing says where one of several rounds ends
        return Group(kind, parts, least, most)

    parts = tuple(model(2, 1) for _ in range(draw(st.integers(1, 3))))
    return Group(draw(st.sampled_from(["sequence", "choice"])), parts, 1, 1)


def in_schema(model: Model) -> str:
    most = "unbounded" if model.most is None else model.most
    times = f'minOccurs="{model.least}" maxOccurs="{most}"'
    if isinstance(model, Leaf):
        return f'<s:element name="{model.name}" type="s:int" {times}/>'
    inner = "".join(map(in_schema, model.parts))
    return f"<s:{model.kind} {times}>{inner}</s:{model.kind}>"


def in_regex(model: Model) -> str:
    times = f"{{{model.least},{'' if model.most is None else model.most}}}"
    if isinstance(model, Leaf):
        return f"{model.name}{times}"
    if model.kind == "choice" and not model.parts:
        return "(?!)" if model.least else ""
    inner = ("|" if model.kind == "choice" else "").join(map(in_regex, model.parts))
    return f"(?:{inner}){times}"


def word(model: Model, random: Random) -> str:
    """Return the names of elements in an order that the model has. Raises ValueError for none."""
    most = model.least + MORE if model.most is None else model.most
    rounds = random.randint(model.least, most)
    if isinstance(model, Leaf):
        return model.name * rounds
    if model.kind == "sequence":
        return "".join(word(part, random) for _ in range(rounds) for part in model.parts)
    if not model.parts and model.least:
        raise ValueError("nothing is of an empty choice")
    return "".join(
        word(random.choice(model.parts), random) for _ in range(rounds * bool(model.parts))
    )


def contents(document: str) -> list[tuple[str, str]]:
    return re.findall(r"<(?:\w+:)?(\w)[^>]*>(\d+)<", document)


EMPTY_ROWS = Group("sequence", (Leaf("a", 0, 1), Leaf("b", 0, 1)), 2, 3)


@example(Group("sequence", (EMPTY_ROWS, Leaf("c", 1, 1)), 1, 1), [*range(9)])
@given(models(), st.lists(st.integers(0, 10_000), min_size=3, max_size=3))
def test_what_is_of_a_model_comes_back(model: Group, seeds: list[int]) -> None:
    read = read_text(
        f'<s:element name="Root"><s:complexType>{in_schema(model)}</s:complexType></s:element>'
    )
    assert not read.findings
    shapes = planned_messages(read.schema, [named("element", "Root")])
    assert not shapes.problems
    judge = re.compile(in_regex(model))
    with package_of(files_of(shapes)) as package:
        unreadable = module("_runtime.xml.reading").Unreadable
        (root,) = package.tables.ROOT_ELEMENTS.values()
        for seed in seeds:
            try:
                names = word(model, Random(seed))
            except ValueError:
                assume(False)
            assert judge.fullmatch(names)
            elements = "".join(f"<{name}>{n}</{name}>" for n, name in enumerate(names))
            value, problem = None, ""
            try:
                value = package.again(root, f'<t:Root xmlns:t="urn:t">{elements}</t:Root>')
            except unreadable as error:
                problem = str(error)
            assert not problem, names
            written = package.written(root, value)
            sent = contents(written)
            assert sorted(sent) == sorted((name, str(n)) for n, name in enumerate(names)), written
            assert judge.fullmatch("".join(name for name, _ in sent)), written
            assert package.again(root, written) == value
