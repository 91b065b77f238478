"""Names of a spec that generated code could not tell apart.

Whatever generated modules import gives way to the names of a spec (`python/scope.py`). What is left
to refuse is one name for two things of a spec, and a name that a module offers itself: `close` of
a client, `Handlers` of a server.
"""

import sys
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from unstringly.diagnostics import Diagnostic, Span
from unstringly.kinds.package import Package
from unstringly.kinds.table import kind_of
from unstringly.link.rules import NAMES_COLLIDE
from unstringly.model.calls import page_name, planned_calls
from unstringly.model.contract import (
    Contract,
    ContractOperation,
    text_operations,
    whole_texts,
)
from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record
from unstringly.model.parts import is_leaf
from unstringly.model.roots import named_texts
from unstringly.names import is_identifier, snake_case
from unstringly.python_names import GIVEN, field_name, known_fields, request_class

_PACKAGES = ("hypothesis", "httpx2", "pytest", "unstringly", "uvicorn")
"""Packages that a generated one may import, or that it would be taken for."""
_NEWER = frozenset({"annotationlib"})
"""Modules of newer Pythons than the oldest that is supported."""

_CLIENT = ("close", "aclose", "_caller", "_validate", "OPERATIONS")
_SERVER = ("Handlers", "Secret", "create_app")
_CALLBACKS = ("InvalidPush", "Push")
_PUSH_APP = (
    *("handle", "path", "journal", "refused_bytes", "max_bytes", "timeout"),
    *("handler_timeout", "threads"),
)


class Claims(Struct):
    """The names of one place, each with what has it."""

    owners: dict[str, str] = field(default_factory=dict[str, str])

    def claim(self, name: str, owner: str) -> str | None:
        """Return the owner of a name; None if it was free, and is the new owner's now."""
        taken = self.owners.get(name)
        self.owners.setdefault(name, owner)
        return taken


def claims(names: Iterable[str], owner: str) -> Claims:
    """A place some of whose names are taken."""
    return Claims(dict.fromkeys(names, owner))


def collisions(contract: Contract) -> list[Diagnostic]:
    """All names of a spec that are those of something else."""
    checks: tuple[Callable[[Contract], Iterator[Diagnostic]], ...] = (
        _package,
        _definitions,
        _fields,
        _functions,
        _calls,
        _parameters,
        _requests,
        _pushes,
        _push_fields,
    )
    return [finding for check in checks for finding in check(contract)]


def _package(contract: Contract) -> Iterator[Diagnostic]:
    package = contract.spec.package
    if package in sys.stdlib_module_names | _NEWER or package in _PACKAGES:
        message = f"a package named {package!r} would hide the module of that name"
        yield _found(contract.spec.span, message, "give another one: `package: …`")


def _definitions(contract: Contract) -> Iterator[Diagnostic]:
    """Definitions whose classes, or whose functions and tables, have one name."""
    roots = frozenset(whole_texts(contract))
    functions, classes = Claims(), Claims()
    package = Package(contract.definitions)
    for definition in contract.definitions.values():
        owner = repr(definition.name)
        names = dict.fromkeys(_names(package, definition, is_root=definition.name in roots))
        taken = [(name, other) for name in names if (other := functions.claim(name, owner))]
        for name, other in taken[:1]:
            message = f"{owner} and {other} are both {name!r} in Python"
            yield _found(definition.span, message, "rename one of them")
        for name in package.value(definition).class_names:
            if other := classes.claim(name, owner):
                message = f"the class {name!r} of {owner} has the name of one of {other}"
                yield _found(definition.span, message, "rename the definition")


def _names(package: Package, definition: Definition, *, is_root: bool) -> Iterator[str]:
    """The names of functions, and of tables in small letters, that come of a definition."""
    value = package.value(definition)
    name = value.function.strip("_")
    yield name
    if is_root:
        yield f"{name}_text"
    if isinstance(definition, ListGrammar):
        yield f"{name}_item"
    if isinstance(definition, ChoiceGrammar):
        yield f"{name}_inside"
    if not is_leaf(definition):
        yield value.written_function
    if is_leaf(definition):
        yield f"{name}_form"
        yield f"{name}_form_trimmed"
        if kind_of(definition).notation is not None:
            yield f"{name}_notation"


def _fields(contract: Contract) -> Iterator[Diagnostic]:
    """Fields that would hide a record which the record they are in has in it."""
    definitions = contract.definitions
    for record in definitions.values():
        if not isinstance(record, Record):
            continue
        kinds = [definitions[each.type] for each in record.fields]
        inner = {name for kind in kinds for name in getattr(kind, "items", (kind.name,))}
        for each in record.fields:
            if each.name in inner and isinstance(definitions.get(each.name), Record):
                message = f"a field named {each.name!r} would hide the record of that name"
                yield _found(each.span, message, "rename the field, or add an underscore")


def _functions(contract: Contract) -> Iterator[Diagnostic]:
    """Parsers and formatters of results, pushes and strings in messages that have one name."""
    parsers, formatters = Claims(), Claims()
    for operation in text_operations(contract):
        parsers.claim(operation.python_name, repr(operation.name))
        formatters.claim(operation.python_name, repr(operation.name))
    for name in named_texts(contract):
        definition = contract.definitions[name]
        called, owner = Package(contract.definitions).of(name).function, repr(name)
        if other := parsers.claim(called, owner):
            message = f"the parsers of {owner} and of {other} are both 'parse_{called}'"
            yield _found(definition.span, message, "rename one of them")
        formatters.claim(called, owner)
    for callback in contract.spec.callbacks:
        called = snake_case(callback.name)
        if other := formatters.claim(called, repr(callback.name)):
            message = f"the formatters of {callback.name!r} and of {other} are both"
            yield _found(callback.span, f"{message} 'format_{called}'", "rename one of them")


def _calls(contract: Contract) -> Iterator[Diagnostic]:
    """Calls whose functions, constants or pages have one name."""
    planned = planned_calls(contract)
    taken = claims((*_CLIENT, *map(page_name, planned)), "the client's own")
    constants = Claims()
    for operation in contract.operations:
        constant = operation.python_name.strip("_").upper()
        if constants.claim(constant, repr(operation.name)):
            yield _hidden(operation.python_name, "call", _span(operation))
    for call in planned:
        if taken.claim(call.python_name, repr(call.operation.name)):
            yield _hidden(call.python_name, "call", _span(call.operation))


def _parameters(contract: Contract) -> Iterator[Diagnostic]:
    """Parameters that have the name of another, or of what every call or client is given."""
    for call in planned_calls(contract):
        names = claims(("self", "validate"), "every call's")
        for parameter in call.parameters:
            name = parameter.python_name
            is_taken = names.claim(name, repr(parameter.name)) or name.startswith("__")
            if is_taken or (parameter.bound and name in GIVEN):
                yield _hidden(name, "parameter", parameter.span)


def _requests(contract: Contract) -> Iterator[Diagnostic]:
    """Operations whose requests have one name, or that of something the server has."""
    taken = claims(_SERVER, "the server")
    for operation in contract.operations:
        name = request_class(operation)
        if taken.claim(name, repr(operation.name)):
            message = f"the request of {operation.name!r} would be called {name!r}, which is taken"
            yield _found(_span(operation), message, "give it a `python_name`")


def _pushes(contract: Contract) -> Iterator[Diagnostic]:
    """Pushes whose classes have one name, or that of something beside them."""
    taken = claims(_CALLBACKS, "the module of pushes")
    for callback in contract.spec.callbacks:
        if taken.claim(callback.name, "a push"):
            message = f"the class of the push {callback.name!r} has the name of another"
            yield _found(callback.span, message, "rename it")


def _push_fields(contract: Contract) -> Iterator[Diagnostic]:
    """Fields of pushes that have one name, or that of what the application is given."""
    given = {name for name in known_fields(contract) if name in _PUSH_APP}
    for callback in contract.spec.callbacks:
        taken = claims(given, "the application")
        for each in callback.fields:
            if each.type not in contract.definitions:
                continue
            name = field_name(contract, each)
            if taken.claim(name, repr(each.name)) or not is_identifier(name):
                message = f"the field {each.name!r} cannot be {name!r} in Python"
                yield _found(each.span, message, "rename its definition")


def _span(operation: ContractOperation) -> Span:
    return operation.operation.span if operation.spec is None else operation.spec.span


def _hidden(name: str, what: str, span: Span) -> Diagnostic:
    message = f"a {what} named {name!r} would hide the thing of that name"
    return _found(span, message, "give it a `python_name`")


def _found(span: Span, message: str, help_text: str) -> Diagnostic:
    return Diagnostic(NAMES_COLLIDE, span, message, help_text)
