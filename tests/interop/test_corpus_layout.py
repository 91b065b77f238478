"""Packages for public WSDLs, without a grammar, are laid out as ruff would lay them out."""

import tempfile
from pathlib import Path

import pytest
from tests.interop.corpus import PACKAGE, entries, missing, package_of
from tests.laws.test_laid_out import findings

LEAST = 10
"""At least so many WSDLs of the corpus have a package."""


@pytest.mark.skipif(bool(missing()), reason=missing() or "there is a corpus")
def test_ruff_is_content_with_every_package() -> None:
    found: dict[str, str] = {}
    for entry in entries():
        with tempfile.TemporaryDirectory() as name:
            package = package_of(entry, Path(name))
        if package is not None:
            found[entry.name] = findings(package.files, PACKAGE)
    assert len(found) >= LEAST
    assert {name: told for name, told in found.items() if told} == {}
