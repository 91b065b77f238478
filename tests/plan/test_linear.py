"""The work of planning a package grows with its operations and variants, and no faster.

Work is the number of lines that planning runs, which is the same on every machine.
"""

from functools import partial
from pathlib import Path

import pytest
from tests.effort import lines_of
from tests.generator.services import put

from unstringly.compile.compiled import compile_contract
from unstringly.model.contract import Contract
from unstringly.pipeline import check
from unstringly.plan.package import plan_package

HEAD = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x"
    xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
  <types>
    <s:schema targetNamespace="urn:x"><s:element name="string" type="s:string"/></s:schema>
  </types>
  <message name="In"><part name="key" type="s:string"/></message>
  <message name="Out"><part name="Body" element="t:string"/></message>
"""
OFFERED = '<operation name="Ask{0}"><input message="t:In"/><output message="t:Out"/></operation>\n'
BOUND = """\
<operation name="Ask{0}"><http:operation location="/Ask{0}"/>
  <input><http:urlEncoded/></input><output><mime:mimeXml part="Body"/></output></operation>
"""
TAIL = """\
  <service name="Tiny">
    <port name="Get" binding="t:Get"><http:address location="http://localhost/tiny"/></port>
  </service>
</definitions>
"""
GRAMMAR = """\
service: Tiny
types: {Word: {text: '[a-z]+'}}
grammars: {words: {list: [Word], separator: ','}}
operations:
"""
OPERATION = """\
  Ask{0}:
    effect: destructive_read
    parameters: {{key: {{type: Word}}}}
    result: words
"""
VARIANT = "      Other{0}: {{parameters: {{key: {{doc: what to ask}}}}}}\n"


def contract_of(folder: Path, operations: int, variants: int) -> Contract:
    """Return the contract of a service with many operations, the first with many variants."""
    numbers = range(operations)
    wsdl = HEAD + '<portType name="Type">' + "".join(map(OFFERED.format, numbers)) + "</portType>"
    wsdl += '<binding name="Get" type="t:Type"><http:binding verb="GET"/>'
    wsdl += "".join(map(BOUND.format, numbers)) + "</binding>" + TAIL
    first, *others = map(OPERATION.format, numbers)
    restated = "    variants:\n" + "".join(map(VARIANT.format, range(variants)))
    grammar = GRAMMAR + first + (restated if variants else "") + "".join(others)
    checked = check([put(folder, "Tiny.wsdl", wsdl, grammar)], folder)
    assert checked.ok, checked.findings
    (contract,) = checked.contracts
    return contract


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "sizes",
    [[(60, 0), (120, 0), (240, 0)], [(1, 60), (1, 120), (1, 240)]],
    ids=["operations", "variants"],
)
def test_twice_as_much_to_plan_is_about_twice_the_work(
    tmp_path: Path, sizes: list[tuple[int, int]]
) -> None:
    contracts = [contract_of(tmp_path / str(at), *size) for at, size in enumerate(sizes)]
    planned = [
        partial(plan_package, contract, compile_contract(contract), "1") for contract in contracts
    ]
    planned[0]()  # what is kept for later is not counted
    one, two, four = map(lines_of, planned)
    # From two to four, linear work grows by twice as much as from one to two; quadratic, by four.
    assert four - two < 2.2 * (two - one)
