"""Nothing but the inputs knows a service: with every name changed, the output is the same.

Each name of the shipped WSDL and spec gets one suffix. It begins with the least character that
a name can go on with, so sorted lists keep their order, and no name has it by itself, so
that it can be taken out of the generated text again. Lines may be broken elsewhere, since names
are longer, so modules are compared as syntax.
"""

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest
from tests.generator.services import ROOT, SHIPPED_GRAMMAR, SHIPPED_WSDL, generated, put
from tests.generator.spec_places import KEY, Place, places, replaced

from unstringly import __version__
from unstringly.names import snake_case

SUFFIX = "0q0"
NAMESPACE = "http://tempuri.org/"


def is_name(place: Place) -> bool:
    """Whether this scalar of the spec is a name that the author of a spec or WSDL chose."""
    return is_key(place[:-1]) if place[-1] == KEY else is_value(place)


def is_key(place: Place) -> bool:
    match place:
        case ("types" | "records" | "grammars" | "operations" | "callbacks" | "accept", _):
            return True
        case (_, _, "fields" | "parameters" | "variants" | "form", _):
            return True
        case ("operations", _, "variants", _, "parameters", _):
            return True
        case _:
            return False


def is_value(place: Place) -> bool:
    match place:
        case ("service" | "package",):
            return True
        case ("types", _, "enum", _) | ("types", _, "enum", _, "name"):
            return True
        case (_, _, "fields" | "parameters" | "form", _):
            return True
        case (_, _, "list" | "choice", _) | (_, _, "list" | "result"):
            return True
        case (*_, "type" | "python_name"):
            return True
        case _:
            return False


def renamed(name: str) -> str:
    return name + (SUFFIX.upper() if name.isupper() else SUFFIX)


def renamed_grammar() -> str:
    found = places(SHIPPED_GRAMMAR)
    values = {place: renamed(text) for place, text in found.items() if is_name(place)}
    values[("wsdl",)] = f"MsgSend{SUFFIX}.wsdl"
    return replaced(SHIPPED_GRAMMAR, values)


def renamed_wsdl() -> str:
    text = re.sub(r'( name="| part="|="tns:)([^"]+)"', rf'\g<1>\g<2>{SUFFIX}"', SHIPPED_WSDL)
    text = re.sub(r'(soapAction="[^"]+/|location="/)(\w+)"', rf'\g<1>\g<2>{SUFFIX}"', text)
    return text.replace(NAMESPACE, f"http://tempuri{SUFFIX}.org/")


def without_suffix(text: str) -> str:
    return text.replace(SUFFIX, "").replace(SUFFIX.upper(), "")


def syntax(text: str) -> str:
    """A module without its layout: comments, and blanks in docstrings, do not count."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = "".join(str(node.value.value).split())
    return ast.unparse(tree)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    folder = tmp_path_factory.mktemp("renamed") / "service"
    put(folder, f"MsgSend{SUFFIX}.wsdl", renamed_wsdl(), renamed_grammar())
    without_emulator = tmp_path_factory.mktemp("shipped") / "service"
    put(without_emulator, "MsgSend.wsdl", SHIPPED_WSDL, SHIPPED_GRAMMAR)
    return generated(without_emulator), generated(folder)


def test_every_name_is_changed() -> None:
    changed = {place: text for place, text in places(renamed_grammar()).items() if is_name(place)}
    kept = {place: text for place, text in changed.items() if SUFFIX not in text.lower()}
    assert kept == {}
    names = {text for place, text in places(SHIPPED_GRAMMAR).items() if is_name(place)}
    assert {"MsgSend", "msgsend", "SendMsg", "userPass", "template", "TemplateID"} <= names
    assert {"PhoneNumber", "SmsReport", "hangup_cause", "DELIVERED", "replies"} <= names
    assert {"submission", "SendInternationalMsg", "ReplyPush", "account"} <= names
    assert SUFFIX not in SHIPPED_GRAMMAR + SHIPPED_WSDL


def test_the_same_files_are_written(both: tuple[dict[str, str], dict[str, str]]) -> None:
    shipped, other = both
    assert [without_suffix(path) for path in other] == [*shipped]


def test_modules_are_the_same_up_to_names(both: tuple[dict[str, str], dict[str, str]]) -> None:
    shipped, other = both
    back = {without_suffix(path): without_suffix(text) for path, text in other.items()}
    for path, text in shipped.items():
        if path.endswith(".py") and path in back:
            assert syntax(back[path]) == syntax(text), path
            assert back[path].split("\n")[0] == text.split("\n")[0]
    toml = "pyproject.toml"
    assert tomllib.loads(back[toml]) == tomllib.loads(shipped[toml])
    assert other["msgsend0q0/types.py"].count(SUFFIX) > 50


def test_no_name_is_left_as_it_was(both: tuple[dict[str, str], dict[str, str]]) -> None:
    chosen = {text for place, text in places(SHIPPED_GRAMMAR).items() if is_name(place)}
    forms = {
        f"{before}{form}{after}"
        for name in chosen
        for form in (name, snake_case(name), snake_case(name).upper(), f"Unknown{name}")
        for before in ("", "_", "parse_", "format_")
        for after in ("", "_FORM", "_WORDS", "_item", "_text", "Error")
    }
    assert {"SmsReport", "MsgSendError", "ERROR_CODE_FORM", "_reports_item"} <= forms
    runtime = {name for path, text in both[1].items() if "_runtime" in path for name in words(text)}
    forms -= runtime  # such as `seconds`, which is a function of `drawing`
    shipped, other = (
        {word for path, text in files.items() if is_planned(path) for word in words(text)}
        for files in both
    )
    assert len(shipped & forms) > 100
    assert other & forms == set()


def is_planned(path: str) -> bool:
    return path.endswith(".py") and "_runtime" not in path


def words(module: str) -> Iterator[str]:
    """The identifiers of a module, and its strings but for what is written for people."""
    tree = ast.parse(module)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.alias(name=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.Constant(value=str(name)):
                yield name
            case _:
                pass


def test_the_runtime_is_a_verbatim_copy(both: tuple[dict[str, str], dict[str, str]]) -> None:
    """But for a first line, which says so."""
    runtime = ROOT / "codegen" / "unstringly" / "runtime"
    head = f"# Copied by unstringly {__version__}. Do not edit.\n"
    for files in both:
        copied = {
            path.partition("/_runtime/")[2]: text
            for path, text in files.items()
            if "/_runtime/" in path
        }
        assert len(copied) > 90
        for path, text in copied.items():
            assert text == head + (runtime / path).read_text(encoding="utf-8"), path
