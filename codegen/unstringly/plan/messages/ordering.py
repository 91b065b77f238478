"""The order of the classes of a module: each behind those that its fields name, where that can be.

What a class names that comes later, itself for one, stands in quotes. Unions come as soon as all
of their members are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from unstringly.python.nodes import Quoted
from unstringly.python.scope import symbols_of
from unstringly.python.statement_nodes import AnnotatedAssign, Class, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def in_order_of_use(body: Sequence[Statement], module: str) -> Iterator[Statement]:
    """Yield the classes and unions of a module in their order, with quotes where they are needed.

    `module` is the module as others import it.
    """
    classes = {own.name: own for own in body if isinstance(own, Class)}
    unions = {own.name: own for own in body if isinstance(own, AnnotatedAssign)}
    members = {name: _named(union, module) for name, union in unions.items()}
    known: set[str] = set()
    lacking = {name: len(names) for name, names in members.items()}
    unions_of: dict[str, list[str]] = {}
    for name, names in members.items():
        for member in names:
            unions_of.setdefault(member, []).append(name)
    for class_ in _depth_first(classes, members, module):
        yield _quoted(class_, known, module)
        known.add(class_.name)
        for name in unions_of.get(class_.name, ()):
            lacking[name] -= 1
            if not lacking[name]:
                yield unions[name]
                known.add(name)
    yield from (unions[name] for name, names in members.items() if not names)


def _named(tree: object, module: str) -> tuple[str, ...]:
    """Return the names of a module that a tree has, each once."""
    names = (symbol.name for symbol in symbols_of(tree) if symbol.module == module)
    return tuple(dict.fromkeys(names))


def _depth_first(
    classes: Mapping[str, Class], members: Mapping[str, tuple[str, ...]], module: str
) -> Iterator[Class]:
    """Yield each class behind those that it needs; circles are cut where they are entered."""
    needs = {
        name: [
            needed
            for direct in _named(own, module)
            for needed in members.get(direct, (direct,))
            if needed in classes
        ]
        for name, own in classes.items()
    }
    entered: set[str] = set()
    for start in classes:
        if start in entered:
            continue
        entered.add(start)
        way = [(start, iter(needs[start]))]
        while way:
            name, rest = way[-1]
            following = next((own for own in rest if own not in entered), None)
            if following is None:
                way.pop()
                yield classes[name]
            else:
                entered.add(following)
                way.append((following, iter(needs[following])))


def _quoted(class_: Class, known: set[str], module: str) -> Class:
    """Return a class whose annotations are in quotes where they name what is not there yet."""
    body: list[Statement] = []
    for part in class_.body:
        if isinstance(part, AnnotatedAssign) and not known.issuperset(
            _named(part.annotation, module)
        ):
            body.append(replace(part, annotation=Quoted(part.annotation)))
        else:
            body.append(part)
    return replace(class_, body=tuple(body))
