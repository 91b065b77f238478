"""Clients of any service: odd ones are generated, checked, called and read back."""

import asyncio
import builtins
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import ExitStack, contextmanager
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
    TYPED_USUAL,
    TYPES,
)
from tests.generator.client_names import (
    Needed,
    accepted_definitions,
    accepted_methods,
    accepted_parameters,
    needed,
    put_named,
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
from tests.generator.services import ROOT, generated, imported, read_tree, write_tree

from unstringly.names import snake_case
from unstringly.pipeline import build, check

ODD = {
    "plain": ("Plain", (PLAIN,), PLAIN_GRAMMAR),
    "coded": ("Coded", (CODED,), CODED_GRAMMAR),
    "typed": ("Typed", TYPED_PORTS, TYPED),
}
PACKAGES = (*ODD, "named")
"""The last has names that generated code uses, though not where it would hide them."""

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
    names = needed(own_modules(files))
    write_tree(folder / "out", generated(put_named(names, folder)))
    return folder


def own_modules(files: Mapping[str, str]) -> dict[str, str]:
    """The modules that are written for a service."""
    return {
        path: text
        for path, text in files.items()
        if path.endswith(".py") and "/_runtime/" not in path
    }


@pytest.fixture(scope="module")
def names(odd: Path) -> Needed:
    """What the code of the odd packages needs."""
    found = own_modules(read_tree(odd / "out"))
    return needed({path: text for path, text in found.items() if path.split("/")[0] in ODD})


@pytest.fixture(scope="module")
def packages(odd: Path) -> Generator[dict[str, ModuleType]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(imported(odd / "out", name)) for name in PACKAGES}


# Names


def test_the_names_that_are_needed_are_found(names: Needed) -> None:
    """Some of each kind, so that the tests of names are not about nothing."""
    assert {"Client", "Parsed", "Mapping", "Transport", "ADDRESSES"} <= names.definitions
    assert {"str", "TracebackType", "Call", "type", "float"} <= names.methods
    assert {"operations", "tables", "expect", "self", "Call"} <= names.parameters
    assert {"Credentials", "Caller", "account", "self"} <= names.bound
    assert len(names.others) > 50


def test_no_definition_hides_what_modules_need(names: Needed, tmp_path: Path) -> None:
    assert accepted_definitions(names.definitions, tmp_path) == []


def test_no_method_hides_what_modules_need(names: Needed, tmp_path: Path) -> None:
    assert accepted_methods(names.methods, tmp_path) == []


def test_no_parameter_hides_what_functions_need(names: Needed, tmp_path: Path) -> None:
    assert accepted_parameters(names.parameters, tmp_path, bound=False) == []


def test_nothing_bound_hides_what_clients_need(names: Needed, tmp_path: Path) -> None:
    assert accepted_parameters(names.bound, tmp_path, bound=True) == []


# The tools


def _of_package(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        for name in PACKAGES:
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
    names = PACKAGES
    style = [f"--config={ROOT / 'pyproject.toml'}", "--output-format=concise"]
    commands = {
        "mypy": ["mypy", "--strict", "--no-incremental", "--no-error-summary", *names],
        "pyright": ["pyright", f"--pythonpath={sys.executable}", "--outputjson", *names],
        "ruff": ["ruff", "check", "--no-cache", "--ignore=N", *style, *names],
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
        assert process.returncode == bool(found[tool]), (tool, said[tool])
    return {tool: _of_package(lines) for tool, lines in found.items()}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("tool", ["mypy", "pyright", "ruff"])
def test_tools_have_no_remarks(
    remarks: dict[str, dict[str, list[str]]], tool: str, package: str
) -> None:
    assert remarks[tool].get(package, []) == []
    assert "" not in remarks[tool], remarks[tool]


@pytest.mark.parametrize("package", PACKAGES)
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
    levels = plain.等级

    def ask(made: Any) -> Any:
        return made.查询(关键字=levels.HIGH)

    seen, found = called(plain, PLAIN, "查询", "a,b", ask, account={}, folder=tmp_path)
    assert isinstance(found, plain.Parsed)
    assert list(found) == ["a", "b"]
    assert seen.parameters == (("关键字", "高"),)


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
            seen, found = called(typed, port, operation, text, method, account={}, folder=tmp_path)
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
    if name in TYPED_USUAL:
        usual = None if name == "free" else "§"
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
