"""The `accept` of a spec: which findings its author knows about and lives with.

A finding is about a definition or about an operation, and those whose names `accept` has are
dropped. One that costs several operations is dropped when all of them are named.
"""

from collections.abc import Iterable, Iterator, Sequence

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.spec import Spec

NOTHING_TO_ACCEPT = Rule(
    "G106",
    Severity.WARNING,
    "a finding is acknowledged that there is not",
    wrong="""\
`accept` names a code beside a definition or an operation that no such finding is about: it
was mended, or the code stands beside the wrong name. Errors cannot be acknowledged.""",
    why="""\
An acknowledgement that is left over would hide the finding when it comes again.""",
    example="""\
accept: {Content: {codes: G102, reason: ...}}        and Content excludes the delimiters""",
    todo="""\
Remove the code from `accept`, or put it beside the name that the finding is about.""",
)

RULES = (NOTHING_TO_ACCEPT,)


def unaccepted(spec: Spec, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings without those that the spec acknowledges."""
    return tuple(finding for finding in findings if not _is_accepted(spec, finding))


def stale(spec: Spec, findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """A finding for each acknowledgement of one that is not among all findings of the checks."""
    found = {(name, each.rule.code) for each in findings for name in _subjects(each)}
    for name, acceptance in spec.accepted.items():
        for code in acceptance.codes:
            if (name, code) not in found:
                message = f"{name!r} accepts {code}, and there is no such finding about it"
                yield Diagnostic(
                    NOTHING_TO_ACCEPT, acceptance.span, message, f"remove {code} from `accept`"
                )


def _is_accepted(spec: Spec, finding: Diagnostic) -> bool:
    names = _subjects(finding)
    return (
        finding.severity is not Severity.ERROR
        and bool(names)
        and all(
            name in spec.accepted and finding.rule.code in spec.accepted[name].codes
            for name in names
        )
    )


def _subjects(finding: Diagnostic) -> tuple[str, ...]:
    """The names that `accept` can have for a finding: a definition, or the operations."""
    lost = dict.fromkeys(loss.operation for loss in finding.lost)
    return (finding.about, *lost) if finding.about else tuple(lost)
