"""Schemas that are read from a folder of their own."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema import Schema
from unstringly.model.schema_names import XSD, ComponentName, Kind
from unstringly.read.schema.documents import load_documents
from unstringly.read.schema.reader import read_schema


class Read(NamedTuple):
    """A schema and the findings about it."""

    schema: Schema
    findings: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        return [finding.rule.code for finding in self.findings]


def importing(name: str) -> str:
    """A WSDL that has nothing but a document of another name."""
    start = '<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/">'
    return f'{start}<w:import namespace="" location="{name}"/></w:definitions>'


def read_files(files: Mapping[str, str]) -> Read:
    """Read the first of some files, a WSDL or a schema; raises `Refused` if it is no document."""
    first = next(iter(files))
    if first.endswith(".xsd"):
        files = {"around.wsdl": importing(first), **files}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, text in files.items():
            folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            folder.joinpath(name).write_text(text, encoding="utf-8")
        name = next(iter(files))
        return Read(*read_schema(load_documents(folder / name, name, folder)))


def read_text(content: str, attributes: str = "") -> Read:
    """Read a schema of the namespace `urn:t` with this content; each line counts from 2 on."""
    start = f'<s:schema xmlns:s="{XSD}" xmlns:t="urn:t" targetNamespace="urn:t" {attributes}>'
    return read_files({"it.xsd": f"{start}\n{content}\n</s:schema>"})


def named(kind: Kind, local: str, *way: str) -> ComponentName:
    """A component of `urn:t`, or a type that stands in it."""
    return ComponentName(kind, "urn:t", local, way)
