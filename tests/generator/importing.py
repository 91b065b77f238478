"""Generated packages, imported and forgotten: what is the same in each of them is compiled once."""

import importlib
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

from msgsend import _runtime
from unstringly.runtime_files import RUNTIME

_RUNTIME: Final = Path(str(_runtime.__file__)).parent
_ORIGINALS: Final = RUNTIME


def _code(text: str, path: str) -> CodeType:
    """The code of a module; that of the runtime is kept for the next package."""
    place = path.rpartition("/_runtime/")[2]
    if place != path:
        return _kept(text, place)
    return compile(text, path, "exec", dont_inherit=True)


@cache
def _kept(text: str, place: str) -> CodeType:
    """Compile a module of the runtime, under the path of msgsend's copy if that is the same.

    One that msgsend has not is compiled as the original, which lacks the first line of copies.
    """
    copy, original = _RUNTIME / place, _ORIGINALS / place
    path = f"_runtime/{place}"
    if copy.is_file():
        path = str(copy) if copy.read_text(encoding="utf-8") == text else path
    elif original.is_file() and text.endswith(f"\n{original.read_text(encoding='utf-8')}"):
        text, path = original.read_text(encoding="utf-8"), str(original)
    return compile(text, path, "exec", dont_inherit=True)


class _OnDisk(SourceFileLoader):
    """Reads a module as Python does, and leaves no byte code beside it."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return _code(Path(path).read_text(encoding="utf-8"), path)

    def exec_module(self, module: ModuleType) -> None:
        """Run a module. One of the runtime is where its code is from, for the sake of coverage."""
        if "/_runtime/" in self.path:
            module.__file__ = self.get_code(module.__name__).co_filename
        super().exec_module(module)


class _InMemory(InspectLoader):
    """Reads modules out of the files that a generator returned."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def path_of(self, fullname: str) -> str | None:
        """Where a module is among the files."""
        path = fullname.replace(".", "/")
        found = (each for each in (f"{path}/__init__.py", f"{path}.py") if each in self._files)
        return next(found, None)

    def is_package(self, fullname: str) -> bool:
        return str(self.path_of(fullname)).endswith("/__init__.py")

    def get_source(self, fullname: str) -> str:
        return self._files[str(self.path_of(fullname))]

    def get_code(self, fullname: str) -> CodeType:
        return _code(self.get_source(fullname), str(self.path_of(fullname)))


class _Finder(MetaPathFinder):
    """Finds the modules of one package: among the files, or on the disk if there are none."""

    def __init__(self, package: str, files: _InMemory | None) -> None:
        self._package = package
        self._files = files

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        if fullname.split(".")[0] != self._package:
            return None
        if self._files is not None:
            is_there = self._files.path_of(fullname) is not None
            return spec_from_loader(fullname, self._files) if is_there else None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _OnDisk(fullname, spec.loader.path)
        return spec


@contextmanager
def imported(folder: Path, package: str) -> Generator[ModuleType]:
    """A generated package, imported from a folder and forgotten afterwards."""
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        with _found(package, None) as module:
            assert str(module.__file__).startswith(str(folder))
            yield module
    finally:
        sys.path.remove(str(folder))


@contextmanager
def imported_files(files: Mapping[str, str], package: str) -> Generator[ModuleType]:
    """The same, of files that nobody has written: for laws of what a package does."""
    with _found(package, _InMemory(files)) as module:
        yield module


@contextmanager
def _found(package: str, files: _InMemory | None) -> Generator[ModuleType]:
    assert package not in sys.modules, sys.modules[package]
    finder = _Finder(package, files)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module(package)
    finally:
        sys.meta_path.remove(finder)
        for name in [*sys.modules]:
            if name == package or name.startswith(f"{package}."):
                del sys.modules[name]
