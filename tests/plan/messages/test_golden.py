"""The two modules of a schema with everything in it, to the letter; and that they work.

A case is a folder of `golden/messages` with a schema and the texts that come of it. `pytest tests
--update-golden` writes these anew; look at the difference.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import get_args, get_type_hints

import pytest
from tests.generator.services import ROOT
from tests.plan.messages.operations import PACKAGE, files_of
from tests.plan.messages.packages import package_of
from tests.plan.messages.sampling import Sampler, is_as_annotated
from tests.read.schema.folders import read_files

from unstringly.model.schema_names import ComponentName
from unstringly.shapes.planning import planned_messages
from unstringly.shapes.shapes import Shapes

SHOP = ROOT / "tests" / "golden" / "messages" / "shop"
NAMESPACE = "http://shop.example/orders"


def shop() -> Shapes:
    read = read_files({"shop.xsd": (SHOP / "shop.xsd").read_text(encoding="utf-8")})
    assert not read.findings
    elements = [
        name
        for name in read.schema.components
        if name.namespace == NAMESPACE and name.kind == "element" and not name.way
    ]
    wrappers = [name for name in elements if name.local.startswith("GetOrder")]
    return planned_messages(read.schema, elements, wrappers)


def compared(path: Path, text: str, *, update: bool) -> None:
    if update:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_bytes().decode()


def test_the_modules_are_these(update_golden: bool) -> None:
    files = files_of(shop())
    for name in ("messages", "message_tables"):
        compared(SHOP / f"{name}.txt", files[f"{PACKAGE}/{name}.py"], update=update_golden)


def test_what_has_no_shape_has_a_reason_and_a_place() -> None:
    shapes = shop()
    problems = {name: reason for name, reason in shapes.problems.items() if name.kind == "element"}
    (name,) = problems
    assert name == ComponentName("element", NAMESPACE, "grid")
    assert "more dimensions than one" in problems[name].words
    assert problems[name].span.line == next(
        number
        for number, line in enumerate((SHOP / "shop.xsd").read_text().split("\n"), 1)
        if 'name="Grid"' in line
    )


def test_the_classes_of_all_values_are_offered() -> None:
    """Those of the runtime too: whoever makes or matches a value imports its class from here."""
    with package_of(files_of(shop())) as package:
        messages = package.messages
        modules = (messages, package.tables)
        own: list[object] = [getattr(module, name) for module in modules for name in dir(module)]
        homes = [module.__name__ for module in modules]
        records = [one for one in own if isinstance(one, type) and one.__module__ in homes]
        hints = [hint for record in records for hint in get_type_hints(record).values()]
        classes = {cls for hint in hints for cls in _classes_in(hint)}
        of_runtime = {cls for cls in classes if "._runtime." in cls.__module__}
        assert {cls.__name__ for cls in of_runtime} >= {"Duration", "UnknownType", "XmlFragment"}
        for cls in of_runtime:
            assert getattr(messages, cls.__name__) is cls
            assert cls.__name__ in messages.__all__


def _classes_in(hint: object) -> Iterator[type]:
    """Yield the classes in an annotation."""
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for part in get_args(hint):
        yield from _classes_in(part)


@pytest.mark.parametrize("element", ["GetOrder", "GetOrderResponse", "order", "opened", "closed"])
def test_values_come_back(element: str) -> None:
    with package_of(files_of(shop())) as package:
        table = package.tables.ROOT_ELEMENTS[f"{NAMESPACE} {element}"]
        sampler = Sampler(package.xml)
        for seed in range(40):
            value = sampler.value(table, Random(seed))
            assert is_as_annotated(value)
            text = package.written(table, value)
            again = package.again(table, text)
            assert again == value, text
            assert repr(again) == repr(value)
