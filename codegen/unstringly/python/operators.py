"""The binding strength of expressions, and the parentheses that they need or can do without."""

from typing import Final, assert_never

from msgspec import Struct, field

from unstringly.python.nodes import (
    Attribute,
    Await,
    Call,
    Conditional,
    Constant,
    Dict,
    DictComprehension,
    Display,
    Expression,
    Format,
    Lambda,
    Name,
    Not,
    Number,
    Operation,
    Pieces,
    Quoted,
    Subscript,
    Symbol,
    Text,
)

_BINDS: Final = {
    "or": 2,
    "and": 3,
    "|": 6,
    "+": 8,
    "*": 9,
    **dict.fromkeys(("==", "!=", "in", "is", "is not"), 5),
}
_AWAIT, _PRIMARY = 11, 12


def binds(node: Expression) -> int:
    """Return a number for how strongly the parts of an expression bind; a name has the highest."""
    match node:
        case (
            Name()
            | Attribute()
            | Call()
            | Text()
            | Subscript()
            | Display()
            | Symbol()
            | Format()
            | Pieces()
            | Quoted()
            | Number()
            | Constant()
            | Dict()
            | DictComprehension()
        ):
            return _PRIMARY
        case Conditional() | Lambda():
            return 1
        case Operation(operator=operator):
            return _BINDS[operator]
        case Not():
            return 4
        case Await():
            return _AWAIT
        case _:
            assert_never(node)


_NONE, _ATTRIBUTE, _BOOLEAN, _CONDITIONAL = 0, 1, 20, 21
_RANKS: Final = {"*": 4, "+": 5, "|": 9, "and": _BOOLEAN, "or": _BOOLEAN}
_COMPARISON = 10


class _Survey(Struct):
    """The parts of an expression outside of brackets: the first, the last, the weakest operators.

    `times` counts these operators, whose `rank` is the highest; `enclosed` are the parts that are
    written in parentheses.
    """

    rank: int = _NONE
    times: int = 0
    has_brackets: bool = False
    first: Expression | None = None
    begins_with_word: bool = False
    last: Expression | None = None
    enclosed: list[Expression] = field(default_factory=list[Expression])

    def operators(self, rank: int, times: int) -> None:
        """Note some operators of a rank."""
        if rank > self.rank:
            self.rank, self.times = rank, times
        elif rank == self.rank:
            self.times += times

    def part(self, node: Expression, outer: Expression) -> None:
        """Look at a part of an expression."""
        self.last = node
        if is_in_parentheses(node, outer):
            self.has_brackets = True
            self.enclosed.append(node)
        else:
            self.whole(node)
        if not self.begins_with_word and self.first is None:
            self.first = node

    def is_end(self, node: Expression | None) -> bool:
        """Say whether the first or last part has brackets with something in them."""
        return node is not None and (_is_full(node) or any(node is part for part in self.enclosed))

    def whole(self, node: Expression) -> None:
        """Look at an expression itself, then at its parts outside of brackets."""
        self._own(node)
        for part in _parts(node):
            self.part(part, node)
        if isinstance(node, Call | Subscript | Attribute):
            self.last = node

    def _own(self, node: Expression) -> None:
        """Note the brackets, operators or word of an expression itself."""
        match node:
            case Display() | Dict() | DictComprehension() | Call() | Subscript():
                self.has_brackets = True
            case Attribute(value=value):
                if has_brackets(value) or is_in_parentheses(value, node):
                    self.operators(_ATTRIBUTE, 1)
            case Operation(operator=operator, operands=operands):
                self.operators(_RANKS.get(operator, _COMPARISON), len(operands) - 1)
            case Conditional():
                self.operators(_CONDITIONAL, 2)
            case Not() | Await() | Lambda():
                self.begins_with_word |= self.first is None
            case Name() | Symbol() | Text() | Format() | Pieces() | Quoted():
                pass
            case Number() | Constant():
                pass
            case _:
                assert_never(node)


def _parts(node: Expression) -> tuple[Expression, ...]:
    """Return the parts of an expression outside of its brackets, in the order of the text."""
    match node:
        case Call(function=inner) | Subscript(value=inner) | Attribute(value=inner):
            return (inner,)
        case Not(value=inner) | Await(value=inner) | Lambda(body=inner):
            return (inner,)
        case Operation(operands=operands):
            return operands
        case Conditional(then=then, test=test, otherwise=otherwise):
            return (then, test, otherwise)
        case _:
            return ()


def is_in_parentheses(node: Expression, outer: Expression) -> bool:
    """Say whether a part of an expression is written in parentheses."""
    if isinstance(node, Name):
        return False
    match outer:
        case Lambda():
            return False
        case Conditional():
            return isinstance(node, Conditional | Lambda) and node is not outer.otherwise
        case Operation() | Await():
            return binds(node) <= binds(outer)
        case Attribute() if isinstance(node, Number):  # `1.real` is no Python
            return True
        case _:
            return binds(node) < binds(outer)


def has_brackets(node: Expression) -> bool:
    """Say whether an expression ends with brackets of its own."""
    return isinstance(node, Display | Dict | DictComprehension | Call | Subscript)


def _is_full(node: Expression) -> bool:
    """Say whether there is something in an expression's brackets, if it has any."""
    match node:
        case Display(items=items):
            return bool(items)
        case Dict(entries=entries):
            return bool(entries)
        case Call(arguments=arguments):
            return bool(arguments)
        case DictComprehension():
            return True
        case _:
            return False


def can_do_without(node: Expression) -> bool:
    """Say whether breaking brackets at the start or the end reads better than parentheses."""
    survey = _Survey()
    survey.whole(node)
    if not survey.has_brackets or survey.times > 1:
        return False
    if survey.rank in (_NONE, _ATTRIBUTE):
        return True
    return survey.is_end(survey.first) or survey.is_end(survey.last)
