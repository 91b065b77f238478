"""Packages of public WSDLs and zeep understand each other: requests and responses, both ways.

Each structured operation is called with drawn values. zeep reads our client's request, its client
calls our server, which answers, and zeep's own response is read by our client: all see the same
values. Where zeep cannot, one of a few reasons must hold. It belongs to the gate.
"""

import importlib
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from tests.generator.importing import imported_files
from tests.interop.corpus import CORPUS, PACKAGE, Entry, package_of
from tests.interop.corpus import Package as Generated
from tests.interop.typed.drawn_calls import Drawing, Drawn
from tests.interop.typed.exchanging import Compared, Exchange, Package, Way, module
from tests.interop.typed.zeep_services import ZeepService, loaded
from tests.plan.messages.sampling import NoSample

pytestmark = [pytest.mark.some(0), pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")]

CALLS = 2
"""So many calls are drawn of each operation."""

LEAST = {
    Way.REQUEST_TO_ZEEP: 1174,
    Way.REQUEST_OF_ZEEP: 1151,
    Way.RESPONSE_TO_ZEEP: 1009,
    Way.RESPONSE_OF_ZEEP: 997,
}
"""At least so many operations are the same each way, in one call or more."""

SEVERAL_PARTS = {
    ("soapui-with-expansions", "requestTrades"),
    ("soapui-another", "requestTrades"),
    ("cxf-soapheader", "send_receive_any_type"),
}
"""Operations whose bodies hold several elements beside each other: they are the same all ways."""

NESTED_WITHOUT_BASE = ("packagegenerator-myboardpack",)
"""WSDLs with types that extend another one and hold themselves: zeep forgets what they extend."""


ENCODED = re.compile(rb"use=.encoded.")
"""Where a WSDL has operations in SOAP's encoding."""


class Reason(Enum):
    """Why zeep does not see the same values, or makes no call; a closed list."""

    NO_CLIENT = "zeep does not read the WSDL"
    NO_OPERATION = "zeep leaves the operation out"
    NO_SOAP = "the operation goes over HTTP without SOAP: `test_posted` asks zeep about it"
    NO_VALUE = "no value was found that fits the types"
    SAME_REQUEST = "two operations have the same request"
    WITHOUT_BASE = "zeep forgets what a type extends that holds itself"
    ENCODED = "zeep cannot write arrays in arrays, and items of any type, in SOAP's encoding"
    QNAME = "zeep loses the namespace of a qualified name in a text"
    ANY = "zeep loses the type of a value of any type"
    EMPTY = "zeep takes a structure with nothing in it for absent"
    CHOICE = "zeep loses some branches of choices: those that repeat an element, or are false"


MOST = {
    Reason.NO_CLIENT: 30,
    Reason.NO_OPERATION: 27,
    Reason.NO_SOAP: 17,
    Reason.NO_VALUE: 69,  # eight have DataSets, which `tests/interop/test_data_sets` compares
    Reason.SAME_REQUEST: 2,
    Reason.WITHOUT_BASE: 21,
    Reason.ENCODED: 44,
    Reason.QNAME: 40,
    Reason.ANY: 28,
    Reason.EMPTY: 52,
    Reason.CHOICE: 4,
}
"""At most so many comparisons fail for each reason."""


class Called(NamedTuple):
    """An operation, a call of it, and what came of it; a reason if nothing could."""

    entry: Entry
    name: str
    reason: Reason | None
    compared: Compared | None = None


def test_zeep_and_packages_understand_each_other(corpus: list[Entry], tmp_path: Path) -> None:
    logging.disable(logging.CRITICAL)
    try:
        calls = [called for entry in corpus for called in calls_of(entry, tmp_path)]
    finally:
        logging.disable(logging.NOTSET)
    same: dict[Way, set[tuple[str, str]]] = {way: set() for way in Way}
    for called in calls:
        if called.compared is not None and not called.compared.problem:
            same[called.compared.way].add((called.entry.name, called.name))
    unexplained = [
        (called.entry.name, called.name, called.compared)
        for called in calls
        if called.compared is not None and called.compared.problem and called.reason is None
    ]
    reasons = Counter(called.reason for called in calls if called.reason is not None)
    reached = {way: len(names) for way, names in same.items()}
    assert unexplained == []
    assert all(reached[way] >= LEAST[way] for way in Way), reached
    assert all(same[way] >= SEVERAL_PARTS for way in Way)
    assert all(reasons[reason] <= MOST[reason] for reason in Reason), reasons


def calls_of(entry: Entry, folder: Path) -> Iterator[Called]:
    """Call all structured operations of a WSDL."""
    generated = package_of(entry, folder / entry.name)
    if generated is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = loaded(CORPUS / entry.path)
    with imported_files(generated.files, PACKAGE):
        operations = importlib.import_module(f"{PACKAGE}.operations").OPERATIONS
        names = [name for name, own in operations.items() if own.messages is not None]
        if client is None or not names:
            yield from (Called(entry, name, Reason.NO_CLIENT) for name in names)
            return
        package = Package()
        try:
            for name in names:
                yield from calls_of_operation(entry, generated, package, client, name)
        finally:
            package.close()


def calls_of_operation(
    entry: Entry, generated: Generated, package: Package, client: Any, name: str
) -> Iterator[Called]:
    """Call an operation over SOAP, several times."""
    operation = package.operations[name]
    binding = next((own for own in operation.bindings if own.name.startswith("SOAP")), None)
    if binding is None:
        yield Called(entry, name, Reason.NO_SOAP)
        return
    service = generated.contract.service
    port = next(
        own
        for own in service.ports
        if own.binding.kind.name == binding.name
        and any(bound.name == name for bound in own.binding.operations)
    )
    zeep = ZeepService(client, service.name, port.name)
    own_name = service.operations()[name].local
    if not zeep.has(own_name):
        yield Called(entry, name, Reason.NO_OPERATION)
        return
    methods = {own.name: own.python_name for own in generated.contract.operations}
    exchange = Exchange(package, zeep, name, methods[name], binding, own_name)
    drawing = Drawing(xml_room(generated))
    for seed in range(CALLS):
        try:
            drawn = drawing.call(operation, Random(seed))
        except NoSample:
            yield Called(entry, name, Reason.NO_VALUE)
            continue
        for compared in exchange.compared(drawn):
            reason = reason_of(entry, package, name, drawn) if compared.problem else None
            yield Called(entry, name, reason, compared)


def reason_of(entry: Entry, package: Package, name: str, drawn: Drawn) -> Reason | None:
    """Return why zeep may see other values; None if there is no reason."""
    endpoint = package.operations[name].endpoint
    asked = (endpoint.action, endpoint.namespace, endpoint.element)
    others = [own.endpoint for other, own in package.operations.items() if other != name]
    if any((own.action, own.namespace, own.element) == asked for own in others):
        return Reason.SAME_REQUEST
    if entry.name in NESTED_WITHOUT_BASE:
        return Reason.WITHOUT_BASE
    if ENCODED.search((CORPUS / entry.path).read_bytes()) is not None:
        return Reason.ENCODED
    if drawn.has_qname:
        return Reason.QNAME
    if drawn.has_any:
        return Reason.ANY
    if drawn.has_empty:
        return Reason.EMPTY
    return Reason.CHOICE if drawn.has_choice else None


def xml_room(generated: Generated) -> Any:
    """Return the room `xml` of the runtime of the package that is imported."""
    for name in ("tables", "fragments", "qnames"):
        if f"{PACKAGE}/_runtime/xml/{name}.py" in generated.files:
            module(f"_runtime.xml.{name}")
    return module("_runtime.xml")
