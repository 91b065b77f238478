"""PHP's client and node-soap call emulators of public WSDLs: both sides see the same values.

Each program reads the WSDL that is served, and calls all structured operations over SOAP 1.1 with
drawn values; the emulator answers with drawn results, and with each declared fault. What does not
work has a reason, which must hold. The programs are installed by the gate; elsewhere the tests are
skipped.
"""

from pathlib import Path
from typing import Final

import pytest
from tests.interop.corpus import Entry
from tests.interop.peers.calls import Program, outcomes
from tests.interop.peers.programs import node_soap, php

pytestmark = pytest.mark.some(0)

PROGRAMS: Final[dict[str, Program]] = {"php": php, "node-soap": node_soap}
WSDLS: Final = {
    "soap-ws-testservice-2": "numbers in wrappers of document style",
    "wsdl-ratp": "recursion, arrays, no parameters",
    "node-soap-list-parameter": "arrays, enumerations, recursion",
    "wcf-collectiontypes": "collections of WCF",
    "axis-axis1-java-wrapped-inout": "several results",
    "gowsdl-chromedata": "bare elements, attributes, simple content, enumerations, extension",
    "wsdl-attribute-types": "attributes of lists and unions",
    "python-zeep-soap": "bare elements, xs:all, a fault",
    "cxf-inherit": "xsi:type",
    "packagegenerator-service1": "xsi:type in WCF",
    "cxf-pizza-service": "a header",
    "soapui-testservice-4": "headers of .NET, void results",
    "cxf-hello-world-2": "one-way calls, void results, faults",
    "axis-axis1-java-simple-doc-literal": "faults of structures",
    "soapui-sample-service": "rpc, literal",
    "packagegenerator-numbermanagement": "rpc, literal, with faults of structures",
    "wsdl-iws": "rpc, encoded, structures",
    "axis-axis1-java-ram": "rpc, encoded, arrays of structures",
    "axis-axis1-java-addressbook": "rpc, encoded, one-way calls, xs:all",
    "axis-axis1-java-complex-rpc-encoded": "rpc, encoded, faults of structures, xsi:type",
}
"""Public WSDLs of the corpus, and what they are here for."""

LEAST: Final = {"php": 224, "node-soap": 211}
"""At least so many calls and faults are the same."""

FAILING: Final = {
    ("php", "soapui-testservice-4", ""): "PHP takes no import of the schema's own namespace",
    (
        "php",
        "packagegenerator-numbermanagement",
        "createPortingOrderCatC",
    ): "PHP writes <SOAP-ENC:Struct> into a repeated element, which the schema does not have",
    (
        "node-soap",
        "packagegenerator-numbermanagement",
        "",
    ): "node-soap does not read the schema",
    (
        "node-soap",
        "axis-axis1-java-complex-rpc-encoded",
        "echoMultipleFaults2",
    ): "node-soap writes no xsi:type into a parameter in rpc style",
    ("php", "wcf-collectiontypes", "GetOrderedDictionary"): "trees have no values of any type",
    (
        "node-soap",
        "wcf-collectiontypes",
        "GetOrderedDictionary",
    ): "trees have no values of any type",
}
"""The operations that do not work, by program and WSDL, and the reasons; all for an empty name."""


@pytest.mark.parametrize("program", PROGRAMS)
def test_both_sides_see_the_same(program: str, corpus: list[Entry], tmp_path: Path) -> None:
    chosen = [entry for entry in corpus if entry.name in WSDLS]
    assert len(chosen) == len(WSDLS)
    same = 0
    for entry in chosen:
        failed: set[str] = set()
        for outcome in outcomes(entry, PROGRAMS[program], tmp_path / entry.name):
            known = {(program, entry.name, name) for name in ("", outcome.operation)}
            if not outcome.problem:
                same += 1
            elif known & FAILING.keys():
                failed.add(outcome.operation)
            else:
                pytest.fail(f"{entry.name}: {outcome}")
        expected = {name for own, wsdl, name in FAILING if (own, wsdl) == (program, entry.name)}
        assert expected - {""} <= failed, "they work, and need no reason"
        assert bool(expected) is bool(failed), "they work, and need no reason"
    assert same >= LEAST[program]
