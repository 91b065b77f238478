"""Click's own messages about wrong use, with the arguments that they quote made visible."""

from collections.abc import Generator
from contextlib import contextmanager

import click

from unstringly.cli.visible import visible_lines


class VisibleGroup(click.Group):
    """A group of verbs whose messages about wrong use cannot control the terminal."""

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
