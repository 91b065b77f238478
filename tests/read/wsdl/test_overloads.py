"""Overloaded operations: each has a name that no order changes, and its place in the binding."""

import tempfile
from itertools import cycle, permutations
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.diagnostics import Diagnostic
from unstringly.model.service import Operation, Service
from unstringly.read.wsdl.reader import read_wsdl

STYLES: Final = ("document", "rpc")
SCHEMA: Final = "".join(f'<s:element name="e{name}" type="s:int"/>' for name in "abcd")
TEXT: Final = """<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:t"
    xmlns:t="urn:t" xmlns:s="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
<types><s:schema targetNamespace="urn:t">{schema}</s:schema></types>
{messages}<portType name="T">{abstract}</portType>
<binding name="B" type="t:T">
<soap:binding style="{style}" transport="http://schemas.xmlsoap.org/soap/http"/>{bound}</binding>
<service name="S"><port name="P" binding="t:B"><soap:address location="http://localhost/"/></port>
</service></definitions>"""


def read(
    overloads: tuple[str, ...], bound: tuple[str, ...], style: str = "document"
) -> tuple[dict[str, Operation], dict[str, str], list[str]]:
    """The operations `Find` by name, their actions, and the codes of findings.

    Each is told by the name of its input, which is left out if it is empty.
    """
    service, findings = read_all(overloads, bound, style)
    (port,) = service.ports
    actions = {own.name: own.soap_action or "" for own in port.binding.operations}
    return service.operations(), actions, [finding.rule.code for finding in findings]


def read_all(
    overloads: tuple[str, ...], bound: tuple[str, ...] = (), style: str = "document"
) -> tuple[Service, tuple[Diagnostic, ...]]:
    """The service, and all findings."""
    attribute = {name: f'name="{name}"' if name else "" for name in overloads}
    parts = {
        name: f'element="t:e{"abcd"[at % 4]}"' if style == "document" else f'type="s:{kind}"'
        for (at, name), kind in zip(
            enumerate(sorted(overloads)), cycle(("int", "date", "time", "boolean")), strict=False
        )
    }
    body = '<soap:body use="literal" namespace="urn:r"/>'
    text = TEXT.format(
        schema=SCHEMA,
        style=style,
        messages="".join(
            f'<message name="M{name}"><part name="p{name}" {part}/></message>'
            for name, part in parts.items()
        ),
        abstract="".join(
            f'<operation name="Find"><input {attribute[name]} message="t:M{name}"/></operation>'
            for name in overloads
        ),
        bound="".join(
            f'<operation name="Find"><soap:operation soapAction="urn:{name}"/>'
            f"<input {attribute[name]}>{body}</input></operation>"
            for name in bound or overloads
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "S.wsdl")
        path.write_text(text, encoding="utf-8")
        service, findings = read_wsdl(path, "S.wsdl")
    assert service is not None
    return service, findings


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("plain", ["", "Find"])
def test_no_order_changes_a_name(style: str, plain: str) -> None:
    """The one whose input has no name of its own, or the name it has anyway, keeps its name."""
    inputs = (plain, "ByDay", "ByKey")
    expected = {"Find": f"urn:{plain}", "Find.ByDay": "urn:ByDay", "Find.ByKey": "urn:ByKey"}
    for declared in permutations(inputs):
        for bound in permutations(inputs):
            operations, actions, codes = read(declared, bound, style)
            assert actions == expected
            assert codes == ["W132", "W132"]
            assert {own.local for own in operations.values()} == {"Find"}
            bodies = [own.input.body for own in operations.values()]
            assert len(set(bodies)) == len(bodies)


@given(st.lists(st.sampled_from(["ByDay", "ByKey", "Near", ""]), min_size=2, unique=True))
def test_an_overload_that_is_added_renames_none_of_several(inputs: list[str]) -> None:
    known, _, _ = read(tuple(inputs), tuple(inputs))
    for added in {"ByDay", "ByKey", "Near", ""} - {*inputs}:
        more = (added, *inputs)
        names, _, _ = read(more, more)
        assert known.keys() < names.keys()


def test_what_cannot_be_told_apart_is_left_out() -> None:
    """Without names of inputs the binding cannot say which it means."""
    _, actions, codes = read(("ByDay", "ByKey"), ("ByKey",))
    assert actions == {"Find.ByKey": "urn:ByKey"}
    assert codes == ["W120", "W132", "W132"]


def findings_of(inputs: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    """The operations that findings are about, and the advice."""
    return [(own.operations, own.help) for own in read_all(inputs)[1]]


def test_the_first_overload_renames_the_only_one_and_says_so() -> None:
    """Its old name goes to no other one, unless that has the default name."""
    assert read(("ByDay",), ("ByDay",))[1] == {"Find": "urn:ByDay"}
    both = ("ByDay", "ByKey")
    assert read(both, both)[1] == {"Find.ByDay": "urn:ByDay", "Find.ByKey": "urn:ByKey"}
    found = findings_of(both)
    assert [names for names, _ in found] == [("Find.ByDay",), ("Find.ByKey",)]
    assert all("None of them is called `Find`" in advice for _, advice in found)
    assert all("`python_name`" in advice for _, advice in found)
    assert all("Nothing needs to be done" in advice for _, advice in findings_of(("", "ByDay")))
