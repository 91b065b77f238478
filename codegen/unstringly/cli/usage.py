"""Click's own messages about wrong use, which quote arguments as they came."""

from collections.abc import Generator
from contextlib import contextmanager

import click

from unstringly.cli.visible import visible_lines


class VisibleGroup(click.Group):
    """A command whose messages about wrong use, too, show arguments and do nothing else."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As in every command."""
        with _visible_problems():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """As in every command; the arguments of its verbs are read here."""
        with _visible_problems():
            return super().invoke(ctx)


@contextmanager
def _visible_problems() -> Generator[None]:
    try:
        yield
    except click.UsageError as problem:
        raise click.UsageError(visible_lines(problem.format_message()), problem.ctx) from problem
