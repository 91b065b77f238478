"""Parameters of the account: what the grammar says of one holds where credentials are sent too."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.faults.evidence import texts_of
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_WSDL, put

from unstringly.pipeline import build, check
from unstringly.plan.bound import BoundParameter, bound_parameters

GRAMMAR = """\
service: Tiny
credentials: {way}
types: {{Word: {{text: '[a-z]+'}}}}
operations:
  Ask: {{effect: read, parameters: {{key: {{bound: client, {keys}}}}}, result: Word}}
"""
SHOWN = "geheimeswort"


def bound_of(folder: Path, way: str, keys: str) -> dict[str, BoundParameter]:
    put(folder / "tiny", "Tiny.wsdl", MINIMAL_WSDL, GRAMMAR.format(way=way, keys=keys))
    checked = check([folder / "tiny"], folder)
    assert checked.ok, checked.findings
    (contract,) = checked.contracts
    return {own.name: own for own in bound_parameters(contract)}


@pytest.mark.parametrize("name", ["username", "password", "other"])
def test_a_parameter_is_the_same_with_credentials(tmp_path: Path, name: str) -> None:
    for more in product(("", ", secret: true"), ("", ", default: abc")):
        keys = f"python_name: {name}{''.join(more)}"
        plain = bound_of(tmp_path, "none", keys)
        with_them = bound_of(tmp_path, "http_basic", keys)
        own = with_them.pop(name)
        assert (own.name, own.default) == (name, plain[name].default)
        assert own.is_secret == (plain[name].is_secret or name == "password")
        others = {"username": False, "password": True}
        others.pop(name, None)
        assert {each.name: each.is_secret for each in with_them.values()} == others


@pytest.fixture
def package(tmp_path: Path) -> Iterator[ModuleType]:
    grammar = GRAMMAR.format(way="http_basic", keys="python_name: username, secret: true")
    folder = put(tmp_path / "tiny", "Tiny.wsdl", MINIMAL_WSDL, grammar)
    with imported_files(build(check([folder], tmp_path), whole=True), "tiny") as made:
        yield made


class Quoting:
    """A transport to a service that quotes the user name, as it came, in each response."""

    def __init__(self, package: ModuleType) -> None:
        self.package = package

    def send(self, request: Any, deadline: float) -> Any:  # Any: classes of that package
        assert SHOWN in request.url
        kind = (("Content-Type", "text/plain"),)
        return self.package.Response(500, kind, f"no account {SHOWN}".encode())

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("is_function", [False, True])
def test_a_secret_user_name_shows_nowhere(package: Any, is_function: bool) -> None:
    client = package.Client(
        username=(lambda: SHOWN) if is_function else SHOWN,
        password="x",
        base_url="http://127.0.0.1/",
        transport=Quoting(package),
    )
    with pytest.raises(package.ServiceFault) as caught:
        client.ask()
    shown = "\n".join([*texts_of(caught.value), repr(client), str(client.__dict__)])
    assert "no account" in shown
    assert SHOWN not in shown
