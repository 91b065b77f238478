"""The nodes of Python's expressions; `statement_nodes.py` has the nodes of statements.

A type is an expression: a name, a symbol, a subscript, or an operation with `|`. A `Symbol` has
the module of a name, and nothing else makes an import.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name of another module; `local` is its name in the importing module, if that is another.

    `module` is spelled as in an import: `decimal`, `._runtime.text.parsed`, `.` for the package
    itself. A name of `builtins` is imported only where that name is taken.
    """

    module: str
    name: str
    local: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the module itself binds."""

    text: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """`value.name`."""

    value: "Expression"
    name: str


@dataclass(frozen=True, slots=True)
class Keyword:
    """`name=value` in a call."""

    name: str
    value: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`."""

    function: "Expression"
    arguments: tuple["Expression | Keyword | Generator", ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal."""

    value: str


@dataclass(frozen=True, slots=True)
class Format:
    """An f-string: texts, and expressions without texts in them."""

    parts: tuple["str | Expression", ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A type in quotes, as an annotation has it that names what comes later."""

    value: "Expression"


@dataclass(frozen=True, slots=True)
class Pieces:
    """A long string as an argument of a call: a literal, or a literal a line."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Constant:
    """A word of the language."""

    word: Literal["None", "True", "False", "..."]


@dataclass(frozen=True, slots=True)
class Display:
    """A list, tuple or set; `expanded` says that each item has a line of its own at any length."""

    kind: Literal["list", "tuple", "set"]
    items: tuple["Expression", ...]
    expanded: bool = False


@dataclass(frozen=True, slots=True)
class Dict:
    """A dictionary."""

    entries: tuple[tuple["Expression", "Expression"], ...]
    expanded: bool = False


@dataclass(frozen=True, slots=True)
class Subscript:
    """`value[items]`."""

    value: "Expression"
    items: tuple["Expression | Slice", ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """`start:stop` in a subscript."""

    start: "Expression | None" = None
    stop: "Expression | None" = None


Operator: TypeAlias = Literal["or", "and", "==", "!=", "in", "is", "is not", "|", "+", "*"]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands or more with one operator between them; comparisons have two."""

    operator: Operator
    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`not value`."""

    value: "Expression"


@dataclass(frozen=True, slots=True)
class Conditional:
    """`then if test else otherwise`."""

    test: "Expression"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Lambda:
    """`lambda parameters: body`."""

    parameters: tuple[str, ...]
    body: "Expression"


@dataclass(frozen=True, slots=True)
class Generator:
    """`element for target in iterable`, the only argument of a call."""

    element: "Expression"
    target: str
    iterable: "Expression"


@dataclass(frozen=True, slots=True)
class DictComprehension:
    """`{key: value for target in iterable}`."""

    key: "Expression"
    value: "Expression"
    target: str
    iterable: "Expression"


@dataclass(frozen=True, slots=True)
class Await:
    """`await value`."""

    value: "Expression"


Expression: TypeAlias = (
    Symbol
    | Name
    | Attribute
    | Call
    | Text
    | Format
    | Pieces
    | Quoted
    | Number
    | Constant
    | Display
    | Dict
    | Subscript
    | Operation
    | Not
    | Conditional
    | Lambda
    | DictComprehension
    | Await
)
