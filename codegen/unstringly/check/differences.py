"""What an example says, held against what is read: the first place where the two differ."""

import json
import re
from typing import assert_never

from unstringly.counting import counted
from unstringly.diagnostics import Span
from unstringly.model.examples import Chosen, Fields, Meaning, Said, SaidFields, SaidList, SaidText

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_MOST_SHOWN = 60
_LONGEST_SHOWN = 400

Difference = tuple[Span, str]
"""A place in the spec, and what is wrong there."""


def first_difference(said: Said, read: Meaning) -> Difference | None:
    """Return the first place where two meanings differ; None if they are the same."""
    match said, read:
        case SaidText(text=text), str() | None:
            return None if text == read else _differs(said, read)
        case SaidList(), tuple():
            return _of_lists(said, read)
        case SaidFields(entries=((name, span, inner),)), Chosen(name=chosen, meaning=meaning):
            if name == chosen:
                return first_difference(inner, meaning)
            return span, f"this is read as {_short(chosen)}, not as {_short(name)}"
        case SaidFields(), Fields():
            return _of_records(said, read)
        case _:
            return _differs(said, read)


def _differs(said: Said, read: Meaning) -> Difference:
    match said:
        case SaidText(text=text):
            return said.span, f"{_short(read)} is read here, not {_short(text)}"
        case SaidList():
            return said.span, f"{_short(read)} is read here, not a list"
        case SaidFields():
            return said.span, f"{_short(read)} is read here, not a mapping of these names"
        case _:
            assert_never(said)


def _of_lists(said: SaidList, read: tuple[Meaning, ...]) -> Difference | None:
    for item, meaning in zip(said.items, read, strict=False):
        found = first_difference(item, meaning)
        if found is not None:
            return found
    if len(said.items) == len(read):
        return None
    has = counted(len(read), "item")
    if len(said.items) > len(read):
        return said.items[len(read)].span, f"this is not read: the list has {has}"
    missing = _short(read[len(said.items)])
    return said.span, f"the list has {has}, not {len(said.items)}; then comes {missing}"


def _of_records(said: SaidFields, read: Fields) -> Difference | None:
    """Compare the fields of a record; one that is not said is None."""
    values = dict(read.entries)
    for name, span, inner in said.entries:
        if name not in values:
            return span, f"there is no field {_short(name)} in what is read"
        found = first_difference(inner, values.pop(name))
        if found is not None:
            return found
    for name, meaning in values.items():
        if meaning is not None:
            return said.span, f"{_short(name)} is missing here; {_short(meaning)} is read for it"
    return None


def shown_meaning(meaning: Meaning) -> str:
    """Return a meaning as `means` says it, on one line, cut if it is long."""
    shown = _shown(meaning)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def _short(meaning: Meaning) -> str:
    shown = _shown(meaning)
    return f"`{shown if len(shown) <= _MOST_SHOWN else f'{shown[:_MOST_SHOWN]}…'}`"


def _shown(meaning: Meaning) -> str:
    match meaning:
        case None:
            return "~"
        case str():
            is_plain = _PLAIN.fullmatch(meaning) is not None
            return meaning if is_plain else json.dumps(meaning, ensure_ascii=False)
        case tuple():
            return f"[{', '.join(map(_shown, meaning))}]"
        case Chosen(name, inner):
            return f"{{{_shown(name)}: {_shown(inner)}}}"
        case Fields(entries):
            there = [entry for entry in entries if entry[1] is not None] or entries
            return f"{{{', '.join(f'{_shown(name)}: {_shown(value)}' for name, value in there)}}}"
        case _:
            assert_never(meaning)
