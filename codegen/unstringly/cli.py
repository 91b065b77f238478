"""The command: verbs in, pipeline, exit status out. The only module that prints.

Exit status: 0 all is well; 1 there are errors in the inputs, or the generated files are not up
to date; 2 the command was used wrongly or could not run.
"""

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec

import click

from unstringly import __version__
from unstringly.compare import Comparison, compare, no_folder
from unstringly.counting import counted
from unstringly.difference import difference
from unstringly.explain import explained
from unstringly.manifest import Content
from unstringly.output_lock import locked
from unstringly.pipeline import Checked, build, check, service_folders
from unstringly.plan.project import MARK, listed_packages
from unstringly.project import Project, ProjectError, find_project
from unstringly.report import Style, render
from unstringly.rules import ALL
from unstringly.serve import NoPackage, Unserved, find_package, serve_emulator
from unstringly.visible import visible, visible_lines
from unstringly.visible_usage import VisibleGroup
from unstringly.write import recover, write

P = ParamSpec("P")

_MOST_LISTED = 8
"""Files that `generate` names one by one; of more it gives the number."""

_ADVICE = "move it away, or choose another folder with --output"


@click.group(cls=VisibleGroup, context_settings={"help_option_names": ["-h", "--help"]})
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
            if source is not None and output is None and command.__name__ == "generate":
                _stop("with --source, say with --output where to write")
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
    """Write the typed packages of all services, or of those named."""
    folders = _folders(project, services)
    _stop_unless_folder(project.output)
    checked = check(folders, Path.cwd())
    _show(checked.without_infos(), style)
    whole = not services and project.distribution.write
    files = build(checked, whole=whole, distribution=project.distribution)
    if not (only_check or show_diff):
        _generate(project.output, checked, files, whole=whole, style=style)
        return
    comparison = _compared(project.output, files, whole=whole)
    if show_diff:
        shown = difference(project.output, files, comparison)
        shown = _for_a_terminal(shown) if sys.stdout.isatty() else shown
        click.echo(shown, nl=False, color=True)  # or escapes would be left out of the file's text
    if only_check:
        _list(comparison)
    if not comparison.is_clean:
        sys.exit(1)


def _generate(
    output: Path, checked: Checked, files: Mapping[str, Content], *, whole: bool, style: Style
) -> None:
    """Write what differs, and say before what is removed, replaced and kept."""

    def wait() -> None:
        _say(f"{_shown(output)}: another run is writing here; waiting for it", err=True)

    with locked(output, wait):
        left = recover(output)
        comparison = _compared(output, files, whole=whole)
        _say_before(comparison)
        left += write(output, files, comparison)
    for each in left:
        _say(f"warning: {_shown(output / each.path)} {each.why}", err=True)
    _say_checked(checked, style)
    _say_written(output, checked, files, comparison)


def _compared(output: Path, files: Mapping[str, Content], *, whole: bool) -> Comparison:
    """The comparison with the disk; does not return if something is in the way."""
    comparison = compare(output, files, listed_packages(output) if whole else (), MARK)
    others = len(comparison.in_the_way) - 1
    for each in comparison.in_the_way:
        more = f" (and {others} more)" if others else ""
        _stop(f"{_shown(output / each.path)} {each.why}: {_ADVICE}{more}")
    return comparison


@main.command("check")
@_project_options
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def check_command(project: Project, services: tuple[str, ...], style: Style, strict: bool) -> None:
    """Read and check all services, or those named; write nothing."""
    checked = check(_folders(project, services), Path.cwd())
    checked = checked.strictly() if strict else checked
    report = render(checked.findings, checked.sources, style)
    if report:
        click.echo(report, err=style is Style.TEXT)
    _say_checked(checked, style, each_operation=True)
    if not checked.ok:
        sys.exit(1)


@main.command("explain")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what the rule CODE is about and what to do; without CODE, list the rules."""
    rule = None if code is None else ALL.get(code.upper())
    if rule is not None:
        said = explained(rule)
    elif code is None:
        said = "\n".join(f"{r.code}  {r.severity.value:7}  {r.title}" for r in ALL.values())
    else:
        raise click.UsageError(f"there is no rule {code!r}; `unstringly explain` lists them")
    try:
        click.echo(said)
    except OSError as problem:
        _stop(f"cannot print: {problem.strerror or problem}")


@main.command("serve")
@click.argument("package")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Where the packages are.")
def serve(package: str, port: int, output: Path | None) -> None:
    """Serve the emulator of PACKAGE on 127.0.0.1, for tests; what comes in is shown.

    PACKAGE is the name of one in the output folder, or of one that is installed, or a path.
    """
    try:
        folder = find_project(Path.cwd(), None, output).output
        found = find_package(package, folder, only_there=output is not None)
    except (ProjectError, NoPackage) as problem:
        _stop(str(problem))
    try:
        serve_emulator(found, port, _say)
    except (ImportError, Unserved) as problem:
        _stop(str(problem))
    except OSError as problem:
        _stop(f"port {port}: {problem.strerror or problem}")


def _show(checked: Checked, style: Style) -> None:
    """Show the findings; does not return if there are errors."""
    if checked.findings or style is Style.JSON:
        report = render(checked.findings, checked.sources, style)
        click.echo(report, err=style is Style.TEXT)
    if not checked.ok:
        sys.exit(1)


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


def _stop_unless_folder(output: Path) -> None:
    """Do not return if a path cannot be that of a folder."""
    blocked = no_folder(output)
    if blocked is not None:
        path, why = blocked
        _stop(f"{_shown(path)} {why}: {_ADVICE}")


def _say_checked(checked: Checked, style: Style, *, each_operation: bool = False) -> None:
    if style is not Style.TEXT:
        return
    for outcome in checked.outcomes:
        errors = checked.errors_in(outcome)
        told = counted(errors, "error") if errors else "no errors"
        read = f"{outcome.package}: read {outcome.wsdl} and {outcome.spec}"
        _say(f"{read}: {outcome.summary()}; {told}")
        for line in outcome.lines() if each_operation else ():
            _say(f"  {line}")


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
            _say(f"{what}: {path}")
    if not comparison.is_clean:
        _say("not up to date: run `unstringly generate`", err=True)


def _say_before(comparison: Comparison) -> None:
    """One line for each file whose removal or replacement may not be expected, or that stays."""
    for path in comparison.orphans:
        _say(f"removing: {path} (generated before, and no longer needed)")
    for path in comparison.edited:
        _say(f"replacing: {path} (not as it was generated; what is there now is lost)")
    for each in comparison.kept[:_MOST_LISTED]:
        _say(f"kept: {each.path} ({each.why})")
    if len(comparison.kept) > _MOST_LISTED:
        _say(f"kept: {len(comparison.kept) - _MOST_LISTED} more files")


def _say_written(
    output: Path, checked: Checked, files: Mapping[str, Content], comparison: Comparison
) -> None:
    names = ", ".join(checked.packages)
    if comparison.is_clean:
        _say(f"{_shown(output)}: {names} up to date ({counted(len(files), 'file')})")
        return
    for what, paths in (("new", comparison.missing), ("changed", comparison.stale)):
        for path in paths if len(paths) <= _MOST_LISTED else ():
            _say(f"{what}: {path}")
        if len(paths) > _MOST_LISTED:
            _say(f"{what}: {counted(len(paths), 'file')}")
    _say(f"{_shown(output)}: {names} written ({counted(len(files), 'file')})")


def _say(line: str, *, err: bool = False) -> None:
    """Print one line, in which names of files can do nothing but be seen."""
    click.echo(visible(line), err=err)


def _for_a_terminal(text: str) -> str:
    """A text of many lines, whose characters can do nothing but be seen."""
    return "\t".join(map(visible_lines, text.split("\t")))


def _stop(message: str) -> NoReturn:
    """End with status 2."""
    _say(f"unstringly: {message}", err=True)
    sys.exit(2)
