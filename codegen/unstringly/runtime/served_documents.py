"""The documents of a service as they are served: from its own address, and with references to it.

They are pieces of text, each under the query that asks for it: `wsdl`, and what the WSDL imports as
`wsdl=NAME` and `xsd=NAME`. Where a document is cut stands the address of the service. Nothing else
can be asked for: a name is looked up, and never a path.
"""

from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import quote, unquote

Documents: TypeAlias = Mapping[str, tuple[str, ...]]

_IN_PATHS = "/%:@!$&'()*+,;=~-._"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


def is_of_documents(query: str) -> bool:
    """Whether a query asks for a document, which there need not be."""
    return _name_and_value(query)[0] in ("wsdl", "xsd")


def document(documents: Documents, query: str, base_url: str, path: str) -> bytes | None:
    """A document of a service that was reached at a path; None if there is none of this name."""
    name, value = _name_and_value(query)
    pieces = documents.get(f"{name}={quote(unquote(value))}" if value else name)
    if pieces is None:
        return None
    address = f"{base_url}{quote(path, safe=_IN_PATHS)}"
    return "".join(_ESCAPES.get(c, c) for c in address).join(pieces).encode("utf-8")


def _name_and_value(query: str) -> tuple[str, str]:
    """The first field of a query: its name in small letters, its value as it was sent."""
    name, _, value = query.partition("&")[0].partition("=")
    return name.lower(), value
