"""The outcome of a service: each operation is generated, or left out with the reasons.

Reports count these values, and never read messages.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from unstringly.counting import counted
from unstringly.diagnostics import Diagnostic
from unstringly.model.contract import Contract
from unstringly.model.service import BindingKind, LeftOut
from unstringly.model.spec import Spec
from unstringly.read.wsdl.losses import left_out

_KINDS = {
    BindingKind.SOAP11: "SOAP 1.1",
    BindingKind.SOAP12: "SOAP 1.2",
    BindingKind.HTTP_GET: "HTTP GET",
    BindingKind.HTTP_POST: "HTTP POST",
}


class Generated(Struct, frozen=True):
    """An operation that a package has a method for."""

    name: str
    python_name: str
    kinds: tuple[BindingKind, ...]


class Outcome(Struct, frozen=True):
    """The operations of a service, and the number of its definitions.

    `wsdl` and `spec` are the names of the files in messages.
    """

    package: str
    spec: str
    wsdl: str
    generated: tuple[Generated, ...]
    left_out: tuple[LeftOut, ...]
    definitions: int

    def summary(self) -> str:
        """Return the numbers of operations generated and left out, as `6 of 33 operations; …`."""
        kept, lost = len(self.generated), len(self.left_out)
        operations = f"{counted(kept, 'operation')}; none left out"
        if lost:
            operations = f"{kept} of {counted(kept + lost, 'operation')}; {lost} left out"
        return f"{operations}; {counted(self.definitions, 'definition')}"

    def lines(self) -> Iterator[str]:
        """Yield a line for each operation: its name in Python, or the reason why it is left out."""
        for operation in self.generated:
            yield f"{operation.name}: {operation.python_name}, over {_over(operation.kinds)}"
        for lost in self.left_out:
            first, *others = lost.reasons
            span, code = first.span, first.rule.code
            more = f", and {counted(len(others), 'finding')} more" if others else ""
            place = f"{span.file}:{span.line}:{span.column}"
            yield f"{lost.name}: left out: {first.message} ({code} at {place}{more})"


def outcome_of(
    spec: Spec,
    files: tuple[str, str],
    contract: Contract | None,
    findings: Iterable[Diagnostic],
) -> Outcome:
    """Return the outcome of a service, also of one without a contract.

    `files` are the names of its spec and its WSDL in messages.
    """
    generated = () if contract is None else tuple(_generated(contract))
    definitions = spec.definitions if contract is None else contract.definitions
    lost = left_out(findings, {operation.name for operation in generated})
    return Outcome(spec.package, *files, generated, lost, len(definitions))


def _generated(contract: Contract) -> Iterator[Generated]:
    offered: dict[str, list[BindingKind]] = {}
    for port in contract.service.ports:
        for name in dict.fromkeys(operation.name for operation in port.binding.operations):
            offered.setdefault(name, []).append(port.binding.kind)
    for operation in contract.operations:
        kinds = tuple(offered.get(operation.name, ()))
        yield Generated(operation.name, operation.python_name, kinds)


def _over(kinds: tuple[BindingKind, ...]) -> str:
    """Return the kinds in words: `HTTP GET, HTTP POST and SOAP 1.1`."""
    *most, last = [_KINDS[kind] for kind in kinds]
    return f"{', '.join(most)} and {last}" if most else last
