"""The checks of a contract, in one table, and the findings that its spec acknowledges."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from unstringly.automata.work import What, whole
from unstringly.check import (
    acceptance,
    bounds,
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
from unstringly.check.subject import Check, Finding, Question, Root, Subject, root_of
from unstringly.diagnostics import Diagnostic, Rule
from unstringly.model.contract import Contract, whole_texts

CHECKS: tuple[Check, ...] = (
    bounds.check_nesting,
    bounds.check_forms,
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
    *acceptance.RULES,
)


def check_contract(
    contract: Contract, before: Sequence[Diagnostic], rules: Mapping[str, Rule]
) -> tuple[Diagnostic, ...]:
    """The findings from before and those of all checks, without what the spec acknowledges.

    `rules` are all there are, by code.
    """
    asking = Asking(contract)
    with whole(What.SPEC):
        subject = _subject(contract, asking)
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


def _subject(contract: Contract, asking: Asking) -> Subject:
    """The contract with its whole texts compiled, as far as they are not too large."""
    roots: list[Root] = []

    def compiled(name: str) -> tuple[Finding, ...]:
        roots.append(root_of(contract, name))
        return ()

    for name in whole_texts(contract):
        asking.ask(contract.definitions[name], partial(compiled, name))
    return Subject(contract, tuple(roots))
