"""Choices that are named in a list or in another choice: their alternatives stand there instead.

So `list: [Event, Gap]` is `list: [Login, Logout, Gap]` if `Event` is `choice: [Login, Logout]`. The
padding is that of the list or choice around, which has some wherever the inner one does. A choice
in a record's field stays what it is.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Span
from unstringly.link.rules import NOT_ALLOWED_HERE
from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar

_Definitions = Mapping[str, Definition]
_Named = tuple[tuple[str, Span], ...]


def misplaced(known: _Definitions) -> Iterator[tuple[str, Diagnostic]]:
    """Yield what cannot be spliced, with the name of what it stands in; no choice holds itself."""
    flat = _alternatives(known)
    for outer in known.values():
        for name, span in _named(outer):
            inner = known[name]
            if not isinstance(inner, ChoiceGrammar):
                continue
            if inner.padded and not _is_padded(outer):
                message = f"{name!r} has padding around its alternatives, and {outer.name!r} none"
                help_text = f"give {outer.name!r} `padding: whitespace`, or {name!r} none"
                yield outer.name, Diagnostic(NOT_ALLOWED_HERE, span, message, help_text)
            inside = next((each for each in flat[name] if _is_list(known[each])), None)
            if inside is not None and isinstance(outer, ListGrammar):
                message = f"{name!r} may be the list {inside!r}, which a list does not hold"
                help_text = f"name the items of {outer.name!r} without it"
                yield outer.name, Diagnostic(NOT_ALLOWED_HERE, span, message, help_text)


def spliced(known: _Definitions) -> dict[str, Definition]:
    """Return the definitions without choices in lists and choices; no choice holds itself."""
    flat = _alternatives(known)
    return {name: _spliced(definition, flat) for name, definition in known.items()}


def _spliced(definition: Definition, flat: Mapping[str, tuple[str, ...]]) -> Definition:
    names, spans = _flat(_named(definition), flat)
    match definition:
        case ListGrammar():
            return replace(definition, items=names, item_spans=spans)
        case ChoiceGrammar(rejections=rejections, rejection_spans=places):
            rejected, where = _flat(tuple(zip(rejections, places, strict=True)), flat)
            return replace(
                definition,
                alternatives=names,
                alternative_spans=spans,
                rejections=rejected,
                rejection_spans=where,
            )
        case _:
            return definition


def _flat(
    named: _Named, flat: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Return what names mean where choices stand for their alternatives, and where it stands."""
    pairs = [(each, span) for name, span in named for each in flat.get(name, (name,))]
    return tuple(name for name, _ in pairs), tuple(span for _, span in pairs)


def _alternatives(known: _Definitions) -> Mapping[str, tuple[str, ...]]:
    """Return what each choice can be that is no choice itself, each name once."""
    flat: dict[str, tuple[str, ...]] = {}
    todo = [name for name, each in known.items() if isinstance(each, ChoiceGrammar)]
    choices = frozenset(todo)
    while todo:
        names = [name for name, _ in _named(known[todo[-1]])]
        before = [name for name in names if name in choices and name not in flat]
        if before:
            todo += before
            continue
        found = (each for name in names for each in flat.get(name, (name,)))
        flat.setdefault(todo.pop(), tuple(dict.fromkeys(found)))
    return flat


def _named(definition: Definition) -> _Named:
    """Return the items or alternatives that a definition names, and where."""
    match definition:
        case ListGrammar(items=names, item_spans=spans):
            return tuple(zip(names, spans, strict=True))
        case ChoiceGrammar(alternatives=names, alternative_spans=spans):
            return tuple(zip(names, spans, strict=True))
        case _:
            return ()


def _is_list(definition: Definition) -> bool:
    return isinstance(definition, ListGrammar)


def _is_padded(definition: Definition) -> bool:
    return isinstance(definition, ListGrammar | ChoiceGrammar) and definition.padded
