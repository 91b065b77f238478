"""Plans `errors.py`: the package's exceptions under one base, and `expect`, which raises codes."""

from dataclasses import dataclass

from unstringly.model.contract import Contract
from unstringly.plan.rejections import rejection_types
from unstringly.plan.vocabulary import error_base
from unstringly.python.build import NONE, STR, builtin, call, method, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import Attribute, Display, Expression, Format, Name, Symbol, Text
from unstringly.python.statement_nodes import (
    Assign,
    Class,
    Comment,
    Docstring,
    Evaluate,
    For,
    Function,
    If,
    Parameter,
    Raise,
    Return,
    Statement,
)
from unstringly.python.symbols import SERVICE_ERROR, TYPE_VAR, runtime

_RAISED = (
    "MalformedResponse",
    "ServiceFault",
    "Unwritable",
    "IncompleteResponse",
    "InvalidParameter",
    "JournalFailed",
    "NotSent",
    "OutcomeUnknown",
    "TooSoon",
)
_T = Name("T")
_CODE = Attribute(Name("self"), "code")


@dataclass(frozen=True, slots=True)
class Errors:
    """The view of `errors.py`: the base of the exceptions, the public names, the statements."""

    base: str
    names: tuple[str, ...]
    has_codes: bool
    body: tuple[Statement, ...]


def errors_view(contract: Contract) -> Errors:
    """Return the view of `errors.py`."""
    name = error_base(contract)
    base = Symbol(SERVICE_ERROR.module, SERVICE_ERROR.name, local=name)
    raised = {error: runtime("errors.exceptions", error) for error in _RAISED}
    codes = rejection_types(contract)
    classes: dict[str, Expression] = dict(raised)
    body: tuple[Statement, ...] = ()
    names = [name, *raised]
    if codes:
        classes["Rejected"] = Name("Rejected")
        names += ["Rejected", "expect"]
        variable = Assign((_T,), call(TYPE_VAR, Text("T")))
        body = (variable, _rejected(contract, base, codes), _expect(union(codes)))
    own = (base, *(classes[error] for error in sorted(classes)))
    return Errors(name, tuple(in_order(names)), bool(codes), (*body, *_at_home(base, own)))


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


def _at_home(base: Symbol, classes: tuple[Expression, ...]) -> tuple[Statement, ...]:
    """Return the statements that give the classes the public names that tracebacks show."""
    to_module = Assign((Attribute(Name("_class"), "__module__"),), Name("__name__"))
    listed = Display("tuple", classes, expanded=True)
    name = Text(base.local)
    return (
        Comment("Tracebacks show the public names."),
        For("_class", listed, (to_module,)),
        Assign((Attribute(base, "__name__"),), name),
        Assign((Attribute(base, "__qualname__"),), name),
    )
