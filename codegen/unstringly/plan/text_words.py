"""The docstrings of parsers and formatters: what they do, with an example of the text."""

from msgspec import Struct

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
"""The lines of a docstring with a word, and one line behind it."""

_MOST_LINES = 6

_MOST_PLACES = 3
"""The most strings inside of messages that a docstring names."""


class Origin(Struct, frozen=True):
    """The origin of a text, in words.

    `whose` ends a sentence about the text; `source` is the place of the document that describes it.
    """

    whose: str
    source: str = ""


def parser_words(contract: Contract, origin: Origin, result: str, sample: str | None) -> str:
    """Return the docstring of a parser: the text that it reads, its result, its errors."""
    outcome = _outcome_words(contract.definitions, result)
    about = _about(contract, origin, result, sample)
    return _joined(f"Read the text {origin.whose}", *about, outcome)


def formatter_words(
    contract: Contract, origin: Origin, result: str, sample: str | None, parser: str
) -> str:
    """Return the docstring of a formatter: the text that it writes, the values it refuses."""
    outcome = (
        f"What is written, `{parser}` reads back as the same value. Raises Unwritable, a "
        "ValueError that names the field and the reason, for any other value."
    )
    about = _about(contract, origin, result, sample)
    return _joined(f"Write the text {origin.whose}", *about, outcome)


def whole_text_words(operation: ContractOperation, how: str) -> str:
    """Return the docstring for a text without a grammar, which stays as it `how`, such as `is`."""
    origin = result_origin(operation)
    outcome = f"It has no grammar, and stays as it {how}."
    return _joined(f"The text {origin.whose}", origin.source, outcome)


def result_origin(operation: ContractOperation) -> Origin:
    """Return the origin of the text that is an operation's result."""
    source = ""
    if operation.spec is not None and operation.spec.section:
        section = f"section {operation.spec.section} of the document."
        source = f"Source: {operation.name}, {section}"
    return Origin(f"that {operation.name} answers with.", source)


def named_origin(contract: Contract, name: str) -> Origin:
    """Return the origin of the texts of a definition: fields of pushes, strings inside messages."""
    fields = dict.fromkeys(
        field.name
        for callback in contract.spec.callbacks
        for field in callback.fields
        if field.type == name
    )
    places = [own.place for own in contract.spec.strings if own.grammar == name]
    whose: list[str] = []
    if fields:
        whose.append(f"of the field {' or '.join(fields)} of a push")
    if places:
        more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
        whose.append(f"in {', '.join(places[:_MOST_PLACES])}{more}")
    return Origin(f"{', or '.join(whose)}.")


def example(text: str) -> str:
    """Return a text as an example: a literal on one line or on several, empty if it is too long."""
    whole = f"Example of the text: {quoted(text)}"
    if _is_a_line(whole):
        return whole
    pieces = [""]
    for character in text:
        if not _is_a_line(f"    {quoted(pieces[-1] + character)}"):
            pieces.append("")
        pieces[-1] += character
    lines = [f"    {quoted(piece)}" for piece in pieces]
    head = "Example of the text, in pieces:"
    return "\n".join([head, *lines]) if len(lines) <= _MOST_LINES else ""


def _is_a_line(text: str) -> bool:
    """Say whether a docstring has room for a text in one line, which is not broken then."""
    lines = docstring(f"-\n\n{text}", _INDENT).split("\n")
    return len(lines) == _ONE_LINE and max(map(display_width, lines)) <= WIDTH


def _about(contract: Contract, origin: Origin, result: str, sample: str | None) -> tuple[str, ...]:
    """Return the paragraphs about a text: its words in the spec, an example, its source."""
    shown_sample = "" if sample is None else example(sample)
    return words(contract.definitions[result].words), shown_sample, origin.source


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))


def _outcome_words(definitions: Definitions, result: str) -> str:
    """Return the paragraph about the result and the errors of a parser."""
    definition = definitions[result]
    names = definition.alternatives if isinstance(definition, ChoiceGrammar) else (result,)
    types = shown(python_type(definitions, result, writes=False))
    returned = f"Returns `{types}`."
    unlisted = [
        f"`{unknown(codes)}`"
        for leaf in filter(is_leaf, map(definitions.__getitem__, names))
        if (codes := kind_of(leaf).codes) is not None and codes.form is not None
    ]
    if unlisted:
        returned += f" {' or '.join(unlisted)} is a code that is not documented."
    if any(isinstance(definitions[name], ListGrammar) for name in names):
        return (
            f"{returned} Never raises: what is no record is kept in `malformed`, and "
            "`pieces()` has everything in order."
        )
    raised = "Raises MalformedResponse, with the text in `raw`, for a text of another form."
    return f"{returned} {raised}"
