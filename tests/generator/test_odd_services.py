"""Services that are odd in one way: generated, called, and read back."""

import asyncio
import builtins
import importlib
import json
import sys
import unicodedata
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.generator.client_calls import AsyncLine, called, client, import_all
from tests.generator.client_grammars import (
    TYPED_PARAMETERS,
    TYPES,
)
from tests.generator.client_services import (
    KINDS,
    TRIED,
    Kind,
    Port,
    error_codes,
    expected,
    put_service,
)
from tests.generator.hostile import PAYLOADS, skeleton
from tests.generator.services import generated, imported, write_tree

from unstringly.names import snake_case
from unstringly.pipeline import build, check

MINIMAL = """
types: {Word: {text: '[a-z]+'}}
operations:
  Ask: {effect: read, parameters: {key: {}}, result: Word}
"""
ASK = {"Ask": ("key",)}


@contextmanager
def made_alone(
    folder: Path, *ports: Port, grammar: str = MINIMAL, service: str = "Alone"
) -> Generator[ModuleType]:
    """A package of one service, imported."""
    files = generated(put_service(folder / "alone", service, ports, TRIED + grammar))
    write_tree(folder / "out", files)
    with imported(folder / "out", "alone") as package:
        import_all(package, folder / "out")
        yield package


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
    """What only the second port offers is left out, or is called over another kind."""
    first = Port("SOAP11", ASK, "http://localhost/first")
    second = Port("SOAP11", {**ASK, "Tell": ()}, "http://localhost/second")
    third = Port("POST", {"Tell": ()}, "http://localhost/third")
    grammar = MINIMAL + "  Tell: {effect: read, result: Word}\n"
    assert error_codes(tmp_path / "refused", "Alone", [first, second], grammar) == ["L101"]
    with made_alone(tmp_path, first, second) as alone:
        made, line = client(alone, first, "Ask", "abc")
        assert not hasattr(made, "tell")
        made.ask(key="k")
        assert line.seen == [expected(first, "Ask", {"key": "k"})]
    with made_alone(tmp_path / "three", first, second, third, grammar=grammar) as alone:
        made, line = client(alone, second, "Tell", "abc")
        with pytest.raises(alone.InvalidParameter, match="Tell is not offered over soap11"):
            made.tell()
        made, line = client(alone, third, "Tell", "abc")
        made.tell()
        assert line.seen == [expected(third, "Tell", {})]


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
        assert kept == [b"a ***"]
        line.media, line.status = "text/plain", 404
        with pytest.raises(alone.ServiceFault, match="404"):
            made.ask(key="x")


def test_a_server_speaks_as_each_binding_says(tmp_path: Path) -> None:
    """Its names are those of the binding that is asked, its results text where they are."""
    ports = [Port(kind, ASK, f"http://localhost/{kind}", tag=f"Of{kind}") for kind in KINDS]
    ports[0] = replace(ports[0], media="text/plain")
    with made_alone(tmp_path, *ports, grammar=WORDS) as alone:
        server, in_process = (
            importlib.import_module(f"alone.{name}") for name in ("server", "_runtime.in_process")
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


def test_a_secret_that_is_not_bound(tmp_path: Path) -> None:
    """It shows as little as one of the client."""
    port = Port("POST", ASK)
    grammar = MINIMAL.replace("key: {}", "key: {secret: true}")
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        secret = "the-s3cret-text"
        kept: list[bytes] = []

        def keep(_: str, raw: bytes) -> None:
            kept.append(raw)

        made, line = client(alone, port, "Ask", f"wrong: {secret}", journal=keep)
        line.status = 500
        with pytest.raises(alone.ServiceFault) as caught:
            made.ask(key=secret)
        assert secret not in str(caught.value)
        assert secret.encode() not in kept[0]
        operations = sys.modules["alone.client"].operations
        assert secret not in repr(operations.ask(key=secret))


BOUND = """
types: {{Word: {{text: '[a-z]+'}}}}
operations:
  Ask: {{effect: read, parameters: {{key: {parameter}}}, result: Word{more}}}
"""


def test_a_bound_parameter_has_its_form(tmp_path: Path) -> None:
    """As the document says: the form of a type is checked before anything is sent."""
    port = Port("POST", ASK)
    parameter = "{type: Word, bound: client, max_length: 3}"
    grammar = BOUND.format(parameter=parameter, more="")
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        assert client(alone, port, "Ask", "abc", key="abc")[0].ask() == "abc"
        for wrong in ("ABC", "abcd"):
            with pytest.raises(alone.InvalidParameter):
                client(alone, port, "Ask", "abc", key=wrong)[0].ask()


def test_a_bound_parameter_that_a_variant_fixes(tmp_path: Path) -> None:
    port = Port("POST", ASK)
    more = ", variants: {AskFixed: {parameters: {key: {fixed: given}}}}"
    grammar = BOUND.format(parameter="{bound: client}", more=more)
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "abc", "def", key="mine")
        assert (made.ask(), made.ask_fixed()) == ("abc", "def")
        assert [seen.parameters for seen in line.seen] == [
            (("key", "mine"),),
            (("key", "given"),),
        ]


def test_a_parameter_that_only_a_variant_binds(tmp_path: Path) -> None:
    port = Port("POST", ASK)
    more = ", variants: {AskBound: {parameters: {key: {bound: client, python_name: kept}}}}"
    grammar = BOUND.format(parameter="{}", more=more)
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "abc", "def", kept="mine")
        assert (made.ask(key="k"), made.ask_bound()) == ("abc", "def")
        assert [seen.parameters for seen in line.seen] == [(("key", "k"),), (("key", "mine"),)]


def test_bound_parameters_with_several_defaults(tmp_path: Path) -> None:
    """One is needed in one operation and has defaults in others: a client must be asked for it."""
    port = Port("POST", {"Ask": ("key",), "Tell": ("key",)})
    grammar = BOUND.format(parameter="{bound: client, default: x}", more="")
    grammar += "  Tell: {effect: read, parameters: {key: {bound: client}}, result: Word}\n"
    if error_codes(tmp_path / "alone", "Alone", [port], grammar):
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone, pytest.raises(TypeError):
        client(alone, port, "Tell")


@pytest.mark.parametrize("type_", ["enum: {a: A, b: B}", "enum: {a: A}, open: true, form: '[a-z]'"])
def test_a_parameter_called_like_its_type(tmp_path: Path, type_: str) -> None:
    port = Port("POST", {"Ask": ("颜色",)})
    grammar = (
        f"types: {{颜色: {{{type_}}}}}\n"
        "operations: {Ask: {effect: read, parameters: {颜色: 颜色}, result: 颜色}}\n"
    )
    if error_codes(tmp_path / "alone", "Alone", [port], grammar):
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        member = alone.颜色.A
        made, line = client(alone, port, "Ask", "a")
        assert made.ask(颜色=member) is member
        assert line.seen[0].parameters == (("颜色", "a"),)


@pytest.mark.parametrize("kind", ["type", "record"])
def test_an_operation_called_like_a_definition(tmp_path: Path, kind: str) -> None:
    """Names without capitals are the same for classes and for functions."""
    port = Port("POST", {"余额": ()})
    definition = {
        "type": "types: {余额: {enum: {a: A}}}",
        "record": "types: {Word: {text: '[a-z]+'}}\n"
        "records: {余额: {separator: ';', fields: {word: Word}}}",
    }[kind]
    grammar = f"{definition}\noperations: {{余额: {{effect: read, result: 余额}}}}\n"
    if error_codes(tmp_path / "alone", "Alone", [port], grammar):
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, _ = client(alone, port, "余额", "a")
        assert made.余额() == (alone.余额.A if kind == "type" else alone.余额(word="a"))


@pytest.mark.parametrize("name", TYPED_PARAMETERS)
def test_defaults_of_every_type(tmp_path: Path, name: str) -> None:
    type_, default = TYPED_PARAMETERS[name]
    port = Port("POST", ASK)
    given = f"type: {type_}, " if type_ else ""
    parameter = f"{{{given}default: {json.dumps(default)}}}"
    head = TYPES.replace("package: typed\n", "")
    grammar = f"{head}operations: {{Ask: {{effect: read, parameters: {{key: {parameter}}}}}}}\n"
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "", "")
        made.ask()
        assert line.seen[0].parameters == (("key", default),)
        made.ask(key=default)
        assert line.seen[1] == line.seen[0]


@pytest.mark.parametrize(
    ("type_", "default"),
    [
        ("integer: '[0-9]'", "x"),
        ("text: '[a-z]+'", ""),
        ("date: '%Y%m%d'", "20230229"),
        ("enum: {a: A}", "b"),
        ("text: '[a-z]+'", "A"),
    ],
)
def test_a_default_that_its_own_type_refuses(tmp_path: Path, type_: str, default: str) -> None:
    """The spec is refused, or the default can be sent."""
    port = Port("POST", ASK)
    grammar = (
        f"types: {{Word: {{text: '[a-z]+'}}, Given: {{{type_}}}}}\n"
        "operations:\n"
        f"  Ask: {{effect: read, parameters: {{key: {{type: Given, default: '{default}'}}}}, "
        "result: Word}\n"
    )
    if error_codes(tmp_path / "alone", "Alone", [port], grammar):
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "abc")
        assert made.ask() == "abc"
        assert line.seen[0].parameters == (("key", default),)


@pytest.mark.parametrize(
    "operations",
    [
        {"Ask": ("__x",)},
        {"Ask": ("_x", "x_")},
        {"Ask": ("ﬁ",)},
        {"Ask": ("ﬁ", "fi")},
        {"ﬁnd": ()},
        {"ﬁnd": (), "find": ()},
        {"GetMo": (), "GetMoPages": ()},
        {"ask": (), "Ask": ()},
        {"Ask": (), "ParseAsk": (), "FormatAsk": ()},
        {"Journal": (), "Client": (), "Operations": (), "Types": (), "Parsers": ()},
        {"Close": ()},
        {"Aclose": ()},
        {"Pages": ()},
        {"Self": ()},
        {"Expect": ()},
        {"ß": (), "ss": ()},
    ],
    ids=repr,
)
def test_names_of_the_wsdl(tmp_path: Path, operations: dict[str, tuple[str, ...]]) -> None:
    """They are refused with a finding for names, or they work."""
    port = Port("POST", operations)
    grammar = "types: {}\noperations: {}\n"
    codes = error_codes(tmp_path / "alone", "Alone", [port], grammar)
    if codes:
        assert {*codes} <= {"N101", "N102"}
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made = {*sys.modules["alone.operations"].OPERATIONS}
        assert made == {*operations}
        for operation, parameters in operations.items():
            name = unicodedata.normalize("NFKC", snake_case(operation))
            spelled = sys.modules["alone.operations"].OPERATIONS[operation].parameters
            arguments = {
                unicodedata.normalize("NFKC", argument): wire for wire, argument in spelled.items()
            }
            line = AsyncLine(alone, port, operation, ["x"])
            asyncio.run(getattr(alone.AsyncClient(transport=line), name)(**arguments))
            threads, line2 = client(alone, port, operation, "x")
            assert getattr(threads, name)(**arguments) == "x"
            sent = {each: each for each in parameters}
            assert line2.seen == line.seen == [expected(port, operation, sent)]


@pytest.mark.parametrize(
    ("first", "second"), [("ask", "ask_"), ("ask", "Ask"), ("ask", "ASK"), ("straße", "strasse")]
)
def test_python_names_that_nearly_fall_together(tmp_path: Path, first: str, second: str) -> None:
    port = Port("POST", {"One": (), "Two": ()})
    grammar = "types: {Word: {text: '[a-z]+'}}\noperations:\n"
    for operation, name in (("One", first), ("Two", second)):
        grammar += f"  {operation}: {{effect: read, python_name: {name}, result: Word}}\n"
    codes = error_codes(tmp_path / "alone", "Alone", [port], grammar)
    if codes:
        assert codes == ["N101"]
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        for operation, name in (("One", first), ("Two", second)):
            made, line = client(alone, port, operation, "abc")
            assert getattr(made, name)() == "abc"
            assert line.seen == [expected(port, operation, {})]


@pytest.mark.parametrize(
    "service", ["Attribute", "Value", "Service", "Timeout", "Type", "Key", "服务", "a-b", "é"]
)
def test_names_of_services(tmp_path: Path, service: str) -> None:
    """The base of the exceptions is called after the service, and hides nothing of Python's."""
    codes = error_codes(tmp_path / "alone", service, [Port("POST", ASK)], MINIMAL)
    if codes:
        assert codes == ["N101"]
        return
    with made_alone(tmp_path, Port("POST", ASK), service=service) as alone:
        assert not hasattr(alone, "missing")
        hidden = {*alone.__all__} & {*dir(builtins)}
        assert hidden == set()


def test_a_service_without_operations(tmp_path: Path) -> None:
    """There is a finding, or a package that can be imported."""
    port = Port("POST", {})
    grammar = "types: {}\noperations: {}\n"
    if not error_codes(tmp_path / "alone", "Alone", [port], grammar):
        with made_alone(tmp_path, port, grammar=grammar) as alone:
            assert list(alone.read_journal(tmp_path / "out")) == []


# Texts


def carried(text: str) -> bool:
    """Whether XML and YAML can carry a text as it is, in lines of a usual length."""
    return len(text) < 500 and all(c.isprintable() or c in "\n\t" for c in text)


def test_no_text_becomes_code(tmp_path: Path) -> None:
    """Docs, messages, defaults, fixed texts, actions, locations and addresses stay texts."""
    texts = [text for text in PAYLOADS if carried(text)]
    heads = [text for text in texts if not any(c.isspace() or c == '"' for c in text)]
    assert len(texts) > 30

    def package(folder: Path, spelled: Callable[[str], str]) -> dict[str, str]:
        names = [f"Ask{number}" for number in range(len(texts))]
        said = dict(zip(names, map(spelled, texts), strict=True))
        operations = dict.fromkeys([*names, "Last"], ("key", "fixed", "usual", "bound"))
        ports = [
            Port(
                kind,
                operations,
                f"http://localhost/{number}?{spelled(heads[-number])}",
                docs={name: text for name, text in said.items() if not text.isspace()},
                actions=dict(zip(names, map(spelled, heads), strict=False)),
                locations={
                    name: f"/{spelled(text)}" for name, text in zip(names, heads, strict=False)
                },
            )
            for number, kind in enumerate(KINDS)
        ]
        grammar = f"{TRIED}types: {{Word: {{text: '[a-z]+'}}}}\noperations:\n"
        for name, text in said.items():
            quoted = json.dumps(text, ensure_ascii=False)
            prose = quoted if text.strip() else '"x"'
            line = json.dumps(" ".join(text.split()) or "x", ensure_ascii=False)
            grammar += (
                f"  {name}:\n    effect: read\n    doc: {prose}\n    section: {line}\n"
                "    parameters:\n"
                f"      key: {{type: Word, message: {prose}, doc: {prose}, max_length: 9}}\n"
                f"      fixed: {{fixed: {quoted}}}\n      usual: {{default: {quoted}}}\n"
                f"      bound: {{python_name: {name.lower()}, bound: client, default: {quoted}}}\n"
                "    result: Word\n"
            )
        checked = check([put_service(folder / "alone", "Alone", ports, grammar)], folder)
        assert checked.ok, [each.message for each in checked.findings]
        return build(checked, whole=True)

    ours = package(tmp_path / "ours", lambda text: text)
    theirs = package(tmp_path / "theirs", lambda text: "x" if text.strip() else text)
    assert [*ours] == [*theirs]
    for path, text in ours.items():
        if path.endswith(".py"):
            assert skeleton(text) == skeleton(theirs[path]), path
    write_tree(tmp_path / "out", ours)
    with imported(tmp_path / "out", "alone") as alone:
        import_all(alone, tmp_path / "out")
        made = [*sys.modules["alone.operations"].OPERATIONS.values()]
        assert [each.endpoint.action for each in made[: len(heads)]] == heads


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
