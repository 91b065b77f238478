"""Plans the WSDL and the documents that it imports, in a package: as a module, and as files.

The service's side serves the module. It is Python and not data, so that it is there wherever
the package can be imported from: zip files, and programs that were packed by tools that collect
modules and nothing else. The files are for people, and for tools that want a file.
"""

import posixpath
from typing import assert_never
from urllib.parse import quote
from xml.sax.saxutils import escape

from msgspec import Struct

from unstringly.model.contract import Contract
from unstringly.model.service import Document, PortAddress, Reference
from unstringly.python.nodes import Symbol
from unstringly.python.symbols import FINAL, MAPPING

_FILE = "service.wsdl"
_FOLDER = "imported"


class ServedDocument(Struct, frozen=True):
    """A document: the query that it is served under, and the lines of each of its pieces."""

    query: str
    pieces: tuple[tuple[str, ...], ...]


class Documents(Struct, frozen=True):
    """The view of `documents.py`."""

    documents: tuple[ServedDocument, ...]
    uses: tuple[Symbol, ...] = (MAPPING, FINAL)


def documents_view(contract: Contract) -> Documents:
    """Return the view of `documents.py`."""
    served = served_pieces(contract.service.documents)
    return Documents(
        tuple(ServedDocument(query, tuple(map(_lines, pieces))) for query, pieces in served.items())
    )


def served_pieces(documents: tuple[Document, ...]) -> dict[str, list[str]]:
    """Return the documents, the WSDL first, in pieces between which the service's address stands.

    The keys are the queries that they are served under, percent-encoded.
    """
    main = documents[0]
    queries = {document.name: _query(document, is_main=document is main) for document in documents}
    return {queries[document.name]: _pieces(document, queries) for document in documents}


def document_files(contract: Contract) -> dict[str, str]:
    """Return the documents as files: their texts by path below the output folder."""
    package, documents = contract.spec.package, contract.service.documents
    paths = {document.name: f"{_FOLDER}/{document.name}" for document in documents}
    paths[documents[0].name] = _FILE
    return {f"{package}/{paths[document.name]}": _file(document, paths) for document in documents}


def _query(document: Document, *, is_main: bool) -> str:
    """Return the text behind the question mark of a served document, percent-encoded."""
    if is_main:
        return "wsdl"
    return f"{'xsd' if document.is_schema else 'wsdl'}={quote(document.name)}"


def _pieces(document: Document, queries: dict[str, str]) -> list[str]:
    pieces = [""]
    for part in document.content:
        match part:
            case str():
                pieces[-1] += part
            case PortAddress():
                pieces.append("")
            case Reference():
                pieces.append(f"?{queries[part.document]}")
            case _:
                assert_never(part)
    return pieces


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text with their ends; one empty line for the empty text."""
    *lines, last = text.split("\n")
    ended = [f"{line}\n" for line in lines]
    return tuple([*ended, last] if last or not ended else ended)


def _file(document: Document, paths: dict[str, str]) -> str:
    folder = posixpath.dirname(paths[document.name])
    text = ""
    for part in document.content:
        match part:
            case str():
                text += part
            case PortAddress():
                text += escape(part.location, {'"': "&quot;", "'": "&apos;"})
            case Reference():
                text += quote(posixpath.relpath(paths[part.document], folder or "."))
            case _:
                assert_never(part)
    return text
