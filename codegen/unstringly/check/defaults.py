"""L112: defaults of parameters that are not of their types."""

from collections.abc import Iterator

from unstringly.check.subject import Finding, Subject
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.kinds.table import kind_of
from unstringly.model.parts import as_leaf
from unstringly.model.spec import Parameter
from unstringly.model.uses import Use, stated_parameters

DEFAULT_UNFIT = Rule(
    "L112",
    Severity.ERROR,
    "a parameter's default is not of its type",
    wrong="""\
A default is sent when the caller says nothing, and is checked like any other text. Its own
type refuses this one.""",
    why="Every call that says nothing would fail.",
    example="""\
Level: {type: Digit, default: none}        with        Digit: {text: '[0-9]'}""",
    todo="Correct the default, or widen the type.",
)

RULES = (DEFAULT_UNFIT,)


def check_defaults(subject: Subject) -> Iterator[Finding]:
    """A finding for each default that would be refused when it is sent."""
    for parameter in stated_parameters(subject.contract):
        if parameter.default is not None and not _fits(subject, parameter):
            message = f"the default {parameter.default!r} is not of its type"
            if parameter.type is not None:
                message = f"the default {parameter.default!r} is no {parameter.type}"
            help_text = "correct the default, or widen the type"
            diagnostic = Diagnostic(DEFAULT_UNFIT, parameter.span, message, help_text)
            yield Finding(parameter.type or "", diagnostic)


def _fits(subject: Subject, parameter: Parameter) -> bool:
    text = parameter.default or ""
    sent: str | None = text
    if parameter.type is not None:
        sent = kind_of(as_leaf(subject.contract.definitions[parameter.type])).sent(text)
    if sent is None or (parameter.max_length is not None and len(sent) > parameter.max_length):
        return False
    if parameter.type is None:
        return True
    leaf = subject.compiled.leaves.get(Use(parameter.type, padded=False))
    # What is too large is an error of its own (G111).
    return leaf is None or leaf.contents.written.accepts(sent)
