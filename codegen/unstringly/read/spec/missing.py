"""The smallest grammar, suggested where a folder has a WSDL and no grammar, or an empty one."""

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Span
from unstringly.read.spec.nodes import NOTHING_THERE
from unstringly.read.spec.source_text import UNREADABLE
from unstringly.read.wsdl.findings import quoted
from unstringly.read.wsdl.reader import service_names

_NO_PACKAGE = re.compile("[^a-z0-9_]+")


def without_grammar(folder: Path, name: str) -> Diagnostic:
    """Return the finding for a folder without a grammar; `name` is that of the missing file."""
    message = "this file is not there, so nothing is generated from its folder"
    return Diagnostic(UNREADABLE, Span(name, 1, 1), message, f"write it; {_smallest(folder)}")


def with_smallest(folder: Path, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings of a grammar; for an empty file, the help is the smallest grammar."""
    return tuple(
        replace(finding, help=_smallest(folder)) if finding.message == NOTHING_THERE else finding
        for finding in findings
    )


def _smallest(folder: Path) -> str:
    """Return help with the smallest grammar for the WSDL in a folder."""
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".wsdl")
    services = [(file.name, service) for file in files for service in service_names(file)]
    if not services:
        return "`service: NAME`, with the name of the `wsdl:service`, is enough"
    file, service = services[0]
    lines = [f"service: {service}"]
    if file != f"{service}.wsdl":
        lines.append(f"wsdl: {file}")
    package = _NO_PACKAGE.sub("_", service.lower()).strip("_")
    if package != service.lower():
        lines.append(f"package: {package or 'service'}")
    enough = "this line is" if len(lines) == 1 else "these lines are"
    text = f"{enough} enough for a start:\n" + "\n".join(lines)
    others = ", ".join(quoted(name) for _, name in services[1:4])
    return f"{text}\nor with another service: {others}" if others else text
