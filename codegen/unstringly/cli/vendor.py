"""`unstringly vendor`: bring documents at remote addresses into the folder of a service."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from unstringly.cli.options import folders_of, project_options
from unstringly.cli.report import Style, render
from unstringly.cli.say import say, stop
from unstringly.counting import counted
from unstringly.diagnostics import Diagnostic
from unstringly.durable import replace_file
from unstringly.inputs import ADDRESSES, shown_name, wsdls_of
from unstringly.project import Project
from unstringly.read.addresses import (
    CHANGED,
    AddressMap,
    Entry,
    address_map_of,
    addresses_of,
    read_address_map,
)
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.locations import is_remote
from unstringly.vendor.entries import with_digests, with_entries
from unstringly.vendor.fetching import Fetched, NotFetched, fetch
from unstringly.vendor.once import Once
from unstringly.vendor.steps import Place, Vendored, vendored


@click.command("vendor")
@project_options
@click.option("--fetch", "fetches", is_flag=True, help="Fetch over HTTP what is in no file.")
@click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A host that may be in a private network.",
)
@click.option("--from", "origin", metavar="ADDRESS", help="Where the WSDL itself came from.")
@click.option(
    "--dry-run", is_flag=True, help="Write and fetch nothing; say what would be mapped and fetched."
)
def vendor(
    project: Project,
    services: tuple[str, ...],
    style: Style,
    fetches: bool,
    hosts: tuple[str, ...],
    origin: str | None,
    dry_run: bool,
) -> None:
    """Find the documents that WSDLs name by remote addresses, and write addresses.yaml.

    A document is looked for in the folder of its service. Only with --fetch the rest is fetched.
    """
    folders = folders_of(project, services)
    if origin is not None and (len(folders) != 1 or not is_remote(origin)):
        stop("with --from, name one service, and an address of http or https")
    fetched = Once(partial(_fetched, frozenset(host.lower() for host in hosts)))
    run = partial(_vendor, origin=origin, dry_run=dry_run, style=style)
    whole = [run(folder, _would_fetch if dry_run else fetched, fetches) for folder in folders]
    if not all(whole):
        sys.exit(1)


def _vendor(
    folder: Path,
    fetched: Callable[[str], Fetched],
    fetches: bool,
    *,
    origin: str | None,
    dry_run: bool,
    style: Style,
) -> bool:
    """Bring what one service needs; say whether all of it is there then."""
    file = folder / ADDRESSES
    address_map, findings = read_address_map(file, shown_name(file, Path.cwd()))
    if address_map is None:
        _show(findings, style)
        return False
    is_whole = True
    for wsdl in wsdls_of(folder, Path.cwd()):
        entries = [entry for entry, _ in address_map.entries]
        place = Place(wsdl, folder, folder.parent, shown_name(wsdl, Path.cwd()))
        more = [] if origin is None else [_of_wsdl(origin, wsdl, entries)]
        more = [entry for entry in more if entry not in entries]
        try:
            tell = partial(_tell, folder.name)
            outcome = vendored(place, (*entries, *more), fetched if fetches else None, tell)
        except Refused as refusal:
            _show(refusal.findings, style)
            is_whole = False
            continue
        if not dry_run:
            address_map = _kept(file, address_map, (*more, *outcome.new))
        is_whole = _say_outcome(folder.name, outcome) and is_whole
    _, findings = addresses_of(address_map.entries, folder, folder.parent)
    changed = tuple(finding for finding in findings if finding.rule is CHANGED)
    if changed:
        _show(changed, style)
    return is_whole


def _of_wsdl(origin: str, wsdl: Path, entries: list[Entry]) -> Entry:
    """Return the entry for the WSDL itself."""
    known = {entry.address: entry for entry in entries}
    if origin in known and known[origin].file != wsdl.name:
        stop(f"{ADDRESSES} says that {origin} is {known[origin].file}, and not {wsdl.name}")
    return known.get(origin, Entry(origin, wsdl.name))


def _kept(file: Path, before: AddressMap, new: tuple[Entry, ...]) -> AddressMap:
    """Write the map with new entries; return what it holds then."""
    known = {entry.address for entry, _ in before.entries}
    digests = {entry.address: entry.digest for entry in new if entry.address in known}
    text = with_digests(before, digests)
    more = tuple(entry for entry in new if entry.address not in known)
    text = with_entries(text, more) if more else text
    if text == before.text:
        return before
    data = text.encode("utf-8")
    after, findings = address_map_of(data, file.name)
    if after is None:
        stop(
            f"{file}: entries cannot be added at its end ({findings[0].message}): write it as a "
            "list with an entry a line, `- address: …`, not indented"
        )
    replace_file(file, data)
    say(f"{file.parent.name}: {ADDRESSES} written ({counted(len(after.entries), 'document')})")
    return after


def _say_outcome(service: str, outcome: Vendored) -> bool:
    """Print what is missing; say whether nothing is."""
    for address, why in outcome.missing.items():
        say(f"{service}: missing: {address}: {why}", err=True)
    if not outcome.new and not outcome.missing:
        say(f"{service}: all documents are there")
    return not outcome.missing


def _fetched(hosts: frozenset[str], address: str) -> Fetched:
    say(f"fetching {address}")
    return fetch(address, hosts)


def _would_fetch(_address: str) -> Fetched:
    raise NotFetched("it would be fetched, with what it names itself")


def _tell(service: str, line: str) -> None:
    say(f"{service}: {line}")


def _show(findings: tuple[Diagnostic, ...], style: Style) -> None:
    click.echo(render(findings, {}, style), err=style is Style.TEXT)
