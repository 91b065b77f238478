"""Arguments of the verbs that read services: the services, the folders, the form of findings."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

from unstringly.cli.report import Style
from unstringly.cli.say import stop
from unstringly.inputs import service_folders
from unstringly.project import Project, ProjectError, find_project

P = ParamSpec("P")


def project_options(
    command: Callable[Concatenate[Project, tuple[str, ...], Style, P], None],
) -> Callable[..., None]:  # click calls it with what it has parsed
    """Give a verb the arguments for services, folders and findings.

    A problem with the settings or a file ends the verb with status 2.
    """

    @click.argument("service", nargs=-1)
    @click.option(
        "--source",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder with a folder for each service.  [default: wsdl]",
    )
    @click.option(
        "--output",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder for the packages.  [default: generated]",
    )
    @click.option(
        "--error-format",
        type=click.Choice([style.value for style in Style]),
        default=Style.TEXT.value,
        show_default=True,
        help="How findings are printed.",
    )
    @wraps(command)
    def run(
        service: tuple[str, ...],
        source: Path | None,
        output: Path | None,
        error_format: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        try:
            if source is not None and output is None and command.__name__ == "generate":
                stop("with --source, say with --output where to write")
            project = find_project(Path.cwd(), source, output)
            command(project, service, Style(error_format), *args, **kwargs)
        except ProjectError as problem:
            stop(str(problem))
        except OSError as problem:
            stop(f"{problem.filename or 'a file'}: {problem.strerror or problem}")

    return run


def folders_of(project: Project, services: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the folders of the services named, or of all; exit with status 2 if there are none."""
    if not project.source.is_dir():
        stop(f"there is no folder {project.source}; say where the services are with --source")
    folders = {folder.name: folder for folder in service_folders(project.source)}
    if not folders:
        stop(f"no service in {project.source}: each has a folder with a grammar.yaml and its WSDL")
    for name in services:
        if name not in folders:
            stop(f"no service {name!r} in {project.source}; there are: {', '.join(folders)}")
    return tuple(folders[name] for name in services) if services else tuple(folders.values())
