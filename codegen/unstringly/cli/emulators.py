"""Runs the emulator of a generated package, which is imported for that and for nothing else."""

import re
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from traceback import extract_tb
from typing import cast

from unstringly.nearest import nearest

Serve = Callable[[int, Callable[[str], object]], None]
"""`serve` of a package's module `testing`: a port, and what to do with each line to show."""

_NAME = re.compile("[a-z][a-z0-9_]*")


class NoPackage(Exception):
    """There is no generated package that can be served; the message says what to do."""


class Unserved(Exception):
    """A package's own code cannot serve; the message says what is wrong in which file."""


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


def run_emulator(package: str, port: int, tell: Callable[[str], object]) -> None:
    """Serve until interrupted or terminated.

    Raises Unserved if the package's code does not do it, ImportError if what serves is not
    installed, OSError if the port cannot be had.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        testing = import_module(f"{package}.testing")
    except (Exception, SystemExit) as problem:  # whatever its emulator.py does
        raise Unserved(_told(package, problem)) from problem
    if not callable(getattr(testing, "serve", None)):
        again = "run `unstringly generate` again"
        raise Unserved(f"{package}/testing.py has no function `serve`: {again}")
    try:
        cast("Serve", testing.serve)(port, tell)
    except KeyboardInterrupt:
        tell("stopped")
    except (ImportError, OSError) as problem:
        if _last_place(package, problem).startswith(f"{package}/testing.py"):
            raise
        raise Unserved(_told(package, problem)) from problem
    except (Exception, SystemExit) as problem:  # whatever its Emulator does
        raise Unserved(_told(package, problem)) from problem


def _told(package: str, problem: BaseException) -> str:
    """Where a package's code went wrong, and how, in one line."""
    what = type(problem).__name__
    if isinstance(problem, SyntaxError):
        place, said = f"{_inside(package, problem.filename or '')}:{problem.lineno}", problem.msg
    else:
        place, said = _last_place(package, problem), " ".join(str(problem).split())
    told = f"{place}: {what}: {said}" if said else f"{place}: {what}"
    if place.startswith(f"{package}/testing.py"):
        return f"{told}; an `Emulator` in emulator.py takes `tell` and `clock`"
    return told


def _last_place(package: str, problem: BaseException) -> str:
    """The file and line of a package's own code that was at work last, its runtime left out."""
    places = [
        f"{file}:{frame.lineno}"
        for frame in extract_tb(problem.__traceback__)
        if (file := _inside(package, frame.filename)).startswith(f"{package}/")
        and not file.startswith(f"{package}/_runtime/")
    ]
    return places[-1] if places else package


def _inside(package: str, file: str) -> str:
    """A file of a package, from the package's name on; another one as it is."""
    folders = Path(file).parts
    for at in range(len(folders) - 1, 0, -1):
        if folders[at - 1] == package:
            return "/".join(folders[at - 1 :])
    return file
