"""What the generator wrote into a package, kept beside it: `_generated.sha256`.

The generator removes a file only if the manifest lists it and it still is what was written; what
it does not list belongs to somebody else. The lines are those of `sha256sum`, and those that are
none are passed over, so that a manifest with the marks of a merge conflict still tells of both
sides.

A hash is that of the file with line feeds for its CR LFs, unless it holds a NUL: Git decides in the
same way what it checks out with other line ends.
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
"""The hashes of what was written, by path below the package; two while a run is unfinished."""


def content(of: Content) -> bytes:
    """The bytes of a file that is to be written."""
    return of.encode() if isinstance(of, str) else of


def unended(data: bytes) -> bytes:
    """The bytes of a file, whatever line ends it was checked out with."""
    return data if b"\0" in data else data.replace(b"\r\n", b"\n")


def digest(data: bytes) -> str:
    """The hash of a file, in hexadecimal."""
    return sha256(unended(data)).hexdigest()


def manifest(header: str, files: Mapping[str, Content]) -> str:
    """The manifest of a package's files, by path below the package."""
    return _text(header, ((digest(content(of)), path) for path, of in files.items()))


def joined(header: str, *parts: Written) -> str:
    """The manifest of a package that may hold files of several."""
    return _text(header, ((each, path) for part in parts for path in part for each in part[path]))


def _text(header: str, lines: Iterable[tuple[str, str]]) -> str:
    listed = sorted({(path, each) for each, path in lines})
    head = f"{header}\n{_FORMAT} What was generated into this folder: nothing else is removed.\n"
    return head + "".join(f"{each}  {path}\n" for path, each in listed)


def written(data: bytes) -> Written | None:
    """What a manifest lists; None if it cannot be read or is of another format.

    It is not trusted: a path that leads out of the package is no path.
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
