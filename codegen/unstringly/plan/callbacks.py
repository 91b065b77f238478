"""Plans `callbacks.py`: a class for each push, its parser, and an application for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from unstringly.diagnostics import Diagnostic
from unstringly.link_rules import NAMES_COLLIDE
from unstringly.model.contract import Contract
from unstringly.model.grammar import ListGrammar, TextType
from unstringly.model.spec import Callback, CallbackField
from unstringly.names import is_identifier, snake_case
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import call, docstring, quoted, tuple_of
from unstringly.plan.reserved import CLASSES, FIELDS, PUSHES
from unstringly.plan.vocabulary import class_names, error_base, function, python_type, words

_MOST = 70
"""So many characters has a line of an example."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True)
class _Push:
    """A class to print, and the functions that read and write it."""

    name: str
    literal: str
    doc: str
    fields: tuple[_Field, ...]
    made: str
    format_head: str
    format_doc: str
    written: str


def callbacks_view(contract: Contract, samples: Mapping[str, str]) -> dict[str, object]:
    """The view of `callbacks.py`; `samples` are texts of definitions."""
    imports = Imports()
    pushes = [_push(contract, callback, imports, samples) for callback in contract.spec.callbacks]
    forms = [
        f"{quoted(callback.name)}: {tuple_of([field.name for field in callback.fields])}"
        for callback in contract.spec.callbacks
    ]
    known = _known_fields(contract)
    same = " and ".join(f"constant_time_equal(push.{name}, {name})" for name in known)
    imports.name("collections.abc", "Awaitable")
    imports.name("collections.abc", "Callable")
    imports.name("collections.abc", "Mapping")
    imports.name("dataclasses", "dataclass")
    imports.name("functools", "partial")
    imports.name("typing", "TypeAlias")
    imports.name("._runtime.server.asgi", "App")
    imports.name("._runtime.server.handling", "HANDLER_TIMEOUT")
    imports.name("._runtime.server.handling", "THREADS")
    for name in ("MAX_BYTES", "InvalidPush", "encodable"):
        imports.name("._runtime.wire.push", name)
    for name in ("field_of", "read_form", "which_form", "write_form"):
        imports.name("._runtime.wire.push", name)
    imports.name("._runtime.server.push_journal", "REFUSED_BYTES")
    for name in ("push_app", *(["constant_time_equal"] if known else [])):
        imports.name("._runtime.server.receiving", name)
    imports.name("._runtime.journal.recording", "JournalWriter")
    names = sorted(callback.name for callback in contract.spec.callbacks)
    functions = ["create_push_app", "parse_push", *(f"format_{snake_case(name)}" for name in names)]
    return {
        "imports": imports.lines(),
        "names": in_order(["InvalidPush", "Push", *names, *functions]),
        "pushes": pushes,
        "parse_doc": docstring(_parser_words(contract, samples), 4),
        "union": " | ".join(callback.name for callback in contract.spec.callbacks),
        "forms": forms,
        "known": known,
        "ours": f"{{{', '.join(f'{quoted(name)}: {name}' for name in known)}}}",
        "is_ours": f"lambda push: {same}" if known else "lambda _: True",
    }


def field_name(contract: Contract, field: CallbackField) -> str:
    """A field's name in Python: what a list is called, or what the form calls it."""
    definition = contract.definitions[field.type]
    if isinstance(definition, ListGrammar):
        return function(definition)
    return snake_case(field.name)


def _known_fields(contract: Contract) -> list[str]:
    """The texts that are in all pushes: whose they are."""
    found: dict[str, int] = {}
    for callback in contract.spec.callbacks:
        for field in callback.fields:
            if isinstance(contract.definitions[field.type], TextType):
                name = field_name(contract, field)
                found[name] = found.get(name, 0) + 1
    return sorted(name for name, times in found.items() if times == len(contract.spec.callbacks))


def _parser_words(contract: Contract, samples: Mapping[str, str]) -> str:
    """What is said of the parser of pushes, with the first example that is short."""
    bodies = [_body(callback, samples) for callback in contract.spec.callbacks]
    paragraphs = (
        "Read the body of a request: all fields of one kind of push, each once.",
        next(filter(None, bodies), ""),
        "The charset is that of the header, UTF-8 or one of the GB family; without a word of it "
        "UTF-8, or what is not UTF-8 as GB 18030. The header may name any charset that extends "
        "ASCII if nothing else is there. Raises InvalidPush, whose `status` is the one to answer "
        "with, and whose `raw` is the body.",
    )
    return "\n\n".join(filter(None, paragraphs))


def _formatter_words(contract: Contract, callback: Callback, samples: Mapping[str, str]) -> str:
    """What is said of the formatter of a push."""
    fields = [
        f"{field.name} as `format_{function(contract.definitions[field.type])}` writes it"
        for field in callback.fields
    ]
    paragraphs = (
        f"Write the body of a {callback.name}, a form in UTF-8: {', '.join(fields)}.",
        _body(callback, samples),
        "`parse_push` reads it back. Raises Unwritable for a value that it would not.",
    )
    return "\n\n".join(filter(None, paragraphs))


def _body(callback: Callback, samples: Mapping[str, str]) -> str:
    """An example of the body of a push, a field a line; empty if there is none, or a long one."""
    fields = [(field.name, samples.get(field.type)) for field in callback.fields]
    pairs = [urlencode({name: text}) for name, text in fields if text is not None]
    if len(pairs) < len(fields) or max(map(len, pairs)) > _MOST:
        return ""
    lines = [pairs[0], *(f"&{pair}" for pair in pairs[1:])]
    return "\n".join(["Example of a body:", *(f"    b{quoted(line)}" for line in lines)])


def _push(
    contract: Contract, callback: Callback, imports: Imports, samples: Mapping[str, str]
) -> _Push:
    fields: list[_Field] = []
    made: list[str] = []
    written: list[str] = []
    signature: list[str] = []
    for field in callback.fields:
        name = field_name(contract, field)
        definition = contract.definitions[field.type]
        read = python_type(contract.definitions, field.type, imports, writes=False)
        given = python_type(contract.definitions, field.type, imports, writes=True)
        parser = imports.name(".parsers", f"parse_{function(definition)}")
        formatter = imports.name(".formatters", f"format_{function(definition)}")
        told = words(field.words) or words(definition.words)
        fields.append(_Field(name, read, docstring(told or f"The field {field.name}.", 4)))
        made.append(f"{name}=field_of(form, {quoted(field.name)}, {parser})")
        text = f"encodable({quoted(name)}, {formatter}({name}))"
        written.append(f"{quoted(field.name)}: {text}")
        signature.append(f"{name}: {given}")
    section = f"Source: section {callback.section} of the document." if callback.section else ""
    told = words(callback.words) or f"The push {callback.name}."
    spelled = snake_case(callback.name)
    return _Push(
        callback.name,
        quoted(callback.name),
        docstring("\n\n".join(part for part in (told, section) if part), 4),
        tuple(fields),
        call(f"return {callback.name}(", made, indent=12),
        call(f"def format_{spelled}(", ["*", *signature], ") -> bytes:"),
        docstring(_formatter_words(contract, callback, samples), 4),
        call("return write_form(", [call("{", written, "}", indent=8)], indent=4),
    )


def callback_collisions(contract: Contract) -> list[Diagnostic]:
    """Pushes whose classes would be called like something else, and fields that hide others."""
    taken = {*CLASSES, error_base(contract)}
    taken |= {name for each in contract.definitions.values() for name in class_names(each)}
    found: list[Diagnostic] = []
    for callback in contract.spec.callbacks:
        if callback.name in taken:
            message = f"the class of the push {callback.name!r} has the name of another"
            found.append(Diagnostic(NAMES_COLLIDE, callback.span, message, "rename it"))
        taken.add(callback.name)
        names = {*FIELDS, *PUSHES}
        for field in callback.fields:
            if field.type not in contract.definitions:
                continue
            name = field_name(contract, field)
            if name in names or not is_identifier(name):
                message = f"the field {field.name!r} cannot be {name!r} in Python"
                found.append(
                    Diagnostic(NAMES_COLLIDE, field.span, message, "rename its definition")
                )
            names.add(name)
    return found
