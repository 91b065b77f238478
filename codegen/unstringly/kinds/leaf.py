"""Everything that the rest of the generator asks about a leaf, answered by the module of its kind.

Code is made of nodes (`python/nodes.py`). A leaf that is checked when it is written has a table of
its form for each place where it stands; `form` is the expression of that table, and None's
expression for a leaf that has no table.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from msgspec import Struct, field

from unstringly.diagnostics import Span
from unstringly.kinds.names import Named
from unstringly.kinds.number import Number
from unstringly.model.examples import Chosen
from unstringly.model.grammar import EnumType, Form, LocalizedText, Type
from unstringly.model.pattern import Pattern
from unstringly.python.nodes import Expression, Name, Symbol
from unstringly.python.statement_nodes import Assign, Function

VALIDATE = Name("validate")
"""The variable of calls that says whether arguments are held against their forms."""


class Leaf(Protocol):
    """Any type of the model."""

    @property
    def name(self) -> str:
        """The name in the spec."""
        ...

    @property
    def words(self) -> LocalizedText:
        """The document's words."""
        ...

    @property
    def span(self) -> Span:
        """The place in the spec."""
        ...


class Language(Protocol):
    """The contents that may be written in a place."""

    def accepts(self, text: str) -> bool:
        """Say whether a text is one of them."""
        ...

    def longest(self) -> int | None:
        """The most characters that one has; None where there is no longest."""
        ...


class Spelled(Struct, frozen=True):
    """A text that stands in results as it is spelled; `what` is what messages call it.

    An `excluded` one stands there never in this leaf, but between others.
    """

    what: str
    text: str
    span: Span
    excluded: bool = False


class Way(Struct, frozen=True):
    """One of several ways in which a leaf is spelled, as the spec gives it.

    `value` shows the value of a text; differences are looked for among `samples`, texts of it.
    """

    source: str
    pattern: Pattern
    value: Callable[[str], str]
    samples: tuple[str, ...]


class ArgumentCheck(Struct, frozen=True):
    """The function of the runtime that makes of an argument what is sent.

    It is called with the parameter's name, the argument and the rule, and then with these.
    """

    function: Symbol
    arguments: tuple[Expression, ...] = (VALIDATE,)
    options: Mapping[str, Expression] = field(default_factory=dict[str, Expression])


L_co = TypeVar("L_co", bound=Leaf, covariant=True)


@dataclass(frozen=True, slots=True)
class LeafKind(Named, ABC, Generic[L_co]):
    """A leaf, seen as its kind sees it."""

    leaf: L_co

    @property
    def name(self) -> str:
        """The name in the spec."""
        return self.leaf.name

    @property
    def table(self) -> str:
        """The name in `tables.py` of the leaf's form in its first place."""
        return f"{self.constant}_FORM"

    @property
    def notation_table(self) -> str:
        """The name in `tables.py` of the leaf's notation."""
        return f"{self.constant}_NOTATION"

    # Texts

    @property
    @abstractmethod
    def form(self) -> Form:
        """The lexical form of a content."""

    @property
    def canonical(self) -> Pattern | None:
        """The spellings that are written; None where all of the form are."""
        return None

    @property
    def number(self) -> Number | None:
        """The digits of the leaf, if it is a number."""
        return None

    @property
    def codes(self) -> EnumType | None:
        """The codes of the leaf, if it has codes."""
        return None

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways of spelling, of which the first that fits is read; none if there is only one."""
        return ()

    @property
    def as_typed(self) -> Type | None:
        """The leaf as the public may type it, whatever its form says; None if nobody types it."""
        return None

    @property
    def is_guarded(self) -> bool:
        """Say whether values are held against a table of the form when they are written.

        Each value of a leaf that is not guarded must have a spelling in all of its places.
        """
        return True

    @property
    def spelled(self) -> Iterator[Spelled]:
        """The texts that the leaf says results to hold, or not to hold, as they are spelled."""
        return iter(())

    @property
    @abstractmethod
    def described(self) -> str:
        """The rule for a caller whose argument does not fit: `is no Day, which is …`."""

    @property
    @abstractmethod
    def examples(self) -> Iterator[str]:
        """Contents that people take in at once, the best first; the form need not have them."""

    def meaning(self, content: str) -> str | Chosen:
        """Return the value of a content in the words of a spec's examples."""
        return content

    @property
    def is_regular(self) -> bool:
        """Say whether all values are written alike, so that the first example is always good."""
        return False

    # Types

    @property
    @abstractmethod
    def annotation(self) -> Expression:
        """The type of a value."""

    @property
    @abstractmethod
    def class_pattern(self) -> Expression:
        """The pattern of a value in a `match`."""

    @property
    @abstractmethod
    def told_apart_by(self) -> str:
        """The class of a value, by which alternatives are told apart, as messages name it."""

    @property
    def newtype_over(self) -> Symbol | None:
        """The type that a NewType of the leaf's name is made over; None if there is none."""
        return None

    # Reading

    @property
    def date_format(self) -> Expression | None:
        """The format by which contents are read and written, if that needs no other table."""
        return None

    @property
    def notation(self) -> Mapping[str, Expression] | None:
        """What numbers are spelled with, if they are not spelled as Python does."""
        return None

    @property
    def reader_table(self) -> Assign | None:
        """The statement of what the reader looks up, if it has that."""
        return None

    @property
    def reader(self) -> Function | None:
        """The function that reads a content, if the leaf has one of its own."""
        return None

    @abstractmethod
    def read(self, content: Expression) -> Expression:
        """The value of a content."""

    @abstractmethod
    def column(self, form: Expression) -> Expression:
        """The column that reads the contents of one field in many records at once."""

    # Writing

    @property
    def writer_table(self) -> Assign | None:
        """The statement of what the writer looks up, if it has that."""
        return None

    @property
    def writer(self) -> Function | None:
        """The function that writes a value, if the leaf has one of its own."""
        return None

    @abstractmethod
    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """The content of a value; `field` is named where it cannot be written."""

    # Arguments of calls

    @property
    def is_given_as_text(self) -> bool:
        """Say whether callers give the text that is sent."""
        return False

    def argument_type(self, language: Language | None) -> Expression:
        """The type of an argument; `language` has its contents, if the leaf has a table."""
        del language
        return self.annotation

    def sent(self, text: str) -> str | None:
        """What is sent for a text that a caller gives; None if it cannot be sent."""
        return text

    @abstractmethod
    def argument_check(self, form: Expression) -> ArgumentCheck:
        """The check of an argument."""

    def text_options(self, form: Expression) -> Mapping[str, Expression]:
        """The options with which an argument that is a text is held against the leaf."""
        return {"form": form}

    # Drawing

    @abstractmethod
    def drawn(self, form: Expression, *, lf: bool) -> Expression:
        """The strategy of values; with `lf` no text may hold a CR before a LF."""
