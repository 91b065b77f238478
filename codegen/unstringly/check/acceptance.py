"""The `accept` of a spec: which findings its author knows about and lives with.

A finding is about a definition or about an operation, and those whose names `accept` has are
dropped. One that costs several operations is dropped when all of them are named.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.spec import Spec

NOTHING_TO_ACCEPT = Rule(
    "G106",
    Severity.WARNING,
    "the key `accept` names a finding that does not exist, or an error",
    wrong="""\
`accept` names a code beside a definition or an operation that no such finding is about: it
was mended, or the code stands beside the wrong name. Or the code is that of an error, which cannot
be acknowledged, or of no rule.""",
    why="""\
An acknowledgement that is left over would hide the finding when it comes again. One that cannot be
does nothing, and its reader believes that it does.""",
    example="""\
accept: {Content: {codes: G102, reason: ...}}        and Content excludes the delimiters""",
    todo="""\
Remove the code from `accept`, or put it beside the name that the finding is about. Mend an
error. `unstringly explain` lists the rules.""",
)

RULES = (NOTHING_TO_ACCEPT,)


def unaccepted(spec: Spec, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings without those that the spec acknowledges."""
    return tuple(finding for finding in findings if not _is_accepted(spec, finding))


def not_acceptable(spec: Spec, rules: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    """A finding for each code in `accept` that is no rule's, or that of an error."""
    for name, acceptance in spec.accepted.items():
        for code in acceptance.codes:
            if code not in rules:
                message = f"{name!r} accepts {code!r}, and there is no such rule"
                help_text = "correct the code, or remove it; `unstringly explain` lists the rules"
            elif rules[code].severity is Severity.ERROR:
                message = f"{name!r} accepts {code}, which is an error"
                help_text = f"errors cannot be acknowledged: mend it, and remove {code}"
            else:
                continue
            yield Diagnostic(NOTHING_TO_ACCEPT, acceptance.span, message, help_text)


def stale(
    spec: Spec, findings: Sequence[Diagnostic], rules: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    """A finding for each acknowledgement of one that is not among all findings of the checks.

    What no spec can acknowledge is left to `not_acceptable`.
    """
    found = {(name, each.rule.code) for each in findings for name in _subjects(each)}
    for name, acceptance in spec.accepted.items():
        for code in acceptance.codes:
            can_be = code in rules and rules[code].severity is not Severity.ERROR
            if can_be and (name, code) not in found:
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
