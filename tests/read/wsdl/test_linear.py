"""The work of reading grows with overloads, policies and ports, and no faster.

Work is the number of lines that run, which is the same on every machine.
"""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from tests.effort import lines_of
from tests.read.wsdl.test_assertions import NAMES
from tests.read.wsdl.test_merging import Way, written

from unstringly.diagnostics import Diagnostic, Loss, Span
from unstringly.read.schema.documents import load_documents
from unstringly.read.schema.reader import read_schema
from unstringly.read.wsdl.alike import ALIKE
from unstringly.read.wsdl.asserting import meaning_of
from unstringly.read.wsdl.assertions import AssertionReader
from unstringly.read.wsdl.catalog import Catalog, build_catalog
from unstringly.read.wsdl.components import components_of
from unstringly.read.wsdl.losses import told
from unstringly.read.wsdl.merging import merged_ports
from unstringly.read.wsdl.models import Sources, model_documents
from unstringly.read.wsdl.overloads import bound_operations_of, operations_of
from unstringly.read.wsdl.policies import Policies
from unstringly.read.wsdl.service_ports import PortReader
from unstringly.read.wsdl.xml import Node, parse_xml

Work = Callable[[int], Callable[[], object]]


def sources_of(text: str) -> tuple[Sources, Catalog]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "S.wsdl")
        path.write_text(text, encoding="utf-8")
        documents = load_documents(path, "S.wsdl")
    sources, _ = model_documents(documents.definitions)
    schema, _ = read_schema(documents)
    return sources, build_catalog(sources, components_of(schema, documents))[0]


def overloads(count: int) -> Callable[[], object]:
    """Names for operations of one name, in a port type and in its binding."""
    inputs = [
        f'<operation name="Find"><input name="By{each}"/></operation>' for each in range(count)
    ]
    text = '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:t">'
    text += f'<portType name="T">{"".join(inputs)}</portType>'
    text += f'<binding name="B" type="T">{"".join(inputs)}</binding></definitions>'
    sources, _ = sources_of(text)
    (document,) = sources.definitions

    def work() -> None:
        abstract, _ = operations_of(sources.origins, document.port_types[0])
        assert len(abstract) == count
        bound, _ = bound_operations_of(sources.origins, document.bindings[0], abstract)
        assert len(bound) == count

    return work


def merging(way: Callable[[int], Way], count: int) -> Callable[[], object]:
    """Ports that have an operation of one name."""
    sources, catalog = sources_of(written([way(number) for number in range(count)]))
    reader = PortReader(catalog)
    services = [model for document in sources.definitions for model in document.services]
    ports = [port for service in services for port in reader.ports_of(service)[0]]
    assert len(ports) == count
    roots = [sources.origins[each] for each in sources.definitions]
    schema = catalog.components.schema
    return partial(merged_ports, ports, schema, AssertionReader(catalog, roots))


def asserted(text: Callable[[int], str], count: int) -> Callable[[], object]:
    """What the policies attached to each element `at` want."""
    root = parse_xml(f"<all {NAMES}>{text(count)}</all>", "S.wsdl")
    nodes = [node for node in root.children if node.local == "at"]

    def work() -> None:
        policies: Policies
        policies = Policies([root], lambda node: not meaning_of((node,), policies).undone)
        rows: dict[int, tuple[Node, ...]] = {}
        for node in nodes:
            row = policies.attached(node)
            if id(row) not in rows:
                rows[id(row)] = row
                meaning_of(row, policies)
        assert policies.findings == []

    return work


def losses(count: int) -> Callable[[], object]:
    """A finding that costs many operations, each noted by itself."""
    noted = [
        Diagnostic(ALIKE, Span("S.wsdl", 1, 1), "why", lost=(Loss(f"Send{number}", "B"),))
        for number in range(count)
    ]
    return partial(told, noted, None)


def many(text: str, count: int) -> str:
    return "".join(text.replace("N", str(number)) for number in range(count))


BIG: Final = '<wsp:Policy wsu:Id="big">%s</wsp:Policy>'
REFERENCE: Final = '<wsp:PolicyReference URI="#big"/>'
SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "one policy for all": lambda n: BIG % many("<sp:XN/>", n) + f"<at>{REFERENCE}</at>" * n,
    "one policy of many kinds": lambda n: BIG % many("<sp:XN/>", n) + f"<at>{REFERENCE}</at>",
    "many policies at one element": lambda n: (
        many('<wsp:Policy wsu:Id="pN"><sp:X/></wsp:Policy>', n)
        + f"<at>{many(REFERENCE.replace('big', 'pN'), n)}</at>"
    ),
    "one policy named again and again": lambda n: (
        BIG % many("<sp:X/>", n) + f"<at><wsp:Policy>{REFERENCE * n}</wsp:Policy></at>"
    ),
    "alternatives that are the same": lambda n: (
        BIG % many("<sp:X/>", n)
        + f"<at><wsp:Policy><wsp:ExactlyOne>{REFERENCE * n}</wsp:ExactlyOne></wsp:Policy></at>"
    ),
}
WORKS: Final[dict[str, Work]] = {
    "overloads": overloads,
    "losses": losses,
    "ports with other namespaces": partial(
        merging, lambda n: Way(action=f"urn:{n}", service=f"S{n}")
    ),
    "ports that are the same": partial(merging, lambda n: Way(service=f"S{n}")),
    "ports of one service": partial(merging, lambda n: Way("GET", location=f"/{n}")),
    "ports of two kinds": partial(
        merging, lambda n: Way(("GET", "soap")[n % 2], location=f"/{n}", action=f"urn:{n}")
    ),
    **{name: partial(asserted, shape) for name, shape in SHAPES.items()},
}


@pytest.mark.parametrize("name", WORKS)
def test_twice_as_much_takes_twice_the_work(name: str) -> None:
    counts = (40, 80, 160) if name in SHAPES else (15, 30, 60)
    few, more, most = (lines_of(WORKS[name](count)) for count in counts)
    assert most - more < 2.5 * (more - few)
