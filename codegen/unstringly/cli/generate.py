"""`unstringly generate`: write the packages, or say what would change."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from unstringly.checked import Checked
from unstringly.cli.findings import say_checked, show_findings
from unstringly.cli.options import folders_of, project_options
from unstringly.cli.report import Style
from unstringly.cli.say import for_a_terminal, say, shown, stop
from unstringly.counting import counted
from unstringly.manifest import Content
from unstringly.output.compare import Comparison, compare, no_folder
from unstringly.output.difference import difference
from unstringly.output.lock import locked
from unstringly.output.write import recover, write
from unstringly.pipeline import build, check
from unstringly.plan.project import MARK, listed_packages
from unstringly.project import Project

_MOST_LISTED = 8
"""Files of one sort that `generate` names one by one; of more it prints the number."""

_ADVICE = "move it away, or choose another folder with --output"


@click.command("generate")
@project_options
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; list what is not up to date."
)
@click.option("--diff", "show_diff", is_flag=True, help="Write nothing; show what would change.")
def generate(
    project: Project, services: tuple[str, ...], style: Style, only_check: bool, show_diff: bool
) -> None:
    """Write the typed packages of all services, or of those named."""
    folders = folders_of(project, services)
    _stop_unless_folder(project.output)
    checked = check(folders, Path.cwd())
    show_findings(checked.without_infos(), style)
    whole = not services and project.distribution.write
    files = build(checked, whole=whole, distribution=project.distribution)
    if not (only_check or show_diff):
        _generate(project.output, checked, files, whole=whole, style=style)
        return
    comparison = _compared(project.output, files, whole=whole)
    if show_diff:
        text = difference(project.output, files, comparison)
        text = for_a_terminal(text) if sys.stdout.isatty() else text
        click.echo(text, nl=False, color=True)  # or click removes escapes from the text
    if only_check:
        _list(comparison)
    if not comparison.is_clean:
        sys.exit(1)


def _generate(
    output: Path, checked: Checked, files: Mapping[str, Content], *, whole: bool, style: Style
) -> None:
    """Write the files that differ; print before which are removed, replaced and kept."""

    def wait() -> None:
        say(f"{shown(output)}: another run is writing here; waiting for it", err=True)

    with locked(output, wait):
        uncleared = recover(output)
        comparison = _compared(output, files, whole=whole)
        _say_before(comparison)
        uncleared += write(output, files, comparison)
    for kept in uncleared:
        say(f"warning: {shown(output / kept.path)} {kept.why}", err=True)
    say_checked(checked, style)
    _say_written(output, checked, files, comparison)


def _compared(output: Path, files: Mapping[str, Content], *, whole: bool) -> Comparison:
    """Return the comparison with the disk; exit with status 2 if a file is in the way."""
    comparison = compare(output, files, listed_packages(output) if whole else (), MARK)
    others = len(comparison.in_the_way) - 1
    for blocked in comparison.in_the_way:
        rest = f" (and {others} more)" if others else ""
        stop(f"{shown(output / blocked.path)} {blocked.why}: {_ADVICE}{rest}")
    return comparison


def _stop_unless_folder(output: Path) -> None:
    """Exit with status 2 if a path cannot be that of a folder."""
    blocked = no_folder(output)
    if blocked is not None:
        path, why = blocked
        stop(f"{shown(path)} {why}: {_ADVICE}")


def _list(comparison: Comparison) -> None:
    for state, paths in (
        ("stale", comparison.stale),
        ("missing", comparison.missing),
        ("orphan", comparison.orphans),
    ):
        for path in paths:
            say(f"{state}: {path}")
    if not comparison.is_clean:
        say("not up to date: run `unstringly generate`", err=True)


def _say_before(comparison: Comparison) -> None:
    """Print a line for each file that is removed, that was edited and is replaced, or is kept."""
    for path in comparison.orphans:
        say(f"removing: {path} (generated before, and no longer needed)")
    for path in comparison.edited:
        say(f"replacing: {path} (not as it was generated; what is there now is lost)")
    for kept in comparison.kept[:_MOST_LISTED]:
        say(f"kept: {kept.path} ({kept.why})")
    if len(comparison.kept) > _MOST_LISTED:
        say(f"kept: {len(comparison.kept) - _MOST_LISTED} more files")


def _say_written(
    output: Path, checked: Checked, files: Mapping[str, Content], comparison: Comparison
) -> None:
    names = ", ".join(checked.packages)
    if comparison.is_clean:
        say(f"{shown(output)}: {names} up to date ({counted(len(files), 'file')})")
        return
    for state, paths in (("new", comparison.missing), ("changed", comparison.stale)):
        for path in paths if len(paths) <= _MOST_LISTED else ():
            say(f"{state}: {path}")
        if len(paths) > _MOST_LISTED:
            say(f"{state}: {counted(len(paths), 'file')}")
    say(f"{shown(output)}: {names} written ({counted(len(files), 'file')})")
