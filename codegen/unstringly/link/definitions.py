"""Definitions, linked: every name they use is defined, and used as its kind allows."""

from collections.abc import Iterable, Iterator, Mapping

from unstringly.diagnostics import Diagnostic, Span
from unstringly.kinds.table import kind_of
from unstringly.link.rules import (
    ALTERNATIVES_ALIKE,
    CONTAINS_ITSELF,
    NOT_ALLOWED_HERE,
    OPTIONAL_NIL,
    UNDEFINED,
)
from unstringly.link.splicing import misplaced, spliced
from unstringly.link.words import did_you_mean, kind
from unstringly.model.grammar import (
    ChoiceGrammar,
    Definition,
    ListGrammar,
    Record,
)
from unstringly.model.parts import is_leaf

Definitions = Mapping[str, Definition]


def link_definitions(
    spelled: Definitions, left_out: frozenset[str] = frozenset()
) -> tuple[dict[str, Definition], list[Diagnostic]]:
    """The definitions of which every name is defined, and none contains itself.

    Names of `left_out` are defined, but not well: of those the reader has spoken.
    """
    findings: list[Diagnostic] = []
    for definition in spelled.values():
        for name, span in uses(definition):
            if name not in spelled:
                findings.extend(undefined(name, span, spelled, left_out))
            elif not _may_contain(definition, spelled[name]):
                findings.append(_not_allowed(definition, spelled[name], span))
    known = _complete(dict(spelled))
    circular = _circular(known)
    findings.extend(
        Diagnostic(
            CONTAINS_ITSELF,
            known[name].span,
            f"{name} contains itself",
            "a delimited text of this kind has no end; name the inner part differently",
        )
        for name in circular
    )
    known = _without(known, circular)
    for name, finding in tuple(misplaced(known)):
        findings.append(finding)
        known = _without(known, (name,)) if name in known else known
    known = spliced(known)
    for definition in known.values():
        findings.extend(_inside(definition, known))
    return known, findings


def uses(definition: Definition) -> Iterator[tuple[str, Span]]:
    """The names that a definition mentions, and where."""
    match definition:
        case Record(fields=fields):
            yield from ((field.type, field.type_span) for field in fields)
        case ListGrammar(items=items, item_spans=spans):
            yield from zip(items, spans, strict=True)
        case ChoiceGrammar(alternatives=alternatives, alternative_spans=spans):
            yield from zip(alternatives, spans, strict=True)
        case _:
            return


def undefined(
    name: str, span: Span, known: Definitions, left_out: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """The finding for a name that nothing defines, not even badly."""
    if name in known or name in left_out:
        return ()
    hint = did_you_mean(name, tuple(known))
    return (Diagnostic(UNDEFINED, span, f"{name!r} is not defined", hint),)


def _complete(known: dict[str, Definition]) -> dict[str, Definition]:
    """The definitions that mention nothing missing, by whatever way."""
    return _without(
        known,
        [
            name
            for name, definition in known.items()
            if not all(
                used in known and _may_contain(definition, known[used])
                for used, _ in uses(definition)
            )
        ],
    )


def _without(known: dict[str, Definition], bad: Iterable[str]) -> dict[str, Definition]:
    """The definitions that do not lead to a bad one."""
    users: dict[str, list[str]] = {}
    for name, definition in known.items():
        for used, _ in uses(definition):
            users.setdefault(used, []).append(name)
    todo = list(dict.fromkeys(bad))
    lost = set(todo)
    for name in todo:
        for user in users.get(name, ()):
            if user not in lost:
                lost.add(user)
                todo.append(user)
    return {name: each for name, each in known.items() if name not in lost}


def _circular(known: Definitions) -> list[str]:
    """The definitions that contain themselves.

    What only leads to a cycle, and what a cycle leads to, is peeled off: of each definition that
    is left, it is asked.
    """
    above = {name: {used for used, _ in uses(known[name])} for name in known}
    below: dict[str, set[str]] = {name: set() for name in known}
    for name, names in above.items():
        for used in names:
            below[used].add(name)
    left = _peeled(_peeled(set(known), above, below), below, above)
    components: dict[str, int] = {}
    for number, name in enumerate(sorted(left)):
        if name not in components:
            inside = _led_to(name, above, left) & _led_to(name, below, left)
            components |= dict.fromkeys(inside, number)
            components.setdefault(name, -1)
    return [name for name in known if components.get(name, -1) >= 0]


def _peeled(
    names: set[str], above: Mapping[str, set[str]], below: Mapping[str, set[str]]
) -> set[str]:
    """The names without those from which nothing leads on, again and again."""
    counts = {name: len(above[name] & names) for name in names}
    todo = [name for name, count in counts.items() if not count]
    lost = set(todo)
    for name in todo:
        for user in below[name] & names:
            counts[user] -= 1
            if not counts[user]:
                lost.add(user)
                todo.append(user)
    return names - lost


def _led_to(name: str, steps: Mapping[str, set[str]], names: set[str]) -> set[str]:
    """The names that a name leads to in one step or more."""
    todo = [each for each in steps[name] if each in names]
    found = set(todo)
    for here in todo:
        for each in steps[here]:
            if each in names and each not in found:
                found.add(each)
                todo.append(each)
    return found


def _may_contain(outer: Definition, inner: Definition) -> bool:
    match outer:
        case Record() | ChoiceGrammar():
            return True
        case ListGrammar():
            return not isinstance(inner, ListGrammar)
        case _:
            return False


def _not_allowed(outer: Definition, inner: Definition, span: Span) -> Diagnostic:
    return Diagnostic(
        NOT_ALLOWED_HERE,
        span,
        f"{inner.name!r} is a {kind(inner)}, which a {kind(outer)} does not hold",
        "a list holds types, records and choices of these",
    )


def _inside(definition: Definition, known: Definitions) -> Iterator[Diagnostic]:
    """A finding for each thing that is wrong between the parts of one definition."""
    match definition:
        case ChoiceGrammar():
            yield from _alternatives(definition, known)
            yield from _rejections(definition, known)
        case ListGrammar(items=items, item_spans=spans):
            yield from _alike(zip(items, spans, strict=True), known)
        case Record(fields=fields):
            for field in fields:
                if field.optional and field.nils:
                    yield Diagnostic(
                        OPTIONAL_NIL,
                        field.span,
                        f"None of {field.name!r} has two spellings: {field.nils[0]!r}, and nothing",
                        "remove `optional`, or remove `nil`",
                    )
        case _:
            return


def _alternatives(choice: ChoiceGrammar, known: Definitions) -> Iterator[Diagnostic]:
    """At most one list, of which no item is an alternative itself."""
    lists: list[ListGrammar] = []
    for name, span in zip(choice.alternatives, choice.alternative_spans, strict=True):
        definition = known[name]
        if isinstance(definition, ListGrammar):
            lists.append(definition)
            if len(lists) > 1:
                yield Diagnostic(
                    ALTERNATIVES_ALIKE,
                    span,
                    "a choice has at most one list",
                    "make one list of both kinds of items: `list: [A, B]`",
                )
    pairs = [
        (name, span)
        for name, span in zip(choice.alternatives, choice.alternative_spans, strict=True)
        if not isinstance(known[name], ListGrammar)
    ]
    for each in lists[:1]:
        pairs.extend(zip(each.items, each.item_spans, strict=True))
    yield from _alike(pairs, known)


def _rejections(choice: ChoiceGrammar, known: Definitions) -> Iterator[Diagnostic]:
    """Only what has a class of its own is told from values; and something must be a value."""
    for name, span in zip(choice.rejections, choice.rejection_spans, strict=True):
        if not _may_reject(known[name]):
            what = kind(known[name])
            message = f"{name!r} is a {what} without a class of its own, and cannot be a rejection"
            yield Diagnostic(NOT_ALLOWED_HERE, span, message, "name enums and records")
    if choice.rejections and set(choice.rejections) >= set(choice.alternatives):
        message = f"every alternative of {choice.name!r} is a rejection"
        help_text = "leave out of `rejections` what is a good answer"
        yield Diagnostic(NOT_ALLOWED_HERE, choice.rejection_spans[0], message, help_text)


def _may_reject(definition: Definition) -> bool:
    """Say whether a definition can be a rejection: it has a class, and is told apart by that."""
    return isinstance(definition, Record) or (
        is_leaf(definition) and kind_of(definition).codes is not None
    )


def _alike(pairs: Iterable[tuple[str, Span]], known: Definitions) -> Iterator[Diagnostic]:
    """Alternatives are told apart by their Python classes: callers do, and format does."""
    seen: dict[str, str] = {}
    for name, span in pairs:
        python_class = _python_class(known[name])
        if python_class in seen:
            yield Diagnostic(
                ALTERNATIVES_ALIKE,
                span,
                f"{name!r} and {seen[python_class]!r} are both {python_class} in Python",
                "make one of them an enum, a number, a date or a record",
            )
        seen[python_class] = name


def _python_class(definition: Definition) -> str:
    match definition:
        case Record():
            return definition.name
        case ListGrammar() | ChoiceGrammar():
            return "a list"
        case _:
            return kind_of(definition).told_apart_by
