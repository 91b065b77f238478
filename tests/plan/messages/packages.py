"""Packages of messages, imported."""

import importlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple

from tests.generator.importing import imported_files
from tests.plan.messages.operations import PACKAGE


class Package(NamedTuple):
    """The modules of an imported package. Any: they are generated."""

    messages: Any
    tables: Any
    xml: ModuleType
    writer: Any
    read: Any

    def written(self, element: Any, value: Any) -> str:
        text: str = self.writer.write(element, value)
        return text

    def again(self, element: Any, text: str) -> Any:
        return self.read(element, text).value


@contextmanager
def package_of(files: Mapping[str, str]) -> Generator[Package]:
    """Import a package, and forget it afterwards."""
    with imported_files(files, PACKAGE):
        xml = module("_runtime.xml")
        for name in ("tables", "fragments", "qnames"):
            module(f"_runtime.xml.{name}")
        yield Package(
            module("messages"),
            module("message_tables"),
            xml,
            module("_runtime.xml.writing").Writer(),
            module("_runtime.xml.reading").read,
        )


def module(name: str) -> Any:
    """A module of the package."""
    return importlib.import_module(f"{PACKAGE}.{name}")
