"""`unstringly serve`: a package's emulator on this machine, for tests."""

from pathlib import Path

import click

from unstringly.cli.emulators import BrokenPackage, NoPackage, find_package, run_emulator
from unstringly.cli.say import say, stop
from unstringly.project import ProjectError, find_project


@click.command("serve")
@click.argument("package")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Where the packages are.")
def serve(package: str, port: int, output: Path | None) -> None:
    """Serve the emulator of PACKAGE on 127.0.0.1, for tests; what comes in is shown.

    PACKAGE is the name of one in the output folder, or of one that is installed, or a path.
    """
    try:
        folder = find_project(Path.cwd(), None, output).output
        name = find_package(package, folder, only_there=output is not None)
    except (ProjectError, NoPackage) as problem:
        stop(str(problem))
    try:
        run_emulator(name, port, say)
    except (ImportError, BrokenPackage) as problem:
        stop(str(problem))
    except OSError as problem:
        stop(f"port {port}: {problem.strerror or problem}")
