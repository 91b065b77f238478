"""Every scalar of a grammar spec, with where it stands; and the spec with some of them replaced.

A place is the path of keys down to a scalar: `("types", "Word", "text")` is the value of that
key, `("types", "Word", "text", KEY)` the key itself. Indexes of lists are numbers as text.
"""

from collections.abc import Iterator, Mapping
from functools import cache

import yaml

KEY = "<key>"
Place = tuple[str, ...]


def places(text: str) -> dict[Place, str]:
    """The scalars of a spec: their places and texts, in the order of the file."""
    return {place: node.value for place, node in _nodes(text)}


def replaced(text: str, values: Mapping[Place, str]) -> str:
    """The spec with the scalars in these places replaced; everything else stands as it was."""
    edits: list[tuple[int, int, str]] = []
    for place, node in _nodes(text):
        if place in values:
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in (">", "|"):
                while text[end - 1] in " \n":
                    end -= 1
            edits.append((start, end, spelled(values[place])))
    assert len(edits) == len(values), set(values) - set(places(text))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def spelled(value: str) -> str:
    """A text as a YAML scalar in double quotes; what YAML cannot hold is an escape."""
    return f'"{"".join(map(_spelled, value))}"'


def _spelled(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"


@cache
def _nodes(text: str) -> tuple[tuple[Place, yaml.ScalarNode], ...]:
    return tuple(_scalars(yaml.compose(text), ()))


def _scalars(node: yaml.Node | None, above: Place) -> Iterator[tuple[Place, yaml.ScalarNode]]:
    match node:
        case yaml.ScalarNode():
            yield above, node
        case yaml.SequenceNode():
            for index, each in enumerate(node.value):
                yield from _scalars(each, (*above, str(index)))
        case yaml.MappingNode():
            for key, value in node.value:
                assert isinstance(key, yaml.ScalarNode)
                yield (*above, key.value, KEY), key
                yield from _scalars(value, (*above, key.value))
        case _:
            raise AssertionError(node)
