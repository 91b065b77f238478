"""Texts and numbers alike: a form as the spec gives it, and NewTypes."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol, TypeVar

from unstringly.kinds.keys import Key, Plain
from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.model.grammar import Form
from unstringly.python.build import call, method
from unstringly.python.nodes import Expression, Symbol
from unstringly.python.symbols import user_type

NEWTYPE = Key("newtype", Plain.FLAG, "Callers get a NewType of this name.")


class Formed(Leaf, Protocol):
    """A type with a form of its own, and a NewType if it says so."""

    @property
    def form(self) -> Form:
        """The lexical form of a content."""
        ...

    @property
    def newtype(self) -> bool:
        """Say whether callers get a NewType of this name."""
        ...


F_co = TypeVar("F_co", bound=Formed, covariant=True)


@dataclass(frozen=True, slots=True)
class FormedKind(LeafKind[F_co]):
    """A leaf whose values are of one of Python's own classes, or of a NewType over it."""

    @property
    @abstractmethod
    def base(self) -> Symbol:
        """Python's class of a value."""

    @abstractmethod
    def base_value(self, content: Expression) -> Expression:
        """The value of a content, as Python's own class has it."""

    @abstractmethod
    def base_drawn(self, form: Expression, *, lf: bool) -> Expression:
        """The strategy of values of Python's own class."""

    @property
    def class_names(self) -> tuple[str, ...]:
        """The NewType."""
        return (self.leaf.name,) if self.leaf.newtype else ()

    @property
    def form(self) -> Form:
        """The form as the spec gives it."""
        return self.leaf.form

    @property
    def described(self) -> str:
        """The pattern as the spec gives it."""
        return f"is no {self.leaf.name}, which is written {self.form.source}"

    @property
    def annotation(self) -> Expression:
        """The NewType, or Python's own class."""
        return user_type(self.leaf.name) if self.leaf.newtype else self.base

    @property
    def class_pattern(self) -> Expression:
        """Python's own class: there is none of the NewType at run time."""
        return call(self.base)

    @property
    def told_apart_by(self) -> str:
        """Python's own class."""
        return self.base.name

    @property
    def newtype_over(self) -> Symbol | None:
        """Python's own class."""
        return self.base if self.leaf.newtype else None

    def read(self, content: Expression) -> Expression:
        """The value of a content, made one of the NewType."""
        value = self.base_value(content)
        return call(user_type(self.leaf.name), value) if self.leaf.newtype else value

    def drawn(self, form: Expression, *, lf: bool) -> Expression:
        """The strategy of values, each made one of the NewType."""
        drawn = self.base_drawn(form, lf=lf)
        return method(drawn, "map", user_type(self.leaf.name)) if self.leaf.newtype else drawn
