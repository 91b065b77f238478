"""`unstringly explain`: print the text about a rule, or the list of all rules."""

import click

from unstringly.cli.explained import explained
from unstringly.cli.say import stop
from unstringly.rules import ALL


@click.command("explain")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what the rule CODE is about and what to do; without CODE, list the rules."""
    rule = None if code is None else ALL.get(code.upper())
    if rule is not None:
        text = explained(rule)
    elif code is None:
        text = "\n".join(f"{r.code}  {r.severity.value:7}  {r.title}" for r in ALL.values())
    else:
        raise click.UsageError(f"there is no rule {code!r}; `unstringly explain` lists them")
    try:
        click.echo(text)
    except OSError as problem:
        stop(f"cannot print: {problem.strerror or problem}")
