"""Whether what null is read as is a result of its operation."""

import re
from collections.abc import Iterator

from unstringly.automata.marked import has_reading
from unstringly.check.subject import Finding, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic
from unstringly.link_rules import NULL_UNFIT
from unstringly.model.grammar import LineEnds


def check_nulls(subject: Subject) -> Iterator[Finding]:
    """The operations that read null as a text which their grammar does not read."""
    roots = {root.name: root for root in subject.roots}
    for operation in subject.contract.operations:
        spec = operation.spec
        root = roots.get(operation.result or "")
        if spec is None or spec.null is None or operation.result is None or root is None:
            continue
        read = spec.null
        if subject.contract.spec.line_ends is LineEnds.LF:
            read = re.sub("\r+\n", "\n", read)
        if not has_reading(root.alphabet, root.automaton, read):
            text = shown(spec.null) if spec.null else "the empty text"
            message = f"null is read as {text}, which {operation.result!r} does not read"
            help_text = "give a text that it reads, let it read this one, or leave `null` out"
            yield Finding(
                operation.result, Diagnostic(NULL_UNFIT, spec.null_span, message, help_text)
            )
