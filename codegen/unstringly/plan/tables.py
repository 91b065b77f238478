"""Plans `tables.py`: the machines of whole results, and the forms of single fields."""

from collections.abc import Iterator

from msgspec import Struct

from unstringly.automata.marked import Edge, Final, Kind, Label, MarkedAutomaton
from unstringly.compile.common import Common
from unstringly.compile.compiled import Compiled, WholeText
from unstringly.kinds.table import kind_of
from unstringly.model.charset import Alphabet
from unstringly.model.contract import Contract, used_definitions
from unstringly.model.grammar import LineEnds, Type
from unstringly.model.parts import is_leaf
from unstringly.model.roots import roots
from unstringly.model.uses import sent_uses
from unstringly.plan.guards import Guard, Guards
from unstringly.plan.layout import call, table, wrapped_table
from unstringly.plan.vocabulary import constant
from unstringly.python import build
from unstringly.python.imports import in_order
from unstringly.python.literals import quoted
from unstringly.python.nodes import Expression, Name, Symbol
from unstringly.python.statement_nodes import Assign
from unstringly.python.symbols import FORM, runtime


class _Machine(Struct, frozen=True):
    name: str
    alphabet: str
    elements: str
    labels: str
    places: str
    edges: str
    irregular_edges: str
    finals: str
    irregular_finals: str
    lf: bool


class _Form(Struct, frozen=True):
    name: str
    alphabet: str
    rows: str
    accepting: str
    described: str
    excludes: str
    common: str
    place: tuple[str, ...]


class Tables(Struct, frozen=True):
    """The view of `tables.py`."""

    names: tuple[str, ...]
    read: tuple[Assign, ...]
    forms: tuple[_Form, ...]
    machines: tuple[_Machine, ...]
    uses: tuple[Symbol, ...]


def tables_view(contract: Contract, compiled: Compiled, guards: Guards) -> Tables:
    """The view of `tables.py`."""
    formats: dict[str, Expression] = {
        kind.table: kind.date_format
        for kind in map(kind_of, _leaves(contract))
        if kind.date_format is not None
    }
    notations = dict(_notations(contract))
    read = tuple(Assign((Name(name),), made) for name, made in (formats | notations).items())
    forms = tuple(map(_form, guards.tables))
    machines = tuple(_machine(contract, compiled.texts[name]) for name in roots(contract))
    used = {
        FORM: bool(forms),
        runtime("text.forms", "Common"): any(form.common != "None" for form in forms),
        runtime("text.matcher", "Machine"): bool(machines),
        runtime("text.alphabet", "Alphabet"): bool(forms or machines),
    }
    names = [*formats, *notations, *(form.name for form in forms)]
    names += (machine.name for machine in machines)
    return Tables(
        tuple(in_order(names)),
        read,
        forms,
        machines,
        tuple(symbol for symbol, is_used in used.items() if is_used),
    )


def _leaves(contract: Contract) -> Iterator[Type]:
    """The leaves of results, and of parameters, each once, in the spec's order."""
    names = {*used_definitions(contract), *(use.type for use in sent_uses(contract))}
    definitions = (contract.definitions[name] for name in contract.definitions if name in names)
    return filter(is_leaf, definitions)


def _notations(contract: Contract) -> Iterator[tuple[str, Expression]]:
    """Yield the notations of numbers that are not written as Python writes them."""
    for kind in map(kind_of, _leaves(contract)):
        if kind.notation is not None:
            made = build.call(runtime("text.notations", "Notation"), **kind.notation)
            yield kind.notation_table, made


def _alphabet(alphabet: Alphabet) -> str:
    starts = table([hex(start) if start > 9 else str(start) for start in alphabet.starts], 12)
    classes = table([str(number) for number in alphabet.classes], 12)
    return (
        f"Alphabet(\n        starts=(\n{starts}\n        ),\n"
        f"        classes=(\n{classes}\n        ),\n    )"
    )


def _form(guard: Guard) -> _Form:
    rows = [
        f"({', '.join(map(str, row))},)" if len(row) == 1 else f"({', '.join(map(str, row))})"
        for row in guard.language.rows
    ]
    accepting = [str(state) for state, ends in enumerate(guard.language.accepting) if ends]
    return _Form(
        name=guard.name,
        alphabet=_alphabet(guard.language.alphabet),
        rows=wrapped_table(rows, 8),
        accepting=table(accepting, 8),
        described=quoted(guard.form.source),
        excludes=_tuple([quoted(text) for text in guard.form.excludes]),
        common=_common(guard.common),
        place=_place(guard),
    )


def _place(guard: Guard) -> tuple[str, ...]:
    """The arguments that say what a place takes away from the form."""
    nils = (f"nils={_tuple([quoted(nil) for nil in guard.nils])}",) if guard.nils else ()
    return (*nils, "padded=True") if guard.padded else nils


def _common(common: Common | None) -> str:
    if common is None:
        return "None"
    arguments = [] if common.only is None else [f"only={quoted(common.only)}"]
    if common.without:
        arguments.append(f"without={_tuple([quoted(text) for text in common.without])}")
    arguments += [f"least={common.least}"] if common.least else []
    arguments += [] if common.most is None else [f"most={common.most}"]
    return call("Common(", arguments, indent=4)


def _machine(contract: Contract, whole: WholeText) -> _Machine:
    automaton = whole.automaton
    return _Machine(
        name=constant(contract.definitions[whole.name]),
        alphabet=_alphabet(whole.alphabet),
        elements=table([quoted(element.name) for element in automaton.elements], 8),
        labels=table([_label(label) for label in automaton.labels], 8),
        places=table([quoted(place) for place in automaton.places], 8),
        edges=table([_edge(edge) for edge in automaton.edges if not edge.irregular], 8),
        irregular_edges=table([_edge(edge) for edge in automaton.edges if edge.irregular], 8),
        finals=_finals(automaton, irregular=False),
        irregular_finals=_finals(automaton, irregular=True),
        lf=contract.spec.line_ends is LineEnds.LF,
    )


def _label(label: Label) -> str:
    marks = _tuple([f"({mark.element}, {mark.closes})" for mark in label.marks])
    return f"({marks}, {label.kind is Kind.MALFORMED})"


def _edge(edge: Edge) -> str:
    mask = sum(1 << number for number in edge.classes)
    return f"({edge.source}, {edge.target}, {edge.label}, {hex(mask)})"


def _finals(automaton: MarkedAutomaton, *, irregular: bool) -> str:
    def written(final: Final) -> str:
        return f"({final.state}, {final.label})"

    return table([written(each) for each in automaton.finals if each.irregular is irregular], 8)


def _tuple(items: list[str]) -> str:
    return call("(", items, ",)" if len(items) == 1 else ")")
