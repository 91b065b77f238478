"""The examples in docs/spec run: the definitions of each page make a package."""

import doctest
import importlib
import re
from pathlib import Path

import pytest
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_WSDL, ROOT, put

from unstringly.pipeline import build, check

PAGES = sorted((ROOT / "docs" / "spec").glob("*.md"))
OPERATIONS = "operations:\n  Ask: {{effect: read, result: {result}}}\n"


def blocks(page: str, language: str) -> str:
    """The code of one language in a page."""
    return "".join(re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))


def test_each_page_is_named_in_the_readme() -> None:
    readme = (ROOT / "docs" / "spec" / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in PAGES} == {"README.md", *re.findall(r"\((\w+\.md)\)", readme)}


@pytest.mark.parametrize("name", [path.stem for path in PAGES if path.stem != "README"])
def test_examples(name: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "spec" / f"{name}.md").read_text(encoding="utf-8")
    grammar = blocks(page, "yaml")
    result = re.findall(r"^  (\w+):", grammar, re.MULTILINE)[-1]
    spec = f"service: Tiny\n{grammar}{OPERATIONS.format(result=result)}"
    checked = check([put(tmp_path / "tiny", "Tiny.wsdl", MINIMAL_WSDL, spec)], tmp_path)
    assert checked.without_infos().findings == ()
    with imported_files(build(checked, whole=False), "tiny"):
        importlib.import_module("tiny")
        example = doctest.DocTestParser().get_doctest(blocks(page, "pycon"), {}, name, None, 0)
        assert len(example.examples) > 1
        results = doctest.DocTestRunner().run(example)
    assert results.failed == 0
