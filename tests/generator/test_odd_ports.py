"""Services whose ports differ or are odd: generated, called, and read back."""

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.generator.alone import ASK, MINIMAL, made_alone
from tests.generator.client_calls import called, client
from tests.generator.client_services import (
    KINDS,
    Kind,
    Port,
    error_codes,
    expected,
)
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_GRAMMAR, MINIMAL_WSDL, generated, put


def test_names_on_the_wire_that_differ_between_bindings(tmp_path: Path) -> None:
    """Locations, actions, elements and roots are those of the binding that is used."""
    ports = [Port(kind, ASK, f"http://localhost/{kind}", tag=f"Of{kind}") for kind in KINDS]
    with made_alone(tmp_path, *ports) as alone:
        wrong: list[str] = []
        for port in ports:
            made, line = client(alone, port, "Ask", "abc")
            try:
                result = made.ask(key="k")
            except alone.MalformedResponse as error:
                result = error
            if line.seen != [expected(port, "Ask", {"key": "k"})] or result != "abc":
                wrong.append(f"{port.kind}: {line.seen} {result!r}")
    assert wrong == []


def test_parameters_that_differ_between_bindings(tmp_path: Path) -> None:
    """What is not the same everywhere is called over the first port, and refused over others."""
    ports = [
        Port("POST", {"Ask": ("key", "more"), "Tell": ()}),
        Port("SOAP11", {"Ask": ("more", "key"), "Tell": ()}),
        Port("SOAP12", {"Ask": ("key",), "Tell": ()}),
    ]
    grammar = "operations: {Ask: {effect: read}, Tell: {effect: read}}\n"
    with made_alone(tmp_path, *ports, grammar=grammar) as alone:
        made, line = client(alone, ports[0], "Ask", "abc")
        made.ask(key="k", more="m")
        assert line.seen == [expected(ports[0], "Ask", {"key": "k", "more": "m"})]
        for port in ports[1:]:
            made, line = client(alone, port, "Ask", "abc")
            with pytest.raises(alone.InvalidParameter, match="Ask is not offered over"):
                made.ask(key="k", more="m")
            assert line.seen == []
            made, line = client(alone, port, "Tell", "abc")
            made.tell()
            assert line.seen == [expected(port, "Tell", {})]


def test_two_ports_of_a_kind(tmp_path: Path) -> None:
    """What only the second port offers is called there, at its address."""
    first = Port("SOAP11", ASK, "http://localhost/first")
    second = Port("SOAP11", {**ASK, "Tell": ()}, "http://localhost/second")
    third = Port("POST", {"Tell": ()}, "http://localhost/third")
    with made_alone(tmp_path, first, second) as alone:
        made, line = client(alone, first, "Ask", "abc")
        made.ask(key="k")
        assert line.seen == [expected(first, "Ask", {"key": "k"})]
        made, line = client(alone, second, "Tell", "abc")
        made.tell()
        assert line.seen == [expected(second, "Tell", {})]
    grammar = MINIMAL + "  Tell: {effect: read, result: Word}\n"
    with made_alone(tmp_path / "three", first, second, third, grammar=grammar) as alone:
        made, line = client(alone, third, "Tell", "abc")
        made.tell()
        assert line.seen == [expected(third, "Tell", {})]
        with pytest.raises(alone.InvalidParameter, match="Ask is not offered over post"):
            made.ask(key="k")


WORDS = "types: {Word: {text: '[a-z0-9 <>&]+'}}\noperations:\n  Ask: {effect: send, result: Word}\n"


@pytest.mark.parametrize("kind", KINDS)
def test_responses_that_are_plain_text(tmp_path: Path, kind: Kind) -> None:
    """The WSDL may say that a response over GET or POST is text: its whole body is the result."""
    ports = [
        Port("GET", ASK, media="text/plain"),
        Port("SOAP11", ASK),
        Port("POST", ASK, media="text/csv" if kind == "POST" else ""),
        Port("SOAP12", ASK),
    ]
    port = next(each for each in ports if each.kind == kind)
    with made_alone(tmp_path, *ports, grammar=WORDS) as alone:
        text = "<a> & b"
        _, found = called(
            alone, port, "Ask", text, lambda c: c.ask(key=""), account={}, folder=tmp_path
        )
        assert found == text


@pytest.mark.parametrize("media", ["text/html", "application/json", "application/xml"])
def test_other_responses_than_plain_text(tmp_path: Path, media: str) -> None:
    grammar = WORDS.replace("effect: send", "effect: send, parameters: {key: {secret: true}}")
    port = Port("GET", ASK, media="text/plain")
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        kept: list[bytes] = []

        def keep(_: str, raw: bytes) -> None:
            kept.append(raw)

        made, line = client(alone, port, "Ask", "a secret", "abc", journal=keep)
        line.media = media
        with pytest.raises((alone.ServiceFault, alone.MalformedResponse), match="no text"):
            made.ask(key="secret")
        assert kept == [b"a secret"]
        line.media, line.status = "text/plain", 404
        with pytest.raises(alone.ServiceFault, match="404"):
            made.ask(key="x")


def test_a_server_speaks_as_each_binding_says(tmp_path: Path) -> None:
    """Its names are those of the binding that is asked, its results text where they are."""
    ports = [Port(kind, ASK, f"http://localhost/{kind}", tag=f"Of{kind}") for kind in KINDS]
    ports[0] = replace(ports[0], media="text/plain")
    with made_alone(tmp_path, *ports, grammar=WORDS) as alone:
        server, in_process = (
            importlib.import_module(f"alone.{name}")
            for name in ("server", "_runtime.testing.in_process")
        )

        class Handlers:
            def ask(self, request: Any) -> str:
                return f"<{request.key}> & more"

        app = server.create_app(Handlers(), path="/service")
        for port in ports:
            with alone.Client(
                base_url="http://127.0.0.1/service",
                binding=alone.Binding[port.kind],
                transport=in_process.InProcessTransport(app),
            ) as made:
                assert made.ask(key=port.kind.lower()) == f"<{port.kind.lower()}> & more"


def test_a_location_without_a_slash(tmp_path: Path) -> None:
    """It must not change the host."""
    port = Port("GET", ASK, "http://localhost", locations={"Ask": ".example.org/Ask"})
    if not error_codes(tmp_path / "alone", "Alone", [port], MINIMAL):
        with made_alone(tmp_path, port) as alone:
            made, line = client(alone, port, "Ask", "abc")
            made.ask(key="k")
            assert line.seen[0].address.startswith("http://localhost/")


def test_a_location_with_a_query(tmp_path: Path) -> None:
    port = Port("GET", ASK, locations={"Ask": "/Call?what=ask"})
    if not error_codes(tmp_path / "alone", "Alone", [port], MINIMAL):
        with made_alone(tmp_path, port) as alone:
            made, line = client(alone, port, "Ask", "abc")
            made.ask(key="k")
            assert line.seen[0].parameters == (("what", "ask"), ("key", "k"))


@pytest.mark.parametrize("kind", ["SOAP11", "SOAP12"])
@pytest.mark.parametrize("action", ['urn:"x"', "urn:x\r\nEvil: y", "urn:词", "urn:x\\", ""])
def test_actions_cannot_end_their_header(tmp_path: Path, kind: Kind, action: str) -> None:
    port = Port(kind, ASK, actions={"Ask": action})
    if error_codes(tmp_path / "alone", "Alone", [port], MINIMAL):
        return
    with made_alone(tmp_path, port) as alone:
        made, line = client(alone, port, "Ask", "abc")
        if hasattr(made, "ask"):
            made.ask(key="k")
        for text in line.heads:
            assert text.isascii()
            assert text.isprintable()
            assert text.count('"') in (0, 2)


@pytest.mark.parametrize(
    "text",
    [
        "see http://schemas.xmlsoap.org/soap/envelope/ for more",
        "see http://www.w3.org/2003/05/soap-envelope for more",
    ],
)
def test_a_journal_with_a_result_that_mentions_soap(tmp_path: Path, text: str) -> None:
    port = Port("POST", ASK)
    grammar = "types: {Text: {text: any}}\noperations: {Ask: {effect: read, result: Text}}\n"
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        _, found = called(
            alone, port, "Ask", text, lambda c: c.ask(key=""), account={}, folder=tmp_path
        )
        assert found == text


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_of_names_that_are_not_ascii(tmp_path: Path, kind: Kind) -> None:
    """Addresses and the heads of requests are ASCII without line ends, whatever the names are."""
    port = Port(kind, {"查询": ()})
    grammar = "operations: {查询: {effect: read}}\n"
    with made_alone(tmp_path, port, grammar=grammar) as package:
        made, line = client(package, port, "查询", "x")
        if hasattr(made, "查询"):
            made.查询()
    for text in line.heads:
        assert text.isascii()
        assert text.isprintable()


def test_a_port_without_an_address_asks_clients_for_one(tmp_path: Path) -> None:
    text = MINIMAL_WSDL.replace('location="http://localhost/tiny"', 'location="REPLACE_ME"')
    files = generated(put(tmp_path / "tiny", "Tiny.wsdl", text, MINIMAL_GRAMMAR))
    with imported_files(files, "tiny") as tiny:
        binding = tiny.Binding.GET
        with pytest.raises(tiny.InvalidParameter, match="base_url: give the address"):
            tiny.Client(binding=binding)
        tiny.Client(binding=binding, base_url="http://localhost/x").close()
