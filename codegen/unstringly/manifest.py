"""The manifest of a package, `_generated.sha256`: the hash of each file that was written.

The generator removes a file only if the manifest lists it and the file still is what was written;
all other files belong to the user. The lines are those of `sha256sum`. Any other line is passed
over, so that a manifest with the marks of a merge conflict still lists the files of both sides.

Before hashing, CR LF becomes LF, unless the file holds a NUL: Git decides by the same test which
files it checks out with other line ends.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath

MANIFEST = "_generated.sha256"

_FORMAT = "# Format 1."
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")

Content = str | bytes
Written = Mapping[str, frozenset[str]]
"""Hashes of the files written, by path below the package; several while a run is unfinished."""


def content(of: Content) -> bytes:
    """Return the bytes of a file that is to be written; a text is encoded in UTF-8."""
    return of.encode() if isinstance(of, str) else of


def unended(data: bytes) -> bytes:
    """Return the bytes of a file with LF for CR LF; those of a file with a NUL as they are."""
    return data if b"\0" in data else data.replace(b"\r\n", b"\n")


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal; line ends count as in `unended`."""
    return sha256(unended(data)).hexdigest()


def manifest(header: str, files: Mapping[str, Content]) -> str:
    """Return the manifest of a package's files, which are given by path below the package."""
    return _text(header, ((digest(content(of)), path) for path, of in files.items()))


def joined(header: str, *parts: Written) -> str:
    """Return the manifest of a package that may hold the files of several manifests."""
    return _text(header, ((each, path) for part in parts for path in part for each in part[path]))


def _text(header: str, lines: Iterable[tuple[str, str]]) -> str:
    listed = sorted({(path, each) for each, path in lines})
    head = f"{header}\n{_FORMAT} What was generated into this folder: nothing else is removed.\n"
    return head + "".join(f"{each}  {path}\n" for path, each in listed)


def written(data: bytes) -> Written | None:
    """Return the hashes that a manifest lists; None if it is not of this format.

    The manifest is not trusted: a path that leads out of the package is passed over.
    """
    lines = data.decode("utf-8", "replace").splitlines()
    if not any(line.startswith(_FORMAT) for line in lines):
        return None
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is not None and _is_inside(match[2]):
            found[match[2]] = found.get(match[2], frozenset()) | {match[1]}
    return found


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    plain = path.isprintable() and "\\" not in path and ":" not in path
    return plain and "/".join(parts) == path and ".." not in parts and not path.startswith("/")
