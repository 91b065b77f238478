"""The messages of public WSDLs: nearly all have shapes, and what is written by them is right.

The WSDLs are those of the corpus (tests/interop/corpus.py), some of them outside of the gate. Where
it is not there the tests are skipped; with UNSTRINGLY_INTEROP=required they fail.
"""

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from tests.generator.services import ROOT
from tests.interop.corpus import CORPUS, Entry, entries, missing
from tests.plan.messages import zeep_messages
from tests.plan.messages.libxml2 import problem, validator_of
from tests.plan.messages.operations import PACKAGE, Named, files_of, operations, wrappers_of
from tests.plan.messages.packages import Package, module, package_of
from tests.plan.messages.sampling import NoSample, Sampler, is_as_annotated

from unstringly.model.schema import Schema
from unstringly.model.schema_content import ComplexType
from unstringly.model.schema_walks import reachable
from unstringly.read.schema.documents import load_documents
from unstringly.read.schema.reader import read_schema
from unstringly.read.wsdl.findings import Refused
from unstringly.shapes.planning import planned_messages
from unstringly.shapes.shapes import Shapes

pytestmark = pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")  # zeep's, of odd WSDLs

STEP = 1 if settings().max_examples >= 150 else 6
"""Each of so many WSDLs is looked at."""

LEAST_OF_OPERATIONS, LEAST_OF_TYPES = 0.9, 0.99
"""The shares of operations and of complex types that have shapes."""

SEEDS = range(2)

EMPTY = re.compile("<[^/<>][^<>]*></")
"""An element with nothing in it."""


class Planned(NamedTuple):
    """A WSDL, what its operations name, and the shapes of all that."""

    entry: Entry
    schema: Schema
    named: tuple[Named, ...]
    shapes: Shapes
    files: Mapping[str, str]


@pytest.fixture(scope="module")
def corpus() -> list[Planned]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    return [read for entry in list(entries())[::STEP] if (read := planned(entry)) is not None]


def planned(entry: Entry) -> Planned | None:
    path = CORPUS / entry.path
    try:
        documents = load_documents(path, path.name, CORPUS / entry.path.parts[0])
    except Refused:
        return None  # no well-formed XML
    schema, _ = read_schema(documents)
    named = operations(documents)
    roots = [root for own in named for root in own.roots]
    shapes = planned_messages(schema, roots, wrappers_of(named))
    return Planned(entry, schema, named, shapes, files_of(shapes))


def test_nearly_all_operations_and_types_have_shapes(corpus: list[Planned]) -> None:
    with_shape, without, types, typed = 0, 0, 0, 0
    for _, schema, named, shapes, _ in corpus:
        known = {root.name for root in shapes.roots}
        assert known.isdisjoint(shapes.problems)
        for operation in named:
            is_there = known.issuperset(operation.roots)
            with_shape, without = with_shape + is_there, without + (not is_there)
            for root in operation.roots:
                is_told = root in shapes.problems or root not in schema.problems
                assert root in known or is_told, "left out without a word"
        reached = reachable(schema, [root for own in named for root in own.roots])
        names = [name for name in reached if isinstance(schema.components[name], ComplexType)]
        types += len(names)
        typed += sum(name not in shapes.problems for name in names)
    assert with_shape > LEAST_OF_OPERATIONS * (with_shape + without) > 100
    assert typed > LEAST_OF_TYPES * types > 400


def test_what_is_written_is_read_again_and_valid(
    corpus: list[Planned], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The judges are the annotations, our reader, and libxml2."""
    read, valid = 0, 0
    for own in corpus:
        with package_of(own.files) as package:
            open_all(package)
            folder = tmp_path_factory.mktemp("schemas")
            validator = validator_of(CORPUS / own.entry.path, folder)
            sampler = Sampler(package.xml, listed_only=True)
            for name, element in package.tables.ROOT_ELEMENTS.items():
                for seed in SEEDS:
                    try:
                        value = sampler.value(element, Random(seed))
                    except NoSample:
                        continue
                    assert is_as_annotated(value), name
                    text = package.written(element, value)
                    assert package.again(element, text) == value, text
                    read += 1
                    if validator is not None and "XmlFragment" not in repr(value):
                        assert problem(validator, text) == "", text
                        valid += 1
    assert read > 500
    assert valid > 150


def test_zeep_reads_what_we_write(corpus: list[Planned]) -> None:
    """A value is written, read by zeep, written by zeep, and read again as the same value.

    zeep loses what QNames mean, repeated elements in a choice, and a few elements that it refuses.
    """
    same, others = 0, 0
    for own in corpus:
        zeep = zeep_messages.types_of(CORPUS / own.entry.path)
        if zeep is None:
            continue
        with package_of(own.files) as package:
            sampler = Sampler(package.xml, listed_only=True, plain_only=True)
            for name, element in package.tables.ROOT_ELEMENTS.items():
                for seed in SEEDS:
                    try:
                        value = sampler.value(element, Random(seed))
                    except NoSample:
                        continue
                    text = package.written(element, value)
                    if EMPTY.search(text):
                        continue  # which zeep leaves out, or refuses
                    theirs = zeep_messages.through_zeep(zeep, name, text)
                    if theirs is not None and is_same(package, element, theirs, value):
                        same += 1
                    else:
                        others += 1
    assert same > 300
    assert others <= same / 40, "more than zeep is known to lose"


def open_all(package: Package) -> None:
    """Open the tables of all shapes for reading and writing."""
    plans, writing = module("_runtime.xml.plans"), module("_runtime.xml.writing_plans")
    prefixes = module("_runtime.xml.prefixes").Prefixes({})
    for name in dir(package.tables):
        table: Any = getattr(package.tables, name)
        if isinstance(table, module("_runtime.xml.tables").Shape):
            plans.plan_of(table).opened()
            writing.WritingPlan(table, prefixes)


def is_same(package: Package, element: Any, text: str, value: Any) -> bool:
    """Say whether a document is one of this value; zeep leaves out what it does not know."""
    try:
        return bool(package.again(element, text) == value)
    except module("_runtime.xml.reading").Unreadable:
        return False


@pytest.mark.few(0)
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_modules_are_clean(corpus: list[Planned], checker: str, tmp_path: Path) -> None:
    """The type checkers see the generator's own runtime, since that is the same in all packages."""
    for number, own in enumerate(corpus):
        folder = tmp_path / f"p{number}"
        folder.mkdir()
        (folder / "__init__.py").touch()
        for name in ("messages", "message_tables"):
            text = own.files[f"{PACKAGE}/{name}.py"]
            (folder / f"{name}.py").write_text(
                re.sub(r"^from \._runtime\.", "from unstringly.runtime.", text, flags=re.MULTILINE),
                encoding="utf-8",
            )
    settings_of_pyright = (
        f'{{"typeCheckingMode": "strict", "extraPaths": ["{ROOT / "codegen"}"], "include": ["."]}}'
    )
    (tmp_path / "pyrightconfig.json").write_text(settings_of_pyright, encoding="utf-8")
    scripts = Path(sysconfig.get_path("scripts"))
    command = {
        "mypy": [sys.executable, "-m", "mypy", "--strict", "."],
        "pyright": [str(scripts / "pyright"), "-p", "."],
    }[checker]
    ran = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"MYPYPATH": str(ROOT / "codegen")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout[-3000:]


def test_modules_are_as_ruff_wants_them(corpus: list[Planned], tmp_path: Path) -> None:
    """Lines of tables are as long as the names in them, and one-letter names are the service's."""
    for number, own in enumerate(corpus):
        for name in ("messages", "message_tables"):
            path = tmp_path / f"p{number}" / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(own.files[f"{PACKAGE}/{name}.py"], encoding="utf-8")
    ruff = [str(Path(sysconfig.get_path("scripts")) / "ruff"), "check", "--no-cache", "."]
    settings_of_ruff = ["--config", str(ROOT / "pyproject.toml"), "--extend-ignore=E501,E741"]
    ran = subprocess.run(
        [*ruff, *settings_of_ruff], cwd=tmp_path, capture_output=True, check=False, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
