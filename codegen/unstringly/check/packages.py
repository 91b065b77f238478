"""N101 for packages: two services with one package."""

from collections.abc import Iterable, Iterator

from unstringly.diagnostics import Diagnostic, Span
from unstringly.link.rules import NAMES_COLLIDE
from unstringly.model.contract import Contract


def same_package(contracts: Iterable[Contract]) -> Iterator[Diagnostic]:
    """Yield a finding for each contract whose package is that of an earlier one."""
    first: dict[str, Span] = {}
    for contract in contracts:
        name = contract.spec.package
        if name in first:
            yield Diagnostic(
                NAMES_COLLIDE,
                contract.spec.span,
                f"the package {name!r} is also that of {first[name].file}",
                "give one of them another `package`",
            )
        first.setdefault(name, contract.spec.span)
