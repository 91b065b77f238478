"""Where a project's inputs and outputs are: `[tool.unstringly]` of the nearest pyproject.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from unstringly.output.regular_files import Unfit, read_regular

SOURCE = "wsdl"
OUTPUT = "generated"
MAX_BYTES = 16 * 1024 * 1024
"""Of a project file: more is none, and is not read."""


class ProjectError(Exception):
    """The project's settings cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Project:
    """`source` has a folder for each service, `output` gets a package for each."""

    source: Path
    output: Path


def find_project(start: Path, source: Path | None, output: Path | None) -> Project:
    """The project that a folder is in, with the given paths in place of its settings.

    Raises ProjectError if its pyproject.toml cannot be read, or has settings that do not exist.
    """
    root, settings = _settings(start)
    return Project(
        source if source is not None else root / settings.get("source", SOURCE),
        output if output is not None else root / settings.get("output", OUTPUT),
    )


def _settings(start: Path) -> tuple[Path, dict[str, str]]:
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            text = read_regular(file, MAX_BYTES).decode("utf-8")
            tool = tomllib.loads(text).get("tool", {})
        except RecursionError as problem:
            raise ProjectError(f"cannot read {file}: it is nested too deep") from problem
        except (Unfit, ValueError) as problem:  # also of numbers with thousands of digits
            raise ProjectError(f"cannot read {file}: {problem}") from problem
        if not isinstance(tool, dict):
            raise ProjectError(f"{file}: `tool` must be a table")
        tables = cast("dict[str, object]", tool)
        if "unstringly" in tables:
            return folder, _checked(file, tables["unstringly"])
    return start, {}


def _checked(file: Path, settings: object) -> dict[str, str]:
    found: dict[str, str] = {}
    if not isinstance(settings, dict):
        raise ProjectError(f"{file}: [tool.unstringly] must be a table")
    for key, value in cast("dict[str, object]", settings).items():
        if key not in ("source", "output") or not isinstance(value, str):
            raise ProjectError(
                f"{file}: [tool.unstringly] takes `source` and `output`, both texts; got {key!r}"
            )
        if "\0" in value:
            raise ProjectError(f"{file}: [tool.unstringly] {key} is no path: it holds U+0000")
        found[key] = value
    return found
