"""Projects whose documents are at a server in this process, and `unstringly vendor` in them."""

import os
import re
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner
from tests.generator.services import MINIMAL_GRAMMAR, put
from tests.read.wsdl.test_imports import having, schema
from tests.vendor.serving import Answer, Served, serving

from unstringly.cli import main
from unstringly.inputs import read_inputs
from unstringly.model.service import Service


@contextmanager
def project(wsdl: str, files: Mapping[str, str] | None = None) -> Generator[Path]:
    """A project with one service, as the current folder; its service's folder."""
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as root:
        folder = put(Path(root) / "wsdl" / "tiny", "Tiny.wsdl", wsdl, MINIMAL_GRAMMAR)
        for name, text in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        os.chdir(root)
        try:
            yield folder
        finally:
            os.chdir(before)


def vendor(*arguments: str) -> tuple[int, str]:
    """The exit status and the output; the server of the test may be asked."""
    command = ["vendor", "tiny", "--host=127.0.0.1", *arguments]
    result = CliRunner().invoke(main, command)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def service_of(folder: Path) -> tuple[Service, list[str]]:
    """The service, and the codes of the findings about documents."""
    inputs = read_inputs(folder, Path.cwd())
    assert inputs.service is not None
    return inputs.service, [each.rule.code for each in inputs.findings if each.rule.code[0] == "W"]


def elements(folder: Path) -> set[tuple[str, str]]:
    """The elements that documents of the test declare."""
    components = service_of(folder)[0].schema.components
    return {(each.namespace, each.local) for each in components if re.fullmatch(r"e\d", each.local)}


def as_bytes(answers: Mapping[str, str]) -> dict[str, Answer]:
    return {path: text.encode() for path, text in answers.items()}


def importing_all(*locations: tuple[str, str]) -> str:
    lines = (f'<xs:import namespace="{ns}" schemaLocation="{at}"/>' for ns, at in locations)
    return having(schema("urn:w", "".join(lines)))


@contextmanager
def naming(document: str) -> Generator[tuple[Path, Served]]:
    """A project whose WSDL names a document that a server has."""
    with serving({"/o.xsd": document.encode()}) as served:
        wsdl = importing_all(("urn:o", f"{served.base}/o.xsd"))
        with project(wsdl) as folder:
            yield folder, served


@contextmanager
def fetched() -> Generator[tuple[Path, Path, Served]]:
    """A project with one document that was fetched: its folder, the file, and the server."""
    document = schema("urn:o", '<xs:element name="e1"/>')
    with naming(document) as (folder, served):
        assert vendor("--fetch")[0] == 0
        (path,) = (folder / "vendored").iterdir()
        yield folder, path, served
