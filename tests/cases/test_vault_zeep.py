"""zeep as a client of our service: its credentials and addresses, and what it reads of headers."""

from collections.abc import Generator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import zeep
from tests.cases.vaults import CASE, SOAP, Handlers, told, vault_of

_ZEEP: Any = zeep  # whose functions have no annotations
_ETREE: Any = import_module("lxml.etree")
_USERNAME: Any = import_module("zeep.wsse.username")
_WSA = "{http://www.w3.org/2005/08/addressing}"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:  # Any: just made
    with vault_of(tmp_path_factory.mktemp("vault"), "policies") as package:
        yield package


class InProcess:
    """A transport of zeep, which calls a service in this process and loads nothing."""

    def __init__(self, package: Any, handlers: Handlers) -> None:
        app = package.server.create_app(handlers)
        self.package, self.inner = package, package.InProcessTransport(app)
        self.message = self.content = b""

    def post_xml(self, address: str, envelope: Any, headers: dict[str, str]) -> Any:
        """Send an envelope; zeep looks at a few attributes of the response."""
        message = _ETREE.tostring(envelope, xml_declaration=True, encoding="utf-8")
        request = self.package.Request("POST", address, tuple(headers.items()), message)
        response = self.inner.send(request, 1e9)
        self.message, self.content = message, response.body

        class Answer:
            status_code, headers = response.status, dict(response.headers)
            content, encoding = response.body, "utf-8"

        return Answer()

    def load(self, place: str) -> bytes:
        """Return the text of a file."""
        return Path(place).read_bytes()


def addresses(message: bytes, name: str) -> list[str]:
    """The texts of the headers of WS-Addressing with a name."""
    return [own.text for own in _ETREE.fromstring(message)[0].iterchildren(f"{_WSA}{name}")]


@SOAP
@pytest.mark.parametrize("is_digest", [False, True])
def test_zeep_is_understood(vault: Any, binding: str, is_digest: bool) -> None:
    handlers = Handlers(vault, told(vault))
    transport = InProcess(vault, handlers)
    client = _ZEEP.Client(
        str(CASE / "vault.wsdl"),
        transport=transport,
        wsse=_USERNAME.UsernameToken("me", "open sesame", use_digest=is_digest),
        service_name="Vault",
        port_name="Vault" if binding == "SOAP11" else "Vault12",
    )
    answer = client.service.Open(number=7)
    came = handlers.asked[0].credentials
    assert came.username == "me"
    assert came.matches("open sesame")
    assert not came.matches("open")
    header = answer.header
    assert (header.quota.left, header.quota.until) == (3, date(2026, 1, 5))
    assert header.trace == "x <y>"
    assert [(own.name, own.grams) for own in answer.body.item] == [("a&b", 7), ("a&b", 7)]
    (sent,) = addresses(transport.message, "MessageID")
    assert addresses(transport.content, "RelatesTo") == [sent]
    assert addresses(transport.content, "Action") == ["urn:vault:opened"]


@SOAP
def test_zeep_sends_the_same_action(vault: Any, binding: str) -> None:
    """As the WSDL gives it, where it gives one."""
    client = _ZEEP.Client(str(CASE / "vault.wsdl"))
    port = client.wsdl.services["Vault"].ports["Vault" if binding == "SOAP11" else "Vault12"]
    theirs = port.binding.get("Open").abstract.wsa_action
    operations = import_module(f"{vault.__name__}.operations").OPERATIONS
    additions = operations["Open"].asserted[vault.Binding[binding]]
    assert [own.action for own in additions if hasattr(own, "action")] == [theirs]
