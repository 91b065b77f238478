"""The whole program: read, link, compile, check, plan, render. What comes out is `{path: text}`.

`check` is its first half, `build` its second; `generate`, `generate --check` and `generate --diff`
are three callers of both. Nothing here writes or prints, and nothing is changed in place.
"""

from collections.abc import Mapping

from unstringly import __version__
from unstringly.checked import Checked
from unstringly.checking import check
from unstringly.distribution import UNSET, Distribution
from unstringly.inputs import EMULATOR, emulator_of
from unstringly.manifest import MANIFEST, manifest
from unstringly.plan.documents import document_files
from unstringly.plan.package import plan_drawn_emulator, plan_emulator, plan_package
from unstringly.plan.project import LICENSE, MARK, plan_project
from unstringly.render import render
from unstringly.runtime_files import imported_by_emulator, runtime_files

__all__ = ["build", "check"]


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


def _manifest(package: str, files: Mapping[str, str]) -> str:
    """The list of a package's files, by which a later run knows what it may remove."""
    start = f"{package}/"
    inner = {path.removeprefix(start): of for path, of in files.items() if path.startswith(start)}
    return manifest(f"{MARK} {__version__}. Do not edit.", inner)
