"""From planned modules to texts: `{path: text}`, and nothing is written.

Templates only print. An undefined variable is an error, and nothing is escaped by Jinja: Python
is printed from nodes, in which every text that comes from an input is a literal.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct, structs

from unstringly.plan.module import Module, exported
from unstringly.python.literals import comment, docstring, quoted
from unstringly.python.scope import Scope, scope_of
from unstringly.python.show import shown
from unstringly.python.statement_nodes import Class, Function, Statement
from unstringly.python.statements import body_lines

_RUNTIME = "._runtime."
"""The beginning of the names of runtime modules, as a package imports them."""


def templates_folder() -> Path:
    """Where the templates are: beside this module in a wheel, above the source in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "templates"
    return installed if installed.is_dir() else here.parent.parent / "templates"


class Rendered(Struct, frozen=True):
    """Files by path, and what they import of the runtime: `text.parsed.Parsed`."""

    files: Mapping[str, str]
    runtime: frozenset[str]


def render(modules: Iterable[Module]) -> Rendered:
    """Return the files of modules."""
    files: dict[str, str] = {}
    runtime: set[str] = set()
    for module in modules:
        scope = scope_of(module.view, module.bound, module.own, module.offered)
        files[module.path] = _text(module, scope)
        runtime.update(
            f"{symbol.module.removeprefix(_RUNTIME)}.{symbol.name}"
            for symbol in scope.names
            if symbol.module.startswith(_RUNTIME)
        )
    return Rendered(files, frozenset(runtime))


def _text(module: Module, scope: Scope) -> str:
    """The text of a module, in which symbols have the names that its scope gives them."""
    names = {symbol.local or symbol.name: name for symbol, name in scope.names.items()}
    view = scope.resolved(module.view)
    variables = structs.asdict(view)
    template = _environment().get_template(module.template)
    given = {"header": module.header, "imports": scope.imports(), "use": names}
    return template.render(variables | given).rstrip("\n") + "\n"


def _code(body: Statement | tuple[Statement, ...], depth: int = 0) -> str:
    """Statements at a depth; the first line has no margin, because the template has it."""
    statements = body if isinstance(body, tuple) else (body,)
    return "\n".join(body_lines(statements, depth)).lstrip(" ")


def _below(body: tuple[Statement, ...]) -> str:
    """Statements below others, with the empty lines between."""
    blank = 2 if body and isinstance(body[0], Function | Class) else 1
    return "\n" * blank + _code(body) if body else ""


def _offered(names: tuple[str, ...]) -> str:
    """The statement that lists the names of a module."""
    return _code(exported(names))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder(), encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Python is printed, not HTML
    )
    environment.filters |= {
        "below": _below,
        "code": _code,
        "comment": comment,
        "docstring": docstring,
        "offered": _offered,
        "quoted": quoted,
        "shown": shown,
    }
    return environment
