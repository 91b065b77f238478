"""Reports what pyrefly, ty and zuban say, with no settings, of generated packages and their users.

`make checkers` runs it, with the newest of each in an environment of their own. No error fails it:
mypy and pyright are the gate, and these three are younger and change from week to week.
docs/type-checkers.md says of each thing that is left why it is.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from unstringly.inputs import service_folders
from unstringly.pipeline import build, check

ROOT = Path(__file__).parents[2]
PROGRAMS = (*sorted(Path(__file__).parent.glob("programs/ok_*.py")), *ROOT.glob("examples/*.py"))
SOURCES = (ROOT / "wsdl", ROOT / "examples" / "own_service", ROOT / "tests" / "language")
USERS = "users' programs"
PROJECT = '[project]\nname = "user"\nversion = "1"\nrequires-python = ">=3.11"\n'

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "pyrefly": ("check", "--output-format=min-text", "--python-interpreter-path={python}"),
    "ty": ("check", "--output-format=concise", "--python={python}"),
    "zuban": ("check", "--python-executable={python}"),
}
PLACE = re.compile(r"^(?: *ERROR )?(?P<file>[\w/.]+\.py):\d+(?::[\d-]+)*: (?:error)?")


def put_project(folder: Path) -> None:
    """Packages of several services, and programs that use them, as a project of a user's own."""
    for source in SOURCES:
        checked = check(service_folders(source), ROOT)
        for path, text in build(checked, whole=False).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    for program in PROGRAMS:
        (folder / program.name).write_bytes(program.read_bytes())


def errors(scripts: Path, checker: str, folder: Path) -> list[str]:
    """The lines in which a checker tells of an error, with paths below the folder."""
    options = [option.format(python=sys.executable) for option in COMMANDS[checker]]
    ran = subprocess.run(
        [scripts / checker, *options, "."],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=600,
    )
    if ran.returncode not in (0, 1):
        raise SystemExit(f"{checker} could not run: {ran.stderr}")
    text = ran.stdout.replace(f"{folder}/", "")
    return [line for line in text.splitlines() if PLACE.match(line) and "warning[" not in line]


def version(scripts: Path, checker: str) -> str:
    """A checker and its version, as it says them itself."""
    return subprocess.check_output([scripts / checker, "--version"], encoding="utf-8").strip()


def where(line: str) -> str:
    """The package that a line is about, or the users' programs."""
    place = PLACE.match(line)
    assert place is not None
    package, _, inner = place["file"].removeprefix("./").partition("/")
    return package if inner else USERS


def main() -> None:
    """Print each error, then how many there are: a line a checker, a column a package.

    What is said of the same file of several packages is printed once.
    """
    scripts = Path(sys.argv[1]).absolute()
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        put_project(folder)
        columns = [*sorted(path.name for path in folder.iterdir() if path.is_dir()), USERS]
        rows: dict[str, Counter[str]] = {}
        for checker in COMMANDS:
            found = errors(scripts, checker, folder)
            rows[checker] = Counter(map(where, found))
            for line in dict.fromkeys(re.sub(rf"\b({'|'.join(columns)})/", "", e) for e in found):
                print(f"{checker}: {line.strip()}")
    print(f"\n{'errors':16}" + "".join(f"{column:>18}" for column in columns))
    for checker, counts in rows.items():
        print(
            f"{version(scripts, checker):16}"
            + "".join(f"{counts[column]:>18}" for column in columns)
        )


main()
