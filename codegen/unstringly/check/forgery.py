"""G102: what the public could forge with a text that nobody escapes.

A field marked `untrusted` is typed by people whom neither side controls, and the server enforces
nothing: the field's declared form says what an honest text looks like, not what comes. So the
question is asked of two automata. On the left, the grammar with that field replaced by any text:
what the server sends. On the right, the grammar as it is: what a parser reads. A run of both over
one text, in which the right one opens an item while the left one is inside the field, is a
forgery. The search is that of `readings.py`: breadth-first over pairs of states.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from unstringly.automata.alphabets import reachable
from unstringly.automata.compile import compile_result
from unstringly.automata.marked import Edge, Label, MarkedAutomaton
from unstringly.check.readings import Reading
from unstringly.check.search import shortest_way
from unstringly.check.subject import Finding, Root, Subject
from unstringly.check.witness import drawn, shown
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.charset import Alphabet
from unstringly.model.contract import Contract
from unstringly.model.grammar import Form, TextType
from unstringly.model.pattern import ANY_TEXT

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


@dataclass(frozen=True, slots=True)
class _Pair:
    """Left and right state; whether the left run is in the field, and a forgery has happened."""

    left: int
    right: int
    inside: bool
    forged: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """A character of some class, and the labels that both runs write before it."""

    character: int
    left: int
    right: int


def check_forgery(subject: Subject) -> Iterator[Finding]:
    """A finding for each untrusted type whose texts can forge an item of some list."""
    for definition in subject.contract.definitions.values():
        if isinstance(definition, TextType) and definition.untrusted:
            for root in subject.roots:
                if definition.name in reachable(subject.contract.definitions, root.name):
                    finding = _forgery(subject.contract, definition, root)
                    if finding is not None:
                        yield Finding(definition.name, finding)
                        break


def _forgery(contract: Contract, leaf: TextType, root: Root) -> Diagnostic | None:
    anything = replace(leaf, form=Form(ANY_TEXT, "any"))
    definitions = dict(contract.definitions) | {leaf.name: anything}
    _, sent = compile_result(definitions, root.name, contract.spec.line_ends, root.alphabet)
    found = _Search(root.alphabet, sent, root.automaton, _fields(contract, leaf, sent)).run()
    if found is None:
        return None
    text, typed, reading = found
    return Diagnostic(
        FORGEABLE,
        leaf.span,
        f"a text of {leaf.name!r} can forge a record of {root.name!r}",
        "have the service escape it, or acknowledge it: "
        f"`accept: {{{leaf.name}: {{codes: G102, reason: …}}}}`",
        f"typed by the sender: {shown(typed)}\n"
        + drawn(text, (("is read as", reading),), root.automaton.elements),
    )


def _fields(contract: Contract, leaf: TextType, automaton: MarkedAutomaton) -> frozenset[int]:
    """The elements whose content is of the type."""
    names = {
        f"{definition.name}.{field.name}"
        for definition in contract.definitions.values()
        for field in getattr(definition, "fields", ())
        if field.type == leaf.name
    }
    numbers = range(len(automaton.elements))
    return frozenset(n for n in numbers if automaton.elements[n].name in {*names, leaf.name})


class _Search:
    def __init__(
        self,
        alphabet: Alphabet,
        sent: MarkedAutomaton,
        read: MarkedAutomaton,
        fields: frozenset[int],
    ) -> None:
        self._alphabet = alphabet
        self._sent = sent
        self._read = read
        self._fields = fields
        self._left = _regular(sent)
        self._right = _regular(read)

    def run(self) -> tuple[str, str, Reading] | None:
        """A shortest forgery: the whole text, what was typed into the field, and its reading."""
        start = _Pair(0, 0, inside=False, forged=False)
        found = shortest_way(start, self._steps, self._ends)
        if found is None:
            return None
        steps, ends = found
        labels = [*((step.left, step.right) for step in steps), ends]
        text = "".join(self._alphabet.sample(step.character) for step in steps)
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
        for left in self._sent.finals:
            for right in self._read.finals:
                if (left.state, right.state) == (pair.left, pair.right) and not (
                    left.irregular or right.irregular
                ):
                    return left.label, right.label
        return None

    def _steps(self, pair: _Pair) -> Iterator[tuple[_Pair, _Step]]:
        for left in self._left.get(pair.left, ()):
            for right in self._right.get(pair.right, ()):
                common = set(left.classes).intersection(right.classes)
                if not common:
                    continue
                label = self._sent.labels[left.label]
                inside = self._inside(pair.inside, label)
                forged = pair.forged or (
                    pair.inside and not label.marks and self._opens_item(right)
                )
                target = _Pair(left.target, right.target, inside, forged)
                yield target, _Step(min(common), left.label, right.label)

    def _inside(self, inside: bool, label: Label) -> bool:
        for mark in label.marks:
            if mark.element in self._fields:
                inside = not mark.closes
        return inside

    def _opens_item(self, edge: Edge) -> bool:
        return any(
            self._read.elements[mark.element].is_item and not mark.closes
            for mark in self._read.labels[edge.label].marks
        )

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


def _regular(automaton: MarkedAutomaton) -> dict[int, list[Edge]]:
    edges: dict[int, list[Edge]] = {}
    for edge in automaton.edges:
        if not edge.irregular:
            edges.setdefault(edge.source, []).append(edge)
    return edges
