"""The messages of public WSDLs: most operations are read, and their bodies are those of zeep.

The WSDLs are those of the corpus (tests/interop/corpus.py). Where it is not there the tests are
skipped; with UNSTRINGLY_INTEROP=required they fail.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.interop.corpus import CORPUS, Entry, entries, missing
from tests.read.schema.flat import type_name
from tests.read.wsdl.test_bodies import held
from tests.read.wsdl.zeep_messages import ZeepBody, calls_by_zeep

from unstringly.model.schema_content import Element
from unstringly.model.schema_names import ComponentName
from unstringly.model.schema_walks import references
from unstringly.model.service import BindingKind, Message, Operation, Port, QName, Service
from unstringly.read.wsdl.reader import read_wsdl

LEAST = {"document": 760, "rpc": 35, "http": 2, "one-way": 20, "text": 90}
"""So many operations of ports, of each style, are read at least."""

MOST_MISSED = 40
"""So many operations are left out at most that need nothing which is refused on purpose."""

REFUSED = ("rpc/encoded", "header request", "second service", "DIME", "SwA (mime)")
"""What is refused or left out on purpose, in the words of operations.tsv."""

LEAST_COMPARED = 700
SOAP = (BindingKind.SOAP11, BindingKind.SOAP12)

WITHOUT_OUTPUT = ("node-soap-soap-9", "SendCDATA")
"""What has an output in its port type, and none in its binding, which zeep goes by."""

pytestmark = pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")  # zeep's, of odd WSDLs


class Read(NamedTuple):
    """A WSDL of the corpus and its service."""

    entry: Entry
    service: Service | None


@pytest.fixture(scope="module")
def corpus() -> list[Read]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    return [Read(entry, read_wsdl(CORPUS / entry.path, entry.path.name)[0]) for entry in entries()]


def needs() -> dict[tuple[str, str], tuple[bool, str]]:
    """Of each operation, whether it can be read at all, and what it needs."""
    path = Path(CORPUS, "operations.tsv")
    with path.open(encoding="utf-8") as file:
        return {
            (row["name"], row["operation"]): (row["readable"] == "yes", row["needs"])
            for row in csv.DictReader(file, delimiter="\t")
        }


def offered(read: Read) -> Iterator[tuple[Port, Operation]]:
    for port in read.service.ports if read.service is not None else ():
        for operation in port.binding.port_type.operations:
            yield port, operation


def messages(operation: Operation) -> tuple[Message, ...]:
    return (operation.input,) if operation.output is None else (operation.input, operation.output)


def is_made(service: Service, message: Message) -> bool:
    """Say whether the body is made of parts: then its place is an operation, not an element."""
    if message.body is None:
        return False
    element = service.schema.components[message.body]
    spans = {operation.span for operation in service.operations().values()}
    return element.span in spans


def style(read: Read, port: Port, operation: Operation) -> str:
    if port.binding.kind not in SOAP:
        return "http"
    assert read.service is not None
    return "rpc" if is_made(read.service, operation.input) else "document"


def test_operations_of_every_style_are_read(corpus: list[Read]) -> None:
    counts: Counter[str] = Counter()
    for read in corpus:
        for port, operation in offered(read):
            counts[style(read, port, operation)] += 1
            counts["one-way"] += operation.output is None
            counts["text"] += all(message.is_text for message in messages(operation))
    assert all(counts[name] >= least for name, least in LEAST.items()), counts


def test_what_is_not_refused_on_purpose_is_read(corpus: list[Read]) -> None:
    wanted = {
        key
        for key, (is_readable, words) in needs().items()
        if is_readable and not any(word in words for word in REFUSED)
    }
    there = {
        (read.entry.name, name)
        for read in corpus
        if read.service is not None
        for name in read.service.operations()
    }
    assert len(wanted - there) <= MOST_MISSED, sorted(wanted - there)


def test_each_body_is_in_the_schema_which_is_closed(corpus: list[Read]) -> None:
    for read in corpus:
        if read.service is None:
            continue
        components = read.service.schema.components
        for _, operation in offered(read):
            for message in messages(operation):
                assert message.body is None or isinstance(components[message.body], Element)
                assert message.is_text or not message.parts
                assert message.body is not None or message.element is None
        for component in components.values():
            assert all(reference.name in components for reference in references(component))


def test_bodies_are_those_of_zeep(corpus: list[Read]) -> None:
    known = needs()
    same = 0
    for read in corpus:
        theirs = calls_by_zeep(str(CORPUS / read.entry.path))
        if theirs is None or read.service is None:
            continue
        for port, operation in offered(read):
            call = theirs.get((port.binding.name, operation.name))
            _, words = known.get((read.entry.name, operation.name), (True, ""))
            if call is None or port.binding.kind not in SOAP or "parts=" in words:
                continue  # zeep does not know `parts=`
            compare(read.service, operation.input, call.input, is_rpc=call.is_rpc)
            if (read.entry.name, operation.name) == WITHOUT_OUTPUT:
                assert call.output is None
            elif operation.output is not None and not call.is_rpc:  # it names responses otherwise
                compare(read.service, operation.output, call.output, is_rpc=False)
            same += 1
    assert same >= LEAST_COMPARED, same


def compare(service: Service, ours: Message, theirs: ZeepBody | None, *, is_rpc: bool) -> None:
    if ours.body is not None and ours.body.is_spread:
        assert theirs is not None
        assert theirs.name.endswith("}Body"), "several elements beside each other"
        return
    if theirs is None:
        assert ours.element is None
        return
    assert ours.element is not None
    assert braced(ours.element) == theirs.name
    if is_rpc:
        rows = held(service, ours.body)
        assert theirs.children is not None
        assert len(rows) == len(theirs.children)
        for (own, *rest), (name, type_) in zip(rows, theirs.children, strict=True):
            assert isinstance(own, QName | ComponentName)
            assert braced(own) == name
            if isinstance(rest[0], ComponentName):
                assert type_ in ("", type_name(rest[0]))


def braced(name: QName | ComponentName) -> str:
    return f"{{{name.namespace}}}{name.local}" if name.namespace else name.local
