"""The `accept` of a spec: findings that its author knows about and lives with.

A finding is about a definition or about operations. It is dropped if `accept` has its code beside
that name. A finding about several operations is dropped if `accept` names all of them.
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
    """Return the findings without those that the spec acknowledges."""
    return tuple(finding for finding in findings if not _is_accepted(spec, finding))


def not_acceptable(spec: Spec, rules: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    """Yield a finding for each code in `accept` that no rule has, or that an error has."""
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
    """Yield a finding for each code in `accept` that no finding of the checks has there.

    Codes that no spec can acknowledge are left to `not_acceptable`.
    """
    reported = {(name, finding.rule.code) for finding in findings for name in _subjects(finding)}
    for name, acceptance in spec.accepted.items():
        for code in acceptance.codes:
            is_acceptable = code in rules and rules[code].severity is not Severity.ERROR
            if is_acceptable and (name, code) not in reported:
                message = f"{name!r} accepts {code}, and there is no such finding about it"
                yield Diagnostic(
                    NOTHING_TO_ACCEPT, acceptance.span, message, f"remove {code} from `accept`"
                )


def _is_accepted(spec: Spec, finding: Diagnostic) -> bool:
    """Say whether `accept` has the finding's code beside all names that the finding is about."""
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
    """Return the names that `accept` can have for a finding: a definition, or the operations."""
    lost = (loss.operation for loss in finding.lost)
    about = (finding.about,) if finding.about else ()
    return tuple(dict.fromkeys((*about, *lost, *finding.operations)))
