"""The checks of a contract, in one table, and the findings that its spec acknowledges."""

from collections.abc import Iterator
from functools import partial

from unstringly.automata.work import What, whole
from unstringly.check import bounds, escapes, forgery, leaves, line_ends, places, truncation, unique
from unstringly.check.bounds import Asking
from unstringly.check.subject import Check, Finding, Question, Root, Subject, root_of
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.contract import Contract, whole_texts

CHECKS: tuple[Check, ...] = (
    bounds.check_nesting,
    bounds.check_forms,
    unique.check_unique,
    places.check_places,
    line_ends.check_line_ends,
    escapes.check_escapes,
    forgery.check_forgery,
    leaves.check_spellings,
    leaves.check_carried,
    truncation.check_truncation,
)

NOTHING_TO_ACCEPT = Rule(
    "G106",
    Severity.WARNING,
    "a finding is acknowledged that there is not",
    """\
`accept` names the code of a finding that the author of the spec knows about and has a reason to
live with. Here no such finding is left: the grammar was mended, or the code stands beside the
wrong definition. Errors cannot be acknowledged.

What to do: remove the code from `accept`.""",
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
    NOTHING_TO_ACCEPT,
)


def check_contract(contract: Contract) -> tuple[Diagnostic, ...]:
    """What all checks find, without what the spec acknowledges."""
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
    findings = asking.findings
    open_findings = tuple(
        finding.diagnostic for finding in findings if not _is_accepted(contract, finding)
    )
    return (*open_findings, *(_stale(contract, findings) if asking.is_complete else ()))


def _subject(contract: Contract, asking: Asking) -> Subject:
    """The contract with its whole texts compiled, as far as they are not too large."""
    roots: list[Root] = []

    def compiled(name: str) -> tuple[Finding, ...]:
        roots.append(root_of(contract, name))
        return ()

    for name in whole_texts(contract):
        asking.ask(contract.definitions[name], partial(compiled, name))
    return Subject(contract, tuple(roots))


def _is_accepted(contract: Contract, finding: Finding) -> bool:
    acceptance = contract.spec.accepted.get(finding.about)
    code = finding.diagnostic.rule.code
    is_error = finding.diagnostic.severity is Severity.ERROR
    return acceptance is not None and code in acceptance.codes and not is_error


def _stale(contract: Contract, findings: list[Finding]) -> Iterator[Diagnostic]:
    found = {(finding.about, finding.diagnostic.rule.code) for finding in findings}
    for name, acceptance in contract.spec.accepted.items():
        for code in acceptance.codes:
            if (name, code) not in found:
                message = f"{name!r} accepts {code}, and there is no such finding about it"
                yield Diagnostic(
                    NOTHING_TO_ACCEPT, acceptance.span, message, f"remove {code} from `accept`"
                )
