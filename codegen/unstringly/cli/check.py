"""`unstringly check`: read and check services, and write nothing."""

import sys
from pathlib import Path

import click

from unstringly.checking import check as read_and_check
from unstringly.cli.findings import say_checked
from unstringly.cli.options import folders_of, project_options
from unstringly.cli.report import Style, render
from unstringly.project import Project


@click.command("check")
@project_options
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def check(project: Project, services: tuple[str, ...], style: Style, strict: bool) -> None:
    """Read and check all services, or those named; write nothing."""
    checked = read_and_check(folders_of(project, services), Path.cwd())
    checked = checked.strictly() if strict else checked
    report = render(checked.findings, checked.sources, style)
    if report:
        click.echo(report, err=style is Style.TEXT)
    say_checked(checked, style, each_operation=True)
    if not checked.ok:
        sys.exit(1)
