"""Whether the defaults of parameters are what their types allow."""

from unstringly.automata.leaves import form_language, form_of
from unstringly.automata.work import TooLarge
from unstringly.diagnostics import Diagnostic
from unstringly.link_rules import DEFAULT_UNFIT
from unstringly.model.contract import Contract
from unstringly.model.spec import Parameter
from unstringly.plan.calls import planned_calls
from unstringly.plan.vocabulary import as_leaf


def unfit_defaults(contract: Contract) -> list[Diagnostic]:
    """The defaults that would be refused when they are sent, each once."""
    found: dict[Diagnostic, None] = {}
    for planned in planned_calls(contract):
        for parameter in planned.parameters:
            if parameter.default is not None and not _fits(contract, parameter):
                message = f"the default {parameter.default!r} is not of its type"
                if parameter.type is not None:
                    message = f"the default {parameter.default!r} is no {parameter.type}"
                help_text = "correct the default, or widen the type"
                found[Diagnostic(DEFAULT_UNFIT, parameter.span, message, help_text)] = None
    return list(found)


def _fits(contract: Contract, parameter: Parameter) -> bool:
    text = parameter.default or ""
    if parameter.max_length is not None and len(text) > parameter.max_length:
        return False
    if parameter.type is None:
        return True
    form = form_of(as_leaf(contract.definitions[parameter.type]))
    try:
        language = form_language(form, contract.spec.line_ends, padded=False, nil=None)
    except TooLarge:
        return True  # an error of its own, which the checks report (G111)
    return language.accepts(text)
