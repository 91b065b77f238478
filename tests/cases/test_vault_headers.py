"""Headers of responses: they come with results for who asks, and never cost one."""

import asyncio
import importlib
from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cases.vaults import (
    CASE,
    SOAP,
    Changing,
    Handlers,
    assert_no_complaint,
    client,
    files_of,
    told,
    vault_of,
)
from tests.generator.importing import imported_files

from unstringly.pipeline import build, check


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:  # Any: as above
    with vault_of(tmp_path_factory.mktemp("vault")) as package:
        yield package


@SOAP
def test_headers_come_with_the_result_for_who_asks(vault: Any, binding: str) -> None:
    handlers = Handlers(vault, told(vault))
    caller = client(vault, Changing(vault, handlers), binding)
    answer = caller.answers.open(number=7)
    assert answer == vault.answers.Answer(caller.open(number=7), told(vault))
    assert answer.malformed == ()


@SOAP
def test_headers_that_do_not_come_are_none(vault: Any, binding: str) -> None:
    for headers in (None, told(vault, trace=None)):
        caller = client(vault, Changing(vault, Handlers(vault, headers)), binding)
        answer = caller.answers.open(number=7)
        assert answer.headers.trace is None
        assert (answer.headers.quota is None) == (headers is None)


def test_tasks_have_them_too(vault: Any) -> None:
    async def answer() -> Any:
        app = vault.server.create_app(Handlers(vault, told(vault)))
        transport = vault.AsyncInProcessTransport(app)
        async with vault.AsyncClient(username="me", password="x", transport=transport) as caller:
            return await caller.answers.open(number=1)

    assert asyncio.run(answer()).headers == told(vault)


BAD = {
    "no number": (b">3</vault:left>", b">three</vault:left>", ["Quota"]),
    "no quota": (b"<vault:left>3</vault:left>", b"", ["Quota"]),
    "twice": (b"<vault:Trace ", b'<v:Trace xmlns:v="urn:vault" /><vault:Trace ', ["Trace"] * 2),
    "a text between": (b"<soap:Header>", b"<soap:Header>words", [""]),
}


@SOAP
@pytest.mark.parametrize("name", BAD)
def test_a_malformed_header_costs_no_result(vault: Any, binding: str, name: str) -> None:
    old, new, names = BAD[name]
    good = client(vault, Changing(vault, Handlers(vault, told(vault))), binding)
    bad = client(
        vault,
        Changing(vault, Handlers(vault, told(vault)), lambda body: body.replace(old, new, 1)),
        binding,
    )
    answer = bad.answers.open(number=7)
    assert answer.result == bad.open(number=7) == good.open(number=7)
    assert [own.name for own in answer.malformed] == names
    for own in answer.malformed:
        assert own.reason
        assert getattr(answer.headers, own.name.lower() or "trace") is None
        assert own.raw.startswith(b"<") or not own.name
        assert "three" not in repr(own)
    if name == "twice":
        assert answer.headers.quota == told(vault).quota


def test_only_headers_of_their_type_are_written(vault: Any) -> None:
    class Wrong(Handlers):
        def open(self, request: Any, /) -> Any:
            return vault.answers.Answer((), self.headers)

    for headers in (told(vault, left=2**31), told(vault, trace="\0"), "headers"):
        caller = client(vault, Changing(vault, Wrong(vault, headers)))
        with pytest.raises(vault.ServiceFault):
            caller.open(number=1)
    emulator = vault.emulator.Emulator()
    with pytest.raises(vault.Unwritable, match=r"headers\.quota\.left"):
        emulator.script("Open", vault.answers.Answer((), told(vault, left=2**31)))


def test_an_emulator_gives_scripted_headers(vault: Any) -> None:
    emulator = vault.emulator.Emulator()
    answer = vault.answers.Answer((), told(vault))
    emulator.script("Open", answer)
    with vault.testing.client(emulator) as caller:
        assert caller.answers.open(number=1) == answer
        assert caller.answers.open(number=1).headers == vault.answers.OpenHeaders()


def test_handlers_are_told_what_has_no_result(vault: Any) -> None:
    handlers = vault.server.Handlers
    assert handlers.open.__doc__.partition("\n\n")[2].strip() == "The result of Open."
    assert handlers.close_.__doc__.partition("\n\n")[2].strip() == "It has no result."
    assert "`client.answers` gives" in vault.answers.__doc__


def test_a_journal_has_the_result(vault: Any, tmp_path: Path) -> None:
    transport = Changing(vault, Handlers(vault, told(vault)))
    caller = client(vault, transport, journal=vault.FileJournal(tmp_path))
    result = caller.answers.open(number=1).result
    assert [entry.result for entry in vault.read_journal(tmp_path)] == [result]


ODD = {'"Open': '"Answers', ":Open": ":Answers", "Trace": "str", "Quota": "date"}


@pytest.mark.few(0)
def test_names_that_python_and_clients_have(tmp_path: Path) -> None:
    """An operation `Answers`, and headers that are named as their types or those of others."""
    case = tmp_path / "odd"
    case.mkdir()
    text = (CASE / "vault.wsdl").read_text(encoding="utf-8")
    for old, new in ODD.items():
        text = text.replace(old, new)
    (case / "vault.wsdl").write_text(text, encoding="utf-8")
    keys = "service: Vault\npackage: odd\nwsdl: vault.wsdl\n"
    (case / "grammar.yaml").write_text(keys, encoding="utf-8")
    checked = check([case], tmp_path)
    assert checked.findings == ()
    files = build(checked, whole=True)
    with imported_files(files, "odd") as package:
        for module in ("answers", "messages", "emulator", "testing", "server"):
            importlib.import_module(f"odd.{module}")
        assert "`client.answers_` gives" in package.answers.__doc__
        emulator = package.emulator.Emulator()
        day = package.messages.Date(left=1, until=date(2026, 1, 5))
        answer = package.answers.Answer((), package.answers.AnswersHeaders(date=day, str="x"))
        emulator.script("Answers", answer)
        with package.testing.client(emulator) as caller:
            assert caller.answers_.answers(number=1) == answer
            assert isinstance(caller.answers(number=1), tuple)
    assert_no_complaint(files, "odd", tmp_path)


@pytest.mark.few(0)
def test_type_checkers_and_linters_have_no_complaint(tmp_path: Path) -> None:
    assert_no_complaint(files_of(tmp_path, "http_basic"), "vault_http_basic", tmp_path)
