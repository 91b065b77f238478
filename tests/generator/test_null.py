"""Null results of generated packages: what the grammar says of them is the result of the call."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.generator.alone import made_alone
from tests.generator.client_calls import AsyncLine, Line
from tests.generator.client_services import KINDS, Kind, Port, error_codes
from tests.generator.services import MINIMAL_WSDL, generated, put

XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
SOAP = {
    "SOAP11": "http://schemas.xmlsoap.org/soap/envelope/",
    "SOAP12": "http://www.w3.org/2003/05/soap-envelope",
}
OPERATIONS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("News", "Count", "Free", "Said", "Strict"), ()
)
PORTS = tuple(Port(kind, OPERATIONS) for kind in KINDS)
GRAMMAR = """
types:
  Word: {text: '[a-z]+'}
  Number: {integer: '[0-9]{1,9}'}
  Fault: {enum: {-1: BUSY}, open: true, form: '-[0-9]{1,3}'}
grammars:
  words: {list: [Word], separator: ','}
  news: {choice: [words, Fault]}
  count: {choice: [Number, Fault]}
operations:
  News: {effect: destructive_read, result: news, null: empty}
  Count: {effect: read, result: count, null: '0'}
  Free: {effect: read, null: "it's \\"null\\"\\\\ \\n好"}
  Said: {effect: destructive_read, result: news, null: malformed}
  Strict: {effect: read, result: count}
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("null")
    with made_alone(folder, *PORTS, grammar=GRAMMAR) as package:
        yield package


def bodies(kind: Kind, operation: str) -> list[bytes]:
    """The responses of a binding whose result is null."""
    if kind not in SOAP:
        return [f'<string xmlns="urn:x" {XSI} i:nil="{true}" />'.encode() for true in ("true", "1")]
    inner = [
        f'<{operation}Response xmlns="urn:x"/>',
        f'<{operation}Response xmlns="urn:x"><{operation}Result {XSI} i:nil="true"/>'
        f"</{operation}Response>",
    ]
    envelope = f'<s:Envelope xmlns:s="{SOAP[kind]}"><s:Body>'
    return [f"{envelope}{each}</s:Body></s:Envelope>".encode() for each in inner]


def outcomes(package: ModuleType, kind: Kind, operation: str, folder: Path) -> list[object]:
    """What a null gives: to a client, to one for tasks, and to who reads their journals.

    Each journal has the very bytes that came.
    """
    port = next(port for port in PORTS if port.kind == kind)
    found: list[object] = []
    for number, body in enumerate(bodies(kind, operation)):
        place = folder / f"{kind}-{operation}-{number}"
        given: dict[str, Any] = {
            "binding": package.Binding[kind],
            "journal": package.FileJournal(place),
        }

        class Nulls(Line):
            """A line over which nothing but this null comes."""

            def respond(self, request: Any, body: bytes = body) -> Any:
                head = (("Content-Type", "text/xml; charset=utf-8"),)
                return package.Response(200, head, body)

        class AsyncNulls(Nulls, AsyncLine):
            """The same, awaited."""

        def of(problem: Any) -> object:
            assert isinstance(problem, package.MalformedResponse)
            return (package.MalformedResponse, str(problem.reason))

        with package.Client(transport=Nulls(package, port, operation, []), **given) as made:
            try:
                found.append(getattr(made, operation.lower())())
            except package.MalformedResponse as problem:
                found.append(of(problem))

        async def ask(given: dict[str, Any] = given) -> object:
            line = AsyncNulls(package, port, operation, [])
            async with package.AsyncClient(transport=line, **given) as waiting:
                return await getattr(waiting, operation.lower())()

        try:
            found.append(asyncio.run(ask()))
        except package.MalformedResponse as problem:
            found.append(of(problem))
        entries = [*package.read_journal(place)]
        assert [entry.raw for entry in entries] == [body] * 2
        found += [
            of(entry.result) if isinstance(entry.result, Exception) else entry.result
            for entry in entries
        ]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_null_is_read_as_the_grammar_says(alone: ModuleType, kind: Kind, tmp_path: Path) -> None:
    for operation, expected in {
        "News": alone.parse_news(""),
        "Count": 0,
        "Free": 'it\'s "null"\\ \n好',
    }.items():
        found = outcomes(alone, kind, operation, tmp_path)
        assert found == [expected] * 8
        assert {type(each) for each in found} == {type(expected)}
    assert alone.parse_news("") == alone.parse_said("")
    assert len(alone.parse_news("")) == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operation", ["Said", "Strict"])
def test_null_is_malformed_where_nothing_else_is_said(
    alone: ModuleType, kind: Kind, operation: str, tmp_path: Path
) -> None:
    found = outcomes(alone, kind, operation, tmp_path)
    words = {(alone.MalformedResponse, "is nil"), (alone.MalformedResponse, "has no result")}
    assert len(found) == 8
    assert {*found} <= words


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_that_is_null_ends_the_pages(alone: ModuleType, kind: Kind) -> None:
    port = next(port for port in PORTS if port.kind == kind)

    class Ending(Line):
        """Words first, and then nothing."""

        def respond(self, request: Any) -> Any:
            if self._texts:
                return super().respond(request)
            head = (("Content-Type", "text/xml"),)
            return package.Response(200, head, bodies(kind, "News")[0])

    package: Any = alone
    line = Ending(alone, port, "News", ["a,b"])
    with package.Client(transport=line, binding=package.Binding[kind]) as made:
        assert [list(page) for page in made.news_pages()] == [["a", "b"]]


def test_the_package_says_what_null_is(alone: ModuleType) -> None:
    package: Any = alone
    with package.Client() as made:
        assert "null" in made.news.__doc__
        assert "'0'" in made.count.__doc__ or '"0"' in made.count.__doc__
        assert "null" not in made.strict.__doc__


FIT = {
    "empty": ("words", "news"),
    "'-'": (),
    "'A'": (),
    "'a,'": (),
    "'0'": ("Number", "count"),
    "'-1'": ("news", "count"),
    "a": ("Word", "words", "news"),
}
"""Which results read what."""


@pytest.mark.parametrize("null", FIT)
@pytest.mark.parametrize("result", ["Number", "Word", "words", "news", "count"])
def test_what_null_stands_for_is_a_result(tmp_path: Path, null: str, result: str) -> None:
    operations = f"operations: {{News: {{effect: read, result: {result}, null: {null}}}}}\n"
    grammar = GRAMMAR.partition("operations:")[0] + operations
    codes = error_codes(tmp_path, "Alone", PORTS[:1], grammar)
    assert codes == ([] if result in FIT[null] else ["L113"])


def test_line_ends_do_not_matter_where_they_do_not(tmp_path: Path) -> None:
    """With `line_ends: lf` a carriage return before a line feed is part of it."""
    grammar = (
        "service: Tiny\n{}types: {{Line: {{text: '[a-z]+'}}}}\n"
        'grammars: {{lines: {{list: Line, separator: "\\n", trailing: allowed}}}}\n'
        'operations: {{Ask: {{effect: read, result: lines, null: "a\\r\\nb"}}}}\n'
    )
    folder = put(tmp_path / "lf", "Tiny.wsdl", MINIMAL_WSDL, grammar.format("line_ends: lf\n"))
    assert 'null="a\\r\\nb"' in generated(folder)["tiny/operations.py"]
    with pytest.raises(AssertionError, match="null is read as"):
        generated(put(tmp_path / "kept", "Tiny.wsdl", MINIMAL_WSDL, grammar.format("")))
