"""The distributions that are asked: those of `make dist`, or else built for the occasion."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.generator.services import GENERATED, ROOT

PROJECTS: Mapping[str, Path] = {"unstringly": ROOT, "msgsend_client": GENERATED}


@dataclass(frozen=True, slots=True)
class Built:
    """The files of one distribution."""

    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Built]:
    """What `make dist` has just built, by the name in the files' names.

    Skips without it: unpacking, installing and type-checking take a minute, and `make test` is
    for every commit.
    """
    folder = os.environ.get("UNSTRINGLY_DIST")
    if folder is None:
        pytest.skip("`make dist` asks this of what it has built")
    return {name: Built(*_files(Path(folder).absolute(), name)) for name in PROJECTS}


def _files(folder: Path, name: str) -> tuple[Path, Path]:
    (wheel,) = folder.glob(f"{name}-*.whl")
    (sdist,) = folder.glob(f"{name}-*.tar.gz")
    return wheel, sdist
