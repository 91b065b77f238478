"""Public WSDLs, each with a few changes, give findings or packages without harm. For the gate."""

import re
import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from tests.generator.mutated_services import PACKAGE, generate, import_all
from tests.generator.mutations import mutated
from tests.interop.corpus import CORPUS, Entry

from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.findings import Refused

pytestmark = pytest.mark.some(0)

CHANGES = 4 if settings().max_examples >= 1_000 else 1
"""Changed copies of each WSDL."""

LARGEST = 50_000
"""Bytes of the largest WSDL that is changed: of larger ones the same mistakes take longer."""

SAMPLE = 50
"""One of so many packages is imported."""

PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_changed_public_wsdls(part: int, corpus: list[Entry], tmp_path: Path) -> None:
    refused = packages = documents = 0
    for entry in corpus[part::PARTS]:
        text = text_of(entry)
        if not text:
            continue
        folder = tmp_path / entry.name
        shutil.copytree(CORPUS / entry.name, folder)
        path = tmp_path / entry.path
        for seed in range(CHANGES):
            documents += 1
            changed = mutated(Random(f"{entry.name} {seed}"), text)
            path.write_bytes(changed.encode("utf-8", "surrogatepass"))
            put_grammar(path, changed)
            try:
                outcome = generate(path.parent, tmp_path)
            except Exception as error:
                error.add_note(f"{entry.name}, change {seed}")
                raise
            packages += bool(outcome.files)
            refused += not outcome.files
            if outcome.files and packages % SAMPLE == 1:
                import_all(tmp_path, outcome.files)
        shutil.rmtree(folder)
    assert refused + packages == documents > CHANGES * len(corpus) / PARTS / 2
    assert min(refused, packages) > documents / 8


def text_of(entry: Entry) -> str:
    """The text of a WSDL that is not too large; it says that it is UTF-8."""
    path = CORPUS / entry.path
    if path.stat().st_size > LARGEST:
        return ""
    try:
        text = read_text(path, path.name)
    except Refused:
        return ""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def put_grammar(path: Path, text: str) -> None:
    """Write a grammar for the first service that the WSDL has."""
    service = re.search(r"<(?:[\w.-]+:)?service\s[^>]*?name=\"([^\"]*)\"", text)
    name = service[1] if service and re.fullmatch(r"[^\W\d][\w.-]*", service[1]) else "S"
    grammar = f"service: '{name}'\nwsdl: '{path.name}'\npackage: {PACKAGE}\n"
    (path.parent / "grammar.yaml").write_text(grammar, encoding="utf-8")
