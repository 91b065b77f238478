"""The settings of a project: `[tool.unstringly]` of the nearest pyproject.toml that has it."""

import tomllib
from pathlib import Path
from typing import cast

from msgspec import Struct

from unstringly.distribution import UNSET, BadDistribution, Distribution, read_distribution
from unstringly.regular_files import Unfit, read_regular

SOURCE = "wsdl"
OUTPUT = "generated"
MAX_BYTES = 16 * 1024 * 1024
"""Bytes of the largest project file that is read."""


class ProjectError(Exception):
    """The project's settings cannot be used; the message says what to do."""


class Project(Struct, frozen=True):
    """`source` has a folder for each service, `output` gets a package for each."""

    source: Path
    output: Path
    distribution: Distribution


class _Settings(Struct, frozen=True):
    """The values of `[tool.unstringly]`; paths are relative to the folder of its file."""

    source: str = SOURCE
    output: str = OUTPUT
    distribution: Distribution = UNSET


def find_project(start: Path, source: Path | None, output: Path | None) -> Project:
    """Return the project that a folder is in, with the given paths in place of its settings.

    Raises ProjectError if a pyproject.toml cannot be read, or has settings that cannot be used.
    """
    root, settings = _settings(start)
    return Project(
        source if source is not None else root / settings.source,
        output if output is not None else root / settings.output,
        settings.distribution,
    )


def _settings(start: Path) -> tuple[Path, _Settings]:
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            text = read_regular(file, MAX_BYTES).decode("utf-8")
            tool = tomllib.loads(text).get("tool", {})
        except RecursionError as problem:
            raise ProjectError(f"cannot read {file}: it is nested too deep") from problem
        except (Unfit, ValueError) as problem:  # also for numbers with thousands of digits
            raise ProjectError(f"cannot read {file}: {problem}") from problem
        if not isinstance(tool, dict):
            raise ProjectError(f"{file}: `tool` must be a table")
        tables = cast("dict[str, object]", tool)
        if "unstringly" in tables:
            return folder, _checked(file, tables["unstringly"])
    return start, _Settings()


def _checked(file: Path, settings: object) -> _Settings:
    if not isinstance(settings, dict):
        raise ProjectError(f"{file}: [tool.unstringly] must be a table")
    paths: dict[str, str] = {}
    distribution = UNSET
    for key, value in cast("dict[str, object]", settings).items():
        if key == "distribution":
            distribution = _distribution(file, value)
            continue
        if key not in ("source", "output") or not isinstance(value, str):
            raise ProjectError(
                f"{file}: [tool.unstringly] takes `source` and `output`, both texts, and the table "
                f"`distribution`; got {key!r}"
            )
        if "\0" in value:
            raise ProjectError(f"{file}: [tool.unstringly] {key} is no path: it holds U+0000")
        paths[key] = value
    return _Settings(paths.get("source", SOURCE), paths.get("output", OUTPUT), distribution)


def _distribution(file: Path, settings: object) -> Distribution:
    try:
        return read_distribution(settings, file.parent)
    except BadDistribution as problem:
        raise ProjectError(f"{file}: [tool.unstringly.distribution] {problem}") from problem
