"""Printing of findings, and of the outcome of each service."""

import sys

import click

from unstringly.checked import Checked
from unstringly.cli.report import Style, render
from unstringly.cli.say import say
from unstringly.counting import counted


def show_findings(checked: Checked, style: Style) -> None:
    """Print the findings; exit with status 1 if there are errors."""
    if checked.findings or style.is_document:
        report = render(checked.findings, checked.sources, style)
        click.echo(report, err=style is Style.TEXT)
    if not checked.ok:
        sys.exit(1)


def say_checked(checked: Checked, style: Style, *, each_operation: bool = False) -> None:
    """Print a line for each service, and with `each_operation` one for each operation."""
    if style is not Style.TEXT:
        return
    for outcome in checked.outcomes:
        errors = checked.errors_in(outcome)
        verdict = counted(errors, "error") if errors else "no errors"
        inputs = f"{outcome.package}: read {outcome.wsdl} and {outcome.spec}"
        say(f"{inputs}: {outcome.summary()}; {verdict}")
        for line in outcome.lines() if each_operation else ():
            say(f"  {line}")
