"""Clients of any service: odd ones are generated, checked, called and read back."""

import ast
import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.generator.client_calls import AsyncLine, called, client, import_all, paged
from tests.generator.client_grammars import (
    CODED,
    CODED_ACCOUNT,
    CODED_GRAMMAR,
    PLAIN,
    PLAIN_GRAMMAR,
    TYPED,
    TYPED_PARAMETERS,
    TYPED_PORTS,
)
from tests.generator.client_names import (
    as_definitions,
    as_methods,
    as_parameters,
    names_in_clients,
    names_in_modules,
)
from tests.generator.client_services import KINDS, Port, error_codes, expected, put_service
from tests.generator.hostile import PAYLOADS, skeleton
from tests.generator.services import ROOT, generated, imported, write_tree

from unstringly.pipeline import build, check

ODD = {
    "plain": ("Plain", (PLAIN,), PLAIN_GRAMMAR),
    "coded": ("Coded", (CODED,), CODED_GRAMMAR),
    "typed": ("Typed", TYPED_PORTS, TYPED),
}
NAMED = ("definitions", "methods", "parameters", "bound")
"""Packages whose names are those that the clients' own code uses, as far as they are accepted."""

MINIMAL = """
types: {Word: {text: '[a-z]+'}}
operations:
  Ask: {effect: read, parameters: {key: {}}, result: Word}
"""
ASK = {"Ask": ("key",)}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all odd packages: one run has made those of `ODD`."""
    folder = tmp_path_factory.mktemp("clients")
    folders = [
        put_service(folder / "in" / name, service, ports, f"wsdl: It.wsdl\n{grammar}")
        for name, (service, ports, grammar) in ODD.items()
    ]
    checked = check(folders, folder)
    assert checked.ok, checked.findings
    files = build(checked, whole=True)
    write_tree(folder / "out", files)
    modules = {path: text for path, text in files.items() if "/_runtime/" not in path}
    imports = names_in_modules(modules)
    used = names_in_clients(modules)
    for name, made in {
        "definitions": as_definitions(imports, folder),
        "methods": as_methods({*used, *imports}, folder),
        "parameters": as_parameters({*used, *imports}, folder, bound=False),
        "bound": as_parameters({*used, *imports}, folder, bound=True),
    }.items():
        assert f"{name}/client.py" in made
        write_tree(folder / "out", made)
    return folder


@pytest.fixture(scope="module")
def packages(odd: Path) -> Generator[dict[str, ModuleType]]:
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(imported(odd / "out", name)) for name in (*ODD, *NAMED)
        }


# The tools


def _of_package(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        for name in (*ODD, *NAMED):
            if f"{name}/" in line:
                found.setdefault(name, []).append(line)
                break
        else:
            found.setdefault("", []).append(line)
    return found


@pytest.fixture(scope="module")
def remarks(odd: Path) -> dict[str, dict[str, list[str]]]:
    """What each tool says of each package."""
    out = odd / "out"
    (out / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    names = (*ODD, *NAMED)
    style = f"--config={ROOT / 'pyproject.toml'}"
    commands = {
        "mypy": ["mypy", "--strict", "--no-incremental", "--no-error-summary", *names],
        "pyright": ["pyright", f"--pythonpath={sys.executable}", "--outputjson", *names],
        "ruff": ["ruff", "check", "--no-cache", style, "--output-format=concise", *names],
    }
    running = {
        tool: subprocess.Popen(
            [sys.executable, "-m", *command], cwd=out, stdout=subprocess.PIPE, text=True
        )
        for tool, command in commands.items()
    }
    said = {tool: process.communicate()[0] for tool, process in running.items()}
    found = {tool: said[tool].splitlines() for tool in ("mypy", "ruff")}
    found["mypy"] = [line for line in found["mypy"] if ": error:" in line]
    found["ruff"] = [line for line in found["ruff"] if ".py:" in line]
    told = json.loads(said["pyright"])["generalDiagnostics"]
    found["pyright"] = [f"{each['file']}: {each['message']}" for each in told]
    for tool, process in running.items():
        assert process.returncode == bool(found[tool]), said[tool]
    return {tool: _of_package(lines) for tool, lines in found.items()}


@pytest.mark.parametrize("package", [*ODD, *NAMED])
@pytest.mark.parametrize("tool", ["mypy", "pyright", "ruff"])
def test_tools_have_no_remarks(
    remarks: dict[str, dict[str, list[str]]], tool: str, package: str
) -> None:
    assert remarks[tool].get(package, []) == []
    assert "" not in remarks[tool], remarks[tool]


@pytest.mark.parametrize("package", [*ODD, *NAMED])
def test_all_modules_can_be_imported(
    packages: dict[str, ModuleType], odd: Path, package: str
) -> None:
    import_all(packages[package], odd / "out")


# Calls


def test_one_binding_is_the_default_one(packages: dict[str, ModuleType]) -> None:
    for name, port in (("plain", PLAIN), ("coded", CODED)):
        package = packages[name]
        account = CODED_ACCOUNT if name == "coded" else {}
        line = AsyncLine(package, port, "Day", [])
        package.Client(transport=line, **account)
        for kind in KINDS:
            if kind != port.kind:
                with pytest.raises(package.InvalidParameter, match=port.kind):
                    client(package, Port(kind, {}), "Day", **account)


PLAIN_CALLS: dict[str, tuple[str, Callable[[Any, Any], Any], Callable[[Any], object]]] = {
    "Day": ("2024-02-29", lambda p, c: c.day(), lambda p: date(2024, 2, 29)),
    "Moment": (
        "2024-02-29 01:02:03",
        lambda p, c: c.moment(),
        lambda p: datetime(2024, 2, 29, 1, 2, 3),
    ),
    "Price": ("-1.50", lambda p, c: c.price(), lambda p: Decimal("-1.50")),
    "Count": ("007", lambda p, c: c.count(), lambda p: 7),
    "Either": ("7", lambda p, c: c.either(), lambda p: 7),
    "Third": ("abc", lambda p, c: c.third(), lambda p: "abc"),
    "Import": (
        "abc",
        lambda p, c: c.import_(class_="1", from_="2", key_1="3", to_where="<4>\r\n"),
        lambda p: "abc",
    ),
    "Unsaid": (" as it\ncame ", lambda p, c: c.unsaid(anything=""), lambda p: " as it\ncame "),
}


@pytest.mark.parametrize("operation", PLAIN_CALLS)
def test_results_of_every_kind(
    packages: dict[str, ModuleType], tmp_path: Path, operation: str
) -> None:
    plain = packages["plain"]
    text, method, result = PLAIN_CALLS[operation]
    given = {
        "Import": {"class": "1", "from": "2", "Key-1": "3", "to.where": "<4>\r\n"},
        "Unsaid": {"anything": ""},
    }.get(operation, {})
    seen, found = called(
        plain, PLAIN, operation, text, lambda c: method(plain, c), account={}, folder=tmp_path
    )
    assert found == result(plain)
    assert type(found) is type(result(plain))
    port = Port("SOAP12", PLAIN.operations, PLAIN.address.rstrip("/"))
    assert seen == expected(port, operation, given)


def test_nested_lists(packages: dict[str, ModuleType], tmp_path: Path) -> None:
    plain = packages["plain"]
    text = "2024-02-29;01:02;1+2.5,3+4;a b|2024-03-01;03:04;;"
    _, found = called(
        plain, PLAIN, "Wholes", text, lambda c: c.wholes(), account={}, folder=tmp_path
    )
    parts = (plain.Part(number=1, price=Decimal("2.5")), plain.Part(number=3, price=Decimal(4)))
    assert isinstance(found, plain.Parsed)
    assert list(found) == [
        plain.Whole(day=date(2024, 2, 29), hour=time(1, 2), parts=parts, name="a b"),
        plain.Whole(day=date(2024, 3, 1), hour=time(3, 4), parts=(), name=""),
    ]


def test_names_that_are_not_ascii(packages: dict[str, ModuleType], tmp_path: Path) -> None:
    plain = packages["plain"]
    levels = getattr(plain, "等级")

    def ask(made: Any) -> Any:
        return getattr(made, "查询")(**{"关键字": levels.HIGH})

    seen, found = called(plain, PLAIN, "查询", "a,b", ask, account={}, folder=tmp_path)
    assert isinstance(found, plain.Parsed)
    assert list(found) == ["a", "b"]
    assert seen.parameters == (("关键字", "高"),)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_of_names_that_are_not_ascii(tmp_path: Path, kind: str) -> None:
    """Addresses and the heads of requests are ASCII without line ends, whatever the names are."""
    (asked,) = [each for each in KINDS if each == kind]
    port = Port(asked, {"查询": ()})
    grammar = "operations: {查询: {effect: read}}\n"
    with made_alone(tmp_path, port, grammar=grammar) as package:
        made, line = client(package, port, "查询", "x")
        getattr(made, "查询")()
    for text in line.heads:
        assert text.isascii()
        assert text.isprintable()


def test_pages_are_there_where_a_poll_gives_one_list(packages: dict[str, ModuleType]) -> None:
    pages = {
        f"{name}.{method}"
        for name in ODD
        for each in (packages[name].Client, packages[name].AsyncClient)
        for method in dir(each)
        if method.endswith("_pages")
    }
    assert pages == {"plain.wholes_pages", "coded.rows_pages", "coded.words_pages"}


def test_pages_of_a_list_without_codes(packages: dict[str, ModuleType]) -> None:
    text = "2024-02-29;01:02;;a"
    pages = paged(packages["plain"], PLAIN, "Wholes", "wholes", text, "broken", "")
    assert [(len(page), len(page.malformed)) for page in pages] == [(1, 0), (0, 1)]


def test_pages_of_a_list_or_codes(packages: dict[str, ModuleType]) -> None:
    coded = packages["coded"]
    for code in ("E1", "E77", "X1", "X77"):
        made, _ = client(coded, CODED, "Words", "a,b", "c", code, **CODED_ACCOUNT)
        pages = made.words_pages()
        assert [list(next(pages)), list(next(pages))] == [["a", "b"], ["c"]]
        with pytest.raises(coded.Rejected) as caught:
            next(pages)
        assert getattr(caught.value.code, "value", None) or caught.value.code.text == code
        assert code in str(caught.value) or caught.value.code.name in str(caught.value)


def test_without_codes_there_is_nothing_to_expect(packages: dict[str, ModuleType]) -> None:
    for name in ("plain", "typed"):
        assert not hasattr(packages[name], "expect")
        assert not hasattr(packages[name], "Rejected")


def test_expect_takes_the_codes_of_all_operations(packages: dict[str, ModuleType]) -> None:
    coded = packages["coded"]
    for code in (
        coded.Refusal.WRONG_PASSWORD,
        coded.TemporaryFailure.LATER,
        coded.UnknownTemporaryFailure("E2"),
        coded.UnknownPermanentFailureOfAccount("X2"),
    ):
        with pytest.raises(coded.Rejected):
            coded.expect(code)
    assert coded.expect(coded.Grade.FIRST) is coded.Grade.FIRST
    assert coded.expect(7) == 7


def test_codes_and_what_is_bound(packages: dict[str, ModuleType], tmp_path: Path) -> None:
    coded = packages["coded"]
    more = CODED_ACCOUNT | {"pass2": "p2"}

    def ask(
        operation: str, text: str, account: dict[str, str], **given: str
    ) -> tuple[tuple[tuple[str, str], ...], Any]:
        seen, found = called(
            coded,
            CODED,
            operation,
            text,
            lambda c: getattr(c, operation.lower())(**given),
            account=account,
            folder=tmp_path / str(len(list(tmp_path.iterdir()))),
        )
        assert seen.address == f"{CODED.address}/{operation}"
        return seen.parameters, found

    user, secret = ("userName", "me"), "s3cret&one"
    sent, found = ask("Rows", "x;1\r\ny;2\r\n", CODED_ACCOUNT)
    assert sent == (user, ("pass1", secret), ("Lang", "zh"), ("say", ""))
    assert list(found) == [coded.Row(name="x", number=1), coded.Row(name="y", number=2)]
    sent, found = ask("Rows", "-1", {**more, "lang": "en"}, say="a\r")
    assert sent == (user, ("pass1", secret), ("Lang", "en"), ("say", "a\r"))
    assert found is coded.Refusal.WRONG_PASSWORD
    sent, found = ask("Words", "X9", CODED_ACCOUNT)
    assert sent == (("username", "me"), ("Pass1", secret), ("pass2", 'a"b\\{{ c }}'))
    assert found == coded.UnknownPermanentFailureOfAccount("X9")
    sent, found = ask("Words", "a", more)
    assert sent[-1] == ("pass2", "p2")
    assert list(found) == ["a"]
    sent, found = ask("Number", "12", CODED_ACCOUNT)
    assert (sent, found) == ((("USERNAME", "me"),), 12)
    assert ask("Codes", "E1", more)[1] is coded.TemporaryFailure.LATER
    assert ask("Grade", "B", more)[1] is coded.Grade.SECOND


def test_what_is_secret_anywhere_does_not_show(packages: dict[str, ModuleType]) -> None:
    coded = packages["coded"]
    texts = {"user_name": "the-user", "pass1": "the-first", "pass2": "the-second"}
    for operation in ("rows", "words", "number"):
        made, line = client(coded, CODED, operation.title(), " ".join(texts.values()), **texts)
        line.status = 500
        with pytest.raises(coded.ServiceFault) as caught:
            getattr(made, operation)()
        assert "***" in str(caught.value)
        for text in texts.values():
            assert text not in str(caught.value)
            assert text not in repr(made._caller._terms)


# Parameters


def typed_arguments(typed: ModuleType) -> dict[str, object]:
    return {
        "amount": 3,
        "count": 7,
        "price": Decimal("1.50"),
        "day": date(2024, 2, 29),
        "moment": datetime(2024, 2, 29, 1, 2, 3),
        "hour": time(23, 59),
        "colour": typed.Colour.GREEN,
        "size": typed.UnknownSize("77"),
        "word": "abc",
        "free": " any\n<text> & ",
    }


@pytest.mark.parametrize("port", TYPED_PORTS, ids=[port.kind for port in TYPED_PORTS])
def test_every_binding_at_its_address(
    packages: dict[str, ModuleType], tmp_path: Path, port: Port
) -> None:
    """Parameters of every type; an operation that the binding lacks is refused."""
    typed = packages["typed"]
    sent = {name: text for name, (_, text) in TYPED_PARAMETERS.items()}
    calls: dict[str, tuple[str, Callable[[Any], Any], object]] = {
        "Take": ("abc", lambda c: c.take(**typed_arguments(typed)), "abc"),
        "TakeUsual": ("0012", lambda c: c.take_usual(), 12),
        "GetMo": ("1.5", lambda c: c.get_mo(), Decimal("1.5")),
        "GetMore": ("more", lambda c: c.get_more(), "more"),
    }
    assert len(port.operations) == len(calls) - 1
    for operation, (text, method, result) in calls.items():
        if operation in port.operations:
            seen, found = called(
                typed, port, operation, text, method, account={}, folder=tmp_path
            )
            assert found == result
            assert seen == expected(port, operation, sent)
        else:
            made, line = client(typed, port, operation, text)
            with pytest.raises(typed.InvalidParameter, match=operation):
                method(made)
            assert line.seen == []


WRONG: dict[str, tuple[object, ...]] = {
    "amount": (4, 0, True, "3", 3.0),
    "count": (10000, -1, "0007"),
    "price": (Decimal("1.555"), Decimal("NaN"), 1.5),
    "day": (datetime(2024, 2, 29), "2024-02-29"),
    "moment": (date(2024, 2, 29), datetime(2024, 1, 1, microsecond=1)),
    "hour": (time(1, 2, 3), "01:02"),
    "colour": ("G", None),
    "word": ("", "A", "a\n", 7),
    "free": (None, 7),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_parameter_does_not_take(packages: dict[str, ModuleType], name: str) -> None:
    typed = packages["typed"]
    port = TYPED_PORTS[1]
    for value in WRONG[name]:
        made, line = client(typed, port, "Take")
        with pytest.raises(typed.InvalidParameter) as caught:
            made.take(**typed_arguments(typed) | {name: value})
        assert caught.value.parameter == name
        assert line.seen == []
    usual = {"free": None}.get(name, "§")
    made, line = client(typed, TYPED_PORTS[0], "TakeUsual")
    with pytest.raises(typed.InvalidParameter) as caught:
        made.take_usual(**{name: usual})
    assert caught.value.parameter == name


def test_an_open_code_takes_no_listed_code_as_unlisted(packages: dict[str, ModuleType]) -> None:
    typed = packages["typed"]
    made, _ = client(typed, TYPED_PORTS[1], "Take")
    for value in (typed.UnknownSize("0"), typed.UnknownSize("x"), "1", 1, None):
        with pytest.raises(typed.InvalidParameter):
            made.take(**typed_arguments(typed) | {"size": value})


# One oddity a package


class made_alone:  # noqa: N801 - a context manager, as `imported` is
    """A package of one service, imported."""

    def __init__(
        self, folder: Path, *ports: Port, grammar: str = MINIMAL, service: str = "Alone"
    ) -> None:
        self._folder = folder
        head = "package: alone\nwsdl: It.wsdl\n"
        self._files = generated(put_service(folder / "alone", service, ports, head + grammar))
        self._stack = ExitStack()

    def __enter__(self) -> ModuleType:
        write_tree(self._folder / "out", self._files)
        package = self._stack.enter_context(imported(self._folder / "out", "alone"))
        import_all(package, self._folder / "out")
        return package

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def test_names_on_the_wire_that_differ_between_bindings(tmp_path: Path) -> None:
    """Locations, actions, elements and roots are those of the binding that is used."""
    ports = [Port(kind, ASK, f"http://localhost/{kind}", tag=f"Of{kind}") for kind in KINDS]
    with made_alone(tmp_path, *ports) as alone:
        wrong: list[str] = []
        for port in ports:
            made, line = client(alone, port, "Ask", "abc")
            try:
                result = made.ask(key="k")
            except alone.ServiceError if hasattr(alone, "ServiceError") else Exception as error:
                result = error
            if line.seen != [expected(port, "Ask", {"key": "k"})] or result != "abc":
                wrong.append(f"{port.kind}: {line.seen} {result!r}")
    assert wrong == []


def test_parameters_that_differ_between_bindings(tmp_path: Path) -> None:
    """Each binding is sent its own parameters in its own order, or the service is refused."""
    ports = [Port("POST", {"Ask": ("key", "more")}), Port("SOAP11", {"Ask": ("more", "key")})]
    grammar = "operations: {Ask: {effect: read}}\n"
    with made_alone(tmp_path, *ports, grammar=grammar) as alone:
        for port in ports:
            made, line = client(alone, port, "Ask", "abc")
            made.ask(key="k", more="m")
            assert line.seen == [expected(port, "Ask", {"key": "k", "more": "m"})]


def test_two_ports_of_a_kind(tmp_path: Path) -> None:
    """What only the second port offers is asked there, or not at all."""
    ports = [
        Port("SOAP11", ASK, "http://localhost/first"),
        Port("SOAP11", {"Tell": ()}, "http://localhost/second"),
    ]
    grammar = MINIMAL + "  Tell: {effect: read, result: Word}\n"
    with made_alone(tmp_path, *ports, grammar=grammar) as alone:
        made, line = client(alone, ports[1], "Tell", "abc")
        try:
            made.tell()
        except alone.InvalidParameter:
            assert line.seen == []
        else:
            assert line.seen == [expected(ports[1], "Tell", {})]


def test_responses_that_are_plain_text(tmp_path: Path) -> None:
    """The WSDL may say that a response is text/plain: then it is read as that, or refused."""
    port = Port("GET", ASK, media="text/plain")
    found = error_codes(tmp_path / "alone", "Alone", [port], MINIMAL)
    if not found:
        with made_alone(tmp_path, port) as alone:
            made, _ = client(alone, port, "Ask", "abc")
            assert made.ask(key="k") == "abc"


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
def test_actions_cannot_end_their_header(tmp_path: Path, kind: str, action: str) -> None:
    (asked,) = [each for each in KINDS if each == kind]
    port = Port(asked, ASK, actions={"Ask": action})
    if error_codes(tmp_path / "alone", "Alone", [port], MINIMAL):
        return
    with made_alone(tmp_path, port) as alone:
        made, line = client(alone, port, "Ask", "abc")
        try:
            made.ask(key="k")
        except AttributeError:  # the operation is left out of the package
            return
        for text in line.heads:
            assert text.isascii()
            assert text.isprintable()
        if '"' in action:
            assert '"urn:"x""' not in line.heads[-5:]


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
        made, line = client(
            alone, port, "Ask", f"wrong: {secret}", journal=lambda _, raw: kept.append(raw)
        )
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
            line = None
            with pytest.raises(alone.InvalidParameter):
                made, line = client(alone, port, "Ask", "abc", key=wrong)
                made.ask()
            assert line is None or line.seen == []


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
        member = getattr(alone, "颜色").A
        made, line = client(alone, port, "Ask", "a")
        assert made.ask(**{"颜色": member}) is member
        assert line.seen[0].parameters == (("颜色", "a"),)


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
            name, arguments = planned(alone, operation)
            line = AsyncLine(alone, port, operation, ["x"])
            asyncio.run(getattr(alone.AsyncClient(transport=line), name)(**arguments))
            threads, line2 = client(alone, port, operation, "x")
            assert getattr(threads, name)(**arguments) == "x"
            sent = {each: each for each in parameters}
            assert line2.seen == line.seen == [expected(port, operation, sent)]


def planned(package: ModuleType, operation: str) -> tuple[str, dict[str, str]]:
    """The method of an operation, and arguments that are the parameters' own names."""
    module = sys.modules[f"{package.__name__}.operations"]
    known = module.OPERATIONS[operation]
    (name,) = [
        name
        for name in dir(module)
        if not name.startswith("_")
        and getattr(module, name) is not None
        and getattr(getattr(module, name), "__module__", "") == module.__name__
        and callable(getattr(module, name))
        and known.name == called_by(module, name)
    ]
    return name, {spelled: wire for wire, spelled in known.parameters.items()}


def called_by(module: ModuleType, name: str) -> str:
    """The operation that a function calls."""
    function = getattr(module, name)
    arguments = dict.fromkeys(function.__kwdefaults__ or {}, "")
    names = function.__code__.co_varnames[: function.__code__.co_kwonlyargcount]
    return str(function(**arguments | dict.fromkeys(names, "")).operation.name)


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
    "service", ["Attribute", "Value", "Service", "Timeout", "Type", "Key", "服务", "1x", "a-b", "é"]
)
def test_names_of_services(tmp_path: Path, service: str) -> None:
    """The base of the exceptions is called after the service, and hides nothing of Python's."""
    codes = error_codes(tmp_path / "alone", service, [Port("POST", ASK)], MINIMAL)
    if codes:
        assert codes == ["N101"]
        return
    with made_alone(tmp_path, Port("POST", ASK), service=service) as alone:
        assert not hasattr(alone, "missing")
        hidden = {*alone.__all__} & {*dir(__builtins__), "ValueError", "TypeError", "KeyError"}
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
    assert len(texts) > 30

    def package(folder: Path, spelled: Callable[[str], str]) -> dict[str, str]:
        names = [f"Ask{number}" for number in range(len(texts))]
        said = dict(zip(names, map(spelled, texts), strict=True))
        operations = dict.fromkeys([*names, "Last"], ("key", "fixed", "usual", "bound"))
        ports = [
            Port(
                kind,
                operations,
                f"http://localhost/{number}?{spelled(texts[number])}",
                docs={name: text for name, text in said.items() if not text.isspace()},
                actions=said,
                locations={name: f"/{text}" for name, text in said.items()},
            )
            for number, kind in enumerate(KINDS)
        ]
        grammar = "package: alone\nwsdl: It.wsdl\ntypes: {Word: {text: '[a-z]+'}}\noperations:\n"
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
        spelled: Iterator[Any] = iter(sys.modules["alone.operations"].OPERATIONS.values())
        assert [f"/{text}" for text in texts] == [
            each.endpoint.location for each in spelled if each.name != "Last"
        ]
    tree = ast.parse(ours["alone/client.py"])
    assert any(isinstance(node, ast.ClassDef) for node in tree.body)
