"""Documents to which others refer, and which are not in the folder of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.wsdl.elements import WSDL
from unstringly.read.wsdl.findings import quoted_address
from unstringly.read.wsdl.locations import is_remote

if TYPE_CHECKING:
    from pathlib import Path

    from unstringly.read.wsdl.xml import Node

Reference: TypeAlias = Literal["include", "import", "wsdl"]

_WRONG_LOCATION = """\
The location is an address, an absolute path, names no file, or one that is not in the folder
of services, which `--source` names."""
_SAVE_IT = """\
Save the document beside the one that names it, commit it, and put its file name into the location.
If that is a remote address, leave it as it is and run `unstringly vendor SERVICE`: it says in
`addresses.yaml` which file is meant, and with `--fetch` fetches what is in none."""

NO_WSDL = Rule(
    "W109",
    Severity.ERROR,
    "a WSDL that is imported is not in the folder of the service",
    wrong=_WRONG_LOCATION,
    why="""\
The generator reads the folder of the service and nothing else, so that a build does not change or
hang with a server's mood. The missing document may hold operations of which nothing else speaks, so
that none can say what is lost.""",
    example='<wsdl:import namespace="urn:x" location="http://example.com/x?wsdl=1" />',
    todo=_SAVE_IT,
)

NOT_THERE = Rule(
    "W126",
    Severity.WARNING,
    "a schema that is imported is not in the folder of the service",
    wrong=_WRONG_LOCATION,
    why="""\
The generator reads the folder of the service and nothing else, so that a build does not change or
hang with a server's mood. What needs the document is left out, and other findings name it with its
operations. If there are none, nothing is lost.""",
    example='<xs:import namespace="urn:x" schemaLocation="http://example.com/x.xsd" />',
    todo=_SAVE_IT,
)

RULES = (NO_WSDL, NOT_THERE)


class Absent(Struct, frozen=True):
    """A reference that leads to no file: `address` is the whole one, as far as it is known.

    `document` is the file that has the reference, links resolved, and `how` it refers: by an
    `xs:include`, an `xs:import` or a `wsdl:import`. The document that is meant defines `namespace`;
    one that is included may also define none.
    """

    address: str
    document: Path
    namespace: str
    how: Reference


def not_there(node: Node, location: str, address: str, service: str) -> Diagnostic:
    """Return the finding for a location at an element; `service` is the name of its folder."""
    message = f"{quoted_address(location)} is not a file in the folder of the service"
    advice = _advice(location, address, service)
    is_wsdl = node.namespace == WSDL and not location.lower().endswith(".xsd")
    return Diagnostic(NO_WSDL if is_wsdl else NOT_THERE, node.span, message, advice)


def _advice(location: str, address: str, service: str) -> str:
    """Return what to do so that the document is there."""
    if is_remote(address):
        return (
            "Save the document beside the WSDL, or let it be fetched with `--fetch`; "
            f"`unstringly vendor {service}` writes down which file is meant."
        )
    if is_whole(location):
        return (
            "Save the document beside the WSDL, and run "
            f"`unstringly vendor {service}`, which writes down that it is meant."
        )
    if ".." in location:
        return "Save the document beside the WSDL, and put its file name into the location."
    return (
        "Save the document beside the WSDL or schema that names it, under that name. Or say where "
        f"the WSDL came from: `unstringly vendor {service} --fetch --from ADDRESS`."
    )


def is_whole(address: str) -> bool:
    """Say whether an address means the same wherever it stands: it has a scheme, or a root.

    So does a path of Windows as good as always: nobody has two files of its name.
    """
    return ":" in address or address.startswith("/") or "\\" in address
