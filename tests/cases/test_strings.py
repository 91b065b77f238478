"""Strings with grammars in every place of messages, as clients, servers and emulators have them."""

import gc
import importlib
import logging
import pickle
from collections.abc import Generator, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.cases.wrong_arguments import check_wrong_argument
from tests.generator.importing import imported_files
from tests.generator.services import put
from tests.plan.messages.sampling import conforms

from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check

CASE = Path(__file__).parent / "strings"
MODULES = ("errors", "messages", "message_tables", "server", "emulator", "testing", "strategies")
BASE = "urn:strings.example"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"

Package = Any
"""A package that was just made; no checker knows it."""


@pytest.fixture(scope="module")
def package() -> Generator[Package]:
    checked = check([CASE], CASE)
    assert not [own for own in checked.findings if own.severity is not Severity.INFO]
    with imported_files(build(checked, whole=True), "strings_inside") as module:
        for name in MODULES:
            importlib.import_module(f"strings_inside.{name}")
        yield module


class Handlers:
    """A service that answers as it is told, and notes what it was asked."""

    def __init__(self, package: Package, results: Mapping[str, object] | None = None) -> None:
        self.asked: list[Package] = []
        self.package, self.results = package, dict(results or {})

    def _answer(self, name: str, request: object) -> object:
        self.asked.append(request)
        result = self.results[name]
        if isinstance(result, Exception):
            raise result
        return result

    def ask(self, request: Any, /) -> object:  # Any: as Package
        return self._answer("Ask", request)

    def rate(self, request: Any, /) -> object:  # Any: as Package
        return self._answer("Rate", request)

    def old(self, request: Any, /) -> object:  # Any: as Package
        return self._answer("Old", request)

    def plain(self, request: Any, /) -> object:  # Any: as Package
        return self._answer("Plain", request)


def client_of(package: Package, handlers: Handlers, binding: str = "SOAP11") -> Package:
    app = package.server.create_app(handlers)
    transport = package.InProcessTransport(app)
    return package.Client(binding=package.Binding[binding], transport=transport)


def line(package: Package, word: str = "abc", count: int = 1) -> Package:
    return package.Line(word=word, count=count)


def lines(package: Package, *words: str) -> Package:
    return package.as_lines([line(package, word) for word in words])


def answer(package: Package) -> Package:
    messages = package.messages
    return messages.Long(
        lines=package.parse_lines("a,1;b,2;"),
        more=(lines(package), lines(package, "x", "y")),
        price=messages.Price(value=line(package), kind=package.UnknownReply("zz")),
        choice=messages.LongLeft(left=7),
        one=package.Reply.OKAY,
    )


def asked(package: Package) -> dict[str, object]:
    return {
        "key": package.parse_days("20260102 20260103"),
        "words": (lines(package, "a", "b"), None, lines(package)),
        "note": line(package),
        "code": "abcd",
        "trace": "tracing",
    }


def test_every_place_both_ways(package: Package) -> None:
    handlers = Handlers(package, {"Ask": answer(package)})
    result = client_of(package, handlers).ask(**asked(package))
    assert result == answer(package)
    assert result.lines.raw == "a,1;b,2;", "what was read is sent as it came"
    (request,) = handlers.asked
    for name, value in asked(package).items():
        assert getattr(request, name) == value
    assert pickle.loads(pickle.dumps(result)) == result


def test_rpc_literal_and_encoded(package: Package) -> None:
    texts = lines(package, "p", "q")
    handlers = Handlers(package, {"Rate": texts, "Old": line(package, "old", 9)})
    client = client_of(package, handlers)
    assert client.rate(currency="eur") == texts
    assert (
        client.old(text=texts, items=(line(package), line(package, "z"))) == handlers.results["Old"]
    )
    rate, old = handlers.asked
    assert (rate.currency, old.text) == ("eur", texts)
    assert old.items == (line(package), line(package, "z"))


@pytest.mark.parametrize("binding", ["SOAP11", "POST"])
def test_texts_that_become_structures_over_each_binding(package: Package, binding: str) -> None:
    for result in (package.as_answer([]), package.Reply.REFUSED, package.UnknownReply("xx")):
        handlers = Handlers(package, {"Plain": result})
        assert client_of(package, handlers, binding).plain(text=lines(package, "a")) == result
        assert handlers.asked[0].text == lines(package, "a")


def test_a_declared_fault(package: Package) -> None:
    denied = package.errors.Denied.of(package.messages.Denied(why=line(package)), "no")
    client = client_of(package, Handlers(package, {"Ask": denied}))
    with pytest.raises(package.errors.Denied) as caught:
        client.ask(**asked(package))
    assert caught.value.detail.why == line(package)


def refused(package: Package) -> Iterator[tuple[str, object]]:
    """A value that cannot be sent, behind the place that is named."""
    malformed = package.Malformed("?", package.Span(0, 1), "is odd")
    yield "key", []
    yield "note", malformed
    yield "note.word", line(package, "A")
    yield "words[1].malformed[0]", (lines(package, "a"), package.parse_lines("a,1;?"))
    yield "words[0]", ([line(package)],)
    yield "trace", "T"
    yield "code", "abcde"
    yield "code", "AB"


def test_what_a_grammar_refuses_is_not_sent(package: Package) -> None:
    handlers = Handlers(package, {"Ask": answer(package)})
    client = client_of(package, handlers)
    places: list[tuple[str, str]] = []
    for place, value in refused(package):
        name = place.partition(".")[0].partition("[")[0]
        with pytest.raises(package.InvalidParameter) as caught:
            client.ask(**{**asked(package), name: value})
        places.append((place, caught.value.parameter))
    assert places == [(place, place) for place, _ in places]
    assert handlers.asked == []


@pytest.mark.parametrize("method", ["ask", "old"])
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_wrong_value_is_refused_with_its_place(
    package: Package, method: str, data: DataObject
) -> None:
    check_wrong_argument(package, data, method)


def test_white_space_that_the_type_drops_comes_first(package: Package) -> None:
    leaf = package.message_tables.DAYS_TEXT
    days = leaf.read("\n 20260102 \t 20260103 ")
    assert days == package.parse_days("20260102 20260103")
    assert days.raw == "20260102 20260103"


def read_answer(package: Package, inner: str) -> Package:
    """What a client gives for a response with these elements in its result."""
    body = (
        f'<e:Envelope xmlns:e="{ENVELOPE}"><e:Body><AskResponse xmlns="{BASE}"><AskResult>{inner}'
        "</AskResult></AskResponse></e:Body></e:Envelope>"
    )
    operation = package.operations.OPERATIONS["Ask"]
    return operation.messages.answer(package.Binding.SOAP11, body)


def test_a_malformed_string_costs_only_its_piece(package: Package) -> None:
    inner = (
        "<lines>a,1;?;b,2</lines><more/><more>c,3</more>"
        '<price kind="OK!">one</price><left>x7</left>'
    )
    result = read_answer(package, inner)
    assert result.problem == ""
    value = result.value
    assert value.lines == package.parse_lines("a,1;?;b,2")
    assert [piece.raw for piece in value.lines.malformed] == ["?"]
    assert value.more == (package.parse_lines(""), package.parse_lines("c,3"))
    span = package.Span
    assert value.choice.left == package.Malformed("x7", span(0, 2), value.choice.left.reason)
    assert (value.price.kind.raw, value.price.value.raw) == ("OK!", "one")
    assert "stops fitting at character 1 of 2" in value.choice.left.reason
    assert conforms(value, package.messages.Base)


def test_a_request_with_a_malformed_string_comes_to_its_handler(package: Package) -> None:
    operation = package.operations.OPERATIONS["Ask"]
    body = (
        f'<e:Envelope xmlns:e="{ENVELOPE}"><e:Header><Trace xmlns="{BASE}">T</Trace></e:Header>'
        f'<e:Body><Ask xmlns="{BASE}"><key>2026</key><words><string>a,1</string></words>'
        "<note>?</note></Ask></e:Body></e:Envelope>"
    )
    slots = tuple(operation.parameters)
    values = operation.messages.asked(package.Binding.SOAP11, body, slots)
    assert [piece.raw for piece in values["key"].malformed] == ["2026"]
    assert values["words"] == (lines(package, "a"),)
    assert (values["note"].raw, values["trace"].raw) == ("?", "T")


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_strategies_draw_what_can_be_sent(package: Package, data: DataObject) -> None:
    strategies = package.strategies
    result = data.draw(strategies.result_of_ask())
    request = data.draw(strategies.request_of_ask())
    handlers = Handlers(package, {"Ask": result})
    given_values = {name: getattr(request, name) for name in asked(package)}
    assert client_of(package, handlers).ask(**given_values) == result
    assert handlers.asked == [request]


def test_emulators_draw_texts_that_the_grammars_read(package: Package) -> None:
    results = [
        emulator.drawn(name)
        for emulator in (package.emulator.Emulator(seed=seed) for seed in range(8))
        for name in ("Ask", "Rate", "Old", "Plain")
    ]
    parts = [part for result in results for part in parts_of(result)]
    parsed = [cast("Any", part) for part in parts if isinstance(part, package.Parsed)]
    assert len(parsed) > 20
    assert any(map(len, parsed))
    assert not any(part.malformed for part in parsed)
    assert not any(isinstance(part, package.Malformed) for part in parts)
    assert any(isinstance(part, package.Line) for part in parts)


def parts_of(value: object) -> Iterator[object]:
    """A value, and all that is in it."""
    yield value
    if isinstance(value, tuple):
        for part in cast("tuple[object, ...]", value):
            yield from parts_of(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for own in fields(value):
            yield from parts_of(getattr(value, own.name))


@pytest.mark.parametrize("is_read", [False, True])
def test_pieces_that_nobody_looked_at_are_told(
    package: Package, caplog: pytest.LogCaptureFixture, is_read: bool
) -> None:
    result = read_answer(package, "<lines>a,1</lines><more>secret</more><right>1</right>").value
    parse = package.operations.ask(**asked(package)).parse
    with caplog.at_level(logging.WARNING):
        result = parse(result)
        if is_read:
            assert result.more[0].malformed
        del result, parse
        gc.collect()
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == (0 if is_read else 1)
    assert all("a result of Ask was dropped with 1 malformed" in message for message in told)
    assert not any("secret" in message for message in told)


@pytest.mark.parametrize(
    ("spelled", "meant", "expected"),
    [
        ("Word: {text: '[a-z]+'}", "Word: {text: any}", "G101"),  # a line has two readings
        ("Word: {text: '[a-z]+'}", "Word: {text: '[a-z]+', untrusted: true}", ""),
        ("Ask.note: Line", "Ask.note: Lime", "L104"),
        ("Ask: {effect: read}", "Ask: {effect: read, parameters: {note: {secret: true}}}", "L114"),
        ("Plain: {effect: read}", "Plain: {effect: read, result: lines}", "L110"),
        ("  Ask.key: days\n", "  Ask.key: answer\n  Ask.kee: days\n", "L115"),
    ],
)
def test_what_is_asked_of_grammars_inside(
    tmp_path: Path, spelled: str, meant: str, expected: str
) -> None:
    grammar = (CASE / "grammar.yaml").read_text(encoding="utf-8")
    assert spelled in grammar
    wsdl = (CASE / "strings.wsdl").read_text(encoding="utf-8")
    folder = put(tmp_path / "strings", "strings.wsdl", wsdl, grammar.replace(spelled, meant))
    checked = check([folder], tmp_path)
    codes = {own.rule.code for own in checked.findings if own.severity is Severity.ERROR}
    assert codes == ({expected} if expected else set())


def test_a_grammar_may_be_named_as_an_operation_that_has_no_parser(tmp_path: Path) -> None:
    grammar = (CASE / "grammar.yaml").read_text(encoding="utf-8").replace("lines", "rate")
    wsdl = (CASE / "strings.wsdl").read_text(encoding="utf-8").replace("lines", "rate")
    checked = check([put(tmp_path / "strings", "strings.wsdl", wsdl, grammar)], tmp_path)
    assert checked.ok
    assert "def parse_rate(" in build(checked, whole=True)["strings_inside/parsers.py"]
