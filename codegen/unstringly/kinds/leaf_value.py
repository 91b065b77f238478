"""The values of leaves in the code of a package: what their kinds say, in the places they have."""

from dataclasses import dataclass

from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.kinds.value import Around, Value, strategy_function
from unstringly.model.uses import Use
from unstringly.python.build import call
from unstringly.python.nodes import Attribute, Expression, Name, Text
from unstringly.python.statement_nodes import Function


@dataclass(frozen=True, slots=True)
class LeafValue(Value):
    """The values of a leaf."""

    kind: LeafKind[Leaf]
    around: Around

    @property
    def name(self) -> str:
        """The name in the spec."""
        return self.kind.name

    @property
    def class_names(self) -> tuple[str, ...]:
        """Those of the kind."""
        return self.kind.class_names

    def annotation(self, *, writes: bool) -> Expression:
        """The same to read and to write."""
        del writes
        return self.kind.annotation

    @property
    def class_pattern(self) -> Expression:
        """That of the kind."""
        return self.kind.class_pattern

    @property
    def readers(self) -> tuple[Function, ...]:
        """The one of the kind, if it has one."""
        return () if self.kind.reader is None else (self.kind.reader,)

    def read_whole(self, reading: Expression) -> Expression:
        """The value of the only element's text."""
        return self.read_item(Attribute(reading, "only"))

    def read_item(self, element: Expression) -> Expression:
        """The value of the element's text."""
        return self.kind.read(Attribute(element, "text"))

    def read_field(self, element: Expression) -> Expression:
        """The value of the element's text."""
        return self.read_item(element)

    @property
    def writers(self) -> tuple[Function, ...]:
        """The one of the kind, if it has one."""
        return () if self.kind.writer is None else (self.kind.writer,)

    def written(self, use: Use, field: str, value: Expression) -> Expression:
        """A content of the place."""
        return self.kind.written(self.around.form(use), Text(field), value)

    def written_field(self, use: Use, field: str, value: Expression) -> Expression:
        """A content of the place."""
        return self.written(use, field, value)

    @property
    def strategy(self) -> Function:
        """The strategy of the leaf in its main place."""
        doc = f"Every {self.name} that can be written."
        drawn = self._drawn(self.around.main_use(self.name))
        return strategy_function(self.function, self.kind.annotation, doc, drawn)

    def drawn(self, use: Use) -> Expression:
        """The strategy with the leaf's name, or one of its own where the place takes others."""
        main = self.around.main_use(self.name)
        if self.around.form(use) != self.around.form(main):
            return self._drawn(use)
        return call(Name(self.function))

    def _drawn(self, use: Use) -> Expression:
        return self.kind.drawn(self.around.form(use), lf=self.around.lf)
