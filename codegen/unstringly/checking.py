"""The first half of the program: read, link, compile, check. No module that plans is needed for it.

Nothing here writes or prints, and nothing is changed in place: each step takes the values of
the step before and gives a new one, with its findings.
"""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from unstringly.check.acceptance import not_acceptable
from unstringly.check.collisions import collisions
from unstringly.check.packages import same_package
from unstringly.check.table import check_contract
from unstringly.checked import Checked, CheckedService
from unstringly.compile.compiled import compile_contract
from unstringly.diagnostics import Diagnostic, sorted_findings
from unstringly.inputs import Inputs, imported, read_inputs
from unstringly.link.definitions import link_definitions
from unstringly.link.linker import link
from unstringly.outcome import Outcome, outcome_of
from unstringly.read.wsdl.losses import left_out, told
from unstringly.read.wsdl.reader import no_operation
from unstringly.rules import ALL
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
    findings = check_contract(contract, compiled, findings, ALL, inputs.samples)
    return CheckedService(contract, compiled, shapes), outcome, findings
