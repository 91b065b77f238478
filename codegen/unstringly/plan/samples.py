"""Examples of whole texts, one for each result and each field of a push: the spec's own, or made.

They are written as formatters write, with contents that people read at once (`leaf_samples.py`),
and read by the automaton of the grammar: a text that the grammar does not read is no example.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from unstringly.automata.marked import has_reading
from unstringly.compile.compiled import Compiled, WholeText
from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract
from unstringly.model.examples import NO_PIECE, Example
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    Field,
    ListGrammar,
    Record,
)
from unstringly.model.uses import Use
from unstringly.plan.leaf_samples import natural_content, shortest_content

_MOST = 70
"""The most characters of an example that is easily read; a longer one is the last resort."""

_FAR_TOO_MANY = 200
"""A text with more characters is no example."""


class _Style(Struct, frozen=True):
    """The extent of an example: natural contents, optional fields, the number of items."""

    natural: bool
    optional: bool
    items: int


_STYLES = (
    _Style(natural=True, optional=True, items=2),
    _Style(natural=True, optional=True, items=1),
    _Style(natural=True, optional=False, items=1),
    _Style(natural=False, optional=False, items=1),
)


def samples_of(contract: Contract, compiled: Compiled) -> dict[str, str]:
    """Return an example of each whole text that has one, by the name of its definition."""
    writers = [_Writer(contract, compiled, style) for style in _STYLES]
    said = filter(_is_good, reversed(contract.spec.examples))
    given = {example.definition: example.text for example in said}
    samples = {
        name: given.get(name) or _sample(writers, whole) for name, whole in compiled.texts.items()
    }
    return {name: text for name, text in samples.items() if text is not None}


def _is_good(example: Example) -> bool:
    """Say whether a spec's example is one for readers: neither empty, nor long, nor malformed."""
    return example.malformed == NO_PIECE and 0 < len(example.text) <= _FAR_TOO_MANY


def _sample(writers: Sequence["_Writer"], whole: WholeText) -> str | None:
    long: list[str] = []
    for text in dict.fromkeys(_texts(writers, whole.name)):
        if has_reading(whole.alphabet, whole.automaton, text):
            if len(text) <= _MOST:
                return text
            long.append(text)
    return min(long, key=len, default=None)


def _texts(writers: Sequence["_Writer"], name: str) -> Iterator[str]:
    """Yield texts that may be examples, the best first; none of them is empty."""
    definition = writers[0].definitions[name]
    names = definition.alternatives if isinstance(definition, ChoiceGrammar) else (name,)
    padded = isinstance(definition, ChoiceGrammar) and definition.padded
    for alternative in names:
        for writer in writers:
            text = writer.whole(alternative, padded=padded)
            if text is not None and 0 < len(text) <= _FAR_TOO_MANY:
                yield text


def all_samples(contract: Contract, compiled: Compiled, name: str) -> tuple[str, ...]:
    """Return examples of a whole text, one of each style and of each alternative, each once."""
    whole = compiled.texts.get(name)
    if whole is None:
        return ()
    writers = [_Writer(contract, compiled, style) for style in _STYLES]
    texts = dict.fromkeys(_texts(writers, name))
    return tuple(text for text in texts if has_reading(whole.alphabet, whole.automaton, text))


class _Writer:
    """Writes one example of a definition; None where a content is missing."""

    def __init__(self, contract: Contract, compiled: Compiled, style: _Style) -> None:
        self.definitions = contract.definitions
        self.leaves = compiled.leaves
        self.style = style

    def whole(self, name: str, *, padded: bool, nils: tuple[str, ...] = ()) -> str | None:
        """Return an example of a definition in a place, or None."""
        definition = self.definitions[name]
        match definition:
            case Record():
                return self._record(definition)
            case ListGrammar():
                return self._list(definition)
            case ChoiceGrammar(alternatives=alternatives):
                return self.whole(alternatives[0], padded=definition.padded)
            case _:
                content = natural_content if self.style.natural else shortest_content
                written = self.leaves[Use(name, padded, nils)].contents.written
                return content(kind_of(definition), written)

    def _record(self, record: Record) -> str | None:
        contents: list[str] = []
        for element in record.elements:
            match element:
                case Constant(text=text):
                    contents.append(text)
                case Field(optional=True) if not self.style.optional:
                    pass
                case Field():
                    content = self.whole(element.type, padded=element.padded, nils=element.nils)
                    if content is None:
                        return None
                    contents.append(f"{element.initiator}{content}{element.terminator}")
        separator = record.separators[0] if record.separators else ""
        return f"{record.initiator}{separator.join(contents)}{record.terminator}"

    def _list(self, grammar: ListGrammar) -> str | None:
        kinds = (grammar.items * self.style.items)[: self.style.items]
        items = [self.whole(name, padded=grammar.padded) for name in kinds]
        texts = [item for item in items if item is not None]
        if len(texts) < len(items):
            return None
        separator = grammar.separators[0]
        return separator.join(texts) + separator * grammar.trailing.is_written
