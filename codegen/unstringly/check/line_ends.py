"""G108 and G109: carriage returns in a spec that do not arrive.

`line_ends: lf` takes away those before line feeds, and XML makes a line feed of each that is not
written as a reference (XML 1.0, section 2.11).
"""

from collections.abc import Iterator

from unstringly.automata.leaves import CR_LF
from unstringly.check.delimiters import delimiters_of
from unstringly.check.subject import Finding, Subject
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.grammar import Definition, LineEnds

NEVER_READ = Rule(
    "G108",
    Severity.ERROR,
    "a delimiter or spelling holds a carriage return that `line_ends: lf` takes away",
    wrong="""\
A separator, initiator, terminator, constant, nil or code holds CR LF, or ends with a carriage
return, and `line_ends: lf` takes every carriage return before a line feed away before a text is
read.""",
    why="""\
It can never be found in a text, or not where a line feed follows: what is written with it could
not be read back.""",
    example=r'line_ends: lf        with        separator: "\r\n"',
    todo=r"Write `\n`, which stands for every line end.",
)

LOST_IN_XML = Rule(
    "G109",
    Severity.WARNING,
    "a delimiter or spelling holds a carriage return, which XML makes a line feed",
    wrong="""\
A separator, initiator, terminator, constant, nil or code holds a carriage return. Results
come in XML, and who reads XML makes one line feed of CR LF and of CR, unless the service
writes the carriage return as `&#13;`.""",
    why="A separator that holds CR LF is then never found.",
    example=r'separator: "|;\r\n"',
    todo=r"""Write `line_ends: lf` and `\n`: then every line end is read. Or list the text twice,
with CR LF and with LF alone. If the service writes `&#13;`, accept the finding.""",
)

RULES = (NEVER_READ, LOST_IN_XML)


def check_line_ends(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each definition with a text that XML or `line_ends` takes away."""
    if subject.contract.spec.line_ends is not LineEnds.LF:
        yield from _lost_in_xml(subject)
        return
    for definition in subject.contract.definitions.values():
        if any(CR_LF in text or text.endswith("\r") for text in _texts(definition)):
            message = (
                f"a text of {definition.name!r} holds CR LF or ends with a carriage return, "
                "which `line_ends: lf` takes away"
            )
            help_text = "write `\\n`, which stands for every line end"
            diagnostic = Diagnostic(NEVER_READ, definition.span, message, help_text)
            yield Finding(definition.name, diagnostic)


def _lost_in_xml(subject: Subject) -> Iterator[Finding]:
    for definition in subject.contract.definitions.values():
        texts = set(_texts(definition))
        if any("\r" in text and _in_xml(text) not in texts for text in texts):
            holds = f"a text of {definition.name!r} holds a carriage return"
            message = f"{holds}, which XML makes a line feed"
            help_text = "write `line_ends: lf` and `\\n`, or list the text with LF as well"
            diagnostic = Diagnostic(LOST_IN_XML, definition.span, message, help_text)
            yield Finding(definition.name, diagnostic)


def _in_xml(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _texts(definition: Definition) -> Iterator[str]:
    """Return the texts that results have to hold as they are spelled: all but excluded ones."""
    return (delimiter.text for delimiter in delimiters_of(definition) if not delimiter.excluded)
