"""A package has nothing of other services: no word, no language and no charset of theirs."""

import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from tests.generator.importing import imported
from tests.generator.services import ROOT, generated, put_minimal, write_tree

SERVICES = {
    "rich": ROOT / "tests" / "generator" / "rich",
    "everything": ROOT / "tests" / "language" / "everything",
    "parcels": ROOT / "examples" / "own_service" / "parcels",
    "tiny": None,
}
EMULATOR = """\
PATH = "/x"


class Emulator:
    def __init__(self, tell: object = None, *, clock: object = None) -> None:
        self.address = "http://localhost/x"
"""
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|chinese", re.IGNORECASE)
GATEWAY = re.compile("(?<!bad )(?<!BAD_)gateway", re.IGNORECASE)
"""502 is called Bad Gateway, whatever the service is."""

GB = re.compile(r"gb|cp936", re.IGNORECASE)
KNOWS_ALL_CHARSETS = {
    # what a label means that a server gives
    "_runtime/errors/encodings.py",
    "_runtime/wire/charsets.py",
    # in which spellings a secret may be quoted
    "_runtime/errors/secrets.py",
    "_runtime/errors/spellings.py",
}


def put_service(folder: Path, name: str, more: str = "") -> Path:
    """A service with an emulator, whose grammar has no text in Chinese."""
    source = SERVICES[name]
    if source is None:
        put_minimal(folder)
    else:
        shutil.copytree(source, folder)
    grammar = folder / "grammar.yaml"
    text = re.sub(", zh: [^}]*", "", grammar.read_text(encoding="utf-8"))
    assert not CHINESE.search(text)
    grammar.write_text(more + text, encoding="utf-8")
    (folder / "emulator.py").write_text(EMULATOR, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", SERVICES)
def test_no_file_has_anything_of_another_service(tmp_path: Path, name: str) -> None:
    files = generated(put_service(tmp_path / name, name))
    assert any(path.endswith("/testing.py") for path in files)
    found: list[str] = []
    for path, text in files.items():
        inner = path.partition("/")[2]
        if inner == "LICENSE" or not inner:
            continue
        found += [f"{inner}: {match[0]}" for match in GATEWAY.finditer(text)]
        if inner != "_runtime/wire/charsets.py":
            found += [f"{inner}: {match[0]}" for match in CHINESE.finditer(text)]
        if inner not in KNOWS_ALL_CHARSETS and path.endswith(".py"):
            found += [f"{inner}: {match[0]}" for match in GB.finditer(text)]
    assert found == []


def test_what_knows_all_charsets_guesses_none(tmp_path: Path) -> None:
    """So that the list above stays short for a reason."""
    files = generated(put_service(tmp_path / "rich", "rich"))
    users = {
        path.partition("/")[2]
        for path, text in files.items()
        if re.search(r"^from \.+(errors\.)?encodings import .*\bGB\b", text, re.MULTILINE)
    }
    assert users == KNOWS_ALL_CHARSETS - {"_runtime/errors/encodings.py"}


@contextmanager
def rich(folder: Path, more: str) -> Generator[ModuleType]:
    write_tree(folder / "out", generated(put_service(folder / "rich", "rich", more)))
    with imported(folder / "out", "rich") as package:
        yield package


FORM = "application/x-www-form-urlencoded"
TEXTS = {"gb18030": "余额", "big5": "餘額", "cp1251": "привет"}
"""A text in each of some charsets, which in it is no UTF-8."""


@pytest.mark.few(1)
@pytest.mark.parametrize("charset", TEXTS)
def test_the_charset_of_a_push_is_that_of_the_grammar(tmp_path: Path, charset: str) -> None:
    codec = {"big5": "cp950"}.get(charset, charset)
    body = b"who=abc&more=" + TEXTS[charset].encode(charset)
    with rich(tmp_path / "named", f"charset: {charset}\n") as package:
        for content_type in (None, FORM, f"{FORM}; charset={charset}"):
            with pytest.raises(package.InvalidPush, match="fields of no push"):
                package.parse_push(body, content_type)
        with pytest.raises(package.InvalidPush, match=f"neither UTF-8 nor {codec}"):
            package.parse_push(body, f"{FORM}; charset=koi8-r")
    with rich(tmp_path / "unnamed", "") as package:
        for content_type in (None, FORM):
            with pytest.raises(package.InvalidPush, match="not of the charset that it claims"):
                package.parse_push(body, content_type)
        with pytest.raises(package.InvalidPush, match="does not claim UTF-8"):
            package.parse_push(body, f"{FORM}; charset={charset}")
