"""G111: grammars that are too large to be decided, and the questions that the checks ask.

Every automaton and every search is bounded in steps (`automata/work.py`). A question that has no
answer within the bounds is an error at the definition or field that it is about: no package is
written for a grammar of which something is not known.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from unstringly.automata.alphabets import check_depth
from unstringly.automata.work import Exhausted, TooLarge, Work
from unstringly.check.subject import Finding, Question, Subject
from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.model.contract import Contract
from unstringly.model.grammar import Definition, Record

TOO_LARGE = Rule(
    "G111",
    Severity.ERROR,
    "a grammar is too large to be decided",
    wrong="""\
The checks turn forms, records and lists into automata and search them. All of this is counted
in steps, the same on every machine, and ends at a limit, which was passed here. The limits
stand in `docs/decisions/0017-bounds.md`; they are far beyond what services need.""",
    why="""\
Some small grammars have enormous automata, and none may take the machine. What was not decided
is an error, because nobody knows whether it is right.""",
    example="""\
Cell: {text: '[^,]*x[^,]{40}'}        which of the last 40 characters were an `x`?""",
    todo="""\
Do what makes the part that the finding names smaller:
- in a pattern, do not let what stands before a counted repetition match what begins it:
  `[^,x]*x[^,]{40}`; or use `*` where the exact number does not decide how a text is read;
- exclude fewer or shorter texts; list fewer or shorter codes, or make the type a `text`;
- give records fewer fields, above all optional ones, and a list or choice fewer items that
  begin alike; put a separator or initiator between fields that may be empty; nest less;
- declare the rest of a record opaque: one last field of `text: any`, and take it apart
  yourself.""",
)

RULES = (TOO_LARGE,)


class Asking:
    """Asks questions as long as there are steps left, and collects the findings."""

    def __init__(self, subject: Subject) -> None:
        self._contract = subject.contract
        self._is_exhausted = False
        self.findings: list[Finding] = []
        for undecided in subject.compiled.undecided:
            self._report(undecided.about, undecided.problem)

    @property
    def is_complete(self) -> bool:
        """Say whether every question was answered."""
        return all(finding.diagnostic.rule is not TOO_LARGE for finding in self.findings)

    def ask(self, about: Definition, answer: Callable[[], Iterable[Finding]]) -> None:
        """Add the findings of a question about a definition, or that it cannot be answered."""
        if self._is_exhausted:
            return
        try:
            self.findings.extend(answer())
        except TooLarge as problem:
            self._report(about.name, problem)

    def _report(self, about: str, problem: TooLarge) -> None:
        """Add that something about a definition is too large to be decided."""
        if isinstance(problem, Exhausted):
            self._is_exhausted = True
            self._add(about, self._contract.spec.span, "the spec", problem)
            return
        place = problem.place or about
        span = _span(self._contract, place) or self._contract.definitions[about].span
        # The finding is about the place: several questions may fail for one reason.
        self._add(place.partition(".")[0], span, repr(place), problem)

    def _add(self, about: str, span: Span, subject: str, problem: TooLarge) -> None:
        message = f"{subject} is too large to be decided: {problem}"
        self.findings.append(
            Finding(about, Diagnostic(TOO_LARGE, span, message, _advice(problem.work)))
        )


def _advice(work: Work) -> str:
    """Return advice on how to make the work smaller that has passed its limit."""
    match work:
        case Work.PATTERN | Work.FORM | Work.ONE_FORM | Work.CELLS:
            return (
                "count less in it: `*` for `{40}`, and nothing before a count that also matches "
                "what begins it; list or exclude fewer and shorter texts"
            )
        case Work.ALPHABET:
            return "list or exclude fewer and shorter texts, and use fewer characters in classes"
        case Work.NETWORK | Work.STATES:
            return (
                "make less of what it has much of: counts in patterns (`*` for `{0,900}`), long or "
                "many excluded texts and separators, fields (above all optional ones), "
                "alternatives, nesting, or things that may be empty with no separator or "
                "initiator between them"
            )
        case Work.READINGS | Work.FORGERY:
            return (
                "take fewer items, alternatives or fields, or such as begin differently; count "
                "less in patterns, and exclude fewer and shorter texts"
            )
        case Work.DEPTH:
            return "nest less: declare what is so deep as one field of `text`"
        case Work.SPEC:
            return (
                "count less in patterns, exclude fewer and shorter texts, declare parts of it as "
                "`text`, or make two services of it"
            )
        case _:
            assert_never(work)


def _span(contract: Contract, place: str) -> Span | None:
    """Return the place in the spec of a definition, or of a field as `Record.field`."""
    name, _, field = place.partition(".")
    definition = contract.definitions.get(place) or contract.definitions.get(name)
    if isinstance(definition, Record) and field:
        return next((other.span for other in definition.fields if other.name == field), None)
    return None if definition is None else definition.span


def check_nesting(subject: Subject) -> Iterator[Question]:
    """Ask whether nothing stands too deep in records and lists, unused definitions included."""
    definitions = subject.contract.definitions

    def nested() -> tuple[Finding, ...]:
        check_depth(definitions, definitions)
        return ()

    for definition in list(definitions.values())[:1]:
        yield Question(definition, nested)
