"""The nodes of Python's statements and definitions.

Patterns of `case` are written as the expressions that they look like.
"""

from typing import TypeAlias

from msgspec import Struct

from unstringly.python.nodes import Display, Expression, Generator, Keyword, Slice


class Assign(Struct, frozen=True):
    """`targets = value`; several targets unpack the value, and so does one with `unpacked`."""

    targets: tuple[Expression, ...]
    value: Expression
    unpacked: bool = False


class AnnotatedAssign(Struct, frozen=True):
    """`name: annotation`, and `= value` if there is one."""

    name: str
    annotation: Expression
    value: Expression | None = None


class Return(Struct, frozen=True):
    """`return value`."""

    value: Expression


class Raise(Struct, frozen=True):
    """`raise value`."""

    value: Expression


class Evaluate(Struct, frozen=True):
    """A call, or another expression, as a statement."""

    value: Expression


class Delete(Struct, frozen=True):
    """`del names`, with a comment above it."""

    names: tuple[str, ...]
    comment: str = ""


class If(Struct, frozen=True):
    """`if test:`, and `else:` unless `otherwise` is empty."""

    test: Expression
    body: tuple["Statement", ...]
    otherwise: tuple["Statement", ...] = ()


class For(Struct, frozen=True):
    """`for target in values:`, where the values are listed."""

    target: str
    values: Display
    body: tuple["Statement", ...]


class Case(Struct, frozen=True):
    """`case pattern:`."""

    pattern: Expression
    body: tuple["Statement", ...]


class Match(Struct, frozen=True):
    """`match subject:`."""

    subject: Expression
    cases: tuple[Case, ...]


class Docstring(Struct, frozen=True):
    """A string that documents a definition, or the statement before it; it is wrapped."""

    text: str


class Comment(Struct, frozen=True):
    """A comment on a line of its own."""

    text: str


class Parameter(Struct, frozen=True):
    """A parameter of a function; without an annotation for `self`."""

    name: str
    annotation: Expression | None = None
    default: Expression | None = None


class Function(Struct, frozen=True):
    """A function; `keyword_only` come behind a `*`, with `positional_only` a `/` follows."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Expression
    body: tuple["Statement", ...]
    doc: str = ""
    keyword_only: tuple[Parameter, ...] = ()
    positional_only: bool = False
    decorators: tuple[Expression, ...] = ()
    is_async: bool = False


class Class(Struct, frozen=True):
    """A class."""

    name: str
    body: tuple["Statement", ...]
    bases: tuple[Expression, ...] = ()
    decorators: tuple[Expression, ...] = ()


Statement: TypeAlias = (
    Assign
    | AnnotatedAssign
    | Return
    | Raise
    | Evaluate
    | Delete
    | If
    | For
    | Match
    | Docstring
    | Comment
    | Function
    | Class
)

Node: TypeAlias = Expression | Keyword | Slice | Generator | Statement | Case | Parameter
