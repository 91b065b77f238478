"""From planned modules to texts: `{path: text}`, and nothing is written.

Templates only print. An undefined variable is an error, and nothing is escaped by Jinja:
every text that comes from an input was made into a literal by the plan.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from unstringly.long_lines import fitted
from unstringly.plan.module import Module

RUNTIME = Path(__file__).parent / "runtime"


def templates_folder() -> Path:
    """Where the templates are: beside this module in a wheel, above the source in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "templates"
    return installed if installed.is_dir() else here.parent.parent / "templates"


def render(modules: Iterable[Module], package: str | None) -> dict[str, str]:
    """The files by path; those of a `package` have the runtime and the typing marker with them."""
    environment = _environment()
    files: dict[str, str] = {}
    for module in modules:
        text = _tidy(environment.get_template(module.template).render(module.view))
        files[module.path] = fitted(text) if module.path.endswith(".py") else text
    if package is None:
        return files
    files[f"{package}/py.typed"] = ""
    return files | {f"{package}/_runtime/{place}": text for place, text in _runtime().items()}


@cache
def _runtime() -> dict[str, str]:
    """The modules that are the same in every package, by their places, read once."""
    return {
        path.relative_to(RUNTIME).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(RUNTIME.rglob("*.py"))
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_folder(), encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Python is printed, not HTML
    )


def _tidy(text: str) -> str:
    """At most two blank lines in a row, none at the end, one line end there."""
    text = re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
    return re.sub(r"\n+__all__ = \[\n\]", "\n\n__all__ = []", text)
