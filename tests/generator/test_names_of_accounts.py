"""The module for tests makes clients, whatever the parameters of an account are called."""

from importlib import import_module
from pathlib import Path

import pytest
from tests.generator.importing import imported
from tests.generator.services import MINIMAL_WSDL, put, write_tree

from unstringly.pipeline import build, check

NAMES = (
    *("emulator", "client", "Client", "AsyncClient", "InProcessTransport", "Emulator", "Binding"),
    *("AsyncInProcessTransport", "TYPE_CHECKING", "argv", "contextmanager", "str", "gateway"),
)
GRAMMAR = """\
service: Tiny
types: {Word: {text: '[a-z]+'}}
operations:
  Ask: {effect: read, parameters: {key: {python_name: NAME, bound: client}}, result: Word}
"""
EMULATOR = '''
from .server import Ask, create_app

PATH = "/Tiny.asmx"


class Emulator:
    """Answers with the key that it is asked with."""

    address = f"http://127.0.0.1{PATH}"

    def __init__(self) -> None:
        self.app = create_app(self, path=PATH)

    def ask(self, request: Ask) -> str:
        return request.NAME
'''


@pytest.mark.few(5)
@pytest.mark.parametrize("name", NAMES)
def test_a_client_of_an_emulator_is_made(tmp_path: Path, name: str) -> None:
    folder = put(tmp_path / "tiny", "Tiny.wsdl", MINIMAL_WSDL, GRAMMAR.replace("NAME", name))
    (folder / "emulator.py").write_text(EMULATOR.replace("NAME", name), encoding="utf-8")
    checked = check([folder], tmp_path)
    assert checked.ok, checked.findings
    write_tree(tmp_path / "out", build(checked, whole=False))
    with imported(tmp_path / "out", "tiny"):
        testing = import_module("tiny.testing")
        with testing.emulator() as emulator, testing.client(emulator, **{name: "abc"}) as client:
            assert client.ask() == "abc"
        assert testing.async_client(emulator, **{name: "abc"})
