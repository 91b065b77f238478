"""Click's own messages about wrong use, with the arguments that they quote made visible."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any  # the arguments of click's own classes

import click

from unstringly.cli.visible import visible_lines


class VisibleGroup(click.Group):
    """A group of verbs whose messages about wrong use cannot control the terminal.

    The module of a verb is loaded when the verb is used: `check` needs no module that plans.
    """

    def __init__(self, *args: Any, verbs: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs, sorted."""
        return sorted(self._verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a verb, whose command has its name."""
        if cmd_name not in self._verbs:
            return None
        command = getattr(import_module(f"unstringly.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments of the group."""
        with _visible_problems():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Parse the arguments of a verb, and run it."""
        with _visible_problems():
            return super().invoke(ctx)


@contextmanager
def _visible_problems() -> Generator[None]:
    try:
        yield
    except click.UsageError as problem:
        raise click.UsageError(visible_lines(problem.format_message()), problem.ctx) from problem
