"""Runs the emulator of a generated package, which is imported for that and for nothing else."""

import re
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from unstringly.nearest import nearest

Serve = Callable[[int, Callable[[str], object]], None]
"""`serve` of a package's module `testing`: a port, and what to do with each line to show."""

_NAME = re.compile("[a-z][a-z0-9_]*")


class NoPackage(Exception):
    """There is no generated package that can be served; the message says what to do."""


def find_package(given: str, folder: Path, *, only_there: bool) -> str:
    """The name under which a package can be imported, which is in a folder or installed.

    `given` may be its name, or a path to its folder; with `only_there` no installed one is taken.
    Raises NoPackage if it has no emulator, or is not there.
    """
    path = Path(given)
    if not _NAME.fullmatch(given) and (path / "__init__.py").is_file():
        folder, given = path.absolute().parent, path.absolute().name
    place = folder / given
    if _NAME.fullmatch(given) is None or not (place / "__init__.py").is_file():
        place = _installed(given, folder, only_there=only_there)
    else:
        sys.path.insert(0, str(folder))
    if not (place / "testing.py").is_file():
        raise NoPackage(
            f"{given!r} has no emulator: it was generated without an emulator.py beside its grammar"
        )
    return given


def _installed(name: str, folder: Path, *, only_there: bool) -> Path:
    """The folder of an installed package. Raises NoPackage if there is none of this name."""
    spec = find_spec(name) if _NAME.fullmatch(name) and not only_there else None
    place = Path(spec.origin).parent if spec is not None and spec.origin else None
    if place is not None and (place / "_runtime").is_dir():
        return place
    made = _made(folder)
    close = nearest(name, made)
    help_ = "run `unstringly generate` first, or install the package"
    if close is not None:
        help_ = f"did you mean {close!r}?"
    elif made:
        help_ = f"there are: {', '.join(made)}"
    where = f"in {folder}" + ("" if only_there else ", and none is installed")
    raise NoPackage(f"no generated package {name!r} {where}: {help_}")


def _made(folder: Path) -> list[str]:
    """The packages in the output folder."""
    try:
        return sorted(each.name for each in folder.iterdir() if (each / "_runtime").is_dir())
    except OSError:
        return []


def serve_emulator(package: str, port: int, tell: Callable[[str], object]) -> None:
    """Serve until interrupted or terminated. Raises ImportError if what serves is not installed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    testing = import_module(f"{package}.testing")
    serve = cast("Serve", testing.serve)
    try:
        serve(port, tell)
    except KeyboardInterrupt:
        tell("stopped")
