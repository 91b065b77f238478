"""G101: a text with two readings, shown with both.

The proof is in `readings.py`; here a witness becomes a message.
"""

import unicodedata
from collections.abc import Iterator

from unstringly.automata.compile import compile_result
from unstringly.automata.marked import Element, Mark
from unstringly.check.readings import Ambiguity, Reading, find_ambiguity
from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.model.contract import Contract
from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record

TWO_READINGS = Rule(
    "G101",
    Severity.ERROR,
    "a text has two readings",
    """\
A reading of a text says which records it holds, and where the content of each field begins and
ends. If one text has two, no parser can know which of them the sender meant, and what `format`
writes may be read as something else. The finding shows a shortest such text, both readings,
and the place in the spec where they part.

Example: replies `phone|,|text|,|time`, separated by `|;|`, with a text that may hold anything. The
text of one reply can then hold the end of that reply and another reply after it.

What to do, whichever is true of the service:
- exclude the delimiter from the free text: `excludes: '|;|'`;
- narrow a lexical form, so that the alternatives have no text in common: `[0-9]+` beside
  `-[1-9][0-9]*`;
- declare the rest of the record opaque: one last field of `text: any`, and take it apart
  yourself.""",
)

RULES = (TWO_READINGS,)


def check_unique(contract: Contract) -> Iterator[Diagnostic]:
    """A finding for each result that has a text with two readings."""
    results = (operation.result for operation in contract.operations)
    for root in dict.fromkeys(result for result in results if result is not None):
        yield from _check_root(contract, root)


def _check_root(contract: Contract, root: str) -> Iterator[Diagnostic]:
    line_ends = contract.spec.line_ends
    alphabet, automaton = compile_result(contract.definitions, root, line_ends)
    found = find_ambiguity(alphabet, automaton)
    if found is None:
        return
    where, what = _place(contract, contract.definitions[root], automaton.elements, found)
    yield Diagnostic(
        TWO_READINGS,
        where,
        f"{root!r} has a text with two readings{what}",
        "exclude a delimiter, narrow a lexical form, or declare the tail opaque; "
        "`unstringly explain G101` says more",
        _drawn(found, automaton.elements),
    )


def _place(
    contract: Contract, root: Definition, elements: tuple[Element, ...], found: Ambiguity
) -> tuple[Span, str]:
    """The span of the field or definition where the readings part, and words for it."""
    parting = [elements[mark.element] for _, mark in _parting(found)]
    items = {element.name for element in parting if element.is_item}
    if items:
        for definition in contract.definitions.values():
            match definition:
                case ChoiceGrammar(alternatives=names) if items <= set(names):
                    return definition.span, ": its alternatives have it in common"
                case ListGrammar(items=names) if items <= set(names):
                    return definition.span, ": it is not clear which items it holds"
                case _:
                    pass
        return root.span, ""
    for definition in contract.definitions.values():
        if isinstance(definition, Record):
            for field in definition.fields:
                if f"{definition.name}.{field.name}" in (element.name for element in parting):
                    return field.span, f": it is not clear where {field.name!r} begins or ends"
    return root.span, ""


def _parting(found: Ambiguity) -> Reading:
    """What only one of the readings writes in the first gap in which they differ."""
    for gap in range(len(found.text) + 1):
        first = {each for each in found.first if each[0] == gap}
        second = {each for each in found.second if each[0] == gap}
        if first != second:
            return tuple(sorted(first ^ second))
    return found.first


def _drawn(found: Ambiguity, elements: tuple[Element, ...]) -> str:
    """The witness over two lines of carets: each field's content, with what it is beside it."""
    cells = [_cell(character) for character in found.text]
    rows = [
        _row(cells, "one reading", found.first, elements),
        _row(cells, "another", found.second, elements),
    ]
    width = sum(map(_width, cells))
    text = "".join(cells) or "(the empty text)"
    lines = [f"{'the text':12} {text}"]
    for name, carets, words in rows:
        lines.append(f"{name:12} {carets.ljust(width)}  {words}".rstrip())
    return "\n".join(lines)


def _row(
    cells: list[str], name: str, reading: Reading, elements: tuple[Element, ...]
) -> tuple[str, str, str]:
    """Carets under the contents of leaves, and the leaves' names in order."""
    carets = [" " * _width(cell) for cell in cells]
    names: list[str] = []
    opened: dict[int, int] = {}
    last: Mark | None = None
    for gap, mark in reading:
        if not mark.closes:
            opened[mark.element] = gap
        elif last is not None and last.element == mark.element:
            start = opened[mark.element]
            for index in range(start, gap):
                carets[index] = "^" * _width(cells[index])
            empty = " (empty)" if start == gap else ""
            names.append(elements[mark.element].name + empty)
        last = mark
    return name, "".join(carets).rstrip(), ", ".join(names) or "nothing"


_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def _cell(character: str) -> str:
    """What stands for a character in a line; a blank is shown as one that can be seen."""
    if character == " ":
        return "␠"
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{ord(character):04x}"


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in cell)
