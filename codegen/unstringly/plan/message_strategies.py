"""Strategies of the classes of `messages.py`, and of the requests and results of operations."""

from collections.abc import Collection, Iterator

from msgspec import Struct

from unstringly.kinds.value import strategy_function
from unstringly.model.contract import Contract
from unstringly.model.spec import PackagePart
from unstringly.names import snake_case
from unstringly.plan.messages.tables import WRITER
from unstringly.python.build import call, union
from unstringly.python.nodes import Attribute, Expression, Subscript, Symbol, Text
from unstringly.python.statement_nodes import Function
from unstringly.python.symbols import OPERATION_TABLE, runtime
from unstringly.python_names import request_class
from unstringly.shapes.naming import constant_of
from unstringly.shapes.service import Shaped
from unstringly.shapes.shapes import ChoiceSlot, RecordShape, Shapes, Slot
from unstringly.shapes.simple_types import message_class

_TABLES = Symbol(".", "message_tables")
_STRATEGIES = runtime("testing", "value_strategies")
_WRITER = Attribute(_TABLES, WRITER)


class _Drawn(Struct, frozen=True):
    """A strategy: its name before others are asked for, what it draws, and how."""

    name: str
    value: Expression
    doc: str
    strategy: Expression


def message_strategies(
    contract: Contract, shaped: Shaped, taken: Collection[str]
) -> tuple[Function, ...]:
    """Return the functions of a service's messages and operations, none with a name in `taken`."""
    if shaped.shapes is None:
        return ()
    known = set(taken)
    functions: list[Function] = []
    for drawn in (*_of_classes(shaped.shapes), *_of_operations(contract, shaped)):
        name = drawn.name
        while name in known:
            name += "_"
        known.add(name)
        functions.append(strategy_function(name, drawn.value, drawn.doc, drawn.strategy))
    return tuple(functions)


def _of_classes(shapes: Shapes) -> Iterator[_Drawn]:
    for own in shapes.enumerations:
        leaf = Attribute(_TABLES, constant_of(own.class_name))
        classes = union([message_class(own.class_name), message_class(own.unknown)])
        doc = f"The texts of {own.class_name}, and others."
        yield _drawn(own.class_name, classes, doc, "leaves", leaf)
    for record in shapes.records:
        table, cls = Attribute(_TABLES, record.constant), record.class_name
        for choice in _choices(record.slots):
            yield from _of_choice(choice, table)
        if not (record.is_wrapper or record.is_abstract):
            doc = f"Every {cls} that can be written."
            yield _drawn(cls, message_class(cls), doc, "records", table, _WRITER)
        if record.alias:
            yield _of_union(record, table)


def _of_union(record: RecordShape, table: Expression) -> _Drawn:
    doc = f"A value of any class of {record.alias}, but for types that are not known."
    alias = message_class(record.alias)
    return _drawn(record.alias, alias, doc, "values", table, _WRITER)


def _of_choice(choice: ChoiceSlot, table: Expression) -> Iterator[_Drawn]:
    for branch in choice.branches:
        cls = message_class(branch.class_name)
        doc = f"Every {branch.class_name} that can be written."
        yield _drawn(branch.class_name, cls, doc, "branches", table, cls, _WRITER)


def _choices(slots: tuple[Slot, ...]) -> Iterator[ChoiceSlot]:
    """Yield all choices, inner ones first."""
    for slot in slots:
        if isinstance(slot, ChoiceSlot):
            for branch in slot.branches:
                yield from _choices(branch.slots)
            yield slot


def _of_operations(contract: Contract, shaped: Shaped) -> Iterator[_Drawn]:
    parts = contract.spec.package_parts
    if parts.isdisjoint((PackagePart.CLIENT, PackagePart.SERVER)):
        return
    for own in contract.operations:
        structured = shaped.structured(own.name)
        if structured is None:
            continue
        operation = Subscript(OPERATION_TABLE, (Text(own.name),))
        name = own.python_name.strip("_")
        if PackagePart.SERVER in parts:
            cls = Symbol(".server", request_class(own))
            doc = f"Requests of {own.name}, as a handler of `server` gets them."
            yield _drawn(f"request_of_{name}", cls, doc, "requests", operation, cls)
        doc = f"Results of {own.name}."
        yield _drawn(f"result_of_{name}", structured.result, doc, "results", operation)


def _drawn(name: str, value: Expression, doc: str, function: str, *arguments: Expression) -> _Drawn:
    """Return a strategy that a function of the runtime makes; it is called as its class is."""
    strategy = call(Attribute(_STRATEGIES, function), *arguments)
    return _Drawn(snake_case(name), value, doc, strategy)
