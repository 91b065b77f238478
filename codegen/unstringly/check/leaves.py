"""G103 and G104: what the form of a leaf allows, and neither side will see again as it is."""

from collections.abc import Iterator
from functools import partial

from unstringly.automata import dfa, leaves
from unstringly.automata.dfa import Dfa
from unstringly.check.numbers import find_unwritten
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.kinds.table import kind_of
from unstringly.model import charset
from unstringly.model.charset import Alphabet
from unstringly.model.grammar import (
    Form,
    LineEnds,
    Type,
)
from unstringly.model.parts import is_leaf
from unstringly.model.pattern import (
    Chars,
    Pattern,
    Repeat,
    Sequence,
)

WRITTEN_OTHERWISE = Rule(
    "G103",
    Severity.INFO,
    "a spelling is read, but written otherwise",
    wrong="""\
The form of a number or a date allows several spellings of one value. All of them are read
as that value, and one of them is written.""",
    why="""\
A text that was parsed and formatted again may differ from the one that came, although the
values are the same. `raw` keeps the one that came.""",
    example="007 and 7, or 2018/4/6 and 2018/04/06",
    todo="""\
Nothing, if the service sends such spellings. If it does not, narrow the form:
`0|[1-9][0-9]*` for a number without leading zeros, `zeros: required` for dates. If the
spelling matters, declare a `text`.""",
)
NOT_CARRIED = Rule(
    "G104",
    Severity.INFO,
    "a form allows characters that XML cannot carry",
    wrong="""\
XML 1.0 has no way to write control characters other than tab, line feed and carriage
return, nor lone surrogates, and the form of this definition allows some.""",
    why="""\
Every reply of the service is an XML document. A value that holds such a character never
arrives, and cannot be sent over SOAP.""",
    example="Content: {text: any}        which allows U+0000",
    todo="""\
Nothing for a field that is received. For one that is sent, say with the form what may be in
it, so that callers learn of it before they send.""",
)

RULES = (WRITTEN_OTHERWISE, NOT_CARRIED)

XML_CHARACTERS = charset.from_ranges(
    [(0x9, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
)
"""The characters of XML 1.0, production 2."""


def check_spellings(subject: Subject) -> Iterator[Question]:
    """Ask whether a number or date has a spelling that format does not write."""
    for leaf in filter(is_leaf, subject.received):
        kind = kind_of(leaf)
        if kind.canonical is not None:
            yield Question(leaf, partial(_never_written, kind, kind.canonical))


def _never_written(kind: LeafKind[Leaf], canonical: Pattern) -> Iterator[Finding]:
    number, leaf = kind.number, kind.leaf
    if number is not None and find_unwritten(number, number.width) is not None:
        return  # G112 says that no other spelling can be written
    form = kind.form
    alphabet = _alphabet(form, Form(canonical, ""))
    other = (_language(alphabet, form) - dfa.from_pattern(alphabet, canonical)).shortest()
    if other is not None:
        message = f"{shown(other)} is a spelling of {leaf.name!r} that is never written"
        help_text = "narrow the form if the service does not send it"
        yield Finding(leaf.name, Diagnostic(WRITTEN_OTHERWISE, leaf.span, message, help_text))


def check_carried(subject: Subject) -> Iterator[Question]:
    """Ask whether a type of a parameter allows characters which XML has not."""
    sent = dict.fromkeys(
        parameter.type
        for operation in subject.contract.operations
        if operation.spec is not None
        for parameter in operation.spec.parameters
        if parameter.type is not None
    )
    for leaf in map(subject.contract.definitions.__getitem__, sent):
        if is_leaf(leaf):
            yield Question(leaf, partial(_not_carried, leaf))


def _not_carried(leaf: Type) -> Iterator[Finding]:
    form = leaves.form_of(leaf)
    anything = Repeat(Chars(charset.ANY), 0, None)
    foreign = Sequence((anything, Chars(~XML_CHARACTERS), anything))
    alphabet = _alphabet(form, Form(foreign, ""))
    found = (_language(alphabet, form) & dfa.from_pattern(alphabet, foreign)).shortest()
    if found is not None:
        message = f"{leaf.name!r} allows {shown(found)}, which XML cannot carry"
        help_text = "narrow the form, so that callers learn of it before they send"
        yield Finding(leaf.name, Diagnostic(NOT_CARRIED, leaf.span, message, help_text))


def _alphabet(*forms: Form) -> Alphabet:
    return leaves.alphabet_for(each for form in forms for each in leaves.sets_of(form))


def _language(alphabet: Alphabet, form: Form) -> Dfa:
    return leaves.language(alphabet, form, padded=False, line_ends=LineEnds.KEPT)
