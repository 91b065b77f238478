"""The modules of the runtime that a package gets: those that it imports, and what these import.

Runtime modules import each other by `from .name import …` and `from ..room.name import …` alone, so
the beginnings of lines say it all (a test holds that). An `emulator.py` is read as Python, because
its author may write as they like.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

RUNTIME = Path(__file__).parent / "runtime"
FOLDER = "_runtime"
"""The name of the runtime in a package."""

_IMPORT = re.compile(r"^ *from (\.\.?)([a-z][\w.]*) import ", re.MULTILINE)


def runtime_files(imported: Iterable[str], header: str) -> dict[str, str]:
    """Return the texts of the runtime modules that a package needs, by path in it.

    `imported` are names that it imports: `text.parsed.Parsed` of a module, `testing.drawing` of a
    room. Each text begins with `header` as a comment, and each folder has its `__init__.py`.
    """
    texts = runtime_texts()
    modules = _closure({_module(name) for name in imported})
    folders = {name.rpartition(".")[0] for name in modules} | {""}
    places = [*modules, *(f"{folder}.__init__".lstrip(".") for folder in folders)]
    return {
        f"{FOLDER}/{place.replace('.', '/')}.py": f"# {header}\n{texts[place]}"
        for place in sorted(places)
    }


@cache
def runtime_texts() -> Mapping[str, str]:
    """Return the text of each runtime module, by its name: `text.parsed`, `text.__init__`."""
    return {
        ".".join(path.relative_to(RUNTIME).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in sorted(RUNTIME.rglob("*.py"))
    }


def imported_by_emulator(code: str) -> frozenset[str]:
    """Return the names that the text of an `emulator.py` imports of the runtime."""
    return frozenset(
        ".".join((*node.module.split(".")[1:], each.name))
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ImportFrom)
        and node.level == 1
        and node.module is not None
        and node.module.split(".")[0] == FOLDER
        for each in node.names
        if _module(".".join((*node.module.split(".")[1:], each.name))) in runtime_texts()
    )


def _module(name: str) -> str:
    """Return the module that a name is, or is from."""
    return name if name in runtime_texts() else name.rpartition(".")[0]


def _closure(modules: Iterable[str]) -> frozenset[str]:
    needed: set[str] = set()
    left = [*modules]
    while left:
        module = left.pop()
        if module not in needed:
            needed.add(module)
            left += _imports(module)
    return frozenset(needed)


@cache
def _imports(module: str) -> tuple[str, ...]:
    room = module.rpartition(".")[0]
    found: Iterator[tuple[str, str]] = iter(_IMPORT.findall(runtime_texts()[module]))
    return tuple(f"{room}.{name}" if dots == "." else name for dots, name in found)
