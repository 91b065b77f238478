"""G101: a text with two readings, shown with both.

The proof is in `readings.py`; here a witness becomes a message.
"""

from collections.abc import Iterator
from functools import partial

from unstringly.check.parting import parting_of
from unstringly.check.readings import find_ambiguity
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import drawn, have_same_values
from unstringly.compile.compiled import WholeText
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.contract import Contract

TWO_READINGS = Rule(
    "G101",
    Severity.ERROR,
    "a text has two readings",
    wrong="""\
A reading of a text says which records it holds, and where the content of each field begins
and ends. The finding shows a shortest text that has two, with both readings, and marks the
first place where they part, in the text and in the grammar. In the drawing a content stands
between `[` and `]`, and what holds contents between `{` and `}`; `[]` is an empty content.""",
    why="""\
No parser can know which of them the sender meant, and what `format` writes may be read as
something else.""",
    example="""\
Text: {text: any}
Reply: {separator: '|,|', fields: {phone: Phone, text: Text, sent: Moment}}
replies: {list: Reply, separator: '|;|'}        a text may hold another whole reply""",
    todo="""\
Do whichever is true of the service:
- exclude the delimiter from the free text: `excludes: '|;|'`;
- narrow a lexical form, so that the alternatives have no text in common: `[0-9]+` beside
  `-[1-9][0-9]*`;
- declare the rest of the record opaque: one last field of `text: any`, and take it apart
  yourself.""",
)

RULES = (TWO_READINGS,)


def check_unique(subject: Subject) -> Iterator[Question]:
    """Ask whether there is a text with two readings, for each result."""
    for whole in subject.texts:
        definition = subject.contract.definitions[whole.name]
        yield Question(definition, partial(_unique, subject.contract, whole))


def _unique(contract: Contract, whole: WholeText) -> Iterator[Finding]:
    found = find_ambiguity(whole.alphabet, whole.automaton)
    if found is None:
        return
    elements = whole.automaton.elements
    parting = parting_of(contract.definitions, whole.name, elements, found)
    readings = (("one reading", found.first), ("another", found.second))
    message = f"{whole.name!r} has a text with two readings: it is not clear {parting.words}"
    help_text = "exclude a delimiter, narrow a lexical form, or declare the tail opaque"
    if have_same_values(found.text, found.first, found.second, elements):
        message += "; the values are the same, only what stands around them is read in two ways"
        help_text = "let one place alone have padding there, with `padding: none` in the others, "
        help_text += "or one list alone a separator at its end"
    diagnostic = Diagnostic(
        TWO_READINGS,
        parting.span,
        message,
        f"{help_text}; `unstringly explain G101` says more",
        drawn(found.text, readings, elements, parting.gap),
    )
    yield Finding(whole.name, diagnostic)
