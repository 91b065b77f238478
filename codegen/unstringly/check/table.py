"""The checks of a contract, in one table, and the findings that its spec acknowledges."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from unstringly.automata.work import What, whole
from unstringly.check import (
    acceptance,
    bounds,
    defaults,
    escapes,
    forgery,
    leaves,
    line_ends,
    nesting,
    nulls,
    numbers,
    places,
    truncation,
    unique,
)
from unstringly.check.acceptance import stale, unaccepted
from unstringly.check.bounds import Asking
from unstringly.check.defaults import check_defaults
from unstringly.check.subject import Check, Finding, Question, Subject
from unstringly.compile.compiled import Compiled
from unstringly.diagnostics import Diagnostic, Rule, has_errors
from unstringly.model.contract import Contract

CHECKS: tuple[Check, ...] = (
    bounds.check_nesting,
    unique.check_unique,
    places.check_places,
    nesting.check_nested,
    numbers.check_numbers,
    line_ends.check_line_ends,
    escapes.check_escapes,
    forgery.check_forgery,
    leaves.check_spellings,
    leaves.check_carried,
    truncation.check_truncation,
    nulls.check_nulls,
)

RULES: tuple[Rule, ...] = (
    *unique.RULES,
    *forgery.RULES,
    *leaves.RULES,
    *truncation.RULES,
    *places.RULES,
    *line_ends.RULES,
    *escapes.RULES,
    *bounds.RULES,
    *numbers.RULES,
    *defaults.RULES,
    *nulls.RULES,
    *acceptance.RULES,
)


def check_contract(
    contract: Contract,
    compiled: Compiled,
    before: Sequence[Diagnostic],
    rules: Mapping[str, Rule],
) -> tuple[Diagnostic, ...]:
    """The findings from before and those of all checks, without what the spec acknowledges.

    Where something is wrong already, only what depends on nothing else is checked. `rules` are
    all there are, by code.
    """
    subject = Subject(contract, compiled)
    before = (*before, *(each.diagnostic for each in check_defaults(subject)))
    if has_errors(before):
        return unaccepted(contract.spec, before)
    asking = Asking(subject)
    with whole(What.SPEC, compiled.spent):
        for check in CHECKS:
            for each in check(subject):
                match each:
                    case Finding():
                        asking.findings.append(each)
                    case Question(about, answer):
                        asking.ask(about, answer)
    found = (replace(each.diagnostic, about=each.about) for each in asking.findings)
    every = (*before, *found)
    left_over = stale(contract.spec, every, rules) if asking.is_complete else ()
    return (*unaccepted(contract.spec, every), *left_over)
