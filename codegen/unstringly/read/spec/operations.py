"""Reader of `operations` and `callbacks`: effects, limits, parameters and results of calls."""

from msgspec.structs import replace

from unstringly.counting import counted
from unstringly.diagnostics import Diagnostic
from unstringly.model.grammar import LocalizedText
from unstringly.model.spec import (
    Callback,
    CallbackField,
    Effect,
    Limits,
    OperationSpec,
    Parameter,
    Variant,
)
from unstringly.names import call_name, is_identifier, parameter_name
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.keys import (
    BOUND,
    CALLBACK,
    CALLBACK_FIELD,
    EFFECTS,
    LIMITS,
    OPERATION,
    PARAMETER,
    VARIANT,
)
from unstringly.read.spec.names import NOT_A_NAME, argument_name, claim, python_name, wire_name
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.rules import CONFLICT, MISSING_KEY

NULL: dict[str, str | None] = {"malformed": None, "empty": ""}
"""Texts that are read in place of a null result, by keyword; None: such a response is malformed.

Any other text is read in its place as it stands.
"""


def read_operation(
    name: Scalar, node: Node, taken: dict[str, Scalar], findings: list[Diagnostic]
) -> OperationSpec | None:
    """Return an operation of the spec; None if it has errors.

    `taken` has the names of all earlier operations and variants, and gets those of this one.
    """
    cursor = Cursor(node, OPERATION.names, OPERATION.called, name.span, findings)
    wire_name(name, "an operation", findings)
    claim(name, name.text, taken, "operation", findings)
    words, section = cursor.localized("doc"), cursor.line("section")
    method = _python_name(cursor, "an operation", call_name(name.text))
    cursor.require("effect")
    effect = cursor.one_of("effect", EFFECTS, Effect.SEND)
    limits = _limits(cursor)
    parameters = _parameters(cursor, {})
    result, null = cursor.scalar("result"), cursor.scalar("null")
    if null is not None:
        cursor.is_short(null, "`null`")
    known = {parameter.name: parameter for parameter in parameters}
    variants: list[Variant] = []
    for key, value in cursor.entries("variants"):
        claim(key, key.text, taken, "operation", findings)
        variants.append(_variant(key, value, known, findings))
    if cursor.failed:
        return None
    return OperationSpec(
        name=name.text,
        python_name=method,
        words=words,
        section=section,
        effect=effect,
        limits=limits,
        parameters=parameters,
        variants=tuple(variants),
        result=None if result is None else result.text,
        result_span=name.span if result is None else result.span,
        null=None if null is None else NULL.get(null.text, null.text),
        null_span=name.span if null is None else null.span,
        span=name.span,
    )


def _limits(owner: Cursor) -> Limits:
    node = owner.node("limits")
    if node is None:
        return Limits()
    cursor = Cursor(node, LIMITS.names, LIMITS.called, owner.key_span("limits"), owner.findings)
    return Limits(*(cursor.number(key) for key in LIMITS.names))


def _variant(
    name: Scalar, node: Node, known: dict[str, Parameter], findings: list[Diagnostic]
) -> Variant:
    cursor = Cursor(node, VARIANT.names, VARIANT.called, name.span, findings)
    wire_name(name, "a variant", findings)
    words, section = cursor.localized("doc"), cursor.line("section")
    method = _python_name(cursor, "a variant", call_name(name.text))
    return Variant(name.text, method, words, section, _parameters(cursor, known), name.span)


def _parameters(owner: Cursor, known: dict[str, Parameter]) -> tuple[Parameter, ...]:
    """Return the parameters of an operation, or those that a variant restates.

    `known` are the operation's own by name, where a variant is read.
    """
    taken: dict[str, Scalar] = {}
    parameters: list[Parameter] = []
    for key, node in owner.entries("parameters"):
        parameter = _parameter(key, node, known.get(key.text), owner.findings)
        if parameter is not None:
            parameters.append(parameter)
            if not is_identifier(parameter.python_name) or parameter.python_name == "self":
                message = f"{quoted(key.text)} makes no name in Python"
                owner.report(NOT_A_NAME, key.span, message, "give it a `python_name`")
            claim(key, parameter.python_name, taken, "argument", owner.findings)
    return tuple(parameters)


def _parameter(
    name: Scalar, node: Node, known: Parameter | None, findings: list[Diagnostic]
) -> Parameter | None:
    """Return a parameter; keys that are not given are as in `known`. None if it has errors."""
    wire_name(name, "a parameter", findings)
    base = replace(known, span=name.span) if known is not None else _plain_parameter(name)
    if isinstance(node, Scalar) and not node.is_missing:
        return replace(base, type=node.text, type_span=node.span)
    cursor = Cursor(node, PARAMETER.names, PARAMETER.called, name.span, findings)
    type_name = cursor.scalar("type")
    default, fixed = cursor.text("default"), cursor.text("fixed")
    if fixed is not None:
        base = _unasked(base)
        for key in ("default", "bound"):
            if cursor.has(key):
                message = f"a `fixed` parameter is never asked for, so it has no `{key}`"
                cursor.report(CONFLICT, cursor.key_span(key), message, "leave one of them out")
    parameter = Parameter(
        name=name.text,
        python_name=_python_name(cursor, "a parameter", base.python_name),
        words=cursor.localized("doc") if cursor.has("doc") else base.words,
        type=base.type if type_name is None else type_name.text,
        type_span=base.type_span if type_name is None else type_name.span,
        secret=cursor.flag("secret") if cursor.has("secret") else base.secret,
        bound=cursor.one_of("bound", BOUND, base.bound),
        default=base.default if default is None else default,
        fixed=base.fixed if default is None and fixed is None else fixed,
        max_length=cursor.number("max_length") or base.max_length,
        message=cursor.localized("message") if cursor.has("message") else base.message,
        span=name.span,
    )
    _check_length(parameter, cursor)
    return None if cursor.failed else parameter


def _unasked(parameter: Parameter) -> Parameter:
    """Return the parameter without the keys that matter only for values from callers."""
    return replace(
        parameter, type=None, bound=False, default=None, max_length=None, message=LocalizedText()
    )


def _plain_parameter(name: Scalar) -> Parameter:
    """Return a parameter of which only the name is known."""
    return Parameter(
        name=name.text,
        python_name=parameter_name(name.text),
        words=LocalizedText(),
        type=None,
        type_span=name.span,
        secret=False,
        bound=False,
        default=None,
        fixed=None,
        max_length=None,
        message=LocalizedText(),
        span=name.span,
    )


def _check_length(parameter: Parameter, cursor: Cursor) -> None:
    for key, text in (("default", parameter.default), ("fixed", parameter.fixed)):
        if text is not None and len(text) > (parameter.max_length or len(text)):
            most = counted(parameter.max_length or 0, "character")
            message = f"`{key}` is longer than `max_length`, {most}"
            cursor.report(CONFLICT, cursor.key_span(key), message)


def _python_name(cursor: Cursor, noun: str, default: str) -> str:
    """Return the name given for Python; without one, `default`."""
    scalar = cursor.scalar("python_name")
    if scalar is None:
        return default
    check = argument_name if noun == "a parameter" else python_name
    return check(scalar, noun, cursor.findings)


def read_callback(name: Scalar, node: Node, findings: list[Diagnostic]) -> Callback | None:
    """Return a request that the service makes to its customer; None if it has errors."""
    cursor = Cursor(node, CALLBACK.names, CALLBACK.called, name.span, findings)
    python_name(name, "a callback", findings)
    words, section = cursor.localized("doc"), cursor.line("section")
    cursor.require("form")
    fields = [_callback_field(key, value, findings) for key, value in cursor.entries("form")]
    if not fields and not cursor.failed:
        cursor.report(MISSING_KEY, cursor.key_span("form"), "a form needs at least one field")
    known = tuple(field for field in fields if field is not None)
    return None if cursor.failed else Callback(name.text, words, section, known, name.span)


def _callback_field(name: Scalar, node: Node, findings: list[Diagnostic]) -> CallbackField | None:
    wire_name(name, "a form field", findings)
    if isinstance(node, Scalar) and not node.is_missing:
        return CallbackField(name.text, node.text, LocalizedText(), name.span, node.span)
    cursor = Cursor(node, CALLBACK_FIELD.names, CALLBACK_FIELD.called, name.span, findings)
    cursor.require("type")
    type_name, words = cursor.scalar("type"), cursor.localized("doc")
    if type_name is None:
        return None
    return CallbackField(name.text, type_name.text, words, name.span, type_name.span)
