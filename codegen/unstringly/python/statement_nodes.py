"""The nodes of Python's statements and definitions.

Patterns of `case` are written as the expressions that they look like.
"""

from dataclasses import dataclass
from typing import TypeAlias

from unstringly.python.nodes import Display, Expression, Generator, Keyword, Slice


@dataclass(frozen=True, slots=True)
class Assign:
    """`targets = value`; several targets unpack the value, and so does one with `unpacked`."""

    targets: tuple[Expression, ...]
    value: Expression
    unpacked: bool = False


@dataclass(frozen=True, slots=True)
class AnnotatedAssign:
    """`name: annotation`, and `= value` if there is one."""

    name: str
    annotation: Expression
    value: Expression | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """`return value`."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Raise:
    """`raise value`."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Evaluate:
    """A call, or another expression, as a statement."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Delete:
    """`del names`, with a comment above it."""

    names: tuple[str, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class If:
    """`if test:`, and `else:` unless `otherwise` is empty."""

    test: Expression
    body: tuple["Statement", ...]
    otherwise: tuple["Statement", ...] = ()


@dataclass(frozen=True, slots=True)
class For:
    """`for target in values:`, where the values are listed."""

    target: str
    values: Display
    body: tuple["Statement", ...]


@dataclass(frozen=True, slots=True)
class Case:
    """`case pattern:`."""

    pattern: Expression
    body: tuple["Statement", ...]


@dataclass(frozen=True, slots=True)
class Match:
    """`match subject:`."""

    subject: Expression
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Docstring:
    """A string that documents a definition, or the statement before it; it is wrapped."""

    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a line of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function; without an annotation for `self`."""

    name: str
    annotation: Expression | None = None
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Function:
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


@dataclass(frozen=True, slots=True)
class Class:
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
