"""Packages whose names are those that generated modules use themselves.

The names are taken from the modules: what is imported or used in them later is among them at once.
A name is refused with a finding, or else it is in the package that is made of all others.
"""

import ast
import keyword
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.generator.client_services import Port, error_codes, put_service
from tests.generator.services import generated

NAMING = {"N101", "S112", "S113", "S114"}
"""The rules that refuse a name."""

_MAKING_CALLS = ("client.py", "async_client.py", "operations.py")


def names_in_modules(modules: Mapping[str, str]) -> set[str]:
    """All that the modules import from elsewhere, and what they define for every service."""
    found: set[str] = set()
    for path, text in modules.items():
        if path.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Import | ast.ImportFrom) and _is_common(node):
                    found.update(alias.asname or alias.name for alias in node.names)
            found.update(_defined(text) if path.endswith(("client.py", "journal.py")) else ())
    return {name for name in found if "Error" not in name}


def _is_common(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether all packages have it: types, records, parsers and formatters are of the service."""
    own = ("types", "records", "parsers", "formatters", "errors")
    return not (isinstance(node, ast.ImportFrom) and node.level == 1 and node.module in own)


def _defined(text: str) -> Iterator[str]:
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def names_in_clients(modules: Mapping[str, str]) -> set[str]:
    """All identifiers of the modules that make calls, builtins included."""
    found: set[str] = set()
    for path, text in modules.items():
        if path.endswith(_MAKING_CALLS):
            for node in ast.walk(ast.parse(text)):
                match node:
                    case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                        found.add(name)
                    case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                        found.add(name)
                    case ast.keyword(arg=str(name)):
                        found.add(name)
                    case _:
                        pass
    return {name for name in found if not name.startswith("_") and not keyword.iskeyword(name)}


def _accepted(
    folder: Path, names: Iterable[str], ports: Iterable[Port], grammar: str
) -> Iterator[str]:
    """Those that no finding refuses; `NAME` stands for the name."""
    ports = tuple(ports)
    for name in sorted(names):
        codes = error_codes(folder / "tried", "Tried", ports, grammar.replace("NAME", name))
        assert {*codes} <= NAMING, (name, codes)
        if not codes:
            yield name


def as_definitions(names: Iterable[str], folder: Path) -> dict[str, str]:
    """A package with records, codes and NewTypes of these names, as far as they are accepted."""
    names = {name for name in names if not (name[0].islower() or "_" in name)}
    port = Port("POST", {"Ask": ("key",)})
    grammar = """\
package: tried
types:
  Word: {text: '[a-z]+'}
  NAME: {enum: {-1: FAILED}}
grammars: {words: {list: [Word], separator: ','}, answer: {choice: [words, NAME]}}
operations: {Ask: {effect: destructive_read, parameters: {key: NAME}, result: answer}}
"""
    accepted = [*_accepted(folder, names, [port], grammar), "Usual", "OfTheService"]
    assert len(accepted) < len(names)
    used = iter("abcdefghijklmnopqrstuvwxyz")
    spec = "package: definitions\nwsdl: It.wsdl\ntypes:\n  Word: {text: '[a-z]+'}\n"
    spec += "".join(f"  {name}: {{enum: {{-1{next(used)}: FAILED}}}}\n" for name in accepted)
    spec += "grammars:\n  words: {list: [Word], separator: ','}\n"
    spec += f"  answer: {{choice: [words, {', '.join(accepted)}]}}\n"
    spec += "operations:\n  Ask: {effect: destructive_read, "
    spec += f"parameters: {{key: {accepted[0]}}}, result: answer}}\n"
    return generated(put_service(folder / "definitions", "Definitions", [port], spec))


def as_methods(names: Iterable[str], folder: Path) -> dict[str, str]:
    """A package with methods of these names, as far as they are accepted."""
    grammar = """\
types:
  Word: {text: '[a-z]+'}
  Day: {date: '%Y%m%d'}
  Price: {decimal: '[0-9]'}
operations: {Ask: {effect: read, python_name: NAME, result: Word}}
"""
    accepted = [*_accepted(folder, names, [Port("POST", {"Ask": ()})], grammar), "usual"]
    asked = {f"Ask{number}": ("day", "price") for number in range(len(accepted))}
    spec = f"package: methods\nwsdl: It.wsdl\n{grammar.partition('operations')[0]}operations:\n"
    for operation, name in zip(asked, accepted, strict=True):
        spec += f"  {operation}: {{effect: read, python_name: {name}, result: Word, "
        spec += "parameters: {day: Day, price: Price}}\n"
    made = put_service(folder / "methods", "Methods", [Port("POST", asked)], spec)
    return generated(made)


def as_parameters(names: Iterable[str], folder: Path, *, bound: bool) -> dict[str, str]:
    """A package with parameters of these names, as far as they are accepted."""
    package = "bound" if bound else "parameters"
    more = "bound: client, secret: true" if bound else "type: Size"
    grammar = f"""\
types:
  Word: {{text: '[a-z]+'}}
  Size: {{enum: {{1: SMALL, 2: LARGE}}}}
  Code: {{enum: {{E1: FAILED}}, open: true, form: 'E[0-9]'}}
grammars:
  words: {{list: [Word], separator: ','}}
  answer: {{choice: [words, Code]}}
operations:
  Ask:
    effect: destructive_read
    result: answer
    parameters:
      key: {{python_name: NAME, {more}}}
"""
    ports = [Port("POST", {"Ask": ("key", "size")})]
    tried = grammar if not bound else f"{grammar}      size: Size\n"
    accepted = [*_accepted(folder, names, ports, tried), "usual"]
    keys = [f"key{number}" for number in range(len(accepted))]
    spec = f"package: {package}\nwsdl: It.wsdl\n{grammar.partition('      key:')[0]}"
    for key, name in zip(keys, accepted, strict=True):
        spec += f"      {key}: {{python_name: {name}, {more}}}\n"
    if bound:
        spec += "      size: Size\n"
    ports = [Port("POST", {"Ask": (*keys, "size")})]
    return generated(put_service(folder / package, package.title(), ports, spec))
