"""Plans the messages of a service: all types that its operations reach, and why others are not."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from unstringly.model.schema_content import ComplexType, Element
from unstringly.model.schema_names import XSD
from unstringly.model.schema_simple import SimpleType
from unstringly.shapes.complex_types import ComplexTypes
from unstringly.shapes.flattening import NoShapeError
from unstringly.shapes.naming import ClassNames
from unstringly.shapes.shapes import (
    AnyValue,
    ArrayShape,
    ChoiceSlot,
    DataSetValue,
    ElementSlot,
    LeafValue,
    Reason,
    RecordShape,
    Root,
    Shape,
    Shapes,
    ShapeValue,
    Slot,
    Value,
    WildcardSlot,
)
from unstringly.shapes.simple_types import SimpleTypes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unstringly.model.schema import Schema
    from unstringly.model.schema_names import ComponentName

    Problems: TypeAlias = dict[ComponentName, Reason]

MOST_FIELDS = 100_000
"""The most fields of all classes of a service together."""

_SOAP_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"


def planned_messages(
    schema: Schema,
    roots: Iterable[ComponentName],
    wrappers: Iterable[ComponentName] = (),
    results: Iterable[ComponentName] = (),
) -> Shapes:
    """Return the shapes of all types that some elements and types reach, those included.

    Types that are derived from what is reached are reached too, for `xsi:type` may tell them, and
    where anything may stand, all global types are. `wrappers` are root elements whose content is
    parameters; so is that of `results`, if it is one result or none. Nothing is raised: what has no
    shape is among the problems.
    """
    planning = _Planning(schema, _anonymous(schema, wrappers), _anonymous(schema, results))
    for name in dict.fromkeys(roots):
        planning.add_root(name)
    planning.reach_all()
    return planning.result()


def _anonymous(schema: Schema, elements: Iterable[ComponentName]) -> frozenset[ComponentName]:
    """Return the types of elements that have no name of their own."""
    components = map(schema.components.get, elements)
    return frozenset(
        component.type
        for component in components
        if isinstance(component, Element) and component.type.way
    )


class _Planning:
    """Shapes under way. `_needs` has what each component cannot do without."""

    def __init__(
        self,
        schema: Schema,
        wrappers: frozenset[ComponentName],
        results: frozenset[ComponentName],
    ) -> None:
        self._schema = schema
        self._wrappers = wrappers
        self._results = results
        self._names = ClassNames(schema)
        self._simple = SimpleTypes(schema, self._names)
        self._complex = ComplexTypes(schema, self._names, self._simple, wrappers | results)
        self._waiting: deque[ComponentName] = deque()
        self._shapes: dict[ComponentName, Shape] = {}
        self._roots: dict[ComponentName, Root] = {}
        self._any_types: dict[ComponentName, Value] = {}
        self._needs: dict[ComponentName, tuple[ComponentName, ...]] = {}
        self._problems: Problems = {}
        self._reached: set[ComponentName] = set()
        self._has_any = False
        self._fields = 0

    def add_root(self, name: ComponentName) -> None:
        """Reach an element or a type."""
        component = self._schema.components.get(name)
        if component is None:
            problem = self._schema.problem_of(name)
            if problem is not None and problem.findings:
                finding = problem.findings[0]
                self._problems[name] = Reason(finding.message, finding.span)
            return
        type_ = component.type if isinstance(component, Element) else name
        try:
            value = self._complex.value(type_)
        except NoShapeError as error:
            self._problems[name] = error.reason
            return
        nillable = isinstance(component, Element) and component.nillable
        self._roots[name] = Root(name, value, nillable)
        self._needs[name] = tuple(self._reach(value))

    def reach_all(self) -> None:
        """Make the shape of all that waits, and of what it reaches."""
        while self._waiting:
            name = self._waiting.popleft()
            type_ = self._schema.components[name]
            assert isinstance(type_, ComplexType)
            try:
                if not isinstance(self._complex.value(name), ShapeValue):
                    continue  # mixed, and derived from a type that is not
                if self._fields > MOST_FIELDS:
                    words = f"the types before it have more than {MOST_FIELDS:,} fields"
                    raise NoShapeError(words, type_.span)
                is_wrapper = name in self._wrappers or name in self._results
                shape = self._complex.shape(type_, is_wrapper=is_wrapper)
                if isinstance(shape, RecordShape) and name not in self._wrappers:
                    several = len(shape.slots) + len(shape.attributes) > 1
                    shape = replace(shape, is_wrapper=is_wrapper and not several)
                self._fields += 1 + sum(1 for _ in _values(_slots(shape)))
            except NoShapeError as error:
                self._problems[name] = error.reason
                continue
            self._shapes[name] = shape
            inner = [other for value in _values(_slots(shape)) for other in self._reach(value)]
            self._needs[name] = tuple(dict.fromkeys(inner))

    def _reach(self, value: Value) -> Iterator[ComponentName]:
        """Let a value's type wait for its shape, and yield the type if it has one."""
        if isinstance(value, ShapeValue):
            self._wait(value.type)
            yield value.type
        elif isinstance(value, AnyValue) and not self._has_any:
            self._has_any = True
            self._reach_globals()

    def _wait(self, name: ComponentName) -> None:
        waiting = [name]
        while waiting:
            name = waiting.pop()
            if name not in self._reached:
                self._reached.add(name)
                self._waiting.append(name)
                waiting += [own for own in self._schema.derived.get(name, ()) if not own.way]

    def _reach_globals(self) -> None:
        """Reach each global type that the documents declare."""
        for name, component in self._schema.components.items():
            is_global = not name.way and name.namespace not in (XSD, _SOAP_ENCODING)
            if not is_global or not isinstance(component, ComplexType | SimpleType):
                continue
            try:
                self._any_types[name] = self._complex.value(name)
            except NoShapeError as error:
                self._problems[name] = error.reason
                continue
            if isinstance(self._any_types[name], ShapeValue):
                self._wait(name)

    def result(self) -> Shapes:
        """Return what was planned, without what is at fault or needs what is."""
        problems = _spread(self._needs, self._problems)
        whole = {name: own for name, own in self._shapes.items() if name not in problems}
        records = [shape for shape in whole.values() if isinstance(shape, RecordShape)]
        by_name = {record.type: record for record in records}
        return Shapes(
            roots=tuple(root for name, root in self._roots.items() if name not in problems),
            records=tuple(self._with_derived(record, by_name) for record in records),
            arrays=tuple(shape for shape in whole.values() if isinstance(shape, ArrayShape)),
            enumerations=tuple(self._simple.enumerations.values()),
            leaves=tuple(self._simple.leaves),
            any_types=tuple(
                (name, value)
                for name, value in self._any_types.items()
                if (isinstance(value, ShapeValue) and name in whole) or isinstance(value, LeafValue)
            ),
            problems=problems,
            unchecked=dict(self._simple.unchecked),
            has_data_sets=self._has_data_sets(whole, problems),
        )

    def _has_data_sets(self, whole: Mapping[ComponentName, Shape], problems: Problems) -> bool:
        """Say whether a root, or a shape that is whole, has a DataSet."""
        roots = (root.value for name, root in self._roots.items() if name not in problems)
        inner = (value for shape in whole.values() for value in _values(_slots(shape)))
        return any(isinstance(value, DataSetValue) for value in (*roots, *inner))

    def _with_derived(
        self, record: RecordShape, records: Mapping[ComponentName, RecordShape]
    ) -> RecordShape:
        """Return a record with all types that are derived from it, at any distance."""
        derived: list[ComponentName] = []
        waiting = list(self._schema.derived.get(record.type, ()))[::-1]
        while waiting:
            name = waiting.pop()
            waiting += reversed(self._schema.derived.get(name, ()))
            if name in records and not name.way:
                derived.append(name)
        if not derived and not record.is_abstract:
            return record
        alias = self._names.take(f"Any{record.class_name}")
        return replace(record, derived=tuple(derived), alias=alias)


def _slots(shape: Shape) -> tuple[Slot, ...]:
    return (shape.items,) if isinstance(shape, ArrayShape) else shape.slots


def _values(slots: tuple[Slot, ...]) -> Iterator[Value]:
    """Yield the values of all elements, those in branches included."""
    waiting = list(reversed(slots))
    while waiting:
        slot = waiting.pop()
        match slot:
            case ElementSlot(value=value):
                yield value
            case ChoiceSlot(branches=branches):
                waiting += [own for branch in reversed(branches) for own in reversed(branch.slots)]
            case WildcardSlot():
                pass


def _spread(
    needs: Mapping[ComponentName, tuple[ComponentName, ...]], problems: Problems
) -> Problems:
    """Return the reasons of all that is at fault, or needs what is, each with the first reason."""
    needed_by: dict[ComponentName, list[ComponentName]] = {}
    for name, others in needs.items():
        for other in others:
            needed_by.setdefault(other, []).append(name)
    spread = dict(problems)
    waiting = deque(problems)
    while waiting:
        name = waiting.popleft()
        for other in needed_by.get(name, ()):
            if other not in spread:
                spread[other] = spread[name]
                waiting.append(other)
    return spread
