"""The inputs of a service, read from one folder: a spec, a WSDL and perhaps an emulator."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from unstringly.diagnostics import Diagnostic
from unstringly.model.examples import Sample
from unstringly.model.service import Service
from unstringly.model.spec import Spec
from unstringly.read.addresses import read_addresses
from unstringly.read.emulator_file import read_emulator
from unstringly.read.samples import read_samples
from unstringly.read.spec.missing import with_smallest, without_grammar
from unstringly.read.spec.reader import read_spec
from unstringly.read.wsdl.bytes import LARGEST_FILE, read_text
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.locations import NO_ADDRESSES, Addresses
from unstringly.read.wsdl.reader import read_wsdl
from unstringly.regular_files import Unfit, read_regular

SPEC = "grammar.yaml"
ADDRESSES = "addresses.yaml"
"""The file that says which files stand for documents at remote addresses."""

EMULATOR = "emulator.py"
"""The file with a service's own behaviour for tests: written by hand, copied into its package."""


class Inputs(Struct, frozen=True):
    """The inputs of a service: None for a file that cannot be read.

    Without a usable spec, the WSDL is not read.

    `files` are the names of the spec and of the WSDL in messages; `sources` is the text of each
    file by such a name; `samples` are texts in files beside the spec.
    """

    spec: Spec | None
    service: Service | None
    files: tuple[str, str]
    sources: Mapping[str, str]
    findings: tuple[Diagnostic, ...]
    samples: tuple[Sample, ...] = ()


def service_folders(source: Path) -> tuple[Path, ...]:
    """Return the folders below `source` that hold a spec or a WSDL, sorted.

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


def read_inputs(folder: Path, shown_from: Path) -> Inputs:
    """Read one service's folder; messages name files as seen from `shown_from`."""
    sources: dict[str, str] = {}
    shown = _shown(folder / SPEC, shown_from, sources)
    if not os.path.lexists(folder / SPEC):  # a broken link is reported as unreadable
        return Inputs(None, None, (shown, ""), sources, (without_grammar(folder, shown),))
    spec, findings = read_spec(folder / SPEC, shown)
    emulator = _beside(shown, EMULATOR)
    is_taken = spec is None or spec.takes_emulator
    code, more = read_emulator(folder / EMULATOR, emulator, is_taken=is_taken)
    if code is not None:
        sources[emulator] = code
    findings = (*with_smallest(folder, findings), *more)
    if spec is None or not spec.wsdl or not spec.package:
        return Inputs(None, None, (shown, ""), sources, findings)
    wsdl = folder / spec.wsdl
    shown_wsdl = _shown(wsdl, shown_from, sources)
    addresses, of_map = _addresses(folder, shown_from, sources)
    service, more = read_wsdl(wsdl, shown_wsdl, spec.service, folder.parent, addresses)
    samples, of_samples = read_samples(folder, lambda file: shown_name(file, shown_from))
    sources |= {sample.span.file: sample.text for sample in samples}
    findings = (*findings, *of_map, *of_samples, *more)
    return Inputs(spec, service, (shown, shown_wsdl), sources, findings, samples)


def _addresses(
    folder: Path, shown_from: Path, sources: dict[str, str]
) -> tuple[Addresses, tuple[Diagnostic, ...]]:
    """Return the service's map of remote addresses, and findings; keep its text in `sources`."""
    file = folder / ADDRESSES
    if not os.path.lexists(file):
        return NO_ADDRESSES, ()
    return read_addresses(file, _shown(file, shown_from, sources), folder.parent)


def wsdls_of(folder: Path, shown_from: Path) -> tuple[Path, ...]:
    """Return the WSDL that a folder's spec names; all that are there without a usable spec."""
    spec = None
    if os.path.lexists(folder / SPEC):
        spec, _ = read_spec(folder / SPEC, shown_name(folder / SPEC, shown_from))
    if spec is not None and spec.wsdl:
        return (folder / spec.wsdl,)
    return tuple(sorted(file for file in folder.iterdir() if file.suffix.lower() == ".wsdl"))


def shown_name(path: Path, shown_from: Path) -> str:
    """Return a path relative to a folder if it is below that; else the absolute path."""
    absolute = path.absolute()
    is_below = absolute.is_relative_to(shown_from)
    return (absolute.relative_to(shown_from) if is_below else absolute).as_posix()


def emulator_of(sources: Mapping[str, str], spec: Spec) -> str | None:
    """Return the code of the emulator beside a spec; None if the package has none."""
    if not spec.takes_emulator:
        return None
    return sources.get(_beside(spec.span.file, EMULATOR))


def imported(
    findings: Iterable[Diagnostic], shown_from: Path, sources: Mapping[str, str]
) -> dict[str, str]:
    """Return the text of each file that has a finding and is not in `sources`: WSDLs import it."""
    texts: dict[str, str] = {}
    for name in {finding.span.file for finding in findings} - sources.keys():
        try:
            texts[name] = read_text(shown_from / name, name)
        except Refused:
            continue  # the finding says that it cannot be read
    return texts


def _beside(name: str, other: str) -> str:
    """Return the name of another file in the same folder, as messages show it."""
    return PurePosixPath(name).with_name(other).as_posix()


def _shown(path: Path, shown_from: Path, sources: dict[str, str]) -> str:
    """Return the name of a file in messages; keep its text in `sources` for their excerpts."""
    name = shown_name(path, shown_from)
    try:
        data = read_regular(path, LARGEST_FILE, inside=path.parent)
        sources[name] = data.decode("utf-8", "replace")
    except Unfit:
        sources[name] = ""
    return name
