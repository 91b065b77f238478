"""G116: texts that several layouts of one type read, each as another value."""

from collections.abc import Iterator
from functools import partial, reduce
from itertools import chain

from unstringly.automata import dfa, leaves
from unstringly.automata.dfa import Dfa
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import shown
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.kinds.leaf import Leaf, LeafKind, Way
from unstringly.kinds.table import kind_of
from unstringly.model.parts import is_leaf
from unstringly.model.pattern import charsets

OVERLAPPING = Rule(
    "G116",
    Severity.WARNING,
    "two layouts of a type read some texts differently, or one is never reached",
    wrong="""\
A type has several layouts, and a text is read by the first that it fits. Some texts fit two of
them, or all texts of one layout fit an earlier one.""",
    why="""\
Which of the two the service meant, nobody can tell from the text. A wrong date is worse than
none: it looks right.""",
    example="datetime: ['%y%m%d%H%M%S', '%Y%m%d%H%M']        150102030405 is in 2015, or in 1501",
    todo="""\
Put the layout first that the service uses, and remove those that it does not use. If both are
used, acknowledge this, or declare a `text`.""",
)

RULES = (OVERLAPPING,)


def check_layouts(subject: Subject) -> Iterator[Question]:
    """Ask of each type with several layouts whether they read some text differently."""
    for leaf in filter(is_leaf, subject.received):
        kind = kind_of(leaf)
        if kind.ways:
            yield Question(leaf, partial(_overlapping, kind))


def _overlapping(kind: LeafKind[Leaf]) -> Iterator[Finding]:
    sets = chain.from_iterable(charsets(way.pattern) for way in kind.ways)
    alphabet = leaves.alphabet_for(sets)
    languages = [dfa.from_pattern(alphabet, way.pattern) for way in kind.ways]
    for at in range(1, len(kind.ways)):
        way, language = kind.ways[at], languages[at]
        if (language - reduce(Dfa.__or__, languages[:at])).shortest() is None:
            message = f"{way.source!r} of {kind.name!r} is never reached: all of it fits before"
            yield _finding(kind, message, "remove it, or put it first")
            continue
        for earlier, other in zip(kind.ways[:at], languages, strict=False):
            text = _witness(earlier, way, language & other)
            if text is not None:
                values = f"as {earlier.value(text)} by {earlier.source!r}"
                message = f"{shown(text)} of {kind.name!r} is read {values}"
                note = f"and would be {way.value(text)} by {way.source!r}"
                yield _finding(kind, f"{message}, {note}", "put the layout first that is used")


def _witness(first: Way, second: Way, both: Dfa) -> str | None:
    """Return a text that is of both ways, and of another value in each; None if none is found."""
    if both.shortest() is None:
        return None
    texts = (text for text in chain(first.samples, second.samples) if both.accepts(text))
    return next((text for text in texts if first.value(text) != second.value(text)), None)


def _finding(kind: LeafKind[Leaf], message: str, advice: str) -> Finding:
    return Finding(kind.name, Diagnostic(OVERLAPPING, kind.leaf.span, message, advice))
