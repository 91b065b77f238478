"""Plans `callbacks.py`: a class for each push, its parser, and an application for them."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from msgspec import Struct

from unstringly.model.calls import free_name
from unstringly.model.contract import Contract
from unstringly.model.spec import Callback, CallbackField
from unstringly.names import snake_case
from unstringly.plan.homes import at_home
from unstringly.plan.records import FROZEN
from unstringly.plan.vocabulary import function, python_type, words
from unstringly.python.build import NONE, STR, TRUE, builtin, call, generic, texts, union
from unstringly.python.imports import in_order
from unstringly.python.literals import quoted
from unstringly.python.nodes import (
    Attribute,
    Constant,
    Dict,
    Expression,
    Lambda,
    Name,
    Operation,
    Symbol,
    Text,
)
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Case,
    Class,
    Docstring,
    Function,
    Match,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.symbols import (
    APP,
    AWAITABLE,
    CALLABLE,
    CONSTANT_TIME_EQUAL,
    HANDLER_TIMEOUT,
    JOURNAL_WRITER,
    MAPPING,
    MAX_PUSH_BYTES,
    PARTIAL,
    PICKLED_BY_NAME,
    PUSH_APP,
    REFUSED_BYTES,
    THREADS,
    TYPE_ALIAS,
    formatter,
    parser,
    push_function,
)
from unstringly.python_names import field_name, known_fields

_MOST = 70
"""The most characters in a line of an example."""

_INVALID_PUSH = push_function("InvalidPush")
_BYTES = builtin("bytes")


class Callbacks(Struct, frozen=True):
    """The view of `callbacks.py`; `known` are the texts that tell whose a push is."""

    names: tuple[str, ...]
    body: tuple[Statement, ...]
    known: tuple[str, ...]
    received: Statement
    uses: tuple[Symbol, ...] = (
        *(_INVALID_PUSH, AWAITABLE, CALLABLE, APP, JOURNAL_WRITER),
        *(REFUSED_BYTES, MAX_PUSH_BYTES, HANDLER_TIMEOUT, THREADS),
    )


def callbacks_view(contract: Contract, samples: Mapping[str, str]) -> Callbacks:
    """Return the view of `callbacks.py`; `samples` are texts by the names of their definitions."""
    callbacks = contract.spec.callbacks
    classes = sorted(callback.name for callback in callbacks)
    functions = [
        "create_push_app",
        "parse_push",
        *(f"format_{snake_case(name)}" for name in classes),
    ]
    known = known_fields(contract)
    forms = tuple(
        (Text(callback.name), texts(field.name for field in callback.fields))
        for callback in callbacks
    )
    fields = generic(builtin("tuple"), STR, Constant("..."))
    body: tuple[Statement, ...] = (
        *(_class(contract, callback) for callback in callbacks),
        AnnotatedAssign("Push", TYPE_ALIAS, union(Name(callback.name) for callback in callbacks)),
        Docstring("What may come."),
        AnnotatedAssign("_FORMS", generic(MAPPING, STR, fields), Dict(forms, expanded=True)),
        _parse(contract, samples),
        *(_format(contract, callback, samples) for callback in callbacks),
        *at_home(_INVALID_PUSH, *map(Name, classes)),
    )
    names = in_order(["InvalidPush", "Push", *classes, *functions])
    return Callbacks(tuple(names), body, tuple(known), _received(known))


def _received(known: list[str]) -> Statement:
    """Return the statement that makes the application."""
    push = Name(free_name("push", known))
    equal = [call(CONSTANT_TIME_EQUAL, Attribute(push, name), Name(name)) for name in known]
    is_ours: Expression = TRUE
    if equal:
        is_ours = equal[0] if len(equal) == 1 else Operation("and", tuple(equal))
    limit = Name("max_bytes")
    passed = ("journal", "refused_bytes", "max_bytes", "timeout", "handler_timeout", "threads")
    options: dict[str, Expression] = {
        "path": Name("path"),
        "ours": Dict(tuple((Text(name), Name(name)) for name in known)),
        "is_ours": Lambda((push.text if equal else "_",), is_ours),
        **{name: Name(name) for name in passed},
    }
    reading = call(PARTIAL, Name("parse_push"), max_bytes=limit)
    return Return(call(PUSH_APP, reading, Name("handle"), **options))


def _parser_words(contract: Contract, samples: Mapping[str, str]) -> str:
    """Return the docstring of the parser of pushes, with the first example that is short."""
    bodies = [_body(callback, samples) for callback in contract.spec.callbacks]
    paragraphs = (
        "Read the body of a request: all fields of one kind of push, each once.",
        next(filter(None, bodies), ""),
        f"{_charset_words(contract)} The header may name any charset that extends ASCII if nothing "
        "else is there. Raises InvalidPush, whose `status` is the one to answer "
        "with, and whose `raw` is the body.",
    )
    return "\n\n".join(filter(None, paragraphs))


def _charset_words(contract: Contract) -> str:
    charset = contract.spec.charset
    if not charset:
        return "The charset is UTF-8."
    return (
        f"The charset is that of the header, UTF-8 or {charset}; without a word of it UTF-8, or "
        f"{charset} for what is not UTF-8."
    )


def _formatter_words(contract: Contract, callback: Callback, samples: Mapping[str, str]) -> str:
    """Return the docstring of the formatter of a push."""
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
    """Return an example of the body of a push, a field a line; empty if none is short enough."""
    fields = [(field.name, samples.get(field.type)) for field in callback.fields]
    pairs = [urlencode({name: text}) for name, text in fields if text is not None]
    if len(pairs) < len(fields) or max(map(len, pairs)) > _MOST:
        return ""
    lines = [pairs[0], *(f"&{pair}" for pair in pairs[1:])]
    return "\n".join(["Example of a body:", *(f"    b{quoted(line)}" for line in lines)])


def _class(contract: Contract, callback: Callback) -> Class:
    section = f"Source: section {callback.section} of the document." if callback.section else ""
    summary = words(callback.words) or f"The push {callback.name}."
    doc = Docstring("\n\n".join(part for part in (summary, section) if part))
    fields = (part for field in callback.fields for part in _field(contract, field))
    return Class(callback.name, (doc, *fields), bases=(PICKLED_BY_NAME,), decorators=(FROZEN,))


def _field(contract: Contract, field: CallbackField) -> Iterator[Statement]:
    definition = contract.definitions[field.type]
    type_ = python_type(contract.definitions, field.type, writes=False)
    yield AnnotatedAssign(field_name(contract, field), type_)
    yield Docstring(words(field.words) or words(definition.words) or f"The field {field.name}.")


def _parse(contract: Contract, samples: Mapping[str, str]) -> Function:
    """Return the function that reads the body of any push."""
    form = Name("form")
    *others, last = contract.spec.callbacks
    cases = [Case(Text(other.name), (_return(contract, other, form),)) for other in others]
    cases.append(Case(Name("_"), (_return(contract, last, form),)))
    given: list[Expression] = [Name("body"), Name("content_type"), Name("max_bytes")]
    if contract.spec.charset:
        given.append(Text(contract.spec.charset))
    read = call(push_function("read_form"), *given)
    which = call(push_function("which_form"), form, Name("_FORMS"))
    return Function(
        "parse_push",
        (Parameter("body", _BYTES), Parameter("content_type", union([STR, NONE]), NONE)),
        Name("Push"),
        (Assign((form,), read), Match(which, tuple(cases))),
        doc=_parser_words(contract, samples),
        keyword_only=(Parameter("max_bytes", builtin("int"), MAX_PUSH_BYTES),),
    )


def _return(contract: Contract, callback: Callback, form: Name) -> Return:
    """Return the statement that returns a push, from the fields of a form."""
    values: dict[str, Expression] = {}
    for field in callback.fields:
        read = parser(function(contract.definitions[field.type]))
        value = call(push_function("field_of"), form, Text(field.name), read)
        values[field_name(contract, field)] = value
    return Return(call(Name(callback.name), **values))


def _format(contract: Contract, callback: Callback, samples: Mapping[str, str]) -> Function:
    """Return the function that writes the body of a push."""
    entries: list[tuple[Expression, Expression]] = []
    signature: list[Parameter] = []
    for field in callback.fields:
        name = field_name(contract, field)
        type_ = python_type(contract.definitions, field.type, writes=True)
        write = formatter(f"format_{function(contract.definitions[field.type])}")
        text = call(push_function("encodable"), Text(name), call(write, Name(name)))
        entries.append((Text(field.name), text))
        signature.append(Parameter(name, type_))
    written = call(push_function("write_form"), Dict(tuple(entries)))
    return Function(
        f"format_{snake_case(callback.name)}",
        (),
        _BYTES,
        (Return(written),),
        doc=_formatter_words(contract, callback, samples),
        keyword_only=tuple(signature),
    )
