"""Plans `errors.py`: the package's exceptions under one base, and `expect`, which raises codes."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from unstringly.model.contract import Contract
from unstringly.model.schema_names import ComponentName
from unstringly.model.spec import PackagePart
from unstringly.plan.rejections import Rejections, rejections
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
    rejected = rejections(contract)
    classes_of_rejections = (*rejected.codes, *rejected.records)
    details: dict[ComponentName, Expression] = {}
    for structured in (shaped.operations or {}).values():
        details |= structured.faults
    declared = tuple(_declared(faults[element], details[element], element) for element in faults)
    classes = set(raised)
    body: tuple[Statement, ...] = ()
    names = [name, *raised, *(symbol.name for symbol in faults.values())]
    if classes_of_rejections:
        classes.add("Rejected")
        names += ["Rejected", "expect"]
        variable = Assign((_T,), call(TYPE_VAR, Text("T")))
        expect = _expect(union(classes_of_rejections), what=_what(rejected))
        body = (variable, _rejected(contract, base, rejected), expect)
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


def _what(rejected: Rejections) -> str:
    """The word for what `expect` raises."""
    return "rejection" if rejected.records else "code"


def _rejected(contract: Contract, base: Symbol, rejected: Rejections) -> Class:
    """Return the exception that `expect` raises."""
    super_init = method(call(builtin("super")), "__init__", Name("code"))
    init = Function(
        "__init__",
        (Parameter("self"), Parameter("code", union((*rejected.codes, *rejected.records)))),
        NONE,
        (Evaluate(super_init), Assign((_CODE,), Name("code"))),
    )
    return Class(
        "Rejected",
        (
            Docstring(f"The service answered with a {_what(rejected)} instead of a result."),
            init,
            Function("__str__", (Parameter("self"),), STR, tuple(_shown(contract, rejected))),
        ),
        bases=(base,),
    )


def _shown(contract: Contract, rejected: Rejections) -> Iterator[Statement]:
    """The statements that return a rejection in words: of a record only the class."""
    if rejected.records:
        named = Return(Attribute(call(builtin("type"), _CODE), "__name__"))
        if not rejected.codes:
            yield named
            return
        yield If(call(builtin("isinstance"), _CODE, union(rejected.records)), (named,))
    defined = {definition.name for definition in contract.definitions.values()}
    codes = rejected.codes
    unlisted = [code for code in codes if isinstance(code, Symbol) and code.name not in defined]
    message = method(_CODE, "message")
    if unlisted:
        is_unlisted = call(builtin("isinstance"), _CODE, union(unlisted))
        yield If(is_unlisted, (Return(Format((_CODE, ": ", message))),))
    yield Return(Format((_CODE, " (", Attribute(_CODE, "text"), "): ", message)))


def _expect(codes: Expression, *, what: str) -> Function:
    result = Name("result")
    is_code = call(builtin("isinstance"), result, codes)
    return Function(
        "expect",
        (Parameter("result", union([_T, codes])),),
        _T,
        (If(is_code, (Raise(call(Name("Rejected"), result)),)), Return(result)),
        doc=f"The result, if it is no {what}. Raises Rejected for a {what}.",
    )


def _named(base: Symbol) -> tuple[Statement, ...]:
    """Return the statements that give the base the name that tracebacks and pickles show."""
    name = Text(base.local)
    return (
        Comment("Tracebacks and pickles show this name."),
        Assign((Attribute(base, "__name__"),), name),
        Assign((Attribute(base, "__qualname__"),), name),
    )
