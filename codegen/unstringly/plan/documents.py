"""Plans how a package has the WSDL and what it imports: as a module, and as files.

The module is what the service's side serves. It is Python and not data, so that it is there
wherever the package can be imported from: zip files, and programs that were made of one with tools
that collect modules and nothing else. The files are for people, and for tools that want a file.
"""

import posixpath
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import quote
from xml.sax.saxutils import escape

from unstringly.model.contract import Contract
from unstringly.model.service import Document, PortAddress, Reference
from unstringly.python.nodes import Symbol
from unstringly.python.symbols import FINAL, MAPPING

_FILE = "service.wsdl"
_FOLDER = "imported"


@dataclass(frozen=True, slots=True)
class ServedDocument:
    """A document: the query that asks for it, and its pieces line by line."""

    query: str
    pieces: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Documents:
    """The view of `documents.py`."""

    documents: tuple[ServedDocument, ...]
    uses: tuple[Symbol, ...] = (MAPPING, FINAL)


def documents_view(contract: Contract) -> Documents:
    """The view of `documents.py`."""
    served = served_pieces(contract.service.documents)
    return Documents(
        tuple(ServedDocument(query, tuple(map(_lines, pieces))) for query, pieces in served.items())
    )


def served_pieces(documents: tuple[Document, ...]) -> dict[str, list[str]]:
    """The documents, the WSDL first, by the queries that they are served under, percent-encoded.

    Between the pieces of each is the address of the service.
    """
    queries = {each.name: _query(each, is_main=each is documents[0]) for each in documents}
    return {queries[each.name]: _pieces(each, queries) for each in documents}


def document_files(contract: Contract) -> dict[str, str]:
    """The documents as files, by path below the output folder."""
    package, documents = contract.spec.package, contract.service.documents
    paths = {each.name: f"{_FOLDER}/{each.name}" for each in documents}
    paths[documents[0].name] = _FILE
    return {f"{package}/{paths[each.name]}": _file(each, paths) for each in documents}


def _query(document: Document, *, is_main: bool) -> str:
    """What follows the question mark where a document is served, percent-encoded."""
    if is_main:
        return "wsdl"
    return f"{'xsd' if document.is_schema else 'wsdl'}={quote(document.name)}"


def _pieces(document: Document, queries: dict[str, str]) -> list[str]:
    pieces = [""]
    for each in document.content:
        match each:
            case str():
                pieces[-1] += each
            case PortAddress():
                pieces.append("")
            case Reference():
                pieces.append(f"?{queries[each.document]}")
            case _:
                assert_never(each)
    return pieces


def _lines(text: str) -> tuple[str, ...]:
    """The lines of a text with their ends."""
    *lines, last = text.split("\n")
    ended = [f"{line}\n" for line in lines]
    return tuple([*ended, last] if last or not ended else ended)


def _file(document: Document, paths: dict[str, str]) -> str:
    folder = posixpath.dirname(paths[document.name])
    text = ""
    for each in document.content:
        match each:
            case str():
                text += each
            case PortAddress():
                text += escape(each.location, {'"': "&quot;", "'": "&apos;"})
            case Reference():
                text += quote(posixpath.relpath(paths[each.document], folder or "."))
            case _:
                assert_never(each)
    return text
