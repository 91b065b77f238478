"""Reading takes time in proportion to the schema, and no more of the stack if it is deep."""

import inspect
import sys
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from tests.effort import at_most_steps
from tests.read.schema.folders import named, read_text

MANY = 10_000
TWO_SECONDS = 100  # million steps, of some 20 ms each
FEW_CALLS = 70
"""Calls that may be open at once, above those of the test. Documents are 100 elements deep."""


def flat(count: int, fields: int) -> str:
    element = '<s:element name="e{}" type="s:string" minOccurs="0"/>'
    content = "".join(element.format(number) for number in range(fields))
    type_ = '<s:complexType name="T{}"><s:sequence>' + content + "</s:sequence></s:complexType>"
    return "\n".join(type_.format(number) for number in range(count))


def extensions(count: int) -> str:
    """Types in a row, each an extension of the one before."""
    first = '<s:complexType name="T0"/>'
    way = '<s:complexContent><s:extension base="t:T{}"/></s:complexContent>'
    rest = (
        f'<s:complexType name="T{n}">{way.format(n - 1)}</s:complexType>' for n in range(1, count)
    )
    return "\n".join((first, *rest))


def doubling(count: int) -> str:
    """Groups in a row, each of which has the next one twice."""
    last = f'<s:group name="G{count}"><s:sequence/></s:group>'
    twice = '<s:sequence><s:group ref="t:G{0}"/><s:group ref="t:G{0}"/></s:sequence>'
    rest = (f'<s:group name="G{n}">{twice.format(n + 1)}</s:group>' for n in range(count))
    return "\n".join((*rest, last))


def circle(count: int) -> str:
    """Groups in a row, the last of which has the first."""
    use = '<s:sequence><s:group ref="t:G{}"/></s:sequence>'
    return "\n".join(
        f'<s:group name="G{n}">{use.format((n + 1) % count)}</s:group>' for n in range(count)
    )


def restrictions(count: int) -> str:
    """Simple types in a row, the last of which restricts what is not there."""
    way = '<s:restriction base="t:T{}"><s:pattern value="a"/></s:restriction>'
    return "\n".join(
        f'<s:simpleType name="T{n}">{way.format(n + 1)}</s:simpleType>' for n in range(count)
    )


def anonymous(count: int) -> str:
    """Elements of one name in one type, each with a type of its own."""
    inner = '<s:simpleType><s:restriction base="s:int"/></s:simpleType>'
    elements = f'<s:element name="e">{inner}</s:element>\n' * count
    return f'<s:complexType name="T"><s:sequence>{elements}</s:sequence></s:complexType>'


def unknown(count: int) -> str:
    return "\n".join(f'<s:element name="e{n}" type="t:X{n}"/>' for n in range(count))


@pytest.fixture(autouse=True)
def _warm() -> None:
    """xsdata is imported, and its metadata read, before anything is counted."""
    read_text(doubling(1) + extensions(2) + restrictions(1) + anonymous(1))


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "content",
    [
        flat(MANY, 1),
        extensions(MANY),
        doubling(MANY),
        circle(MANY),
        restrictions(MANY),
        anonymous(MANY),
        unknown(MANY),
    ],
    ids=["flat", "extensions", "doubling", "circle", "restrictions", "anonymous", "unknown"],
)
def test_ten_thousand_components_take_two_seconds(content: str) -> None:
    with at_most_steps(TWO_SECONDS):
        read_text(content)


@contextmanager
def shallow_stack() -> Generator[None]:
    """Let no more than a few calls be open inside."""
    depth = len(inspect.stack(0))
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + FEW_CALLS)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


NESTED = "<s:sequence>" * 90 + "</s:sequence>" * 90


@pytest.mark.parametrize(
    "content",
    [
        extensions(1000),
        doubling(1000),
        circle(1000),
        restrictions(1000),
        f'<s:complexType name="T">{NESTED}</s:complexType>',
    ],
    ids=["extensions", "doubling", "circle", "restrictions", "nested"],
)
def test_nothing_calls_itself(content: str) -> None:
    with shallow_stack():
        read_text(content)


def test_groups_are_shared() -> None:
    schema, findings = read_text(doubling(1000))
    assert not findings
    assert named("group", "G0") in schema.components


def test_a_circle_of_groups_is_told_of_each() -> None:
    schema, findings = read_text(circle(50))
    assert [finding.rule.code for finding in findings] == ["W128"] * 50
    assert all(problem.at == name for name, problem in schema.problems.items())
