"""N101, of packages: two services of one package."""

from collections.abc import Iterable, Iterator

from unstringly.diagnostics import Diagnostic, Span
from unstringly.link.rules import NAMES_COLLIDE
from unstringly.model.contract import Contract


def same_package(contracts: Iterable[Contract]) -> Iterator[Diagnostic]:
    """A finding for each contract whose package is that of an earlier one."""
    seen: dict[str, Span] = {}
    for contract in contracts:
        name = contract.spec.package
        if name in seen:
            yield Diagnostic(
                NAMES_COLLIDE,
                contract.spec.span,
                f"the package {name!r} is also that of {seen[name].file}",
                "give one of them another `package`",
            )
        seen.setdefault(name, contract.spec.span)
