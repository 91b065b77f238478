"""E101 to E103: examples of a spec and samples beside it, held against what is read of them."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import assert_never

from unstringly.automata.compile import compile_result
from unstringly.check.differences import first_difference, shown_meaning
from unstringly.check.meanings import Read, read_text
from unstringly.check.subject import Finding, Question, Subject
from unstringly.compile.machines import machine_of
from unstringly.counting import counted
from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.model.examples import NO_PIECE, Count, Example, Sample
from unstringly.nearest import did_you_mean
from unstringly.read.spec.source_text import SourceText
from unstringly.runtime.text.matcher import Machine

MEANS_OTHERWISE = Rule(
    "E101",
    Severity.ERROR,
    "an example means something else than it says",
    wrong="""\
An example in `examples` has a text and what it means, or says that some of it is malformed. The
grammar reads the text, and what it reads is not that.""",
    why="""\
Either the grammar is wrong, and packages would read this text wrongly too, or the example is.""",
    example="examples: {Sent: [{text: Y, means: false}]}        and Y is a spelling of true",
    todo="""\
Correct whichever is wrong. The finding says what is read, in the words in which `means` says
it.""",
)
SAMPLE_OTHERWISE = Rule(
    "E102",
    Severity.ERROR,
    "a sample is not read",
    wrong="""\
A file in `samples/NAME` is a text that the definition NAME reads without a malformed piece; one
whose name ends with `.malformed.txt` has such a piece. This one is not like that.""",
    why="""\
Samples are what the service sends. A grammar that does not read one of them would lose records.""",
    example="samples/replies/first.txt        with a reply that has a field more",
    todo="""\
Correct the grammar. Where the service does send what is malformed, let the file's name end with
`.malformed.txt`.""",
)
NO_DEFINITION = Rule(
    "E103",
    Severity.ERROR,
    "an example or a sample is one of a definition that is not there",
    wrong="""\
Names in `examples`, and the folders in `samples`, are those of types, records and grammars.""",
    why="Nothing would read these texts, and a fault in the grammar would not be found by them.",
    example="examples: {repies: ['']}        samples/repies/first.txt",
    todo="Write the name of the definition.",
)

RULES = (MEANS_OTHERWISE, SAMPLE_OTHERWISE, NO_DEFINITION)


def check_examples(subject: Subject) -> Iterator[Finding | Question]:
    """Ask of each definition with examples or samples whether it reads them as they say."""
    spec, definitions = subject.contract.spec, subject.contract.definitions
    tried: list[Example | Sample] = [*spec.examples, *subject.samples]
    ordered = sorted(tried, key=lambda each: each.definition)
    for name, examples in groupby(ordered, key=lambda each: each.definition):
        if name in definitions:
            yield Question(definitions[name], partial(_answers, subject, name, tuple(examples)))
        elif name not in spec.left_out:
            yield from (_unknown(subject, example) for example in examples)


def _unknown(subject: Subject, example: Example | Sample) -> Finding:
    span = example.definition_span if isinstance(example, Example) else example.span
    known = tuple(subject.contract.definitions)
    message = f"there is no type, record or grammar {example.definition!r}"
    advice = did_you_mean(example.definition, known)
    return Finding("", Diagnostic(NO_DEFINITION, span, message, advice))


def _answers(
    subject: Subject, name: str, examples: Iterable[Example | Sample]
) -> Iterator[Finding]:
    machine = _machine(subject, name)
    for example in examples:
        read = read_text(subject.contract.definitions, name, machine, example.text)
        finding = _judged(example, read)
        if finding is not None:
            yield Finding(name, finding)


def _machine(subject: Subject, name: str) -> Machine:
    """Return the machine that reads a definition as a whole text; raises TooLarge."""
    definitions, line_ends = subject.contract.definitions, subject.contract.spec.line_ends
    whole = subject.compiled.texts.get(name)
    if whole is not None:
        return machine_of((whole.alphabet, whole.automaton), line_ends)
    return machine_of(compile_result(definitions, name, line_ends), line_ends)


def _judged(example: Example | Sample, read: Read) -> Diagnostic | None:
    """Return the finding of a text; None if it is read as it says, or as its name says."""
    match example:
        case Sample():
            if example.malformed.has(len(read.malformed)):
                return None
            message = _other_pieces(example.malformed, read)
            return Diagnostic(SAMPLE_OTHERWISE, _place_in(example, read), message)
        case Example():
            return _judged_example(example, read)
        case _:
            assert_never(example)


def _judged_example(example: Example, read: Read) -> Diagnostic | None:
    note = "" if read.meaning is None else f"what is read is\nmeans: {shown_meaning(read.meaning)}"
    if not example.malformed.has(len(read.malformed)):
        span = example.place(read.malformed[0].at) if read.malformed else example.span
        message = _other_pieces(example.malformed, read)
        return Diagnostic(MEANS_OTHERWISE, span, message, note=note)
    different = None if example.means is None else first_difference(example.means, read.meaning)
    return None if different is None else Diagnostic(MEANS_OTHERWISE, *different, note=note)


def _place_in(sample: Sample, read: Read) -> Span:
    """Return the place of the first malformed piece in a sample; its beginning without one."""
    if not read.malformed:
        return sample.span
    at = read.malformed[0].at
    return SourceText(sample.text, sample.span.file).span(at, at + 1)


def _other_pieces(said: Count, read: Read) -> str:
    """Say that a text has another number of malformed pieces."""
    if not read.malformed:
        return "this text is read, and nothing of it is malformed"
    number, first = len(read.malformed), read.malformed[0].reason
    if said == NO_PIECE:
        more = f", and {counted(number - 1, 'more piece')} too" if number > 1 else ""
        return f"this is malformed: it {first}{more}"
    return f"this text has {counted(number, 'malformed piece')}, not {said.least}"
