"""Records of eight fields, of several shapes, for our package and for zeep: `records.wsdl`.

Both read and write whole messages: the bytes of an envelope, to and from values. Any: the package
is generated here, and zeep has no annotations.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from unstringly.pipeline import build, check

WSDL: Final = Path(__file__).with_name("records.wsdl")
ADDRESS: Final = "http://localhost/records"
_PACKAGE: Final = "records_of_bench"
_KIND: Final = {"Content-Type": "text/xml; charset=utf-8"}


def generated(folder: Path) -> Path:
    """Generate the package into a folder, as a user has it; return where it can be imported."""
    source, target = folder / "records", folder / "generated"
    source.mkdir()
    (source / WSDL.name).write_bytes(WSDL.read_bytes())
    (source / "grammar.yaml").write_text(
        f"service: Records\nwsdl: {WSDL.name}\npackage: {_PACKAGE}\n", encoding="utf-8"
    )
    for path, text in build(check([source], folder), whole=True).items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8")
    return target


class Ours:
    """The generated package, without a client: requests and results of calls.

    `folder` is what `generated` returned.
    """

    def __init__(self, folder: Path) -> None:
        sys.path.insert(0, str(folder))
        for module in ("messages", "operations"):
            import_module(f"{_PACKAGE}.{module}")
        self.package: Any = import_module(_PACKAGE)
        self._binding = self.package.Binding.SOAP11
        calls = import_module(f"{_PACKAGE}._runtime.client.calls")
        self._nobody = calls.Credentials({})

    def written(self, shape: str, rows: Any) -> bytes:
        """Return the body of a request."""
        body: bytes = self._call(shape, rows).request(self._binding, ADDRESS, self._nobody).body
        return body

    def read(self, shape: str, body: bytes) -> Any:
        """Return the records in the body of a response."""
        response = self.package.Response(200, tuple(_KIND.items()), body)
        return self._call(shape, ()).result(self._binding, response, self._nobody)

    def _call(self, shape: str, rows: Any) -> Any:
        operations: Any = self.package.operations
        return getattr(operations, SHAPES[shape].method)(rows=rows)


@dataclass(frozen=True)
class _Answer:
    """What zeep wants of a response of requests'."""

    content: bytes
    status_code: int = 200
    encoding: str = "utf-8"

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the response."""
        return _KIND


class Zeep:
    """zeep's client, with its strict default settings; nothing is sent."""

    def __init__(self) -> None:
        zeep: Any = import_module("zeep")
        self._tostring: Any = import_module("lxml.etree").tostring
        self._client = zeep.Client(str(WSDL))
        self._service = self._client.service
        self._binding = self._service._binding

    def written(self, shape: str, rows: Any) -> bytes:
        """Return the body of a request."""
        envelope = self._client.create_message(self._service, f"Echo{shape}", rows=rows)
        body: bytes = self._tostring(envelope, xml_declaration=True, encoding="utf-8")
        return body

    def read(self, shape: str, body: bytes) -> Any:
        """Return the records in the body of a response."""
        operation = self._binding.get(f"Echo{shape}")
        return self._binding.process_reply(self._client, operation, _Answer(body))


@dataclass(frozen=True)
class Shape:
    """A shape of records: words for people, the method, and what makes the record of a number."""

    words: str
    method: str
    record: Callable[[Any, int], Any]

    def rows(self, package: Any, count: int) -> tuple[Any, ...]:
        """Return so many records of our package."""
        messages = package.messages
        return tuple(self.record(messages, number) for number in range(count))


def _mixed(messages: Any, n: int) -> Any:
    return messages.Mixed(
        id=n,
        name=f"name {n} of it",
        price=Decimal(n) / 4,
        at=datetime(2024, 5, 6, 7, 8, n % 60, tzinfo=UTC),
        active=n % 2 == 0,
        count=n * 7,
        ratio=n / 8,
        note="some <note>" if n % 4 else None,
    )


def _texts(messages: Any, n: int) -> Any:
    names = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    texts = (f"text {n}", "短信内容", "a <b> & c", "x" * 60, f"13900{n:06}", "-", f"{n}", "same")
    return messages.Texts(**dict(zip(names, texts, strict=True)))


def _numbers(messages: Any, n: int) -> Any:
    return messages.Numbers(
        first=-n,
        second=n * 10**12,
        third=n % 30_000,
        fourth=n * 1000,
        price=Decimal(n) / 100,
        tax=Decimal(n) / 7 // Decimal("0.01") / 100,
        ratio=n / 3,
        share=n / 2,
    )


def _dot_net(messages: Any, n: int) -> Any:
    return messages.DotNet(
        id=f"7f9d3c1e-0000-4000-8000-{n:012x}",
        state=[*messages.State][n % 3],
        changed=datetime(2024, 5, 6, 7, 8, n % 60, 123_456),
        opened=None if n % 3 else datetime(2024, 5, 6, tzinfo=UTC),
        grams=None if n % 2 else n,
        express=n % 2 == 0,
        label=bytes(range(1, 2 + n % 40)),
        name=f"name {n}" if n % 5 else None,
    )


def _nested(messages: Any, n: int) -> Any:
    return messages.Nested(
        id=n,
        place=messages.Place(country="AT", street=f"Street & {n}", number=n),
        price=messages.Price(value=Decimal(n) / 4, currency="EUR"),
        tags=("one", f"two {n}"),
    )


SHAPES: Final = {
    "Mixed": Shape("texts, numbers, a date, a bool", "echo_mixed", _mixed),
    "Texts": Shape("texts", "echo_texts", _texts),
    "Numbers": Shape("numbers of all kinds", "echo_numbers", _numbers),
    "DotNet": Shape("GUID, enumeration, dates, nil, bytes", "echo_dot_net", _dot_net),
    "Nested": Shape("two records in a record, attributes, a list", "echo_nested", _nested),
}


class Case:
    """Records of a shape: values and messages, for both; checked to be the same."""

    def __init__(self, ours: Ours, zeep: Zeep, shape: str, count: int) -> None:
        self.shape, self.count = shape, count
        self.rows = SHAPES[shape].rows(ours.package, count)
        request = ours.written(shape, self.rows)
        name = f"Echo{shape}".encode()
        self.response = request.replace(name, name + b"Response")
        self.theirs = zeep.read(shape, self.response)
        if ours.read(shape, self.response) != self.rows:
            raise AssertionError(f"we read other values of {shape}")
        if [*map(_plain, self.rows)] != [*map(_plain, self.theirs)]:
            raise AssertionError(f"zeep reads other values of {shape}")
        theirs = zeep.written(shape, self.theirs).replace(name, name + b"Response")
        if ours.read(shape, theirs) != self.rows:
            raise AssertionError(f"zeep writes other values of {shape}")


def _plain(value: Any) -> Any:
    """Return a value without classes."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "__values__"):
        names = {"_value_1": "value"}  # zeep's name of a text beside attributes
        return {names.get(name, name): _plain(one) for name, one in value.__values__.items()}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
