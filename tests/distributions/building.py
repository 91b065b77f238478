"""Distributions, built without a network, and environments that have nothing but them."""

import os
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

WHEN = os.environ.get("SOURCE_DATE_EPOCH", "1700000000")
"""The time that builds say for every file, in seconds since 1970; `make dist` gives one."""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a command prints, which succeeds and is told nothing of our environment."""
    found = subprocess.run(
        command,
        cwd=cwd,
        env={
            "PATH": os.defpath,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            **environment,
        },
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def built(project: Path, target: str, folder: Path) -> Path:
    """The `wheel` or `sdist` of a project, built by its own backend."""
    hatchling = (sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder)
    run(*hatchling, cwd=project, SOURCE_DATE_EPOCH=WHEN)
    (file,) = folder.glob({"wheel": "*.whl", "sdist": "*.tar.gz"}[target])
    return file


def unpacked(sdist: Path, folder: Path) -> Path:
    """The project in an sdist, unpacked below a folder."""
    with tarfile.open(sdist) as file:
        file.extractall(folder, filter="data")
    (project,) = folder.iterdir()
    return project


def environment_with(wheel: Path, folder: Path) -> Path:
    """The scripts of a new environment that has this wheel and nothing else."""
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--no-index", "--no-deps", "--no-compile", wheel, cwd=folder)
    listed = run(sys.executable, "-m", "pip", "--python", python, "freeze", cwd=folder)
    assert len(listed.splitlines()) == 1
    return folder / "bin"


def show_dependencies_to(scripts: Path) -> None:
    """Show the environment at `scripts` the packages of the running one, but not our source."""
    site = run(
        *(scripts / "python", "-c"),
        "import sysconfig; print(sysconfig.get_path('purelib'), end='')",
        cwd=scripts,
    )
    # A plain line: packages become visible, and .pth files of theirs are not run.
    (Path(site) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
