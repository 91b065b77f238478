"""The files to which the locations in documents lead: those in the folder of the service alone."""

from pathlib import Path
from urllib.parse import unquote


def file_at(location: str, folder: Path, root: Path) -> Path | None:
    """Return the file, links resolved, to which a location in a document in `folder` leads.

    None if the location is an address, leads out of the folder `root`, or leads to no file.
    """
    if _leads_out(location):
        return None
    try:
        path = (folder / unquote(location)).resolve()
        return path if path.is_relative_to(root.resolve()) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None  # too long, NUL in it, links in a circle


def _leads_out(location: str) -> bool:
    """Say whether a location is an address, or an absolute path on any system."""
    path = unquote(location)
    return path.startswith("/") or "\\" in path or ":" in path
