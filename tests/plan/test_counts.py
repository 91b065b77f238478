"""The number 1 has a noun in the singular, wherever a number comes from an input."""

import re
from pathlib import Path

from tests.generator.services import MINIMAL_GRAMMAR, MINIMAL_WSDL, generated, put

from unstringly.counting import counted

ONE = MINIMAL_GRAMMAR.replace("{doc: What to ask}", "{max_length: 1, default: x}").replace(
    "effect: read,", "effect: read, limits: {page: 1, interval: 1, retention: 1},"
)


def test_counted() -> None:
    assert [counted(number, "file") for number in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


def test_a_package_of_ones(tmp_path: Path) -> None:
    files = generated(put(tmp_path / "it", "Tiny.wsdl", MINIMAL_WSDL, ONE))
    written = "\n".join(text for path, text in files.items() if "_runtime" not in path)
    assert "at most 1 character" in written
    assert not re.search(r"(?<![\w.])1 [a-z]+s\b", written)
