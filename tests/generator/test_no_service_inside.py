"""No part of the generator knows a service: none of its words, its codes or its delimiters.

What is written for people (docstrings, comments, the long texts of rules) may take examples
from anywhere; what runs may not.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.generator.services import ROOT, SHIPPED_GRAMMAR, SHIPPED_WSDL
from tests.generator.spec_places import KEY, places
from tests.generator.test_rename import is_name

from unstringly.names import snake_case

CODE = ROOT / "codegen" / "unstringly"
MODULES = sorted(CODE.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").iterdir())

# Words of MsgSend that are also ours: terms of XML, HTTP, WS-Security, the spec and Python.
COMMON = {
    *("content", "message", "reply", "channel", "seconds", "account", "name", "status"),
    "timestamp",
}


@cache
def chosen_names() -> set[str]:
    """Every name that the service's documents chose, and the forms it takes in Python."""
    found = {text for place, text in places(SHIPPED_GRAMMAR).items() if is_name(place)}
    found |= {text for text in re.findall(r'name="([^"]+)"', SHIPPED_WSDL) if text != "string"}
    found -= {"parameters", "Body"}  # what ASP.NET calls its parts, and SOAP
    forms = {form(name) for name in found for form in (str, snake_case, constant)}
    return {name for name in forms if name.lower() not in COMMON}


def constant(name: str) -> str:
    return snake_case(name).upper()


def is_distinctive(name: str) -> bool:
    """Whether a name cannot stand in a longer text by chance."""
    return len(name) > 5 and (not name.islower() or "_" in name)


@cache
def delimiters() -> set[str]:
    found: set[str] = set()
    for place, text in places(SHIPPED_GRAMMAR).items():
        keys = [key for key in place if not key.isdigit()]
        if keys[-1] in ("separator", "final_separator", "excludes"):
            found.add(text)
    return found


@cache
def spellings() -> set[str]:
    """The codes of the service that are words, not numbers."""
    return {
        place[3]
        for place in places(SHIPPED_GRAMMAR)
        if place[2:3] == ("enum",) and place[-1] == KEY and len(place) == 5 and place[3].isalpha()
    }


def running_texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are not only for people, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                prose.add(id(node.value))
            case ast.Call(func=ast.Name(id="Rule")):
                prose.update(id(each) for each in ast.walk(node))
            case _:
                pass
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def identifiers(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield node.lineno, name
            case _:
                pass


def test_there_is_something_to_look_for() -> None:
    assert {"SendMsg", "send_msg", "userPass", "SMS_REPORT", "DELIVERED"} <= chosen_names()
    assert delimiters() == {",", "|", "|,|", "|;|", "|;\n", "|;"}
    assert spellings() == {"DELIVRD", "UNDELIVRD"}
    assert len(MODULES) > 40
    assert len(TEMPLATES) > 8


@pytest.mark.few(60)
@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(CODE).as_posix())
def test_no_module_knows_a_name(path: Path) -> None:
    names = chosen_names() | spellings() | {"tempuri", "http://tempuri.org/"}
    distinctive = {name for name in names if is_distinctive(name)} | {"tempuri"}
    found = [(line, name) for line, name in identifiers(path) if name in distinctive]
    for line, text in running_texts(path):
        known = {name for name in distinctive if name in text} | ({text} & names)
        found.extend((line, name) for name in known)
    assert found == []


@pytest.mark.few(60)
@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(CODE).as_posix())
def test_no_module_knows_a_delimiter(path: Path) -> None:
    long = {text for text in delimiters() if len(text) > 1}
    found = [
        (line, text)
        for line, text in running_texts(path)
        if any(delimiter in text for delimiter in long)
    ]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_knows_anything(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    names = {name for name in chosen_names() | spellings() if is_distinctive(name)}
    long = {text for text in delimiters() if len(text) > 1}
    assert [each for each in names | long | {"tempuri"} if each in text] == []
