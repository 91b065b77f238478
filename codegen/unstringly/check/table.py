"""The checks of a contract, in one table, and the findings that its spec acknowledges."""

from collections.abc import Sequence
from dataclasses import replace

from unstringly.check import (
    acceptance,
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
from unstringly.check.subject import Check, subject_of
from unstringly.diagnostics import Diagnostic, Rule
from unstringly.model.contract import Contract

CHECKS: tuple[Check, ...] = (
    unique.check_unique,
    places.check_places,
    nesting.check_nested,
    numbers.check_numbers,
    line_ends.check_line_ends,
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
    *numbers.RULES,
    *acceptance.RULES,
)


def check_contract(contract: Contract, before: Sequence[Diagnostic] = ()) -> tuple[Diagnostic, ...]:
    """The findings from before and those of all checks, without what the spec acknowledges."""
    subject = subject_of(contract)
    found = tuple(
        replace(finding.diagnostic, about=finding.about)
        for check in CHECKS
        for finding in check(subject)
    )
    every = (*before, *found)
    return (*unaccepted(contract.spec, every), *stale(contract.spec, every))
