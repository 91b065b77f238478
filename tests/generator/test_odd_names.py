"""Names that are odd, and texts that would be code: refused, or they work."""

import asyncio
import builtins
import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.generator.alone import ASK, MINIMAL, made_alone
from tests.generator.client_calls import AsyncLine, client, import_all
from tests.generator.client_services import (
    KINDS,
    TRIED,
    Port,
    error_codes,
    expected,
    put_service,
)
from tests.generator.hostile import PAYLOADS, skeleton
from tests.generator.importing import imported
from tests.generator.services import write_tree

from unstringly.names import call_name, free
from unstringly.pipeline import build, check


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
        names: dict[str, str] = {}
        for operation, parameters in operations.items():
            name = free(unicodedata.normalize("NFKC", call_name(operation)), names.values())
            names[operation] = name
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


@pytest.mark.few(0)
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
