"""The whole program: read, link, check, plan, render. What comes out is `{path: text}`.

Nothing here writes or prints, and nothing is changed in place: each step takes the values of
the step before and gives a new one, with its findings. `generate`, `generate --check` and
`generate --diff` are three callers of `build`.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from unstringly import __version__
from unstringly.check.acceptance import not_acceptable, unaccepted
from unstringly.check.table import check_contract
from unstringly.diagnostics import (
    Diagnostic,
    Severity,
    Span,
    has_errors,
    promoted,
    sorted_findings,
)
from unstringly.link import link
from unstringly.link_rules import NAMES_COLLIDE
from unstringly.manifest import MANIFEST, manifest
from unstringly.model.contract import Contract
from unstringly.outcome import Outcome, outcome_of
from unstringly.plan.collisions import collisions
from unstringly.plan.defaults import unfit_defaults
from unstringly.plan.documents import document_files
from unstringly.plan.package import plan_emulator, plan_package
from unstringly.plan.project import MARK, plan_project
from unstringly.read.emulator_file import read_emulator
from unstringly.read.spec import read_spec
from unstringly.read.spec_missing import with_smallest, without_grammar
from unstringly.read.wsdl import read_wsdl
from unstringly.read.wsdl_bytes import LARGEST_FILE, read_text
from unstringly.read.wsdl_findings import Refused
from unstringly.read.wsdl_losses import left_out
from unstringly.regular_files import Unfit, read_regular
from unstringly.render import render
from unstringly.rules import ALL

SPEC = "grammar.yaml"
EMULATOR = "emulator.py"
"""What only this service does, for tests; written by hand, and copied into its package."""

CONTRACT_CHECKS = (collisions, unfit_defaults)
"""What has to be right before anything can be planned."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What reading and checking gave: contracts without errors, all findings, and what came out.

    `sources` has the text of each file that a finding is in, by the name that spans use.
    """

    contracts: tuple[Contract, ...]
    findings: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    outcomes: tuple[Outcome, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing keeps packages from being written."""
        return not has_errors(self.findings)

    def strictly(self) -> "Checked":
        """The same with warnings taken for errors."""
        return replace(self, findings=promoted(self.findings))

    def without_infos(self) -> "Checked":
        """The same without the findings that ask for nothing."""
        kept = tuple(each for each in self.findings if each.severity is not Severity.INFO)
        return replace(self, findings=kept)

    def errors_in(self, outcome: Outcome) -> int:
        """How many errors there are in the files of one service."""
        folder = PurePosixPath(outcome.spec).parent
        errors = (each for each in self.findings if each.severity is Severity.ERROR)
        return sum(PurePosixPath(each.span.file).is_relative_to(folder) for each in errors)

    @property
    def packages(self) -> tuple[str, ...]:
        """The names of the packages, sorted."""
        return tuple(sorted(contract.spec.package for contract in self.contracts))


def service_folders(source: Path) -> tuple[Path, ...]:
    """The folders below `source` that are for a service, by name: they hold a spec or a WSDL.

    One whose spec cannot be read is among them, so that it is reported and not passed over.
    """
    return tuple(
        sorted(
            folder
            for folder in source.iterdir()
            if folder.is_dir()
            and any(
                entry.name == SPEC or entry.suffix.lower() == ".wsdl" for entry in folder.iterdir()
            )
        )
    )


def check(folders: Iterable[Path], shown_from: Path) -> Checked:
    """Read the services in some folders; findings name files as seen from `shown_from`."""
    contracts: list[Contract] = []
    findings: list[Diagnostic] = []
    outcomes: list[Outcome] = []
    sources: dict[str, str] = {}
    for folder in folders:
        contract, outcome, found = _contract(folder, shown_from, sources)
        findings.extend(found)
        if contract is not None:
            contracts.append(contract)
        if outcome is not None:
            outcomes.append(outcome)
    findings.extend(_same_package(contracts))
    found = sorted_findings(findings)
    sources |= _imported(found, shown_from, sources)
    return Checked(tuple(contracts), found, sources, tuple(outcomes))


def build(checked: Checked, *, whole: bool) -> dict[str, str]:
    """The files of the packages, by path below the output folder.

    With `whole`, these are all the packages there are, and the project file that lists them is
    among the files.
    """
    files: dict[str, str] = {}
    for contract in checked.contracts:
        package = contract.spec.package
        files |= render(plan_package(contract), package)
        files |= document_files(contract)
        emulator = checked.sources.get(_beside(contract.spec.span.file, EMULATOR))
        if emulator is not None:
            files |= render(plan_emulator(contract), None)
            files[f"{package}/{EMULATOR}"] = emulator
        files[f"{package}/{MANIFEST}"] = _manifest(package, files)
    if whole:
        files |= render([plan_project(checked.contracts)], None)
    return dict(sorted(files.items()))


def _manifest(package: str, files: Mapping[str, str]) -> str:
    """The list of a package's files, by which a later run knows what it may remove."""
    start = f"{package}/"
    inner = {path.removeprefix(start): of for path, of in files.items() if path.startswith(start)}
    return manifest(f"{MARK} {__version__}. Do not edit.", inner)


def _contract(
    folder: Path, shown_from: Path, sources: dict[str, str]
) -> tuple[Contract | None, Outcome | None, tuple[Diagnostic, ...]]:
    """The contract of one service folder: its spec and its WSDL, read, linked and checked.

    There is an outcome where the WSDL has operations.
    """
    shown = _shown(folder / SPEC, shown_from, sources)
    if not os.path.lexists(folder / SPEC):  # a link to nothing is there, and cannot be read
        return None, None, (without_grammar(folder, shown),)
    emulator = _beside(shown, EMULATOR)
    code, findings = read_emulator(folder / EMULATOR, emulator)
    if code is not None:
        sources[emulator] = code
    spec, more = read_spec(folder / SPEC, shown)
    findings += with_smallest(folder, more)
    if spec is None or not spec.wsdl or not spec.package:
        return None, None, findings
    wsdl = folder / spec.wsdl
    shown_wsdl = _shown(wsdl, shown_from, sources)
    findings += tuple(not_acceptable(spec, ALL))
    service, more = read_wsdl(wsdl, shown_wsdl, spec.service)
    findings += more
    if service is None:
        outcome = outcome_of(spec, (shown, shown_wsdl), None, findings)
        return None, outcome if outcome.left_out else None, findings
    contract, more = link(service, spec, left_out(findings, service.operations()))
    findings += (*more, *(each for find in CONTRACT_CHECKS for each in find(contract)))
    outcome = outcome_of(spec, (shown, shown_wsdl), contract, findings)
    if has_errors(findings):
        return contract, outcome, unaccepted(spec, findings)
    return contract, outcome, check_contract(contract, findings, ALL)


def _beside(name: str, other: str) -> str:
    """The name of another file in the same folder, as messages show it."""
    return PurePosixPath(name).with_name(other).as_posix()


def _shown(path: Path, shown_from: Path, sources: dict[str, str]) -> str:
    """The name under which messages show a file, whose text is kept for their excerpts."""
    name = _name(path, shown_from)
    try:
        data = read_regular(path, LARGEST_FILE, inside=path.parent)
        sources[name] = data.decode("utf-8", "replace")
    except Unfit:
        sources[name] = ""
    return name


def _name(path: Path, shown_from: Path) -> str:
    """A file as it is seen from a folder, where it is below that."""
    absolute = path.absolute()
    is_below = absolute.is_relative_to(shown_from)
    return (absolute.relative_to(shown_from) if is_below else absolute).as_posix()


def _imported(
    findings: Iterable[Diagnostic], shown_from: Path, sources: Mapping[str, str]
) -> dict[str, str]:
    """The text of each file that a finding is in and that is no source: a WSDL imports it."""
    found: dict[str, str] = {}
    for name in {finding.span.file for finding in findings} - sources.keys():
        try:
            found[name] = read_text(shown_from / name, name)
        except Refused:
            continue  # the finding says that it cannot be read
    return found


def _same_package(contracts: Sequence[Contract]) -> Iterable[Diagnostic]:
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
