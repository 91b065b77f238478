"""Search for a document among the files of the service's folder, by its name and its namespace.

Of several files that may be meant none is taken.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct

from unstringly.read.schema.absent import Absent
from unstringly.read.schema.vintages import is_schema
from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.elements import WSDL
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.xml import Node, parse_xml

MOST_FILES = 1_000
"""Files of a folder that are looked at."""

_SUFFIXES = frozenset({".wsdl", ".xsd", ".xml"})


class Given(Struct, frozen=True):
    """A schema or WSDL in the folder: its path, links resolved, and the namespace it defines."""

    path: Path
    namespace: str
    is_schema: bool


def given_files(folder: Path, without: str = "") -> tuple[Given, ...]:
    """Return the schemas and WSDLs anywhere in a folder, sorted by path; others are passed over.

    `without` is the name of a folder in it that is passed over, too.
    """
    inside = folder.resolve()
    paths = (path for path in inside.rglob("*") if path.suffix.lower() in _SUFFIXES)
    ours = (path for path in paths if path.relative_to(inside).parts[0] != without)
    return tuple(_readable(islice(sorted(ours), MOST_FILES)))


def matching(absent: Absent, files: Iterable[Given], taken: Iterable[Path]) -> tuple[Given, ...]:
    """Return the files that may be the document that is absent: one if it is certain.

    `taken` are the files to which some reference leads: they are found by their names alone.
    """
    fitting = [file for file in files if _fits(file, absent)]
    names = _names(absent.address)
    lowered = {name.lower() for name in names}
    named = tuple(file for file in fitting if file.path.name in names) or tuple(
        file for file in fitting if file.path.name.lower() in lowered
    )
    if named or absent.how == "include" or not absent.namespace:
        return named
    others = {*taken, absent.document}
    return tuple(file for file in fitting if file.path not in others)


def root_of(path: Path) -> Node | None:
    """Return the root of a file that is a schema or a WSDL 1.1 document; None of any other."""
    try:
        root = parse_xml(read_text(path, path.name), path.name)
    except Refused:
        return None
    return root if is_document(root) else None


def is_document(root: Node) -> bool:
    """Say whether an element is that of a schema or of a WSDL 1.1 document."""
    return is_schema(root) or root.name == f"{{{WSDL}}}definitions"


def _readable(paths: Iterable[Path]) -> Iterator[Given]:
    for path in paths:
        root = root_of(path)
        if root is not None:
            namespace = root.attributes.get("targetNamespace", "")
            yield Given(path.resolve(), namespace, is_schema(root))


def _fits(file: Given, absent: Absent) -> bool:
    """Say whether a file is of the right kind and defines the right namespace."""
    if absent.how != "wsdl" and not file.is_schema:
        return False
    if absent.how == "include":
        return file.namespace in ("", absent.namespace)
    return file.namespace == absent.namespace


def _names(address: str) -> frozenset[str]:
    """Return the names under which the document at an address may be saved.

    `http://h/S.svc?xsd=xsd0` is `S.svc`, `xsd0` or `xsd0.xsd`; a path on a disk ends in its name.
    """
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return frozenset()
    names = {unquote(parts.path).rpartition("/")[2]}
    for key, value in parse_qsl(parts.query, max_num_fields=10) if parts.query else ():
        names |= {value, f"{value}.{key}"}
    return frozenset(filter(None, names))
