"""The command: verbs in, pipeline, exit status out. The only module that prints.

Exit status: 0 all is well; 1 there are errors in the inputs, or the generated files are not up
to date; 2 the command was used wrongly or could not run.
"""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec

import click

from unstringly import __version__
from unstringly.pipeline import Checked, build, check, service_folders
from unstringly.plan.project import listed_packages
from unstringly.project import Project, ProjectError, find_project
from unstringly.report import Style, render
from unstringly.rules import ALL
from unstringly.write import Comparison, compare, difference, write

P = ParamSpec("P")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="unstringly")
def main() -> None:
    """Statically typed Python for stringly-typed web services.

    Reads each service's WSDL and the grammar of its delimited results, and writes a typed
    package for it. Run it in a folder below a pyproject.toml with a [tool.unstringly] table,
    or say where things are.
    """


def _project_options(
    command: Callable[Concatenate[Project, tuple[str, ...], Style, P], None],
) -> Callable[..., None]:  # click calls it with what it has parsed
    """The arguments that tell which services are meant and how findings are shown."""

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
            project = find_project(Path.cwd(), source, output)
            command(project, service, Style(error_format), *args, **kwargs)
        except ProjectError as problem:
            _stop(str(problem))
        except OSError as problem:
            _stop(f"{problem.filename or 'a file'}: {problem.strerror or problem}")

    return run


@main.command("generate")
@_project_options
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; list what is not up to date."
)
@click.option("--diff", "show_diff", is_flag=True, help="Write nothing; show what would change.")
def generate(
    project: Project, services: tuple[str, ...], style: Style, only_check: bool, show_diff: bool
) -> None:
    """Write the packages of all services of the project, or of the SERVICEs named."""
    checked = _checked(project, services, style)
    files = build(checked, whole=not services)
    former = () if services else listed_packages(project.output)
    comparison = compare(project.output, files, {*checked.packages, *former})
    if show_diff:
        click.echo(difference(project.output, files, comparison), nl=False)
    if only_check:
        _list(comparison)
    if (only_check or show_diff) and not comparison.is_clean:
        sys.exit(1)
    if only_check or show_diff:
        return
    write(project.output, files, comparison)
    _say_checked(checked, style)
    _say_written(_shown(project.output), checked, files, comparison)


@main.command("check")
@_project_options
def check_command(project: Project, services: tuple[str, ...], style: Style) -> None:
    """Read and check the services; write nothing."""
    _say_checked(_checked(project, services, style), style)


@main.command("explain")
@click.argument("code")
def explain(code: str) -> None:
    """Say what the rule CODE is about, why, and what to do."""
    rule = ALL.get(code.upper())
    if rule is None:
        raise click.UsageError(f"there is no rule {code!r}; the rules are {', '.join(ALL)}")
    click.echo(f"{rule.code} ({rule.severity.value}): {rule.purpose}\n\n{rule.text}")


def _checked(project: Project, services: tuple[str, ...], style: Style) -> Checked:
    """The checked services, with their findings shown; does not return if there are errors."""
    checked = check(_folders(project, services), Path.cwd())
    if checked.findings or style is Style.JSON:
        click.echo(render(checked.findings, checked.sources, style), err=style is Style.TEXT)
    if not checked.ok:
        sys.exit(1)
    return checked


def _folders(project: Project, services: tuple[str, ...]) -> tuple[Path, ...]:
    if not project.source.is_dir():
        _stop(f"there is no folder {project.source}; say where the services are with --source")
    folders = {folder.name: folder for folder in service_folders(project.source)}
    if not folders:
        _stop(f"no service in {project.source}: each has a folder with a grammar.yaml and its WSDL")
    for name in services:
        if name not in folders:
            _stop(f"no service {name!r} in {project.source}; there are: {', '.join(folders)}")
    return tuple(folders[name] for name in services) if services else tuple(folders.values())


def _say_checked(checked: Checked, style: Style) -> None:
    if style is not Style.TEXT:
        return
    for contract in checked.contracts:
        click.echo(
            f"{contract.spec.package}: read {contract.service.span.file} and "
            f"{contract.spec.span.file}: {len(contract.operations)} operations, "
            f"{len(contract.definitions)} definitions, no errors"
        )


def _shown(path: Path) -> Path:
    """A path as seen from the current folder, where it is below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _list(comparison: Comparison) -> None:
    for what, paths in (
        ("stale", comparison.stale),
        ("missing", comparison.missing),
        ("orphan", comparison.orphans),
    ):
        for path in paths:
            click.echo(f"{what}: {path}")
    if not comparison.is_clean:
        click.echo("not up to date: run `unstringly generate`", err=True)


def _say_written(
    output: Path, checked: Checked, files: dict[str, str], comparison: Comparison
) -> None:
    names = ", ".join(checked.packages)
    if comparison.is_clean:
        click.echo(f"{output}: {names} up to date ({len(files)} files)")
        return
    for what, paths in (
        ("new", comparison.missing),
        ("changed", comparison.stale),
        ("removed", comparison.orphans),
    ):
        for path in paths:
            click.echo(f"{what}: {path}")
    click.echo(f"{output}: {names} written ({len(files)} files)")


def _stop(message: str) -> NoReturn:
    """End with status 2."""
    click.echo(f"unstringly: {message}", err=True)
    sys.exit(2)
