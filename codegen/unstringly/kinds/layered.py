"""Texts behind layers: a value is what stands inside, and the wire has it spelled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from unstringly.kinds.images import read_image, without, written_image
from unstringly.kinds.keys import Key, Layered, Table
from unstringly.kinds.leaf import Spelled
from unstringly.kinds.text import TextKind
from unstringly.model import charset
from unstringly.model.grammar import Form
from unstringly.model.layers import Encoded, Entities, Escapes, Layer, Octets
from unstringly.model.pattern import Pattern
from unstringly.python.build import call, method
from unstringly.python.nodes import Attribute, Dict, Expression, Name, Text
from unstringly.python.statement_nodes import Assign
from unstringly.python.symbols import layer
from unstringly.runtime.text import layers

ENTITIES = "entities"
_OF_OCTETS: Mapping[Octets, type[layers.Encoded]] = {
    Octets.URL: layers.Url,
    Octets.PERCENT: layers.Percent,
    Octets.HEX: layers.Hex,
}
LAYER = Table(
    "a layer",
    (
        *(Key(way.value, description="The charset whose octets are written so.") for way in Octets),
        Key("release", description="The character that stands before those that need it."),
        Key("before", description="The characters that `release` stands before."),
        Key("escapes", Layered.ESCAPES, "Characters by their spellings."),
    ),
    one_of=(*(way.value for way in Octets), "release", "escapes"),
)


@dataclass(frozen=True, slots=True)
class LayeredKind(TextKind):
    """A text behind layers."""

    @property
    def form(self) -> Form:
        """What is on the wire."""
        return Form(read_image(self._inside, self.leaf.through), self.leaf.form.source)

    @property
    def canonical(self) -> Pattern:
        """What is written on the wire."""
        return written_image(self._inside, self.leaf.through)

    @property
    def spelled(self) -> Iterator[Spelled]:
        """Nothing: what is excluded inside may be on the wire."""
        return iter(())

    def meaning(self, content: str) -> str:
        """The text inside."""
        return layers.Layers(*map(_layer, self.leaf.through)).read(content)

    @property
    def reader_table(self) -> Assign:
        """The layers."""
        return Assign((self._table,), self._layers)

    def base_value(self, content: Expression) -> Expression:
        """The text inside."""
        return method(self._table, "read", content)

    def column(self, form: Expression) -> Expression:
        """A column of texts inside."""
        return call(layer("behind"), form, self._table)

    @property
    def writer_table(self) -> Assign:
        """The layers."""
        return Assign((self._table,), self._layers)

    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """The text around."""
        return call(layer("write_layered"), form, self._table, field, value)

    def sent(self, text: str) -> str | None:
        """The text around."""
        try:
            return layers.Layers(*map(_layer, self.leaf.through)).write(text)
        except UnicodeError:
            return None

    def text_options(self, form: Expression) -> Mapping[str, Expression]:
        """The form of what is sent, and the layers around what callers give."""
        return {"form": form, "behind": Attribute(self._layers, "write")}

    def base_drawn(self, form: Expression, *, lf: bool) -> Expression:
        """Texts inside those of the form."""
        texts = TextKind.base_drawn(self, form, lf=lf)
        return method(texts, "map", Attribute(self._layers, "read"))

    @property
    def _inside(self) -> Pattern:
        form = self.leaf.form
        return without(form.pattern, charset.of("".join(form.excludes)))

    @property
    def _table(self) -> Name:
        return Name(f"_{self.constant}")

    @property
    def _layers(self) -> Expression:
        return call(layer("Layers"), *map(_made, self.leaf.through))


def _layer(own: Layer) -> layers.Layer:
    """The layer of the runtime."""
    match own:
        case Encoded(way, name):
            return _OF_OCTETS[way](name)
        case Escapes(spellings):
            return layers.Escapes(dict(spellings))
        case Entities():
            return layers.Entities()
        case _:
            assert_never(own)


def _made(own: Layer) -> Expression:
    """The layer, as generated code makes it."""
    match own:
        case Encoded(way, name):
            return call(layer(_OF_OCTETS[way].__name__), Text(name))
        case Escapes(spellings):
            pairs = ((Text(character), Text(spelling)) for character, spelling in spellings)
            return call(layer("Escapes"), Dict(tuple(pairs)))
        case Entities():
            return call(layer("Entities"))
        case _:
            assert_never(own)
