"""The results of reading and checking: those of each service, and all together."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from unstringly.compile.compiled import Compiled
from unstringly.diagnostics import Diagnostic, Severity, has_errors, promoted
from unstringly.model.contract import Contract
from unstringly.outcome import Outcome
from unstringly.shapes.service import Shaped


class CheckedService(Struct, frozen=True):
    """A contract, its automata, and the shapes of its messages."""

    contract: Contract
    compiled: Compiled
    shaped: Shaped


class Checked(Struct, frozen=True):
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
        findings = tuple(
            finding for finding in self.findings if finding.severity is not Severity.INFO
        )
        return replace(self, findings=findings)

    def errors_in(self, outcome: Outcome) -> int:
        """Return the number of errors in the files of one service."""
        folder = PurePosixPath(outcome.spec).parent
        errors = (finding for finding in self.findings if finding.severity is Severity.ERROR)
        return sum(PurePosixPath(error.span.file).is_relative_to(folder) for error in errors)

    @property
    def packages(self) -> tuple[str, ...]:
        """The names of the packages, sorted."""
        return tuple(sorted(contract.spec.package for contract in self.contracts))
