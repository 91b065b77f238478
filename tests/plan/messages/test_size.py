"""A thousand types are cheap to import: below 150 ms on a machine of today."""

import importlib.util
import sys
from pathlib import Path

import pytest
from tests.effort import at_most_steps
from tests.plan.messages.operations import PACKAGE, files_of
from tests.plan.messages.packages import module, package_of
from tests.read.schema.folders import named, read_text

from unstringly.shapes.planning import planned_messages

TYPES = 1_000
_FIELDS = (
    '<s:element name="next" type="t:T{following}" minOccurs="0"/>'
    '<s:element name="a" type="s:string"/>'
    '<s:element name="b" type="s:int"/><s:element name="c" type="s:decimal" minOccurs="0"/>'
    '<s:element name="d" type="s:dateTime" nillable="true"/><s:element name="e" type="s:boolean"/>'
    '<s:element name="f" type="t:T{following}" minOccurs="0" maxOccurs="unbounded"/>'
    '<s:element name="g" type="s:string" default="x"/>'
)


def schema() -> str:
    return "".join(
        f'<s:complexType name="T{n}"><s:sequence>{_FIELDS.format(following=(n + 1) % TYPES)}'
        "</s:sequence></s:complexType>"
        for n in range(TYPES)
    )


@pytest.mark.few(0)
def test_a_thousand_types_are_cheap_to_import(tmp_path: Path) -> None:
    """The code of modules is compiled before, as it is in an installed package."""
    shapes = planned_messages(read_text(schema()).schema, [named("type", "T0")])
    files = files_of(shapes)
    assert len(shapes.records) == TYPES
    with package_of(files) as package:
        assert package.messages.T5(a="", b=1, d=None, e=True).g == "x"
        for name in ("messages", "message_tables"):
            code = compile(files[f"{PACKAGE}/{name}.py"], name, "exec", dont_inherit=True)
            spec = importlib.util.find_spec(f"{PACKAGE}.{name}")
            assert spec is not None
            fresh = importlib.util.module_from_spec(spec)
            with at_most_steps(7.5):  # about 150 ms
                exec(code, vars(fresh))
            assert sys.modules[f"{PACKAGE}.{name}"] is module(name)
