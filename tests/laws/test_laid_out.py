"""What the generator writes is as ruff would format it, and clean by this repository's rules."""

import subprocess
import sys
import tempfile
from pathlib import Path

from hypothesis import given, settings
from tests.generator.services import MINIMAL_WSDL, put, write_tree
from tests.laws.drawn_services import Drawn, services

from unstringly.pipeline import build, check

NAMES_OF_USERS = "--ignore=N801,N802,N803,N806,N815,N816,PT028"
"""The WSDL and the grammar say how classes, fields and calls are spelled; `test_x` is no test."""

CONFIG = Path(__file__).parents[2] / "pyproject.toml"


def ruff(*arguments: str, folder: Path) -> str:
    """What ruff says of the modules of a package beside its runtime; empty if it is content."""
    modules = [f"{folder.name}/{path.name}" for path in sorted(folder.glob("*.py"))]
    command = [sys.executable, "-m", "ruff", *arguments, f"--config={CONFIG}", "--no-cache"]
    done = subprocess.run(
        [*command, *modules], cwd=folder.parent, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def findings(files: dict[str, str], package: str) -> str:
    """What ruff says of generated files."""
    with tempfile.TemporaryDirectory() as name:
        write_tree(Path(name), {path: files[path] for path in files if "_runtime" not in path})
        folder = Path(name) / package
        laid_out = ruff("format", "--diff", folder=folder)
        return laid_out + ruff("check", NAMES_OF_USERS, folder=folder)


@settings(max_examples=60 if settings().max_examples >= 150 else 15)
@given(services())
def test_of_drawn_services(drawn: Drawn) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checked = check([put(folder / "tiny", "Tiny.wsdl", MINIMAL_WSDL, drawn.spec())], folder)
        if checked.ok:
            assert findings(build(checked, whole=False), "tiny") == ""
