"""The files to which the locations in documents lead: those in the folder of the service alone.

A remote address leads to a file if the service's map of addresses says so (`read/addresses.py`). A
document that the map knows has an address itself, to which its own locations are relative (RFC
3986, section 5), so a relative one is looked up in the map before it is taken for a path.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from msgspec import Struct, field

_BLANKS = " \t\r\n"


class Addresses(Struct, frozen=True):
    """A map of addresses to files: `files` has each by its address, links resolved.

    `origins` has the address from which each of these files came, to which its locations are
    relative.
    """

    files: Mapping[str, Path] = field(default_factory=dict[str, Path])
    origins: Mapping[Path, str] = field(default_factory=dict[Path, str])

    def file_at(self, location: str, document: Path, root: Path) -> Path | None:
        """Return the file, links resolved, to which a location in a document leads.

        None if there is no such file, or if it is not in the folder `root`.
        """
        mapped = self.files.get(self.address_of(location, document))
        if mapped is not None:
            return mapped if _is_within(mapped, root) else None
        return file_at(location, document.parent, root)

    def address_of(self, location: str, document: Path) -> str:
        """Return the whole address of a location in a document, without its fragment.

        It is the location itself where that is all that is known.
        """
        location = location.strip(_BLANKS)
        try:
            return urldefrag(urljoin(self.origins.get(document, ""), location)).url
        except ValueError:  # such as an IPv6 address without its end
            return location


NO_ADDRESSES = Addresses()


def is_remote(address: str) -> bool:
    """Say whether an address is one of HTTP, with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def file_at(location: str, folder: Path, root: Path) -> Path | None:
    """Return the file, links resolved, to which a location in a document in `folder` leads.

    None if the location is an address, leads out of the folder `root`, or leads to no file.
    """
    if _leads_out(location):
        return None
    try:
        path = (folder / unquote(location)).resolve()
    except (OSError, ValueError, RuntimeError):
        return None  # too long, NUL in it, links in a circle
    return path if _is_within(path, root) else None


def _is_within(path: Path, root: Path) -> bool:
    """Say whether a resolved path is that of a file somewhere in a folder."""
    try:
        return path.is_relative_to(root.resolve()) and path.is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def _leads_out(location: str) -> bool:
    """Say whether a location is an address, or an absolute path on any system."""
    path = unquote(location)
    return path.startswith("/") or "\\" in path or ":" in path
