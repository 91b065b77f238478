"""The keys of `strings`: names of strings inside of messages, with or without a namespace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unstringly.model.schema_content import Element
from unstringly.model.schema_names import XSD, ComponentName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unstringly.model.schema import Schema
    from unstringly.model.service import Message, Operation
    from unstringly.model.spec import AttachedString

_SPELLED = re.compile(r"\{([^{}]*)\}(.+)", re.DOTALL)


def spelled(place: str) -> tuple[str | None, str]:
    """Return the namespace of a key, None if it has none, and the name."""
    match = _SPELLED.fullmatch(place)
    return (None, place) if match is None else (match[1], match[2])


def names_of_bodies(operations: Iterable[Operation]) -> Mapping[ComponentName, str]:
    """Return the names of bodies that share an element's name on the wire with another one.

    It is the operation's name in the grammar, for a response with `Response` behind it.
    """
    bodies: dict[ComponentName, str] = {}
    for own in operations:
        if own.input.body is not None and own.input.body.is_second:
            bodies[own.input.body] = own.name
        if own.output is not None and own.output.body is not None and own.output.body.is_second:
            bodies[own.output.body] = f"{own.name}Response"
    return bodies


def names_parts(
    strings: Iterable[AttachedString],
    schema: Schema,
    message: Message,
    bodies: Mapping[ComponentName, str],
) -> bool:
    """Say whether some key names a part of a message that may be texts."""
    if message.body is None:
        return False
    component = schema.components.get(message.body)
    owners = [bodies.get(message.body, message.body.local)]
    if isinstance(component, Element) and not component.type.way:
        owners.append(component.type.local)
    names = {f"{owner}.{part.name}" for owner in owners for part in message.parts}
    declared = (part.declared for part in message.parts)
    names |= {type_.local for type_ in declared if type_ is not None and type_.namespace != XSD}
    return any(spelled(own.place)[1] in names for own in strings)
