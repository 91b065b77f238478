"""Packages whose names are those that generated modules use themselves.

The names are taken from the modules: what is imported or used in them later is among them at once.
A name is refused with a finding, or else it is in the package that is made of all others: there
mypy, pyright, ruff and calls show that it hides nothing.
"""

import ast
import keyword
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.generator.client_services import Port, error_codes, put_service

NAMING = {"N101", "S112", "S113", "S114"}
"""The rules that refuse a name."""

_CALLING = ("client", "async_client", "operations", "server")
"""The modules with a function, or a method, for each operation."""

_OF_THE_SERVICE = ("types", "records", "parsers", "formatters")
"""Modules whose names are made of those in the spec."""


@dataclass(frozen=True)
class Needed:
    """Identifiers that code needs, and that would be hidden by a name of a method or a parameter.

    `definitions` are what modules import or define beside the classes of a service; `others` are
    identifiers of which none is needed in a place where it could be hidden.
    """

    definitions: frozenset[str]
    methods: frozenset[str]
    parameters: frozenset[str]
    bound: frozenset[str]
    others: frozenset[str]


def needed(modules: Mapping[str, str]) -> Needed:
    """What the modules of some packages need, but for what is of their services.

    The modules are given by path: `package/module.py`.
    """
    own: set[str] = set()
    definitions: set[str] = set()
    methods: set[str] = set()
    parameters: set[str] = set()
    bound: set[str] = set()
    others: set[str] = set()
    classes: dict[str, list[set[str]]] = {}
    for path, text in modules.items():
        tree = ast.parse(text)
        module = path.rpartition("/")[2].removesuffix(".py")
        imported = dict(_imported(tree))
        for origin, names in imported.items():
            (own if origin in _OF_THE_SERVICE else others).update(names)
        if module not in _OF_THE_SERVICE:
            classes.setdefault(module, []).append({*_defined(tree)})
        if {"types", "records"} & {module, *imported}:
            definitions.update(*imported.values(), _defined(tree))
        if module in _CALLING:
            others.update(_identifiers(tree))
            fields = _names(field for each in _classes(tree) for field in _fields(each))
            parameters |= fields
            bound |= fields
            methods.update(*(_names(_heads(each)) for each in _classes(tree)))
        if module == "operations":
            methods.update(_names(node for node in tree.body if isinstance(node, ast.AnnAssign)))
        for function in _functions(tree) if module in _CALLING and module != "server" else ():
            found = _names(function.body) - _arguments(function)
            (bound if function.name == "__init__" else parameters).update(found)
            if module == "operations":
                methods.update(_names([function]) - _arguments(function))
    for found_in in classes.values():
        definitions |= set[str].intersection(*found_in)
        own |= set[str].union(*found_in) - set[str].intersection(*found_in)
    own |= {name for name in own | definitions | others if not _is_for_every_service(name)}
    wanted = methods | parameters | bound
    return Needed(
        frozenset(definitions - own),
        frozenset(methods - own),
        frozenset(parameters - own),
        frozenset(bound - own),
        frozenset((others | definitions) - wanted - own),
    )


def _imported(tree: ast.Module) -> dict[str, list[str]]:
    """The names that are imported: those of a sibling module by its name, others by `""`."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            is_sibling = isinstance(node, ast.ImportFrom) and node.level == 1
            module = str(node.module) if is_sibling and isinstance(node, ast.ImportFrom) else ""
            names = [each.asname or each.name for each in node.names]
            found.setdefault(module, []).extend(names)
    return found


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in tree.body if isinstance(node, ast.ClassDef))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods, without those inside of them."""
    for node in (*tree.body, *(each for found in _classes(tree) for each in found.body)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The arguments of one operation, which its body mentions for what they are."""
    return {each.arg for each in function.args.kwonlyargs}


def _heads(node: ast.ClassDef) -> Iterator[ast.AST]:
    """What is looked up while a class is made: annotations and defaults of its methods."""
    for each in node.body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            yield each.args
            yield from (each.returns,) if each.returns is not None else ()


def _fields(node: ast.ClassDef) -> Iterator[ast.AST]:
    """Annotations and defaults of a class's fields, which are called like parameters."""
    for each in node.body:
        if isinstance(each, ast.AnnAssign):
            yield each.annotation
            yield from (each.value,) if each.value is not None else ()


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    return {each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name)}


def _identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case _:
                pass


def _is_for_every_service(name: str) -> bool:
    """Whether a name is not made of another one: those are for other tests."""
    made = name.startswith("parse_") or (name.endswith("_pages") and name != "async_pages")
    return not (made or name.startswith("_") or name.endswith("Error") or keyword.iskeyword(name))


def unlike(names: Iterable[str]) -> list[str]:
    """The names without those that differ from others in nothing but capitals and underscores."""
    return [*{name.casefold().strip("_"): name for name in sorted(names)}.values()]


def _accepted(
    folder: Path, names: Iterable[str], ports: Iterable[Port], grammar: str
) -> Iterator[str]:
    """Those that no finding refuses; `NAME` stands for the name in the grammar."""
    ports = tuple(ports)
    for name in sorted(names):
        codes = error_codes(folder / "tried", "Tried", ports, grammar.replace("NAME", name))
        assert {*codes} <= NAMING, (name, codes)
        if not codes:
            yield name


def accepted_definitions(names: Iterable[str], folder: Path) -> list[str]:
    """The names that a type, or a record, may have."""
    port = Port("POST", {"Ask": ("key",)})
    types = """\
types:
  Word: {text: '[a-z]+'}
  NAME: {enum: {-1: FAILED}}
grammars: {words: {list: [Word], separator: ','}, answer: {choice: [words, NAME]}}
operations: {Ask: {effect: destructive_read, parameters: {key: NAME}, result: answer}}
"""
    records = """\
types: {Word: {text: '[a-z]+'}}
records: {NAME: {separator: ';', fields: {word: Word}}}
operations: {Ask: {effect: read, result: NAME}}
"""
    possible = [name for name in names if not (name[0].islower() or "_" in name)]
    found = {*_accepted(folder, possible, [port], types)}
    return sorted(found | {*_accepted(folder, possible, [port], records)})


def accepted_methods(names: Iterable[str], folder: Path) -> list[str]:
    """The names that a method may have."""
    grammar = """\
types: {Word: {text: '[a-z]+'}, Day: {date: '%Y%m%d'}, Price: {decimal: '[0-9]'}}
operations: {Ask: {effect: read, python_name: NAME, result: Word}}
"""
    return [*_accepted(folder, names, [Port("POST", {"Ask": ()})], grammar)]


def accepted_parameters(names: Iterable[str], folder: Path, *, bound: bool) -> list[str]:
    """The names that a parameter may have."""
    grammar = _PARAMETERS + f"      key: {{python_name: NAME, {_KINDS[bound]}}}\n"
    return [*_accepted(folder, names, [Port("POST", {"Ask": ("key",)})], grammar)]


_KINDS = {True: "bound: client, secret: true", False: "type: Size0"}
_PARAMETERS = """\
types:
  Word0: {text: '[a-z]+'}
  Size0: {enum: {1: SMALL, 2: LARGE}}
  Code0: {enum: {E1: FAILED}, open: true, form: 'E[0-9]'}
grammars:
  words: {list: [Word0], separator: ','}
  answer: {choice: [words, Code0]}
operations:
  Ask:
    effect: destructive_read
    python_name: usual_ask
    result: answer
    parameters:
"""


def put_named(names: Needed, folder: Path) -> Path:
    """A service with methods, parameters, bound parameters and codes of these names.

    Each is there as far as no finding refuses it in that place, whether code needs it or not.
    """
    needed_there = names.methods | names.parameters | names.bound
    classes = names.others | needed_there | names.definitions
    codes = unlike(accepted_definitions(filter(str.isascii, classes), folder))
    others = (names.others | needed_there) - {*codes}
    methods = unlike({*accepted_methods(others, folder), "usual"})
    given = unlike(accepted_parameters(others, folder, bound=False))
    bound = unlike(accepted_parameters(others, folder, bound=True))
    types = "".join(f"  {name}: {{enum: {{K{i}: FAILED}}}}\n" for i, name in enumerate(codes))
    spec = "package: named\nwsdl: It.wsdl\n"
    spec += _PARAMETERS.replace("grammars:\n", f"{types}grammars:\n")
    spec = spec.replace("Code0]", ", ".join(["Code0", *codes]) + "]")
    spec += "".join(f"      {name}: {{python_name: {name}, {_KINDS[False]}}}\n" for name in given)
    spec += "".join(f"      code{i}: {name}\n" for i, name in enumerate(codes))
    spec += "  Bound:\n    effect: send\n    python_name: usual_bound\n    parameters:\n"
    spec += "".join(f"      {name}: {{python_name: {name}, {_KINDS[True]}}}\n" for name in bound)
    asked = (*given, *(f"code{i}" for i in range(len(codes))))
    operations: dict[str, tuple[str, ...]] = {"Ask": asked, "Bound": (*bound,)}
    for number, name in enumerate(methods):
        operations[f"Ask{number}"] = ("last",)
        spec += f"  Ask{number}: {{effect: read, python_name: {name}, result: Word0, "
        spec += "parameters: {last: Size0}}\n"
    return put_service(folder / "named", "Named", [Port("POST", operations)], spec)
