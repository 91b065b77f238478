"""The whole program: read, link, compile, check, plan, render. What comes out is `{path: text}`.

Nothing here writes or prints, and nothing is changed in place: each step takes the values of
the step before and gives a new one, with its findings. `generate`, `generate --check` and
`generate --diff` are three callers of `build`.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from unstringly import __version__
from unstringly.check.acceptance import not_acceptable
from unstringly.check.collisions import collisions
from unstringly.check.packages import same_package
from unstringly.check.table import check_contract
from unstringly.checked import Checked, CheckedService
from unstringly.compile.compiled import compile_contract
from unstringly.diagnostics import Diagnostic, sorted_findings
from unstringly.distribution import UNSET, Distribution
from unstringly.inputs import EMULATOR, Inputs, emulator_of, imported, read_inputs
from unstringly.link.definitions import link_definitions
from unstringly.link.linker import link
from unstringly.manifest import MANIFEST, manifest
from unstringly.outcome import Outcome, outcome_of
from unstringly.plan.documents import document_files
from unstringly.plan.package import plan_drawn_emulator, plan_emulator, plan_package
from unstringly.plan.project import LICENSE, MARK, plan_project
from unstringly.read.wsdl.losses import left_out, told
from unstringly.read.wsdl.reader import no_operation
from unstringly.render import render
from unstringly.rules import ALL
from unstringly.runtime_files import imported_by_emulator, runtime_files
from unstringly.shapes.service import shaped


def check(folders: Iterable[Path], shown_from: Path) -> Checked:
    """Read and check the services in some folders; findings name files as seen from a folder."""
    inputs = [read_inputs(folder, shown_from) for folder in folders]
    results = [_checked(each) for each in inputs]
    services = tuple(service for service, _, _ in results if service is not None)
    findings = [finding for _, _, found in results for finding in found]
    findings += same_package(service.contract for service in services)
    ordered = sorted_findings(findings)
    sources = dict(chain.from_iterable(each.sources.items() for each in inputs))
    outcomes = tuple(outcome for _, outcome, _ in results if outcome is not None)
    return Checked(services, ordered, sources | imported(ordered, shown_from, sources), outcomes)


def build(checked: Checked, *, whole: bool, distribution: Distribution = UNSET) -> dict[str, str]:
    """The files of the packages, by path below the output folder.

    With `whole`, these are all the packages there are, and the project file that lists them, the
    file of their `distribution`, is among the files.
    """
    files: dict[str, str] = {}
    for service in checked.services:
        package = service.contract.spec.package
        modules = plan_package(
            service.contract, service.compiled, distribution.version, service.shaped
        )
        emulator = emulator_of(checked.sources, service.contract.spec)
        drawn = plan_drawn_emulator(service.contract, service.compiled, service.shaped)
        if emulator is not None:
            modules += plan_emulator(service.contract)
            files[f"{package}/{EMULATOR}"] = emulator
        elif drawn:
            modules += (*drawn, *plan_emulator(service.contract))
        rendered = render(modules)
        needed = rendered.runtime | imported_by_emulator(emulator or "")
        copied = runtime_files(needed, f"Copied by unstringly {__version__}. Do not edit.")
        files |= rendered.files
        files |= {f"{package}/{path}": text for path, text in copied.items()}
        files[f"{package}/py.typed"] = ""
        files |= document_files(service.contract)
        if distribution.license_text is not None:
            files[f"{package}/{LICENSE}"] = distribution.license_text
        files[f"{package}/{MANIFEST}"] = _manifest(package, files)
    if whole:
        files |= render([plan_project(checked.contracts, distribution)]).files
    return dict(sorted(files.items()))


def _checked(
    inputs: Inputs,
) -> tuple[CheckedService | None, Outcome | None, tuple[Diagnostic, ...]]:
    """One service, linked, compiled and checked; an outcome where its WSDL has operations."""
    spec, service, findings = inputs.spec, inputs.service, inputs.findings
    if spec is None:
        return None, None, findings
    findings += tuple(not_acceptable(spec, ALL))
    if service is None:
        outcome = outcome_of(spec, inputs.files, None, findings)
        return None, outcome if outcome.left_out else None, findings
    definitions, problems = link_definitions(spec.definitions, spec.left_out)
    service, shapes, more = shaped(service, spec, {} if problems else definitions)
    findings += told(more, service)
    if not service.ports:
        findings += (no_operation(service.name, service.span, more),)
        return None, outcome_of(spec, inputs.files, None, findings), findings
    contract, more = link(service, spec, left_out(findings, service.operations()))
    findings += (*more, *collisions(contract))
    outcome = outcome_of(spec, inputs.files, contract, findings)
    compiled = compile_contract(contract)
    findings = check_contract(contract, compiled, findings, ALL)
    return CheckedService(contract, compiled, shapes), outcome, findings


def _manifest(package: str, files: Mapping[str, str]) -> str:
    """The list of a package's files, by which a later run knows what it may remove."""
    start = f"{package}/"
    inner = {path.removeprefix(start): of for path, of in files.items() if path.startswith(start)}
    return manifest(f"{MARK} {__version__}. Do not edit.", inner)
