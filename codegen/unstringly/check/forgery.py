"""G102: what the public could forge with a text that nobody escapes.

A field marked `untrusted` is typed by people whom neither side controls, and the server enforces
nothing: the field's declared form says what an honest text looks like, not what comes. So the
question is asked of two automata. On the left, the grammar with that field replaced by any text:
what the server sends. On the right, the grammar as it is: what a parser reads. A run of both over
one text, in which the right one opens an item while the left one is inside the field, is a
forgery. The search is that of `readings.py`: breadth-first over pairs of states.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from unstringly.automata.compile import compile_result
from unstringly.automata.marked import Element, ElementKind, Label, MarkedAutomaton
from unstringly.automata.work import Tally, Work, counted
from unstringly.check.readings import Reading
from unstringly.check.search import lowest, regular_ways, shortest_way
from unstringly.check.subject import Finding, Question, Subject
from unstringly.check.witness import drawn, shown
from unstringly.compile.compiled import WholeText
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.kinds.table import kind_of
from unstringly.model.charset import Alphabet
from unstringly.model.contract import Contract
from unstringly.model.grammar import Record, Type
from unstringly.model.parts import Definitions, is_leaf, reachable

FORGEABLE = Rule(
    "G102",
    Severity.WARNING,
    "an untrusted text can forge a record",
    wrong="""\
A field marked `untrusted: true` holds what anybody may type, and the service sends it
without escaping it. The finding shows a text that, typed into this field, is read as the
end of its record and the beginning of another one, which nobody sent.""",
    why="""\
The grammar cannot prevent it: what arrives is, character by character, what two honest
records would be. Only the service could, by escaping or refusing delimiters.""",
    example="ok|,|2030/01/01 12:00:00|;|13900000000|,|pay them        typed as the text of a reply",
    todo="""\
Tell the users of the package not to trust the other fields of such a record alone, and say
in the grammar that it is known:

    accept:
      Content: {codes: G102, reason: the service does not escape what is typed}

If the service is yours, have it refuse or escape delimiters.""",
)

RULES = (FORGEABLE,)


class _Pair(NamedTuple):
    """Left and right state; whether the left run is in the field, and a forgery has happened."""

    left: int
    right: int
    inside: bool
    forged: bool


class _Step(NamedTuple):
    """A character of any of some classes, and the labels that both runs write before it."""

    common: int
    left: int
    right: int


def check_forgery(subject: Subject) -> Iterator[Question]:
    """Ask whether texts of each untrusted type can forge an item of some list."""
    for leaf in filter(is_leaf, subject.contract.definitions.values()):
        typed = kind_of(leaf).as_typed
        if typed is not None:
            yield Question(leaf, partial(_forged, subject, typed))


def _forged(subject: Subject, typed: Type) -> Iterator[Finding]:
    """A finding for the first whole text in which a type, as it may be typed, can forge an item."""
    for whole in subject.texts:
        if typed.name in reachable(subject.contract.definitions, whole.name):
            finding = _forgery(subject.contract, typed, whole)
            if finding is not None:
                yield Finding(typed.name, finding)
                return


def _forgery(contract: Contract, leaf: Type, whole: WholeText) -> Diagnostic | None:
    definitions = dict(contract.definitions) | {leaf.name: leaf}
    _, sent = compile_result(definitions, whole.name, contract.spec.line_ends, whole.alphabet)
    fields = _fields(contract, leaf, sent)
    with counted(Work.FORGERY) as tally:
        found = _Search(whole.alphabet, sent, whole.automaton, fields, tally).run()
    if found is None:
        return None
    text, typed, reading = found
    return Diagnostic(
        FORGEABLE,
        leaf.span,
        f"a text of {leaf.name!r} can forge a record of {whole.name!r}",
        "have the service escape it, or acknowledge it: "
        f"`accept: {{{leaf.name}: {{codes: G102, reason: …}}}}`",
        f"typed by the sender: {shown(typed)}\n"
        + drawn(text, (("is read as", reading),), whole.automaton.elements),
    )


def _fields(contract: Contract, leaf: Type, automaton: MarkedAutomaton) -> frozenset[int]:
    """The numbers of the elements whose content is of the type."""
    return frozenset(
        number
        for number, element in enumerate(automaton.elements)
        if _type_of(contract.definitions, element) == leaf.name
    )


def _type_of(definitions: Definitions, element: Element) -> str:
    """The name of the definition that is in an element."""
    owner = definitions.get(element.owner)
    if element.kind is ElementKind.FIELD and isinstance(owner, Record):
        return owner.fields[element.slot].type
    return element.name


class _Search:
    def __init__(
        self,
        alphabet: Alphabet,
        sent: MarkedAutomaton,
        read: MarkedAutomaton,
        fields: frozenset[int],
        tally: Tally,
    ) -> None:
        self._alphabet = alphabet
        self._sent = sent
        self._read = read
        self._fields = fields
        self._tally = tally
        self._left = regular_ways(sent)
        self._right = regular_ways(read)
        self._sent_ends = _ends(sent)
        self._read_ends = _ends(read)
        self._opening = frozenset(
            number
            for number, label in enumerate(read.labels)
            if any(
                read.elements[mark.element].kind is ElementKind.ITEM and not mark.closes
                for mark in label.marks
            )
        )

    def run(self) -> tuple[str, str, Reading] | None:
        """A shortest forgery: the whole text, what was typed into the field, and its reading."""
        start = _Pair(0, 0, inside=False, forged=False)
        found = shortest_way(start, self._steps, self._ends, self._tally)
        if found is None:
            return None
        steps, ends = found
        labels = [*((step.left, step.right) for step in steps), ends]
        text = "".join(self._alphabet.sample(lowest(step.common)) for step in steps)
        reading = tuple(
            (gap, mark)
            for gap, (_, right) in enumerate(labels)
            for mark in self._read.labels[right].marks
        )
        return text, self._typed(text, [left for left, _ in labels]), reading

    def _ends(self, pair: _Pair) -> tuple[int, int] | None:
        """Labels with which both runs may end here, behind a forgery."""
        if not pair.forged:
            return None
        left, right = self._sent_ends.get(pair.left), self._read_ends.get(pair.right)
        return None if left is None or right is None else (left, right)

    def _steps(self, pair: _Pair) -> Iterator[tuple[_Pair, _Step]]:
        lefts, rights = self._left.get(pair.left, ()), self._right.get(pair.right, ())
        self._tally.add(len(lefts) * len(rights))
        for left in lefts:
            label = self._sent.labels[left.label]
            inside = self._inside(pair.inside, label)
            for right in rights:
                common = left.classes & right.classes
                if not common:
                    continue
                forged = pair.forged or (
                    pair.inside and not label.marks and right.label in self._opening
                )
                target = _Pair(left.target, right.target, inside, forged)
                yield target, _Step(common, left.label, right.label)

    def _inside(self, inside: bool, label: Label) -> bool:
        for mark in label.marks:
            if mark.element in self._fields:
                inside = not mark.closes
        return inside

    def _typed(self, text: str, labels: list[int]) -> str:
        """The longest content of the field in what was sent."""
        start, found = 0, ""
        for gap, number in enumerate(labels):
            for mark in self._sent.labels[number].marks:
                if mark.element in self._fields and not mark.closes:
                    start = gap
                elif mark.element in self._fields and len(text[start:gap]) > len(found):
                    found = text[start:gap]
        return found


def _ends(automaton: MarkedAutomaton) -> dict[int, int]:
    """The first label with which a run may end in a state without anything irregular."""
    found: dict[int, int] = {}
    for final in automaton.finals:
        if not final.irregular:
            found.setdefault(final.state, final.label)
    return found
