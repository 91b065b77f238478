"""Files on disk against files as they should be: compared, shown as a difference, written.

`generate`, `generate --check` and `generate --diff` are three uses of one `Comparison`.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path, PurePosixPath

_NEVER_ORPHANS = ("__pycache__",)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Paths below the output folder, sorted: what differs, what is not there, what is too much."""

    stale: tuple[str, ...]
    missing: tuple[str, ...]
    orphans: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether the disk is as it should be."""
        return not (self.stale or self.missing or self.orphans)


def foreign(output: Path, packages: Iterable[str], mark: str) -> str | None:
    """A path that is in the way: somebody else's project file or package, not to be replaced.

    A file is ours if it begins with the mark; a folder if it is empty, or a module in it is ours.
    """
    project = _read(output / "pyproject.toml")
    if project is not None and not project.startswith(mark.encode()):
        return "pyproject.toml"
    for package in packages:
        folder = output / package
        texts = [_read(path) or b"" for path in sorted(folder.glob("*.py"))]
        ours = any(text.startswith(mark.encode()) for text in texts)
        if folder.is_dir() and any(folder.iterdir()) and not ours:
            return package
    return None


def compare(output: Path, files: Mapping[str, str], packages: Iterable[str]) -> Comparison:
    """How the files below `output` differ from `files`; orphans are looked for in `packages`."""
    stale: list[str] = []
    missing: list[str] = []
    for path, text in sorted(files.items()):
        on_disk = _read(output / path)
        if on_disk is None:
            missing.append(path)
        elif on_disk != text.encode():
            stale.append(path)
    orphans = sorted(path for path in _present(output, packages) if path not in files)
    return Comparison(tuple(stale), tuple(missing), tuple(orphans))


def difference(output: Path, files: Mapping[str, str], comparison: Comparison) -> str:
    """A unified diff from the disk to the files as they should be, which `git apply` takes."""
    parts: list[str] = []
    for path in sorted((*comparison.stale, *comparison.missing, *comparison.orphans)):
        old = (_read(output / path) or b"").decode("utf-8", "replace")
        new = files.get(path, "")
        is_new, is_gone = path in comparison.missing, path in comparison.orphans
        if not old and not new:
            mode = "new" if is_new else "deleted"
            parts.append(f"diff --git a/{path} b/{path}\n{mode} file mode 100644\n")
            continue
        lines = unified_diff(
            _lines(old),
            _lines(new),
            "/dev/null" if is_new else f"a/{path}",
            "/dev/null" if is_gone else f"b/{path}",
        )
        parts.extend(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """The lines of a text with their line feeds; nothing else ends a line in a diff."""
    lines = text.split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def write(output: Path, files: Mapping[str, str], comparison: Comparison) -> None:
    """Make the disk as it should be. Each file is replaced in one step, or not at all.

    Raises OSError if the folder cannot be written to.
    """
    for path in (*comparison.missing, *comparison.stale):
        _replace(output / path, files[path])
    for path in comparison.orphans:
        (output / path).unlink()
        _remove_empty((output / path).parent, output)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _present(output: Path, packages: Iterable[str]) -> Iterator[str]:
    for package in packages:
        for path in (output / package).rglob("*"):
            relative = PurePosixPath(path.relative_to(output).as_posix())
            if not path.is_dir() and not any(part in _NEVER_ORPHANS for part in relative.parts):
                yield str(relative)


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
