# Copied by unstringly 0.1.0. Do not edit.
"""The documents of a service as it sends them: with its own address in them.

They are pieces of text, each under the query that asks for it: `wsdl`, and those that the WSDL
imports as `wsdl=NAME` and `xsd=NAME`. The address of the service stands between two pieces. Nothing
else can be asked for: a name is looked up, and never a path.
"""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias
from urllib.parse import quote, unquote

Documents: TypeAlias = Mapping[str, tuple[str, ...]]

_LONGEST: Final = 300
_HOST: Final = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*)|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?"
)
_MOST_PORT: Final = 65_535
_IN_PATHS: Final = "/%:@!$&'()*+,;=~-._"
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


def is_of_documents(query: str) -> bool:
    """Say whether a query asks for a document, whether it exists or not."""
    return _name_and_value(query)[0] in ("wsdl", "xsd")


def document(documents: Documents, query: str, address: str) -> bytes | None:
    """Return a document with the address of the service; None if there is none of this name."""
    name, value = _name_and_value(query)
    pieces = documents.get(f"{name}={quote(unquote(value))}" if value else name)
    if pieces is None:
        return None
    return "".join(_ESCAPES.get(c, c) for c in address).join(pieces).encode("utf-8")


def address_of(scheme: str, host: str | None, path: str) -> str:
    """Return the address under which a service was reached; empty if the header Host holds none.

    The client writes that header, and the address goes into a document: so it is a name or a
    number, with a port or without one, and nothing else (RFC 9110, section 7.2).
    """
    host = host or "localhost"
    match = _HOST.fullmatch(host) if len(host) <= _LONGEST else None
    if match is None or int(match[1] or 0) > _MOST_PORT:
        return ""
    return f"{'https' if scheme == 'https' else 'http'}://{host}{quote(path, safe=_IN_PATHS)}"


def _name_and_value(query: str) -> tuple[str, str]:
    """Return the first field of a query: its name in small letters, its value as it was sent."""
    name, _, value = query.partition("&")[0].partition("=")
    return name.lower(), value
