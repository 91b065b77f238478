"""Choices in lists and choices: the alternatives stand where a choice is named."""

from tests.laws.bridge import NOWHERE, LeafSketch, definitions

from unstringly.diagnostics import Diagnostic
from unstringly.link.definitions import link_definitions
from unstringly.model.grammar import ChoiceGrammar, Definition, LocalizedText

WORD = LeafSketch("Word", "[a-z]+")
LEAVES: dict[str, Definition] = dict(definitions(WORD))


def choice(name: str, *alternatives: str) -> ChoiceGrammar:
    spans = (NOWHERE,) * len(alternatives)
    return ChoiceGrammar(name, LocalizedText(), alternatives, spans, padded=False, span=NOWHERE)


def linked(*choices: ChoiceGrammar) -> tuple[dict[str, Definition], list[Diagnostic]]:
    return link_definitions(LEAVES | {each.name: each for each in choices})


def test_choices_that_double_at_each_level_are_linked() -> None:
    """Nobody may count how often a choice is named by ways through others: that is 2**2000."""
    levels = [choice("c0", "Word")]
    levels += [choice(f"c{n}", f"c{n - 1}", f"c{n - 1}") for n in range(1, 2_000)]
    known, findings = linked(*reversed(levels))
    last = known["c1999"]
    assert isinstance(last, ChoiceGrammar)
    assert last.alternatives == ("Word", "Word")
    assert {finding.rule.code for finding in findings} == {"L108"}
