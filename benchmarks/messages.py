"""Messages of typed records, read and written by tables, beside zeep. Prints Markdown."""

import resource
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from typing import TYPE_CHECKING

from lxml import etree
from zeep.transports import Transport
from zeep.xsd import Schema

from unstringly.runtime.xml.dates import DATETIME
from unstringly.runtime.xml.decimals import DECIMAL
from unstringly.runtime.xml.numbers import BOOLEAN, DOUBLE, INT
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import Writer

from .measure import ROUNDS, fastest, machine

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDS = 500
MANY = 50_000
OURS = "tables"
NAMESPACE = "urn:bench"

XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:bench"
    targetNamespace="urn:bench" elementFormDefault="qualified">
  <xs:element name="Rows"><xs:complexType><xs:sequence>
    <xs:element name="Row" type="Row" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Row"><xs:sequence>
    <xs:element name="Id" type="xs:int"/>
    <xs:element name="Name" type="xs:string"/>
    <xs:element name="Price" type="xs:decimal"/>
    <xs:element name="At" type="xs:dateTime"/>
    <xs:element name="Active" type="xs:boolean"/>
    <xs:element name="Count" type="xs:int"/>
    <xs:element name="Ratio" type="xs:double"/>
    <xs:element name="Note" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
</xs:schema>
"""


@record
class Row:
    id: int
    name: str
    price: Decimal
    at: datetime
    active: bool
    count: int
    ratio: float
    note: str | None = None


def _name(local: str) -> str:
    return f"{NAMESPACE} {local}"


ROW = Shape(
    _name("Row"),
    Row,
    lambda: Content(
        (
            Element("id", _name("Id"), INT),
            Element("name", _name("Name"), STRING),
            Element("price", _name("Price"), DECIMAL),
            Element("at", _name("At"), DATETIME),
            Element("active", _name("Active"), BOOLEAN),
            Element("count", _name("Count"), INT),
            Element("ratio", _name("Ratio"), DOUBLE),
            Element("note", _name("Note"), STRING, least=0),
        )
    ),
)
ROWS = Shape(
    "",
    None,
    lambda: Content((Element("rows", _name("Row"), ROW, least=0, most=None, missing=()),)),
)
ROOT = Element("rows", _name("Rows"), ROWS)
WRITER = Writer({NAMESPACE: "b"})
ZEEP = Schema(etree.fromstring(XSD), Transport(), None)
ZEEP_ROOT = ZEEP.get_element(f"{{{NAMESPACE}}}Rows")


def rows(number: int) -> tuple[Row, ...]:
    return tuple(
        Row(
            id=n,
            name=f"name {n} of it",
            price=Decimal(n) / 4,
            at=datetime(2024, 5, 6, 7, 8, n % 60, tzinfo=UTC),
            active=n % 2 == 0,
            count=n * 7,
            ratio=n / 8,
            note="some <note>" if n % 4 else None,
        )
        for n in range(number)
    )


def zeep_read(text: str) -> object:
    return ZEEP_ROOT.parse(etree.fromstring(text), ZEEP)


def zeep_written(value: object) -> bytes:
    parent = etree.Element("parent")
    ZEEP_ROOT.render(parent, value)
    written: bytes = etree.tostring(parent[0])
    return written


def markdown(rounds: int = ROUNDS) -> str:
    """The tables."""
    values = rows(RECORDS)
    text = WRITER.write(ROOT, values)
    theirs = zeep_read(text)
    assert read(ROOT, text).value == values
    assert read(ROOT, zeep_written(theirs).decode()).value == values
    reading: dict[str, Callable[[], object]] = {
        OURS: lambda: read(ROOT, text),
        "zeep": lambda: zeep_read(text),
    }
    writing: dict[str, Callable[[], object]] = {
        OURS: lambda: WRITER.write(ROOT, values),
        "zeep": lambda: zeep_written(theirs),
    }
    sections = [
        "## Messages",
        f"Machine: {machine()}.\n\nVersions: zeep {version('zeep')}, lxml {version('lxml')}.",
        f"{RECORDS} records of eight typed fields; the fastest of {rounds} rounds counts.",
        *(
            _table(title, fastest(contenders, rounds))
            for title, contenders in (("reading", reading), ("writing", writing))
        ),
        _many(rounds),
    ]
    return "\n\n".join(sections) + "\n"


def _table(title: str, seconds: dict[str, float]) -> str:
    lines = [f"### {title}", "", "| | µs a record | ratio |", "|---|---:|---:|"]
    lines += (
        f"| {name} | {each / RECORDS * 1e6:.1f} | {each / seconds[OURS]:.1f} |"
        for name, each in seconds.items()
    )
    return "\n".join(lines)


def _many(rounds: int) -> str:
    """How reading grows from few records to many, in time and in memory."""
    text = WRITER.write(ROOT, rows(MANY))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = fastest({OURS: lambda: read(ROOT, text)}, max(1, rounds // 20))[OURS]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return (
        f"{MANY:,} records in one message of {len(text) / 1e6:.0f} MB: "
        f"{seconds / MANY * 1e6:.1f} µs a record, {grown / 1024:.0f} MB more memory at most."
    )


if __name__ == "__main__":
    print(markdown())
