"""Plans `errors.py`: the package's exceptions under one base, and `expect`, which raises codes."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from unstringly.model.contract import Contract
from unstringly.model.schema_names import ComponentName
from unstringly.model.spec import PackagePart
from unstringly.plan.rejections import rejection_types
from unstringly.plan.vocabulary import error_base
from unstringly.python.build import NONE, STR, builtin, call, generic, method, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import Attribute, Expression, Format, Name, Symbol, Text
from unstringly.python.statement_nodes import (
    Assign,
    Class,
    Comment,
    Docstring,
    Evaluate,
    Function,
    If,
    Parameter,
    Raise,
    Return,
    Statement,
)
from unstringly.python.symbols import SERVICE_ERROR, TYPE_VAR, runtime
from unstringly.shapes.service import Shaped

_PARAMETER = "InvalidParameter"
_OF_TEXTS = ("MalformedResponse", "Unwritable")
_OF_CALLS = (
    *("IncompleteResponse", "JournalFailed", "NotSent", "OutcomeUnknown", "ServiceFault"),
    "TooSoon",
)
_SAID: Mapping[str, str] = {
    _PARAMETER: "a parameter that the document does not allow; nothing is sent",
    "NotSent": "proved: no byte of the request left; safe to call again",
    "TooSoon": "the service wants a pause, and it is not over",
    "OutcomeUnknown": "the request left, no whole response came: check first",
    "IncompleteResponse": "a response began and did not end (a MalformedResponse too)",
    "MalformedResponse": "a response that is none of the things it may be",
    "ServiceFault": "an error of the service, or of something before it",
    "JournalFailed": "a response came, and the journal did not take it",
    "Rejected": "a code, from `expect`",
    "Unwritable": "a value that could not be read back, and is not written",
}
"""The words about each exception, in the order in which the tree shows them."""

_VALUE_ERRORS = (_PARAMETER, "Unwritable")
_COLUMN = 33
_BELOW = {"TooSoon", "IncompleteResponse"}
"""Exceptions that stand below the one before them."""

_T = Name("T")
_CODE = Attribute(Name("self"), "code")


class Errors(Struct, frozen=True):
    """The view of `errors.py`: the base of the exceptions, the public names, the statements."""

    doc: Docstring
    names: tuple[str, ...]
    body: tuple[Statement, ...]
    uses: tuple[Symbol, ...]


def own_names(contract: Contract) -> tuple[str, ...]:
    """Return the names that `errors.py` has in any package, those of all parts."""
    return (error_base(contract), *_SAID, "DeclaredFault", "expect", "T", "ServiceError")


def errors_view(
    contract: Contract, shaped: Shaped, faults: Mapping[ComponentName, Symbol]
) -> Errors:
    """Return the view of `errors.py`; `faults` are the exceptions of declared faults."""
    name = error_base(contract)
    base = Symbol(SERVICE_ERROR.module, SERVICE_ERROR.name, local=name)
    raised = {error: runtime("errors.exceptions", error) for error in _raised(contract)}
    codes = rejection_types(contract)
    details: dict[ComponentName, Expression] = {}
    for structured in (shaped.operations or {}).values():
        details |= structured.faults
    declared = tuple(_declared(faults[element], details[element], element) for element in faults)
    classes = set(raised)
    body: tuple[Statement, ...] = ()
    names = [name, *raised, *(symbol.name for symbol in faults.values())]
    if codes:
        classes.add("Rejected")
        names += ["Rejected", "expect"]
        variable = Assign((_T,), call(TYPE_VAR, Text("T")))
        body = (variable, _rejected(contract, base, codes), _expect(union(codes)))
    return Errors(
        _tree(name, classes),
        tuple(in_order(names)),
        (*body, *declared, *_named(base)),
        tuple(raised.values()),
    )


def _declared(symbol: Symbol, detail: Expression, element: ComponentName) -> Class:
    """Return the exception of a declared fault."""
    doc = Docstring(f"The service answered with the fault {element.local}; see `detail`.")
    base = generic(runtime("errors.exceptions", "DeclaredFault"), detail)
    return Class(symbol.name, (doc,), bases=(base,))


def _raised(contract: Contract) -> Iterator[str]:
    """The exceptions that the parts of the package raise."""
    parts = contract.spec.package_parts
    yield from _OF_TEXTS
    if not parts.isdisjoint((PackagePart.CLIENT, PackagePart.SERVER)):
        yield _PARAMETER
    if PackagePart.CLIENT in parts:
        yield from _OF_CALLS


def _tree(base: str, classes: Collection[str]) -> Docstring:
    """The docstring with the tree of all exceptions, which is drawn."""
    lines = ["What this package raises.", "", base]
    shown = [name for name in _SAID if name in classes]
    for number, name in enumerate(shown, 1):
        mark = "└── " if number == len(shown) else "├── "
        if name in _BELOW:
            mark = "│   └── "
        kind = " (ValueError)" if name in _VALUE_ERRORS else ""
        lines.append(f"{mark}{name}{kind}".ljust(_COLUMN) + f" {_SAID[name]}")
    return Docstring("\n".join(lines))


def _rejected(contract: Contract, base: Symbol, codes: tuple[Expression, ...]) -> Class:
    """Return the exception that `expect` raises."""
    defined = {definition.name for definition in contract.definitions.values()}
    unlisted = [code for code in codes if isinstance(code, Symbol) and code.name not in defined]
    message = method(_CODE, "message")
    text = Format((_CODE, " (", Attribute(_CODE, "text"), "): ", message))
    shown: list[Statement] = [Return(text)]
    if unlisted:
        is_unlisted = call(builtin("isinstance"), _CODE, union(unlisted))
        shown.insert(0, If(is_unlisted, (Return(Format((_CODE, ": ", message))),)))
    super_init = method(call(builtin("super")), "__init__", Name("code"))
    init = Function(
        "__init__",
        (Parameter("self"), Parameter("code", union(codes))),
        NONE,
        (Evaluate(super_init), Assign((_CODE,), Name("code"))),
    )
    return Class(
        "Rejected",
        (
            Docstring("The service answered with a code instead of a result."),
            init,
            Function("__str__", (Parameter("self"),), STR, tuple(shown)),
        ),
        bases=(base,),
    )


def _expect(codes: Expression) -> Function:
    result = Name("result")
    is_code = call(builtin("isinstance"), result, codes)
    return Function(
        "expect",
        (Parameter("result", union([_T, codes])),),
        _T,
        (If(is_code, (Raise(call(Name("Rejected"), result)),)), Return(result)),
        doc="The result, if it is no code. Raises Rejected for a code.",
    )


def _named(base: Symbol) -> tuple[Statement, ...]:
    """Return the statements that give the base the name that tracebacks and pickles show."""
    name = Text(base.local)
    return (
        Comment("Tracebacks and pickles show this name."),
        Assign((Attribute(base, "__name__"),), name),
        Assign((Attribute(base, "__qualname__"),), name),
    )
