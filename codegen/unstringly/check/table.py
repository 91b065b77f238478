"""The checks of a contract, in one table, and the findings that its spec acknowledges."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from unstringly.automata.work import Work, whole
from unstringly.check import (
    acceptance,
    bounds,
    defaults,
    escapes,
    examples,
    forgery,
    layouts,
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
from unstringly.model.examples import Sample

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
    layouts.check_layouts,
    truncation.check_truncation,
    nulls.check_nulls,
    examples.check_examples,
)

RULES: tuple[Rule, ...] = (
    *unique.RULES,
    *forgery.RULES,
    *leaves.RULES,
    *layouts.RULES,
    *truncation.RULES,
    *places.RULES,
    *line_ends.RULES,
    *escapes.RULES,
    *bounds.RULES,
    *numbers.RULES,
    *defaults.RULES,
    *nulls.RULES,
    *examples.RULES,
    *acceptance.RULES,
)


def check_contract(
    contract: Contract,
    compiled: Compiled,
    before: Sequence[Diagnostic],
    rules: Mapping[str, Rule],
    samples: tuple[Sample, ...] = (),
) -> tuple[Diagnostic, ...]:
    """Return the findings from before and those of all checks, without the acknowledged ones.

    If there are errors already, only checks run that depend on nothing else. `rules` are all
    rules, by code.
    """
    subject = Subject(contract, compiled, samples)
    before = (*before, *(finding.diagnostic for finding in check_defaults(subject)))
    if has_errors(before):
        return unaccepted(contract.spec, before)
    asking = Asking(subject)
    with whole(Work.SPEC, compiled.spent):
        for check in CHECKS:
            for result in check(subject):
                match result:
                    case Finding():
                        asking.findings.append(result)
                    case Question(about, answer):
                        asking.ask(about, answer)
    own = (replace(finding.diagnostic, about=finding.about) for finding in asking.findings)
    findings = (*before, *own)
    left_over = stale(contract.spec, findings, rules) if asking.is_complete else ()
    return (*unaccepted(contract.spec, findings), *left_over)
