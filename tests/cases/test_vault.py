"""A service that wants credentials and addresses, and has headers in its responses."""

import asyncio
import importlib
import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.generator.importing import imported_files

from unstringly.pipeline import build, check

CASE = Path(__file__).parent / "vault"
PACKAGE = "vault_http_basic"
SOAP = pytest.mark.parametrize("binding", ["SOAP11", "SOAP12"])
WAYS = pytest.mark.parametrize(
    "way", ["username_token", "username_token_digest", "http_basic", "none", "policies"]
)


def files_of(folder: Path, way: str = "") -> dict[str, str]:
    """The files of the package; with `way`, that is the grammar's for credentials."""
    case = folder / "vault"
    case.mkdir(exist_ok=True)
    for name in ("vault.wsdl", "grammar.yaml"):
        text = (CASE / name).read_text(encoding="utf-8")
        if name == "grammar.yaml" and way:
            keys = f"wsdl: vault.wsdl\npackage: vault_{way}\n"
            keys += "" if way == "policies" else f"credentials: {way}"
            text = text.replace("wsdl: vault.wsdl", keys)
        (case / name).write_text(text, encoding="utf-8")
    checked = check([case], folder)
    assert checked.findings == ()
    return build(checked, whole=True)


@contextmanager
def vault_of(folder: Path, way: str = "") -> Generator[Any]:  # Any: a package that was just made
    """The package; with `way`, it is another one."""
    name = f"vault_{way}" if way else "vault"
    with imported_files(files_of(folder, way), name) as package:
        for module in ("errors", "messages", "answers", "server", "testing", "emulator"):
            importlib.import_module(f"{name}.{module}")
        yield package


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:  # Any: as above
    with vault_of(tmp_path_factory.mktemp("vault")) as package:
        yield package


@dataclass
class Handlers:
    """A service that does as it is told, and notes what it was asked."""

    package: Any  # Any: as above
    headers: Any = None
    password: str | None = None
    asked: list[Any] = field(default_factory=list[Any])

    def _take(self, request: Any) -> None:
        self.asked.append(request)
        if self.password is not None:
            came = request.credentials
            if came is None or not came.matches(self.password):
                raise self.package.server.NotAuthenticated

    def open(self, request: Any, /) -> Any:
        self._take(request)
        item = self.package.messages.Item(name="a&b", grams=request.number)
        items = (item, item)
        if self.headers is None:
            return items
        return self.package.answers.Answer(items, self.headers)

    def close_(self, request: Any, /) -> None:
        self._take(request)


class Changing:
    """A transport to a service in this process that notes requests, and may change responses."""

    def __init__(self, package: Any, handlers: Handlers, change: Any = None) -> None:
        app = package.server.create_app(handlers)
        self.inner = package.InProcessTransport(app)
        self.change = change
        self.sent: list[Any] = []
        self.failures: list[Any] = []

    def send(self, request: Any, deadline: float) -> Any:
        self.sent.append(request)
        if self.failures:
            raise self.failures.pop()
        response = self.inner.send(request, deadline)
        if self.change is None:
            return response
        return type(response)(response.status, response.headers, self.change(response.body))

    def close(self) -> None:
        self.inner.close()


def client(package: Any, transport: Any, binding: str = "SOAP11", **options: Any) -> Any:
    account = {"username": "me", "password": "open sesame"}
    given = {**account, "binding": package.Binding[binding], "transport": transport, **options}
    return package.Client(**given)


def told(package: Any, *, left: int = 3, trace: str | None = "x <y>") -> Any:
    quota = package.messages.Quota(left=left, until=date(2026, 1, 5))
    return package.answers.OpenHeaders(quota=quota, trace=trace)


# headers of responses


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


def test_a_journal_has_the_result(vault: Any, tmp_path: Path) -> None:
    transport = Changing(vault, Handlers(vault, told(vault)))
    caller = client(vault, transport, journal=vault.FileJournal(tmp_path))
    result = caller.answers.open(number=1).result
    assert [entry.result for entry in vault.read_journal(tmp_path)] == [result]


# credentials


@WAYS
@SOAP
def test_a_service_sees_who_calls(tmp_path: Path, way: str, binding: str) -> None:
    with vault_of(tmp_path, way) as package:
        handlers = Handlers(package)
        transport = Changing(package, handlers)
        if way == "none":
            with pytest.raises(TypeError, match="username"):
                client(package, transport, binding)
            caller = package.Client(binding=package.Binding[binding], transport=transport)
            caller.open(number=1)
            assert not hasattr(handlers.asked[0], "credentials")
            assert b"UsernameToken" not in transport.sent[0].body
            return
        caller = client(package, transport, binding)
        caller.open(number=1)
        came = handlers.asked[0].credentials
        assert came.username == "me"
        assert came.matches("open sesame")
        assert not came.matches("open sesam")
        assert not came.matches("")
        shown = f"{handlers.asked[0]!r}{came!r}{caller!r}{transport.sent[0]!r}"
        assert "sesame" not in shown
        is_text = b"sesame" in transport.sent[0].body
        assert is_text == (way == "username_token")


@WAYS
@SOAP
def test_a_service_may_refuse(tmp_path: Path, way: str, binding: str) -> None:
    if way == "none":
        pytest.skip("there is nothing to refuse")
    with vault_of(tmp_path, way) as package:
        caller = client(package, Changing(package, Handlers(package, password="other")), binding)
        with pytest.raises(package.ServiceFault) as caught:
            caller.close_()
        is_basic = way == "http_basic"
        assert caught.value.status == (401 if is_basic else 500)
        assert (caught.value.header("WWW-Authenticate") is not None) == is_basic
        assert caught.value.message == "The credentials are not accepted."


def test_what_cannot_be_carried_is_named(tmp_path: Path) -> None:
    for way, wrong in (
        ("username_token", {"password": "a\0"}),
        ("username_token", {"username": "a\ud800"}),
        ("http_basic", {"username": "a:b"}),
        ("http_basic", {"password": "a\nb"}),
    ):
        with vault_of(tmp_path, way) as package:
            caller = client(package, Changing(package, Handlers(package)), **wrong)
            with pytest.raises(package.InvalidParameter) as caught:
                caller.open(number=1)
            assert caught.value.parameter == next(iter(wrong))


def test_a_password_may_be_a_function(vault: Any) -> None:
    handlers = Handlers(vault)
    passwords = iter(["one", "two"])
    caller = client(vault, Changing(vault, handlers), password=lambda: next(passwords))
    for password in ("one", "two"):
        caller.open(number=1)
        assert handlers.asked[-1].credentials.matches(password)


def test_a_request_that_is_repeated_has_another_nonce_and_name(vault: Any) -> None:
    exchange = importlib.import_module("vault._runtime.wire.exchange")
    transport = Changing(vault, Handlers(vault))
    transport.failures.append(exchange.SendFailed("cut", sent=True))
    client(vault, transport, retries=1).open(number=1)
    first, second = (own.body for own in transport.sent)
    for name in (b"wsse:Nonce", b"wsa:MessageID"):
        (one,), (other,) = (
            re.findall(b"<%s [^>]*>([^<]+)<" % name, own) for own in (first, second)
        )
        assert one != other


# addresses


@SOAP
def test_a_response_says_which_request_it_belongs_to(
    vault: Any, binding: str, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[bytes] = []
    transport = Changing(vault, Handlers(vault), lambda body: (seen.append(body), body)[1])
    client(vault, transport, binding).open(number=1)
    (sent,) = re.findall(rb"<wsa:MessageID [^>]*>([^<]+)<", transport.sent[0].body)
    assert re.findall(rb"<wsa:RelatesTo [^>]*>([^<]+)<", seen[0]) == [sent]
    assert re.findall(rb"<wsa:Action [^>]*>([^<]+)<", seen[0]) == [b"urn:vault:opened"]
    assert caplog.records == []


@SOAP
def test_a_response_to_another_request_counts_and_is_logged(
    vault: Any, binding: str, caplog: pytest.LogCaptureFixture
) -> None:
    transport = Changing(
        vault, Handlers(vault), lambda body: body.replace(b">urn:uuid:", b">urn:uuid:0")
    )
    assert len(client(vault, transport, binding).open(number=1)) == 2
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "Open" in record.getMessage()
    assert "uuid" not in record.getMessage()


def test_type_checkers_and_linters_have_no_complaint(tmp_path: Path) -> None:
    for path, text in files_of(tmp_path, "http_basic").items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    python = [sys.executable, "-m"]
    for command in (
        [*python, "mypy", "--strict", PACKAGE],
        [*python, "ruff", "check", "--isolated", "--line-length=100", PACKAGE],
        [*python, "ruff", "format", "--check", "--isolated", "--line-length=100", PACKAGE],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
