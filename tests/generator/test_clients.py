"""Clients of any service: odd ones are generated, checked, called and read back."""

import re
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.generator.client_calls import Line, called, client, import_all, paged
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
    Port,
    expected,
    put_service,
)
from tests.generator.importing import imported
from tests.generator.services import ROOT, generated, read_tree, write_tree

from unstringly.pipeline import build, check

ODD = {
    "plain": ("Plain", (PLAIN,), PLAIN_GRAMMAR),
    "coded": ("Coded", (CODED,), CODED_GRAMMAR),
    "typed": ("Typed", TYPED_PORTS, TYPED),
}
PACKAGES = (*ODD, "named")
"""The last has names that generated code uses itself, wherever no finding refuses them."""

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


@pytest.mark.some(0)
def test_the_names_that_are_needed_are_found(names: Needed) -> None:
    """Some of each kind, so that the tests of names are not about nothing."""
    assert {"Client", "Parsed", "Mapping", "Transport", "ADDRESSES"} <= names.definitions
    assert {"str", "TracebackType", "Call", "type", "float"} <= names.methods
    assert {"operations", "tables", "expect", "self", "Call"} <= names.parameters
    assert {"Credentials", "Caller", "account", "self"} <= names.bound
    assert len(names.others) > 50


@pytest.mark.some(0)
def test_most_names_that_modules_need_are_left_to_users(names: Needed, tmp_path: Path) -> None:
    """All that is accepted is in the package `named`, where it must hide nothing."""
    definitions = accepted_definitions(names.definitions, tmp_path)
    assert {"Element", "Client", "Parsed", "Decimal"} & names.definitions <= {*definitions}
    assert len(definitions) > 50
    assert len(accepted_methods(names.methods, tmp_path)) > 20
    assert len(accepted_parameters(names.parameters, tmp_path, bound=False)) > 15
    assert len(accepted_parameters(names.bound, tmp_path, bound=True)) > 10


# The tools


def with_one_runtime(out: Path, folder: Path) -> Path:
    """The packages with one runtime, in the first of them, so that it is checked once.

    It has what any of the packages has of it; a module that two have is the same in both.
    """
    first = PACKAGES[0]
    files = read_tree(out)
    runtime: dict[str, str] = {}
    for package in PACKAGES:
        for path, text in files.items():
            if path.startswith(f"{package}/_runtime/"):
                place = f"{first}/{path.partition('/')[2]}"
                assert runtime.setdefault(place, text) == text
            elif path.startswith(f"{package}/"):
                shared = re.sub(r"\bfrom \._runtime\b", f"from {first}._runtime", text)
                write_tree(folder, {path: text if package == first else shared})
    write_tree(folder, runtime)
    return folder


def remarks(tool: str, *arguments: str, folder: Path) -> str:
    """What a tool says of all packages; its exit code says whether that is anything."""
    ran = subprocess.run(
        [sys.executable, "-m", tool, *arguments, *PACKAGES],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stdout
    return ran.stdout if ran.returncode else ""


@pytest.mark.some(0)
@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_checkers_have_no_remarks(odd: Path, tmp_path: Path, tool: str) -> None:
    typed = with_one_runtime(odd / "out", tmp_path)
    (typed / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    options = {
        "mypy": ["--strict", "--no-incremental", "--no-error-summary"],
        "pyright": [f"--pythonpath={sys.executable}"],
    }
    assert remarks(tool, *options[tool], folder=typed) == ""


@pytest.mark.few(0)
@pytest.mark.parametrize("command", ["check --ignore=N", "format --check"])
def test_style_has_no_remarks(odd: Path, command: str) -> None:
    style = ["--no-cache", f"--config={ROOT / 'pyproject.toml'}"]
    assert remarks("ruff", *command.split(), *style, folder=odd / "out") == ""


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
        line = Line(package, port, "Day", [])
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
            assert text not in repr(made._caller._config)


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
