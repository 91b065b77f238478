"""Examples of whole texts, one for each result and each field of a push.

They are put together as the formatters write, of contents that people read at once
(`leaf_samples.py`), and held against the automaton of the grammar: an example that the grammar
does not read is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from unstringly.automata.compile import compile_result
from unstringly.automata.leaves import form_language, form_of
from unstringly.automata.marked import has_reading
from unstringly.model.contract import Contract, whole_texts
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    DateType,
    Field,
    ListGrammar,
    Record,
    Type,
)
from unstringly.plan.leaf_samples import natural_content, shortest_content
from unstringly.plan.vocabulary import as_leaf

_MOST = 70
"""So many characters are an example that is easily read; a longer one is the last resort."""

_FAR_TOO_MANY = 200


@dataclass(frozen=True, slots=True)
class _Style:
    """How much an example shows."""

    natural: bool
    optional: bool
    items: int


_STYLES = (
    _Style(natural=True, optional=True, items=2),
    _Style(natural=True, optional=True, items=1),
    _Style(natural=True, optional=False, items=1),
    _Style(natural=False, optional=False, items=1),
)


def samples_of(contract: Contract) -> dict[str, str]:
    """An example of each whole text, by the name of its definition."""
    found = {name: _sample(contract, name) for name in whole_texts(contract)}
    return {name: text for name, text in found.items() if text is not None}


def _sample(contract: Contract, name: str) -> str | None:
    alphabet, automaton = compile_result(contract.definitions, name, contract.spec.line_ends)
    texts = [text for text in _texts(contract, name) if has_reading(alphabet, automaton, text)]
    short = [text for text in texts if len(text) <= _MOST]
    return next(iter(short), None) or min(texts, key=len, default=None)


def _texts(contract: Contract, name: str) -> Iterator[str]:
    """What may be an example, the best first: texts that are not empty, if there are any."""
    definition = contract.definitions[name]
    names = definition.alternatives if isinstance(definition, ChoiceGrammar) else (name,)
    padded = isinstance(definition, ChoiceGrammar) and definition.padded
    for each in names:
        for style in _STYLES:
            text = _Writer(contract, style).whole(each, padded=padded)
            if text is not None and 0 < len(text) <= _FAR_TOO_MANY:
                yield text


class _Writer:
    """Writes one example of a definition; None where a content is missing."""

    def __init__(self, contract: Contract, style: _Style) -> None:
        self.contract = contract
        self.style = style

    def whole(self, name: str, *, padded: bool, nil: str | None = None) -> str | None:
        definition = self.contract.definitions[name]
        match definition:
            case Record():
                return self._record(definition)
            case ListGrammar():
                return self._list(definition)
            case ChoiceGrammar(alternatives=alternatives):
                return self.whole(alternatives[0], padded=definition.padded)
            case _:
                return self._leaf(as_leaf(definition), padded=padded, nil=nil)

    def _leaf(self, leaf: Type, *, padded: bool, nil: str | None) -> str | None:
        language = None
        if not isinstance(leaf, DateType):
            line_ends = self.contract.spec.line_ends
            language = form_language(form_of(leaf), line_ends, padded=padded, nil=nil)
        content = natural_content if self.style.natural else shortest_content
        return content(leaf, language)

    def _record(self, record: Record) -> str | None:
        contents: list[str] = []
        for element in record.elements:
            match element:
                case Constant(text=text):
                    contents.append(text)
                case Field(optional=True) if not self.style.optional:
                    pass
                case Field():
                    content = self.whole(element.type, padded=element.padded, nil=element.nil)
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
