"""The command `unstringly`, with a module for each verb. No other room prints.

Exit status: 0 if all is well; 1 if there are errors in the inputs, or the generated files are not
up to date; 2 if the command was used wrongly or could not run.
"""

from typing import Final

import click

from unstringly import __version__
from unstringly.cli.usage import VisibleGroup

VERBS: Final = ("generate", "check", "explain", "serve", "vendor")


@click.group(
    cls=VisibleGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="unstringly")
def main() -> None:
    """Statically typed Python for stringly-typed web services.

    Reads each service's WSDL and the grammar of its delimited results, and writes a typed
    package for it. Run it in a folder below a pyproject.toml with a [tool.unstringly] table,
    or say where things are.
    """
