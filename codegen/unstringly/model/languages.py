"""The languages that a spec's texts for people are in."""

from collections.abc import Iterator

from msgspec import Struct

from unstringly.model.grammar import EnumType, LocalizedText, Record
from unstringly.model.spec import Parameter, Spec

ENGLISH = "en"
"""The language of texts without one, in a spec that names no other."""


class Languages(Struct, frozen=True):
    """The tags of the languages that a spec's texts are in, `own` first where it is among them.

    `own` is the language of the texts that name none. There is at least one tag.
    """

    own: str
    tags: tuple[str, ...]

    def of(self, text: LocalizedText) -> dict[str, str]:
        """Return a text of the spec by language, in the order of the tags."""
        tagged = {tag or self.own: words for tag, words in text.texts}
        return {tag: tagged[tag] for tag in self.tags if tag in tagged}


def languages_of(spec: Spec) -> Languages:
    """Return the languages of a spec; the one of its own if it has no text."""
    used = {tag or spec.language for text in _texts(spec) for tag, _ in text.texts}
    tags = sorted(used or {spec.language}, key=lambda tag: (tag != spec.language, tag))
    return Languages(spec.language, tuple(tags))


def _texts(spec: Spec) -> Iterator[LocalizedText]:
    yield spec.words
    for definition in spec.definitions.values():
        yield definition.words
        if isinstance(definition, EnumType):
            yield from (member.words for member in definition.members)
        if isinstance(definition, Record):
            yield from (field.words for field in definition.fields)
    for operation in spec.operations:
        yield operation.words
        yield from _of_parameters(operation.parameters)
        for variant in operation.variants:
            yield variant.words
            yield from _of_parameters(variant.parameters)
    for callback in spec.callbacks:
        yield callback.words
        yield from (field.words for field in callback.fields)


def _of_parameters(parameters: tuple[Parameter, ...]) -> Iterator[LocalizedText]:
    for parameter in parameters:
        yield parameter.words
        yield parameter.message
