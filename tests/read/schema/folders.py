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


def read_files(files: Mapping[str, str], first: str | None = None) -> Read:
    """Read a document with the files around it; raises `Refused` if it is none."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, text in files.items():
            folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            folder.joinpath(name).write_text(text, encoding="utf-8")
        path = folder / (first or next(iter(files)))
        name = path.relative_to(folder).as_posix()
        return Read(*read_schema(load_documents(path, name, folder)))


def read_text(content: str, attributes: str = "") -> Read:
    """Read a schema of the namespace `urn:t` with this content; each line counts from 2 on."""
    start = f'<s:schema xmlns:s="{XSD}" xmlns:t="urn:t" targetNamespace="urn:t" {attributes}>'
    return read_files({"it.xsd": f"{start}\n{content}\n</s:schema>"})


def named(kind: Kind, local: str, *way: str) -> ComponentName:
    """A component of `urn:t`, or a type that stands in it."""
    return ComponentName(kind, "urn:t", local, way)
