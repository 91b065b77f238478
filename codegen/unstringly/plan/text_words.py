"""What the docstrings of parsers and formatters say: what they do, with an example of the text."""

from dataclasses import dataclass

from unstringly.kinds.enum import unknown
from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import ChoiceGrammar, ListGrammar
from unstringly.model.parts import Definitions, is_leaf
from unstringly.plan.vocabulary import python_type, words
from unstringly.python.literals import WIDTH, display_width, docstring, quoted
from unstringly.python.show import shown

_INDENT = 4
_ONE_LINE = 4
"""So many lines has a docstring with a word, and one line behind it."""

_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Told:
    """Whose text it is, at the end of a sentence; and where the document speaks of it."""

    whose: str
    source: str = ""


def parser_words(contract: Contract, told: Told, result: str, sample: str | None) -> str:
    """What a parser reads, gives and raises."""
    outcome = _outcome_words(contract.definitions, result)
    return _joined(f"Read the text {told.whose}", *_about(contract, told, result, sample), outcome)


def formatter_words(
    contract: Contract, told: Told, result: str, sample: str | None, parser: str
) -> str:
    """What a formatter writes and refuses."""
    outcome = (
        f"What is written, `{parser}` reads back as the same value. Raises Unwritable, a "
        "ValueError that names the field and the reason, for any other value."
    )
    return _joined(f"Write the text {told.whose}", *_about(contract, told, result, sample), outcome)


def whole_text_words(operation: ContractOperation, how: str) -> str:
    """What is said of a text that has no grammar."""
    told = answered(operation)
    outcome = f"It has no grammar, and stays as it {how}."
    return _joined(f"The text {told.whose}", told.source, outcome)


def answered(operation: ContractOperation) -> Told:
    """What is told of the text of an operation's result."""
    source = ""
    if operation.spec is not None and operation.spec.section:
        section = f"section {operation.spec.section} of the document."
        source = f"Source: {operation.name}, {section}"
    return Told(f"that {operation.name} answers with.", source)


def pushed_in(contract: Contract, name: str) -> Told:
    """What is told of the text of a field of pushes."""
    fields = dict.fromkeys(
        field.name
        for callback in contract.spec.callbacks
        for field in callback.fields
        if field.type == name
    )
    return Told(f"of the field {' or '.join(fields)} of a push.")


def example(text: str) -> str:
    """An example of a text as a literal on one line, or on several; empty if it is far too long."""
    whole = f"Example of the text: {quoted(text)}"
    if _is_a_line(whole):
        return whole
    pieces = [""]
    for character in text:
        if not _is_a_line(f"    {quoted(pieces[-1] + character)}"):
            pieces.append("")
        pieces[-1] += character
    lines = [f"    {quoted(piece)}" for piece in pieces]
    told = "Example of the text, in pieces:"
    return "\n".join([told, *lines]) if len(lines) <= _MOST_LINES else ""


def _is_a_line(text: str) -> bool:
    """Whether a docstring has room for a text in one line, which is not broken then."""
    lines = docstring(f"-\n\n{text}", _INDENT).split("\n")
    return len(lines) == _ONE_LINE and max(map(display_width, lines)) <= WIDTH


def _about(contract: Contract, told: Told, result: str, sample: str | None) -> tuple[str, ...]:
    shown = "" if sample is None else example(sample)
    return words(contract.definitions[result].words), shown, told.source


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))


def _outcome_words(definitions: Definitions, result: str) -> str:
    """What a parser returns and raises."""
    definition = definitions[result]
    names = definition.alternatives if isinstance(definition, ChoiceGrammar) else (result,)
    types = shown(python_type(definitions, result, writes=False))
    told = f"Returns `{types}`."
    unlisted = [
        f"`{unknown(codes)}`"
        for leaf in filter(is_leaf, map(definitions.__getitem__, names))
        if (codes := kind_of(leaf).codes) is not None and codes.form is not None
    ]
    if unlisted:
        told += f" {' or '.join(unlisted)} is a code that is not documented."
    if any(isinstance(definitions[name], ListGrammar) for name in names):
        return (
            f"{told} Never raises: what is no record is kept in `malformed`, and "
            "`pieces()` has everything in order."
        )
    return f"{told} Raises MalformedResponse, with the text in `raw`, for a text of another form."
