"""The parts of definitions: leaves, and the definitions that others mention."""

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record, Type

Definitions = Mapping[str, Definition]


def parts_of(definition: Definition) -> Iterator[str]:
    """Yield the names of fields' types, items or alternatives of a definition, each once."""
    match definition:
        case Record():
            yield from dict.fromkeys(field.type for field in definition.fields)
        case ListGrammar(items=items):
            yield from dict.fromkeys(items)
        case ChoiceGrammar(alternatives=alternatives):
            yield from dict.fromkeys(alternatives)
        case _:
            return


def reachable(definitions: Definitions, root: str) -> tuple[str, ...]:
    """Return a definition and all that it is made of, each once, in the order of first mention."""
    names = {root: None}
    todo = [root]
    for name in todo:
        for part in parts_of(definitions[name]):
            if part not in names:
                names[part] = None
                todo.append(part)
    return tuple(names)


def is_leaf(definition: Definition) -> TypeGuard[Type]:
    """Say whether the definition is a type: a content, with nothing in it that has a name."""
    return not isinstance(definition, Record | ListGrammar | ChoiceGrammar)


def as_leaf(definition: Definition) -> Type:
    """Return the definition as a type; raises TypeError for a record, list or choice."""
    match definition:
        case Record() | ListGrammar() | ChoiceGrammar():
            raise TypeError(f"{definition.name} is no type")
        case _:
            return definition


def may_be_list(definitions: Definitions, name: str) -> bool:
    """Say whether a value of a definition may be a list: it is one, or one is an alternative."""
    definition = definitions[name]
    names = definition.alternatives if isinstance(definition, ChoiceGrammar) else (name,)
    return any(isinstance(definitions[own], ListGrammar) for own in names)
