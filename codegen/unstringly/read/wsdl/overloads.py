"""Overloaded operations (WSDL 1.1, section 2.5): several of one name in one port type.

The names of their inputs and outputs tell them apart, in the port type and in bindings (section
2.4.5 says what these are if they are left out). The one whose input has the name that it would have
anyway keeps its name. The input's name is added to that of any other, so no order changes a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
this one's: `Find.FindByDate`. An operation whose input has no name of its own keeps its name.""",
    why="""\
A package has one name for each operation. What goes over the network stays as the WSDL has it.""",
    example="""\
<wsdl:operation name="Find"> <wsdl:input message="tns:Find" /> ...
<wsdl:operation name="Find"> <wsdl:input name="FindByDate" message="tns:FindByDate" /> ...""",
    todo="""\
Nothing. The grammar speaks of it by the name in the finding, and may give it a better name in
Python: `operations: {Find.FindByDate: {effect: read, python_name: find_by_date}}`.""",
)

RULES = (OVERLOADED,)


@dataclass(frozen=True, slots=True)
class _Directions:
    """The names of an operation's input and output, as they are or would be."""

    input: str
    output: str


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
        name = own
        if own in overloaded:
            others = [other for other in models if _name(origins, other) == own]
            name = _name_among(origins, model, others)
        if name in named:
            raise Refused(duplicate("operation", own, node.span, origins[named[name]].span))
        named[name] = model
        if name != own:
            message = f"there are several operations {quoted(own)}: this one is called "
            message += quoted(name)
            advice = "Nothing needs to be done. The grammar can give it a `python_name`."
            renamed.append(Diagnostic(OVERLOADED, node.span, message, advice))

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

    def add(model: BindingOperation) -> None:
        node = origins[model]
        own = name_of(node)
        fitting = [name for name, other in names.items() if other == own]
        if len(fitting) > 1 or own not in fitting:
            directions = _directions(origins, model)
            fitting = [
                name for name in fitting if _directions(origins, abstract[name]) == directions
            ]
        name = fitting[0] if fitting else own
        if name in bound:
            raise Refused(duplicate("operation", own, node.span, origins[bound[name]].span))
        bound[name] = model

    _, findings = keep(models, add)
    return bound, findings


def _overloaded(origins: Origins, models: Iterable[PortTypeOperation]) -> Collection[str]:
    """Return the names that several operations have, with other inputs or outputs."""
    directions: dict[str, set[_Directions]] = {}
    for model in models:
        directions.setdefault(_name(origins, model), set()).add(_directions(origins, model))
    return {name for name, own in directions.items() if name and len(own) > 1}


def _name_among(
    origins: Origins, model: PortTypeOperation, others: Iterable[PortTypeOperation]
) -> str:
    """Return the name of an operation among those with its name in the WSDL, itself included."""
    name, directions = _name(origins, model), _directions(origins, model)
    every = {_directions(origins, other) for other in others}
    plain = {own for own in every if own.input in (name, f"{name}Request")}
    if plain == {directions}:
        return name
    if sum(own.input == directions.input for own in every) == 1:
        return f"{name}.{directions.input}"
    return f"{name}.{directions.input}.{directions.output}"


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
