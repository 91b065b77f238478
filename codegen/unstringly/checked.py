"""The results of reading and checking, of each service and of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from unstringly.compile.compiled import Compiled
from unstringly.diagnostics import Diagnostic, Severity, has_errors, promoted
from unstringly.model.contract import Contract
from unstringly.outcome import Outcome


@dataclass(frozen=True, slots=True)
class CheckedService:
    """A contract, and the automata that are compiled of it."""

    contract: Contract
    compiled: Compiled


@dataclass(frozen=True, slots=True)
class Checked:
    """All services that have a contract, all findings, and the outcome of each service.

    `sources` has the text of each file with a finding, by its name in spans.
    """

    services: tuple[CheckedService, ...]
    findings: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    outcomes: tuple[Outcome, ...]

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """The contracts of the services."""
        return tuple(service.contract for service in self.services)

    @property
    def ok(self) -> bool:
        """Say whether nothing keeps packages from being written."""
        return not has_errors(self.findings)

    def strictly(self) -> "Checked":
        """Return the same with warnings taken for errors."""
        return replace(self, findings=promoted(self.findings))

    def without_infos(self) -> "Checked":
        """Return the same without findings of the severity info, which ask for nothing."""
        kept = tuple(each for each in self.findings if each.severity is not Severity.INFO)
        return replace(self, findings=kept)

    def errors_in(self, outcome: Outcome) -> int:
        """Return the number of errors in the files of one service."""
        folder = PurePosixPath(outcome.spec).parent
        errors = (each for each in self.findings if each.severity is Severity.ERROR)
        return sum(PurePosixPath(each.span.file).is_relative_to(folder) for each in errors)

    @property
    def packages(self) -> tuple[str, ...]:
        """The names of the packages, sorted."""
        return tuple(sorted(contract.spec.package for contract in self.contracts))
