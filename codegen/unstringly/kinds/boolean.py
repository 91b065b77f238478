"""Truth values by their spellings: the first of each is written, all are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unstringly.kinds.keys import DOC, Inside, Key, KindKeys, Plain, Table
from unstringly.kinds.leaf import ArgumentCheck, LeafKind, Spelled
from unstringly.model.grammar import BooleanType, Form
from unstringly.model.pattern import Choice, Pattern, literal
from unstringly.python.build import BOOL, FALSE, TRUE, call, texts
from unstringly.python.nodes import Dict, Expression, Name, Subscript, Text
from unstringly.python.statement_nodes import Assign
from unstringly.python.symbols import PARTIAL, column, form_function, parameters, strategy

KEYS = (KindKeys(Key("boolean", Inside("boolean"), "The spellings of true and false."), (DOC,)),)
SPELLINGS = Table(
    "`boolean`",
    (
        Key("true", Plain.TEXTS, "The first one is written."),
        Key("false", Plain.TEXTS, "The first one is written."),
    ),
    required=("true", "false"),
)


@dataclass(frozen=True, slots=True)
class BooleanKind(LeafKind[BooleanType]):
    """A truth value."""

    @property
    def form(self) -> Form:
        """All spellings."""
        spellings = self.leaf.spellings
        return Form(Choice(tuple(map(literal, spellings))), "|".join(spellings))

    @property
    def canonical(self) -> Pattern:
        """The first spelling of each."""
        return Choice((literal(self.leaf.true[0]), literal(self.leaf.false[0])))

    @property
    def is_guarded(self) -> bool:
        """Both values have a spelling wherever the leaf stands."""
        return False

    @property
    def spelled(self) -> Iterator[Spelled]:
        """All spellings."""
        return (Spelled("flag", text, self.leaf.span) for text in self.leaf.spellings)

    @property
    def described(self) -> str:
        """The type that it has to be."""
        return f"is no {self.leaf.name}, which is True or False"

    @property
    def examples(self) -> Iterator[str]:
        """The spellings."""
        return iter(self.leaf.spellings)

    def meaning(self, content: str) -> str:
        """`true` or `false`."""
        return "true" if content in self.leaf.true else "false"

    @property
    def annotation(self) -> Expression:
        """`bool`."""
        return BOOL

    @property
    def class_pattern(self) -> Expression:
        """`bool()`."""
        return call(BOOL)

    @property
    def told_apart_by(self) -> str:
        """`int`: True and False are numbers to Python."""
        return "int"

    @property
    def reader_table(self) -> Assign:
        """The values by their spellings."""
        true = ((Text(text), TRUE) for text in self.leaf.true)
        false = ((Text(text), FALSE) for text in self.leaf.false)
        return Assign((self._table,), Dict((*true, *false)))

    def read(self, content: Expression) -> Expression:
        """The value in the table."""
        return Subscript(self._table, (content,))

    def column(self, form: Expression) -> Expression:
        """A column of values in the table."""
        del form
        return call(column("spellings"), self._table)

    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """The spelling of a value."""
        del form
        return call(form_function("write_boolean"), *self._written, field, value)

    def argument_check(self, form: Expression) -> ArgumentCheck:
        """The check by which a value is written."""
        del form
        write = call(PARTIAL, form_function("write_boolean"), *self._written)
        return ArgumentCheck(parameters("written_parameter"), options={"write": write})

    def text_options(self, form: Expression) -> Mapping[str, Expression]:
        """All spellings."""
        del form
        return {"spellings": texts(self.leaf.spellings)}

    def drawn(self, form: Expression, *, lf: bool) -> Expression:
        """Both values."""
        del form, lf
        return call(strategy("booleans"))

    @property
    def _table(self) -> Name:
        return Name(f"_{self.constant}")

    @property
    def _written(self) -> tuple[Expression, Expression]:
        """The spellings that are written."""
        return Text(self.leaf.true[0]), Text(self.leaf.false[0])
