"""G108: CR LF in a spec whose texts lose the carriage returns before line feeds."""

from collections.abc import Iterator

from unstringly.automata.leaves import CR_LF
from unstringly.check.subject import Finding, Subject
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.grammar import (
    Constant,
    DateType,
    Definition,
    EnumType,
    Field,
    LineEnds,
    ListGrammar,
    Record,
)

NEVER_READ = Rule(
    "G108",
    Severity.ERROR,
    "a delimiter or spelling holds CR LF, and texts hold LF alone",
    """\
With `line_ends: lf` every carriage return before a line feed is taken with it before a text is
read. A separator, initiator, constant, nil or code that holds CR LF can then never be found.

What to do: write `\\n`, which stands for every line end.""",
)

RULES = (NEVER_READ,)


def check_line_ends(subject: Subject) -> Iterator[Finding]:
    """A finding for each definition with a text that cannot occur."""
    if subject.contract.spec.line_ends is not LineEnds.LF:
        return
    for definition in subject.contract.definitions.values():
        if any(CR_LF in text for text in _texts(definition)):
            message = f"a text of {definition.name!r} holds CR LF, which `line_ends: lf` takes away"
            help_text = "write `\\n`, which stands for every line end"
            diagnostic = Diagnostic(NEVER_READ, definition.span, message, help_text)
            yield Finding(definition.name, diagnostic)


def _texts(definition: Definition) -> Iterator[str]:
    match definition:
        case Record():
            yield from (*definition.separators, definition.initiator, definition.terminator)
            for element in definition.elements:
                match element:
                    case Field():
                        yield from (element.initiator, element.terminator, element.nil or "")
                    case Constant():
                        yield element.text
        case ListGrammar():
            yield from (*definition.separators, *definition.final_separators)
        case EnumType():
            yield from (member.spelling for member in definition.members)
        case DateType():
            yield definition.source
        case _:
            return
