"""Several definitions in one place: the items of a list, and the alternatives of a choice."""

from collections.abc import Iterable, Iterator

from unstringly.kinds.value import Around
from unstringly.model.uses import Use
from unstringly.python.build import STR, call, in_pieces, union
from unstringly.python.nodes import Expression, Name, Text
from unstringly.python.statement_nodes import Case, Function, Match, Parameter, Raise, Return
from unstringly.python.symbols import form_function, strategy

_ANYTHING = Name("_")


def writing_function(
    around: Around,
    name: str,
    parameter: Parameter,
    alternatives: tuple[str, ...],
    *,
    padded: bool,
    doc: str = "",
) -> Function:
    """A `match` over the Python classes of some definitions; one without a class is the last."""
    value = Name(parameter.name)
    ordered = sorted(alternatives, key=lambda name: around.of(name).class_pattern is None)
    cases: list[Case] = []
    for spelled in ordered:
        alternative = around.of(spelled)
        written = alternative.written(Use(spelled, padded), spelled, value)
        cases.append(Case(alternative.class_pattern or _ANYTHING, (Return(written),)))
    if around.of(ordered[-1]).class_pattern is not None:
        expected = in_pieces(" or ".join(ordered))
        wrong = call(form_function("wrong_type"), Text(""), value, expected)
        cases.append(Case(_ANYTHING, (Raise(wrong),)))
    return Function(name, (parameter,), STR, (Match(value, tuple(cases)),), doc=doc)


def drawn_alternatives(around: Around, names: Iterable[str], *, padded: bool) -> Expression:
    """The strategy of values of any of some definitions."""
    drawn = [around.of(name).drawn(Use(name, padded)) for name in names]
    return drawn[0] if len(drawn) == 1 else call(strategy("one_of"), *drawn)


def field_annotations(around: Around, names: Iterable[str]) -> Expression:
    """The type of values of any of some definitions, in a record."""
    return union(around.of(name).field_annotation for name in names)


def annotations(around: Around, names: Iterable[str], *, writes: bool) -> Iterator[Expression]:
    """The types of some definitions."""
    return (around.of(name).annotation(writes=writes) for name in names)
