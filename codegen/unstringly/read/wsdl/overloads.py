"""Overloaded operations (WSDL 1.1, section 2.5): several of one name in one port type.

The names of their inputs and outputs tell them apart, in the port type and in bindings (section
2.4.5 says what these are if they are left out). The one whose input has the name that it would have
anyway keeps its name. The input's name is added to that of any other, so no order changes a name.
An operation that is the only one of its name keeps that whatever its input is called, since most
WSDLs name inputs; so its name changes when a first overload is added.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.wsdl.catalog import distinct
from unstringly.read.wsdl.elements import name_of
from unstringly.read.wsdl.findings import Refused, keep, quoted
from unstringly.read.wsdl.names import duplicate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from xsdata.models.wsdl import Binding, BindingOperation, PortType, PortTypeOperation

    from unstringly.read.wsdl.elements import Origins

OVERLOADED = Rule(
    "W132",
    Severity.WARNING,
    "several operations of a port type have one name",
    wrong="""\
The operations are told apart by the names of their inputs, so the name of the input is added to
this one's: `Find.FindByDate`. An operation whose input has no name of its own keeps its name.
An operation that was the only one of its name may so get another one when an overload is added.""",
    why="""\
A package has one name for each operation. What goes over the network stays as the WSDL has it.""",
    example="""\
<wsdl:operation name="Find"> <wsdl:input message="tns:Find" /> ...
<wsdl:operation name="Find"> <wsdl:input name="FindByDate" message="tns:FindByDate" /> ...""",
    todo="""\
Nothing in a new package. The grammar speaks of it by the name in the finding, and may give it a
better name in Python, or the one that it had before the others came:
`operations: {Find.FindByDate: {effect: read, python_name: find_by_date}}`.""",
)

RULES = (OVERLOADED,)


class _Directions(Struct, frozen=True):
    """The names of an operation's input and output, as they are or would be."""

    input: str
    output: str


class _Overloads(Struct, frozen=True):
    """Operations of one name: which of them keeps it, if any does, and how often inputs are named.

    Overloads are told apart without looking at the others, so that each takes the same time.
    """

    name: str
    plain: _Directions | None
    inputs: Mapping[str, int]

    def name_of(self, own: _Directions) -> str:
        """Return the name of one of them."""
        if own == self.plain:
            return self.name
        if self.inputs[own.input] == 1:
            return f"{self.name}.{own.input}"
        return f"{self.name}.{own.input}.{own.output}"

    def advice(self) -> str:
        """Return what to do about a new name."""
        if self.plain is not None:
            return "Nothing needs to be done. The grammar can give it a `python_name`."
        called = quoted(self.name)
        return (
            f"None of them is called {called}: if this one was, while it was the only one, the "
            "grammar keeps its name in Python with `python_name`."
        )


def operations_of(
    origins: Origins, port_type: PortType
) -> tuple[dict[str, PortTypeOperation], tuple[Diagnostic, ...]]:
    """Return the operations of a port type by names that no other one has, and findings."""
    models = port_type.operations
    overloaded = _overloaded(origins, models)
    if not overloaded:
        return distinct("operation", models, origins)
    named: dict[str, PortTypeOperation] = {}
    renamed: list[Diagnostic] = []

    def add(model: PortTypeOperation) -> None:
        node = origins[model]
        own = name_of(node)
        overloads = overloaded.get(own)
        name = own if overloads is None else overloads.name_of(_directions(origins, model))
        if name in named:
            raise Refused(duplicate("operation", own, node.span, origins[named[name]].span))
        named[name] = model
        if overloads is not None and name != own:
            message = f"there are several operations {quoted(own)}: this one is called "
            message += quoted(name)
            advice = overloads.advice()
            finding = Diagnostic(OVERLOADED, node.span, message, advice, operations=(name,))
            renamed.append(finding)

    _, findings = keep(models, add)
    return named, (*findings, *renamed)


def bound_operations_of(
    origins: Origins, binding: Binding, abstract: Mapping[str, PortTypeOperation]
) -> tuple[dict[str, BindingOperation], tuple[Diagnostic, ...]]:
    """Return the operations of a binding by those names that its port type has, and findings.

    `abstract` are the operations of the port type.
    """
    models = binding.operations
    names = {name: _name(origins, model) for name, model in abstract.items()}
    if all(name == own for name, own in names.items()):
        return distinct("operation", models, origins)
    bound: dict[str, BindingOperation] = {}
    own_names: dict[str, list[str]] = {}
    by_directions: dict[tuple[str, _Directions], str] = {}
    for name, own in names.items():
        own_names.setdefault(own, []).append(name)
        by_directions.setdefault((own, _directions(origins, abstract[name])), name)

    def add(model: BindingOperation) -> None:
        node = origins[model]
        own = name_of(node)
        name = own
        if own_names.get(own) != [own]:
            name = by_directions.get((own, _directions(origins, model)), own)
        if name in bound:
            raise Refused(duplicate("operation", own, node.span, origins[bound[name]].span))
        bound[name] = model

    _, findings = keep(models, add)
    return bound, findings


def _overloaded(origins: Origins, models: Iterable[PortTypeOperation]) -> Mapping[str, _Overloads]:
    """Return the operations of each name that several have, with other inputs or outputs."""
    directions: dict[str, set[_Directions]] = {}
    for model in models:
        directions.setdefault(_name(origins, model), set()).add(_directions(origins, model))
    return {
        name: _overloads_of(name, own) for name, own in directions.items() if name and len(own) > 1
    }


def _overloads_of(name: str, every: Collection[_Directions]) -> _Overloads:
    plain = [own for own in every if own.input in (name, f"{name}Request")]
    inputs = Counter(own.input for own in every)
    return _Overloads(name, plain[0] if len(plain) == 1 else None, inputs)


def _directions(origins: Origins, model: PortTypeOperation | BindingOperation) -> _Directions:
    name = _name(origins, model)
    input_, output = origins.find(model.input), origins.find(model.output)
    named = [
        "" if node is None else node.attributes.get("name", "").strip(" \t\r\n")
        for node in (input_, output)
    ]
    default = name if output is None else f"{name}Request"
    return _Directions(
        named[0] or default, named[1] or ("" if output is None else f"{name}Response")
    )


def _name(origins: Origins, model: PortTypeOperation | BindingOperation) -> str:
    return origins[model].attributes.get("name", "").strip(" \t\r\n")
