"""The nodes of Python's expressions; `statement_nodes.py` has the nodes of statements.

A type is an expression: a name, a symbol, a subscript, or an operation with `|`. A `Symbol` has
the module of a name, and nothing else makes an import.
"""

from typing import Literal, TypeAlias

from msgspec import Struct


class Symbol(Struct, frozen=True):
    """A name of another module; `local` is its name in the importing module, if that is another.

    `module` is spelled as in an import: `decimal`, `._runtime.text.parsed`, `.` for the package
    itself. A name of `builtins` is imported only where that name is taken.
    """

    module: str
    name: str
    local: str = ""


class Name(Struct, frozen=True):
    """A name that the module itself binds."""

    text: str


class Attribute(Struct, frozen=True):
    """`value.name`."""

    value: "Expression"
    name: str


class Keyword(Struct, frozen=True):
    """`name=value` in a call."""

    name: str
    value: "Expression"


class Call(Struct, frozen=True):
    """`function(arguments)`."""

    function: "Expression"
    arguments: tuple["Expression | Keyword | Generator", ...] = ()


class Text(Struct, frozen=True):
    """A string literal."""

    value: str


class Format(Struct, frozen=True):
    """An f-string: texts, and expressions without texts in them."""

    parts: tuple["str | Expression", ...]


class Quoted(Struct, frozen=True):
    """A type in quotes, as an annotation has it that names what comes later."""

    value: "Expression"


class Pieces(Struct, frozen=True):
    """A long string as an argument of a call: a literal, or a literal a line."""

    values: tuple[str, ...]


class Number(Struct, frozen=True):
    """A number."""

    value: int | float


class Constant(Struct, frozen=True):
    """A word of the language."""

    word: Literal["None", "True", "False", "..."]


class Display(Struct, frozen=True):
    """A list, tuple or set; `expanded` says that each item has a line of its own at any length."""

    kind: Literal["list", "tuple", "set"]
    items: tuple["Expression", ...]
    expanded: bool = False


class Dict(Struct, frozen=True):
    """A dictionary."""

    entries: tuple[tuple["Expression", "Expression"], ...]
    expanded: bool = False


class Subscript(Struct, frozen=True):
    """`value[items]`."""

    value: "Expression"
    items: tuple["Expression | Slice", ...]


class Slice(Struct, frozen=True):
    """`start:stop` in a subscript."""

    start: "Expression | None" = None
    stop: "Expression | None" = None


Operator: TypeAlias = Literal["or", "and", "==", "!=", "in", "is", "is not", "|", "+", "*"]


class Operation(Struct, frozen=True):
    """Two operands or more with one operator between them; comparisons have two."""

    operator: Operator
    operands: tuple["Expression", ...]


class Not(Struct, frozen=True):
    """`not value`."""

    value: "Expression"


class Conditional(Struct, frozen=True):
    """`then if test else otherwise`."""

    test: "Expression"
    then: "Expression"
    otherwise: "Expression"


class Lambda(Struct, frozen=True):
    """`lambda parameters: body`."""

    parameters: tuple[str, ...]
    body: "Expression"


class Generator(Struct, frozen=True):
    """`element for target in iterable`, the only argument of a call."""

    element: "Expression"
    target: str
    iterable: "Expression"


class DictComprehension(Struct, frozen=True):
    """`{key: value for target in iterable}`."""

    key: "Expression"
    value: "Expression"
    target: str
    iterable: "Expression"


class Await(Struct, frozen=True):
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
