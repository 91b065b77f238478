"""Public WSDLs, which lie beside the checkout where they are: nothing of them is in the project.

`../shared/wsdl-corpus`, or the folder that UNSTRINGLY_CORPUS names, has `sources.tsv` with a line
for each WSDL (name, main_file, ...), and a folder of its name with it and what it imports.
"""

import csv
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree

from unstringly.model.contract import Contract
from unstringly.pipeline import build, check

CORPUS: Final = Path(
    os.environ.get("UNSTRINGLY_CORPUS")
    or Path(__file__).parents[3].joinpath("shared", "wsdl-corpus")
)
_SERVICE = "{http://schemas.xmlsoap.org/wsdl/}service"
PACKAGE: Final = "it_is"


class Entry(NamedTuple):
    """A WSDL of the corpus: its name there, and its path below the corpus."""

    name: str
    path: Path


class Package(NamedTuple):
    """What was generated: the contract, and the files of the package `it_is`."""

    contract: Contract
    files: dict[str, str]


def missing() -> str:
    """Why there is no corpus; empty if there is one."""
    if (CORPUS / "sources.tsv").is_file():
        return ""
    return f"no public WSDLs in {CORPUS} (UNSTRINGLY_CORPUS names another folder)"


def entries() -> Iterator[Entry]:
    """All WSDLs of the corpus."""
    with (CORPUS / "sources.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield Entry(row["name"], Path(row["name"], row["main_file"]))


def package_of(entry: Entry, folder: Path) -> Package | None:
    """The package for a WSDL and a grammar of three lines; None if nothing is generated."""
    shutil.copytree(CORPUS / entry.name, folder / entry.name)
    path = folder / entry.path
    service = _service_name(path)
    (path.parent / "grammar.yaml").write_text(
        f"service: '{service}'\nwsdl: '{path.name}'\npackage: {PACKAGE}\n", encoding="utf-8"
    )
    checked = check([path.parent], folder)
    if not checked.ok:
        return None
    (contract,) = checked.contracts
    return Package(contract, build(checked, whole=False)) if contract.operations else None


def _service_name(path: Path) -> str:
    try:
        found = ElementTree.parse(path).getroot().find(_SERVICE)
    except (ElementTree.ParseError, ValueError, LookupError):
        return ""
    return "" if found is None else found.get("name", "")
