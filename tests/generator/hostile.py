"""What an attacker, or an accident, could put into a WSDL or a spec; and what code may do.

`PAYLOADS` are texts that would end a literal, a comment or a template's expression, leave a
folder, or confuse a reader of the code; `NAMES` are identifiers that code might already use.
Whatever would run makes the file `CANARY` in the current folder.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape, quoteattr

CANARY = "canary-was-here"

PAYLOADS = (
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    '\\"',
    '"\\',
    '\\"""',
    'x"""y',
    '\\"""x',
    f'"""; open("{CANARY}", "w"); """ x',
    '""""""',
    f'"""\nimport os\nos.system("touch {CANARY}")\n"""',
    f'\n"""\n\n    import os; os.system("touch {CANARY}")\n    """',
    f"\nopen('{CANARY}', 'w')\n",
    f"\ropen('{CANARY}', 'w')\r",
    f"\u2028open('{CANARY}', 'w')\u2029",
    f"\x0copen('{CANARY}', 'w')\x0b",
    f"\x85open('{CANARY}', 'w')",
    f'"); open("{CANARY}", "w") #',
    f"'); open('{CANARY}', 'w') #",
    f'" + open("{CANARY}", "w").name + "',
    f"' + open('{CANARY}', 'w').name + '",
    f'{{__import__("os").system("touch {CANARY}")}}',
    f"x = open('{CANARY}', 'w')",
    f"open('{CANARY}', 'w').name",
    f"""+ open("{CANARY}", "w").name +""",
    f"Any) -> open('{CANARY}', 'w'): pass\ndef f(x",
    f"(Enum):\n    X = open('{CANARY}', 'w')\nclass Y",
    "{{ 7*7 }}",
    "{% raw %}",
    "{% endraw %}{% for x in y %}",
    "{% include 'types.py.jinja' %}",
    "{# comment #}",
    "{0}{x!r:>{y}}",
    "%s %(x)s %",
    "$x ${x} `x`",
    "\\N{DIGIT ONE}",
    "\\x41\\u0041\\U00000041\\101\\n",
    "..",
    "../x",
    "../../../../../../../../etc/passwd",
    "/etc/passwd",
    "a/b",
    "C:\\x",
    "file:///etc/passwd",
    "#",
    "# -*- coding: rot13 -*-",
    "# type: ignore",
    "]\n[tool.hatch.build.hooks.custom]\n",
    "\0",
    "a\0b",
    "\u202e\u2066x",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\udcff",
    "\U0001f600",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "*/ */",
    "-->",
    "]]>",
    "<!DOCTYPE a>",
    "&amp;",
    "x" * 20_000,
    "词" * 5_000,
    "x\n" * 2_000,
    " ",
    "\t",
    "  x  ",
    "",
)

NAMES = (
    *("os", "sys", "con", "NUL", "aux", "eval", "exec", "open", "print", "__import__"),
    *("__init__", "__class__", "__slots__", "__dict__", "_private", "msgsend.evil", "a-b"),
    *("a.b", "1a", "None", "True", "class", "match", "case", "type", "self", "cls", "mro"),
    *("name", "value", "str", "int", "list", "tuple", "set", "dict", "object", "bool"),
    *("map", "zip", "len", "frozenset", "date", "time", "datetime", "decimal", "Decimal"),
    *("enum", "Enum", "typing", "final", "NewType", "dataclass", "dataclasses", "field"),
    *("fields", "text", "texts", "code", "form", "known", "record", "records", "reading"),
    *("item", "items", "values", "element", "contents", "word", "tables", "types"),
    *("errors", "parsers", "formatters", "strategies", "drawing", "st", "_runtime"),
    *("Reading", "Element", "Machine", "Alphabet", "Form", "DateForm", "Words", "Language"),
    *("Piece", "Parsed", "Item", "RecordPiece", "Malformed", "Separator", "Span"),
    *("Unwritable", "Iterable", "Exception", "ValueError", "RichError", "ServiceError"),
    *("MalformedResponse", "UnknownFault", "Ａ", "ﬁ", "𝕒", "ª", "é", "词", "Token", "token"),
    *("tokens", "notes", "Note", "fault", "State", "write_list", "wrong_type"),
    *("write_text", "write_inside", "check_no_gap", "with_lf_only", "Any", "TypeVar"),
    *("Generic", "property", "staticmethod", "parse", "format", "annotations", "raw"),
    *("malformed", "pieces", "message", "words", "language", "text_", "X", "x", "_", "__"),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a WSDL: the value of an attribute, or the text of an element."""

    start: int
    end: int
    is_attribute: bool


def slots(wsdl: str) -> tuple[Slot, ...]:
    """All attributes but declarations of namespaces, and all texts that are not blank."""
    found = [
        Slot(*match.span(2), True)
        for match in re.finditer(r'\s([\w:]+)="([^"]*)"', wsdl)
        if not match[1].startswith("xmlns") and match[1] not in ("version", "encoding")
    ]
    found += [Slot(*match.span(1), False) for match in re.finditer(r">([^<>\n]+)<", wsdl)]
    return tuple(sorted(found, key=lambda slot: slot.start))


def filled(wsdl: str, slot: Slot, text: str) -> str:
    """The WSDL with a text in this place, escaped as XML wants it."""
    spelled = quoteattr(text, {"\n": "&#10;"})[1:-1] if slot.is_attribute else escape(text)
    if slot.is_attribute:
        spelled = spelled.replace('"', "&quot;")
    return wsdl[: slot.start] + spelled + wsdl[slot.end :]


# What code can do


@cache
def skeleton(module: str) -> str:
    """The syntax of a module, every text in it blanked."""
    return ast.dump(_blanked(module))


def _blanked(module: str) -> ast.Module:
    tree = ast.parse(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return tree


@dataclass(frozen=True, slots=True)
class Powers:
    """What a module can reach: modules it imports, identifiers, and what it calls."""

    imports: frozenset[str]
    identifiers: frozenset[str]
    calls: frozenset[str]
    nodes: frozenset[str]


@cache
def powers(module: str) -> Powers:
    """What a module can reach."""
    tree = _blanked(module)
    found = [*ast.walk(tree)]
    return Powers(
        frozenset(_imports(tree)),
        frozenset(_identifiers(tree)),
        frozenset(ast.unparse(node.func) for node in found if isinstance(node, ast.Call)),
        frozenset(type(node).__name__ for node in found),
    )


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def _identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case _:
                pass
