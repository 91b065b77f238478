"""The password of an account in credentials of WS-Security and HTTP Basic: it shows nowhere."""

import base64
import importlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from tests.cases.vaults import Changing, Handlers, client, vault_of
from tests.faults.evidence import texts_of, whole_log

SHOWN = "geheimeswort"
IN_BASE64 = base64.b64encode(f"me:{SHOWN}".encode()).decode()
LEAKS = (SHOWN, SHOWN[:8], IN_BASE64, IN_BASE64[4:-4])
WAYS = ["username_token", "username_token_digest", "http_basic"]


@pytest.fixture(scope="module", params=WAYS)
def vault(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Any]:  # Any: a package that was just made
    with vault_of(tmp_path_factory.mktemp("vault"), request.param) as package:
        yield package


class Quoting:
    """A service whose responses quote the whole request, headers included."""

    def __init__(self, package: Any, status: int, body: str, kind: str = "text/xml") -> None:
        self.package, self.status, self.body, self.kind = package, status, body, kind

    def send(self, request: Any, *_: object) -> Any:  # Any: classes of that package
        headers = (("Content-Type", f"{self.kind}; charset=utf-8"), *request.headers[2:])
        whole = f"{request.headers} {request.body.decode()}"
        return self.package.Response(
            self.status, headers, self.body.replace("HERE", whole).encode()
        )

    def close(self) -> None:
        """Nothing is open."""


FAULT = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
    "<faultcode>e:Server</faultcode><faultstring><![CDATA[HERE]]></faultstring>"
    "</e:Fault></e:Body></e:Envelope>"
)


def failed(package: Any, transport: object, password: Any, **options: Any) -> BaseException:
    """The exception of a call."""

    def called() -> None:
        caller = package.Client(username="me", password=password, transport=transport, **options)
        caller.open(number=1)

    with pytest.raises(package.errors.VaultError) as caught:
        called()
    error: BaseException = caught.value
    return error


def assert_hidden(error: BaseException, *others: str) -> None:
    shown = "\n".join([*texts_of(error), *others])
    for leak in LEAKS:
        assert leak not in shown


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, "HERE", "text/xml"),
        (200, "<html>HERE</html>", "text/html"),
        (500, "HERE", "text/plain"),
        (401, "", "text/plain"),
        (500, FAULT, "text/xml"),
    ],
)
def test_a_service_that_quotes_it(vault: Any, status: int, body: str, kind: str) -> None:
    with whole_log() as log:
        error = failed(vault, Quoting(vault, status, body, kind), SHOWN)
    assert_hidden(error, *log.texts)


@pytest.mark.parametrize("password", [f"{SHOWN}\0", f"{SHOWN}\ud800", SHOWN.encode(), (SHOWN,)])
def test_a_password_that_cannot_be_sent(vault: Any, password: Any) -> None:
    if vault.__name__.endswith("digest") and isinstance(password, str):
        handlers = Handlers(vault)  # a digest carries any text
        client(vault, Changing(vault, handlers), password=password).open(number=1)
        assert handlers.asked[0].credentials.matches(password)
        return
    with whole_log() as log:
        error = failed(vault, Changing(vault, Handlers(vault)), password)
    assert_hidden(error, *log.texts)


def test_a_transport_that_raises(vault: Any) -> None:
    class Raising:
        def send(self, request: Any, *_: object) -> Any:
            raise ValueError(f"no {request.body} {request.headers}")

        def close(self) -> None:
            """Nothing is open."""

    with whole_log() as log:
        error = failed(vault, Raising(), SHOWN)
    assert_hidden(error, *log.texts)


def test_a_handler_that_fails(vault: Any) -> None:
    class Failing(Handlers):
        def open(self, request: Any, /) -> Any:
            assert request.credentials.matches(SHOWN)
            raise ValueError(f"no {request} {request.credentials}")

    with whole_log() as log:
        error = failed(vault, Changing(vault, Failing(vault)), SHOWN)
    assert_hidden(error, *log.texts)


def test_a_journal_says_where_it_is_quoted(vault: Any, tmp_path: Path) -> None:
    is_digest = vault.__name__.endswith("digest")
    journal = vault.FileJournal(tmp_path)
    with whole_log() as log:
        error = failed(vault, Quoting(vault, 500, "HERE", "text/plain"), SHOWN, journal=journal)
        (entry,) = vault.read_journal(tmp_path)
    assert entry.quotes_secret or is_digest  # a request with a digest has no password in it
    assert_hidden(error, *log.texts, repr(entry), str(entry.result))


def test_clients_and_additions_show_nothing(vault: Any) -> None:
    caller = vault.Client(username="me", password=SHOWN, transport=Changing(vault, Handlers(vault)))
    operations = importlib.import_module(f"{vault.__name__}.operations")
    shown = f"{caller!r}{vars(caller)!r}{operations.OPERATIONS!r}{operations.open(number=1)!r}"
    for leak in LEAKS:
        assert leak not in shown
