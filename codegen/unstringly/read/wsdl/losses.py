"""The costs of findings about a WSDL: the operations that are left out of bindings.

The readers note with each finding the operations that are lost. When all has been read, `told`
puts that into words. A problem that several bindings share becomes one finding that names them
all. If an operation is lost in some bindings only, the finding names those that still have it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Loss, Rule, Span
from unstringly.model.service import LeftOut, Service
from unstringly.read.wsdl.elements import place
from unstringly.read.wsdl.findings import quoted

_MOST_NAMED = 12

_Bindings = tuple[str, ...]


def told(findings: Iterable[Diagnostic], service: Service | None) -> tuple[Diagnostic, ...]:
    """Return the findings, each once, with the costs in `note` and advice in `help`."""
    offered = _offered(service)
    return tuple(_told(finding, offered) for finding in _merged(findings))


def left_out(findings: Iterable[Diagnostic], kept: Collection[str]) -> tuple[LeftOut, ...]:
    """Return the operations that are lost and not in `kept`, each with its findings, in order."""
    reasons: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        for name in dict.fromkeys(loss.operation for loss in finding.lost):
            if name not in kept:
                reasons.setdefault(name, []).append(finding)
    return tuple(LeftOut(name, tuple(about_it)) for name, about_it in reasons.items())


def listed(names: Iterable[str], most: int = _MOST_NAMED) -> str:
    """Return names for a sentence, as "`a`, `b` and `c`"; beyond `most` names, their number."""
    *names_before, last = map(quoted, names)
    if len(names_before) >= most:
        return f"{', '.join(names_before[:most])} and {len(names_before) + 1 - most} more"
    return f"{', '.join(names_before)} and {last}" if names_before else last


def _offered(service: Service | None) -> Mapping[str, _Bindings]:
    """Return the names of the bindings that have an operation, by the operation's name."""
    offered: dict[str, _Bindings] = {}
    for port in service.ports if service is not None else ():
        for operation in port.binding.operations:
            offered[operation.name] = (*offered.get(operation.name, ()), port.binding.name)
    return offered


def _merged(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Join findings that differ only in their losses; then equal messages about one operation."""
    at_place: dict[Diagnostic, dict[Loss, None]] = {}
    for finding in findings:
        at_place.setdefault(replace(finding, lost=()), {}).update(dict.fromkeys(finding.lost))
    first: dict[tuple[Rule, str, frozenset[str]], Diagnostic] = {}
    places: dict[Diagnostic, list[Span]] = {}
    for plain, losses in at_place.items():
        lost = tuple(losses)
        operations = frozenset(loss.operation for loss in lost)
        key = (plain.rule, plain.message, operations)
        if not operations or key not in first:
            finding = first[key] = replace(plain, lost=lost)
            places[finding] = []
            continue
        earlier = first.pop(key)
        finding = first[key] = replace(earlier, lost=tuple(dict.fromkeys((*earlier.lost, *lost))))
        places[finding] = [*places.pop(earlier), plain.span]
    for finding, spans in places.items():
        again = ", ".join(place(span) for span in spans[:_MOST_NAMED])
        yield replace(finding, note=f"the same at {again}") if again else finding


def _told(finding: Diagnostic, offered: Mapping[str, _Bindings]) -> Diagnostic:
    if not finding.lost:
        return finding
    costs: dict[tuple[_Bindings, _Bindings], list[str]] = {}
    bindings_of: dict[str, dict[str, None]] = {}
    for loss in finding.lost:
        bindings_of.setdefault(loss.operation, {})[loss.binding] = None
    for name, bindings in bindings_of.items():
        kept = offered.get(name, ())
        cost = (tuple(binding for binding in bindings if binding and binding not in kept), kept)
        costs.setdefault(cost, []).append(name)
    lines = [_cost(names, *cost) for cost, names in costs.items()]
    advice = finding.help or _advice(costs)
    return replace(
        finding,
        note="\n".join((*lines, finding.note) if finding.note else lines),
        help=advice,
    )


_KEPT = "Nothing needs to be done: call it over the other bindings."
_SAME = "Nothing needs to be done: the operation is still generated."
_LOST = "The grammar cannot change this. Use another client where you need it."


def _advice(costs: Iterable[tuple[_Bindings, _Bindings]]) -> str:
    """Return advice; each cost is the bindings that lose operations, and those that keep them."""
    if not all(kept for _, kept in costs):
        return _LOST
    return _KEPT if any(lost for lost, _ in costs) else _SAME


def _cost(names: list[str], lost: _Bindings, kept: _Bindings) -> str:
    """Return a line such as "`Poll` is left out of the binding `A`, and generated for `B`".

    `lost` and `kept` have no binding in common. Two ports or services may share a binding, and
    an operation may be lost in one of them only.
    """
    are = "is" if len(names) == 1 else "are"
    over = f"the binding{'' if len(lost) == 1 else 's'} {listed(lost)}" if lost else ""
    if kept:
        where = f"of {over}" if over else "here"
        return f"{listed(names)} {are} left out {where}, and generated for {listed(kept)}"
    return f"{listed(names)} {are} left out" + (f" ({over.removeprefix('the ')})" if over else "")
