"""Trees of all kinds of nodes, as generated modules have them and longer."""

from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from unstringly.python.build import union
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
    Generator,
    Keyword,
    Lambda,
    Name,
    Not,
    Number,
    Operation,
    Pieces,
    Quoted,
    Slice,
    Subscript,
    Text,
)
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Case,
    Class,
    Comment,
    Delete,
    Docstring,
    Evaluate,
    For,
    Function,
    If,
    Match,
    Parameter,
    Raise,
    Return,
    Statement,
)

WORDS = st.sampled_from(
    ("a", "some", "value", "PermanentFailure", "of_the_account", "x" * 30, "y" * 60, "余额" * 7)
)
SHORT = st.sampled_from(("a", "some", "词"))
NAMES = WORDS.map(Name)
TYPE_NAMES: SearchStrategy[Expression] = WORDS.map(Name)
TEXTS = st.text(st.sampled_from("ab (|,\"'\\#)词"), max_size=30).map(Text)


def _no_neighbours(parts: list[str | Name]) -> Iterator[str | Name]:
    """Draw the parts of an f-string without a text behind another."""
    for number, part in enumerate(parts):
        if number == 0 or isinstance(part, Name) or isinstance(parts[number - 1], Name):
            yield part


ATOMS: SearchStrategy[Expression] = st.one_of(
    NAMES,
    NAMES,
    NAMES,
    TEXTS,
    st.builds(Attribute, NAMES, WORDS),
    st.builds(Number, st.integers(0, 1000)),
    st.builds(Constant, st.sampled_from(("None", "True", "False"))),
    st.lists(st.one_of(st.text("ab{\\词", min_size=1, max_size=9), NAMES), max_size=3).map(
        lambda parts: Format(tuple(_no_neighbours(parts)))
    ),
)
LONG_TEXTS = st.lists(st.text("ab 词", min_size=1, max_size=70), min_size=2, max_size=4)
PIECES = LONG_TEXTS.map(tuple).map(Pieces)


def _tuples(
    of: SearchStrategy[Expression], least: int = 0, most: int = 3
) -> SearchStrategy[tuple[Expression, ...]]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


def _call(
    function: Expression, positional: list[Expression], named: dict[str, Expression]
) -> Expression:
    keywords = (Keyword(name, value) for name, value in named.items())
    return Call(function, (*positional, *keywords))


def _calls(inner: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
    functions = st.one_of(NAMES, st.builds(Attribute, NAMES, WORDS))
    positional = st.lists(st.one_of(inner, inner, inner, PIECES), max_size=4)
    keywords = st.dictionaries(WORDS, inner, max_size=3)
    listed = st.builds(_call, functions, positional, keywords)
    looped = st.builds(Generator, inner, SHORT, inner).map(lambda loop: (loop,))
    return st.one_of(listed, listed, listed, st.builds(Call, functions, looped))


def _types(inner: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
    return st.one_of(
        _tuples(inner, 2, 5).map(union),
        st.builds(Subscript, NAMES, _tuples(inner, 1, 3)),
    )


TYPES: SearchStrategy[Expression] = st.recursive(TYPE_NAMES, _types, max_leaves=4)


def _larger(inner: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
    calls = _calls(inner)
    operators = st.sampled_from(("or", "and", "|", "+", "*"))
    comparisons = st.sampled_from(("==", "!=", "in", "is", "is not"))
    pairs = st.lists(st.tuples(inner, inner), max_size=3).map(tuple)
    numbers = st.integers(0, 9).map(Number)
    slices = st.builds(Slice, st.none() | numbers, st.none() | numbers)
    return st.one_of(
        calls,
        calls,
        st.builds(Attribute, calls, WORDS),
        st.builds(Call, st.builds(Attribute, calls, WORDS), _tuples(inner, 0, 2)),
        st.builds(Display, st.sampled_from(("list", "tuple")), _tuples(inner), st.booleans()),
        st.builds(Display, st.just("set"), _tuples(inner, 1), st.booleans()),
        st.builds(Dict, pairs, st.booleans()),
        st.builds(Subscript, NAMES, slices.map(lambda part: (part,))),
        st.builds(Subscript, NAMES, _tuples(inner, 1, 3)),
        st.builds(Operation, operators, _tuples(inner, 2, 4)),
        st.builds(Operation, comparisons, _tuples(st.one_of(ATOMS, calls), 2, 2)),
        st.builds(Not, st.one_of(NAMES, calls)),
        st.builds(Conditional, inner, inner, inner),
        st.builds(DictComprehension, inner, inner, SHORT, inner),
    )


EXPRESSIONS: SearchStrategy[Expression] = st.recursive(ATOMS, _larger, max_leaves=4)
LAMBDAS = st.builds(
    Lambda, st.lists(st.sampled_from("xyz"), max_size=2, unique=True).map(tuple), NAMES
)
TARGETS = st.lists(WORDS, min_size=2, max_size=7).map(lambda names: tuple(map(Name, names)))
ONE = SHORT.map(lambda name: (Name(name),))
VALUES: SearchStrategy[Expression] = st.one_of(
    EXPRESSIONS, EXPRESSIONS, EXPRESSIONS, st.builds(Await, _calls(EXPRESSIONS))
)
SIMPLE: SearchStrategy[Statement] = st.one_of(
    st.builds(Assign, TARGETS, EXPRESSIONS),
    st.builds(Assign, ONE, EXPRESSIONS, st.booleans()),
    st.builds(Assign, NAMES.map(lambda name: (name,)), EXPRESSIONS),
    st.builds(AnnotatedAssign, WORDS, TYPES, st.none() | EXPRESSIONS),
    st.builds(Return, VALUES),
    st.builds(Return, st.builds(Call, NAMES, LAMBDAS.map(lambda argument: (argument,)))),
    st.builds(Raise, st.builds(Call, NAMES, _tuples(EXPRESSIONS))),
    st.builds(Evaluate, _calls(EXPRESSIONS)),
    st.builds(Delete, st.lists(WORDS, min_size=1, max_size=5).map(tuple), WORDS),
)
PATTERNS: SearchStrategy[Expression] = st.one_of(
    st.lists(st.builds(Call, NAMES), min_size=1, max_size=4).map(union), st.just(Name("_"))
)


def _bodies(inner: SearchStrategy[Statement]) -> SearchStrategy[tuple[Statement, ...]]:
    return st.lists(inner, min_size=1, max_size=2).map(tuple)


def _compound(inner: SearchStrategy[Statement]) -> SearchStrategy[Statement]:
    bodies = _bodies(inner)
    listed = st.builds(
        Display, st.sampled_from(("list", "tuple")), _tuples(EXPRESSIONS), st.booleans()
    )
    cases = st.lists(st.builds(Case, PATTERNS, bodies), min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(If, EXPRESSIONS, bodies, st.just(()) | bodies),
        st.builds(For, SHORT, listed, bodies),
        st.builds(Match, NAMES, cases),
    )


BLOCKS: SearchStrategy[Statement] = st.recursive(SIMPLE, _compound, max_leaves=2)
PROSE = st.text("ab cd. 词", min_size=1, max_size=200).filter(str.strip)


@st.composite
def functions(draw: DrawFn) -> Function:
    """Draw a function, whose parameters have names of their own."""
    names = draw(st.lists(WORDS, unique=True, max_size=5))
    own = [Parameter(name, draw(TYPES)) for name in names]
    own[-1:] = [
        Parameter(parameter.name, parameter.annotation, draw(st.none() | TEXTS))
        for parameter in own[-1:]
    ]
    split = draw(st.integers(0, len(own)))
    first, last = tuple(own[:split]), tuple(own[split:])
    if draw(st.booleans()):
        first = (Parameter("self"), *first)
    return Function(
        draw(WORDS),
        tuple(Parameter(parameter.name, parameter.annotation) for parameter in first),
        draw(TYPES),
        draw(_bodies(BLOCKS)),
        doc=draw(st.just("") | PROSE),
        keyword_only=last,
        positional_only=bool(first) and draw(st.booleans()),
        decorators=draw(_tuples(NAMES, 0, 1)),
        is_async=draw(st.booleans()),
    )


@st.composite
def classes(draw: DrawFn) -> Class:
    """Draw a class with fields, or with methods, or both."""
    annotations = st.one_of(TYPES, TYPES, TYPES.map(Quoted))
    fields = draw(st.lists(st.builds(AnnotatedAssign, WORDS, annotations), min_size=1, max_size=3))
    body: list[Statement] = [Docstring(draw(PROSE)), *fields]
    body += draw(st.lists(functions(), max_size=2))
    return Class(draw(WORDS), tuple(body), draw(_tuples(NAMES, 0, 2)), draw(_tuples(NAMES, 0, 1)))


STATEMENTS: SearchStrategy[Statement] = st.one_of(
    BLOCKS, BLOCKS, functions(), classes(), PROSE.map(Comment)
)
