"""Running of a package's emulator. Generated packages are imported for this alone."""

import re
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from traceback import extract_tb
from typing import cast

from unstringly.nearest import did_you_mean

Serve = Callable[[int, Callable[[str], object]], None]
"""The function `serve` of a package's module `testing`: it takes a port and a printer of lines."""

_NAME = re.compile("[a-z][a-z0-9_]*")


class NoPackage(Exception):
    """There is no generated package that can be served; the message says what to do."""


class BrokenPackage(Exception):
    """A package's own code cannot serve; the message says what is wrong in which file."""


def find_package(name: str, folder: Path, *, only_there: bool) -> str:
    """Return the import name of a package that has an emulator, in `folder` or installed.

    `name` is its import name, or a path to its own folder; with `only_there` no installed one is
    taken. One in a folder is made importable by an entry of `sys.path`. Raises NoPackage if there
    is no such package, or if it has no emulator.
    """
    path = Path(name)
    if not _NAME.fullmatch(name) and (path / "__init__.py").is_file():
        folder, name = path.absolute().parent, path.absolute().name
    place = folder / name
    if _NAME.fullmatch(name) is None or not (place / "__init__.py").is_file():
        place = _installed(name, folder, only_there=only_there)
    else:
        sys.path.insert(0, str(folder))
    if not (place / "testing.py").is_file():
        raise NoPackage(
            f"{name!r} has no emulator: `generate` in its grammar leaves out a part that an "
            "emulator needs, or it has no operations"
        )
    return name


def _installed(name: str, folder: Path, *, only_there: bool) -> Path:
    """Return the folder of an installed package; raises NoPackage if none has this name."""
    spec = find_spec(name) if _NAME.fullmatch(name) and not only_there else None
    place = Path(spec.origin).parent if spec is not None and spec.origin else None
    if place is not None and (place / "_runtime").is_dir():
        return place
    packages = _made(folder)
    advice = did_you_mean(name, packages, repr)
    if not advice and packages:
        advice = f"there are: {', '.join(packages)}"
    advice = advice or "run `unstringly generate` first, or install the package"
    where = f"in {folder}" + ("" if only_there else ", and none is installed")
    raise NoPackage(f"no generated package {name!r} {where}: {advice}")


def _made(folder: Path) -> list[str]:
    """Return the names of the packages in the output folder, sorted."""
    try:
        return sorted(
            package.name for package in folder.iterdir() if (package / "_runtime").is_dir()
        )
    except OSError:
        return []


def run_emulator(package: str, port: int, tell: Callable[[str], object]) -> None:
    """Serve the emulator of a package until interrupted or terminated; `tell` prints a line.

    Raises BrokenPackage if the package's own code fails, ImportError if the server that the extra
    `testing` brings is not installed, OSError if the port cannot be opened.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        testing = import_module(f"{package}.testing")
    except (Exception, SystemExit) as problem:  # whatever its emulator.py does
        raise BrokenPackage(_told(package, problem)) from problem
    if not callable(getattr(testing, "serve", None)):
        again = "run `unstringly generate` again"
        raise BrokenPackage(f"{package}/testing.py has no function `serve`: {again}")
    try:
        cast("Serve", testing.serve)(port, tell)
    except KeyboardInterrupt:
        tell("stopped")
    except (ImportError, OSError) as problem:
        if _last_place(package, problem).startswith(f"{package}/testing.py"):
            raise
        raise BrokenPackage(_told(package, problem)) from problem
    except (Exception, SystemExit) as problem:  # whatever its Emulator does
        raise BrokenPackage(_told(package, problem)) from problem


def _told(package: str, problem: BaseException) -> str:
    """Return one line with the place where a package's code failed, and the error."""
    kind = type(problem).__name__
    if isinstance(problem, SyntaxError):
        place, message = f"{_inside(package, problem.filename or '')}:{problem.lineno}", problem.msg
    else:
        place, message = _last_place(package, problem), " ".join(str(problem).split())
    line = f"{place}: {kind}: {message}" if message else f"{place}: {kind}"
    if place.startswith(f"{package}/testing.py"):
        return f"{line}; an `Emulator` in emulator.py takes `tell` and `clock`"
    return line


def _last_place(package: str, problem: BaseException) -> str:
    """Return `file:line` of the package's own code that ran last; its runtime does not count."""
    places = [
        f"{file}:{frame.lineno}"
        for frame in extract_tb(problem.__traceback__)
        if (file := _inside(package, frame.filename)).startswith(f"{package}/")
        and not file.startswith(f"{package}/_runtime/")
    ]
    return places[-1] if places else package


def _inside(package: str, file: str) -> str:
    """Return the path of a package's file from the package's name on; any other as it is."""
    folders = Path(file).parts
    for at in range(len(folders) - 1, 0, -1):
        if folders[at - 1] == package:
            return "/".join(folders[at - 1 :])
    return file
