"""Packages of one small service each, imported."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from tests.generator.client_calls import import_all
from tests.generator.client_services import (
    TRIED,
    Port,
    put_service,
)
from tests.generator.importing import imported
from tests.generator.services import generated, write_tree

MINIMAL = """
types: {Word: {text: '[a-z]+'}}
operations:
  Ask: {effect: read, parameters: {key: {}}, result: Word}
"""
ASK = {"Ask": ("key",)}


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
