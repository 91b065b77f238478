"""L113: texts that null is read as, and that are no results of their operations."""

import re
from collections.abc import Iterator

from unstringly.automata.marked import has_reading
from unstringly.check.subject import Finding, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.grammar import LineEnds

NULL_UNFIT = Rule(
    "L113",
    Severity.ERROR,
    "what null is read as is no result of the operation",
    wrong="""\
A result that is left out of a response, or is `xsi:nil`, is read as the text that `null` gives.
That text goes to the parser of the operation like any other, and the grammar of this result does
not read it.""",
    why="Every such response would be malformed, which is what it is without `null`.",
    example="""\
GetCount: {effect: read, result: Count, null: empty}
Count: {integer: '[0-9]{1,9}'}        the empty text is no Count""",
    todo="""\
Give a text that the grammar reads (`null: '0'`), let the grammar read this one, or leave `null`
out if a null is an error of the service.""",
)

RULES = (NULL_UNFIT,)


def check_nulls(subject: Subject) -> Iterator[Finding]:
    """The operations that read null as a text which their grammar does not read."""
    for operation in subject.contract.operations:
        spec = operation.spec
        whole = subject.compiled.texts.get(operation.result or "")
        if spec is None or spec.null is None or operation.result is None or whole is None:
            continue
        read = spec.null
        if subject.contract.spec.line_ends is LineEnds.LF:
            read = re.sub("\r+\n", "\n", read)
        if not has_reading(whole.alphabet, whole.automaton, read):
            text = shown(spec.null) if spec.null else "the empty text"
            message = f"null is read as {text}, which {operation.result!r} does not read"
            help_text = "give a text that it reads, let it read this one, or leave `null` out"
            yield Finding(
                operation.result, Diagnostic(NULL_UNFIT, spec.null_span, message, help_text)
            )
