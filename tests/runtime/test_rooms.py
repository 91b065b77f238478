"""The runtime is built in layers: a room imports from itself and from those below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import unstringly.runtime

ROOT = Path(str(unstringly.runtime.__file__)).parent
LAYERS = ("errors", "text", "wire", "xml", "journal", "client", "transports", "server", "testing")
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py") if path.parent != ROOT)
NETWORK = {"asyncio", "http", "httpx2", "select", "selectors", "socket", "ssl", "urllib.request"}


def imported(module: Path) -> Iterator[tuple[str, str]]:
    """Yield the room and the module of each import within the runtime, or "" and the module."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(level=1, module=str(name)):
                yield module.parts[0], name
            case ast.ImportFrom(level=2, module=str(name)):
                room, _, rest = name.partition(".")
                yield room, rest
            case ast.ImportFrom(level=0, module=str(name)):
                yield "", name
            case ast.Import(names=names):
                yield from (("", each.name) for each in names)
            case _:
                pass


def test_each_room_is_a_layer() -> None:
    assert {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()} == set(LAYERS)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_room_imports_from_a_layer_above_it(module: Path) -> None:
    layer = LAYERS.index(module.parts[0])
    for room, name in imported(module):
        if room:
            assert LAYERS.index(room) <= layer, f"{module} imports {room}.{name}"
            assert (ROOT / room / f"{name}.py").exists()


@pytest.mark.parametrize("room", ["errors", "text", "wire", "xml", "journal"])
def test_no_room_below_the_clients_knows_a_network(room: str) -> None:
    for module in MODULES:
        if module.parts[0] == room:
            outside = {name for inside, name in imported(module) if not inside}
            assert not outside & NETWORK, module
