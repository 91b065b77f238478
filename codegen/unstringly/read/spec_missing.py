"""S101 for a folder that has a WSDL and no grammar: what the smallest grammar is."""

import re
from pathlib import Path

from unstringly.diagnostics import Diagnostic, Span
from unstringly.read.source_text import UNREADABLE
from unstringly.read.wsdl import service_names
from unstringly.read.wsdl_findings import quoted

_NO_PACKAGE = re.compile("[^a-z0-9_]+")


def without_grammar(folder: Path, name: str) -> Diagnostic:
    """The finding for a folder without the grammar, which is to have this name."""
    files = sorted(each for each in folder.iterdir() if each.suffix.lower() == ".wsdl")
    named = [(file.name, service) for file in files for service in service_names(file)]
    message = "this file is not there, so nothing is generated from its folder"
    if not named:
        help_text = "write it; `service: NAME`, with the name of the `wsdl:service`, is enough"
        return Diagnostic(UNREADABLE, Span(name, 1, 1), message, help_text)
    file, service = named[0]
    lines = [f"service: {service}"]
    if file != f"{service}.wsdl":
        lines.append(f"wsdl: {file}")
    package = _NO_PACKAGE.sub("_", service.lower()).strip("_")
    if package != service.lower():
        lines.append(f"package: {package or 'service'}")
    enough = "this line is" if len(lines) == 1 else "these lines are"
    help_text = f"write it; {enough} enough for a start:\n" + "\n".join(lines)
    others = ", ".join(quoted(other) for _, other in named[1:4])
    if others:
        help_text += f"\nor with another service: {others}"
    return Diagnostic(UNREADABLE, Span(name, 1, 1), message, help_text)
