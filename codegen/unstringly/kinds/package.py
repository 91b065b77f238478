"""The values of all definitions in the code of one package."""

from collections.abc import Mapping

from msgspec import Struct, field

from unstringly.kinds.choice import ChoiceValue
from unstringly.kinds.leaf_value import LeafValue
from unstringly.kinds.list import ListValue
from unstringly.kinds.record import RecordValue
from unstringly.kinds.table import kind_of
from unstringly.kinds.value import Value
from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record
from unstringly.model.parts import Definitions
from unstringly.model.uses import Use
from unstringly.python.build import NONE
from unstringly.python.nodes import Attribute, Expression
from unstringly.python.symbols import TABLES


class Package(Struct, frozen=True):
    """The definitions of a package, and what its modules agree upon.

    `forms` are the names of the tables of leaves by their places, in the order of the spec, and
    `in_padding` the definitions whose writers strategies ask. `wholes` are those of whole texts,
    and `in_fields` those in fields of records. `lf` says that a CR before a LF is taken with it.
    Without these, a package knows of types, names and patterns.
    """

    definitions: Definitions
    forms: Mapping[Use, str] = field(default_factory=dict[Use, str])
    in_padding: frozenset[str] = frozenset()
    lf: bool = False
    wholes: frozenset[str] = frozenset()
    in_fields: frozenset[str] = frozenset()

    def of(self, name: str) -> Value:
        """The values of a definition."""
        return self.value(self.definitions[name])

    def value(self, definition: Definition) -> Value:
        """The values of a definition."""
        match definition:
            case Record():
                return RecordValue(definition, self)
            case ListGrammar():
                return ListValue(definition, self)
            case ChoiceGrammar():
                return ChoiceValue(definition, self)
            case _:
                return LeafValue(kind_of(definition), self)

    def form(self, use: Use) -> Expression:
        """The table of a leaf's form in a place; None's expression where it has none."""
        return Attribute(TABLES, self.forms[use]) if use in self.forms else NONE

    def main_use(self, name: str) -> Use:
        """The place of a leaf for which there is a strategy with the leaf's name."""
        return next((use for use in self.forms if use.type == name), Use(name, padded=False))

    def is_in_padding(self, name: str) -> bool:
        """Say whether a definition stands in a padded field, so that strategies ask its writer."""
        return name in self.in_padding

    def is_whole(self, name: str) -> bool:
        """Say whether a definition is that of a whole text."""
        return name in self.wholes

    def is_in_field(self, name: str) -> bool:
        """Say whether a definition stands in a field of a record that is used."""
        return name in self.in_fields
