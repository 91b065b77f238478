"""Clients of generated packages, called through transports that answer as they are told."""

import asyncio
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from tests.generator.client_services import Port, Seen, answer, understood

Method: TypeAlias = Callable[[Any], Any]
"""A call: it is given a client. The classes exist only when they are generated."""


class Line:
    """A transport for threads and for tasks: one text for each request, in their order."""

    def __init__(self, package: ModuleType, port: Port, operation: str, texts: list[str]) -> None:
        self._package = package
        self._port = port
        self._operation = operation
        self._texts = list(texts)
        self.status = 200
        self.media = port.media or "text/xml"
        self.seen: list[Seen] = []
        self.heads: list[str] = []

    def respond(self, request: Any) -> Any:
        request.leaving()
        self.heads += [request.url, *(text for pair in request.headers for text in pair)]
        self.seen.append(understood(self._port, request.url, dict(request.headers), request.body))
        head = (("Content-Type", f"{self.media}; charset=utf-8"),)
        body = answer(self._port, self._operation, self._texts.pop(0))
        return self._package.Response(self.status, head, body)

    def send(self, request: Any, deadline: float) -> Any:
        return self.respond(request)

    def close(self) -> None:
        """There is nothing to close."""


class AsyncLine(Line):
    """The same, awaited."""

    async def send(self, request: Any, deadline: float) -> Any:
        return self.respond(request)

    async def aclose(self) -> None:
        """There is nothing to close."""


def called(
    package: ModuleType,
    port: Port,
    operation: str,
    text: str,
    method: Method,
    *,
    account: Mapping[str, object],
    folder: Path,
) -> tuple[Seen, Any]:
    """The request and the result of a call, the same from both clients and from their journals."""
    with_threads = Line(package, port, operation, [text])
    with_tasks = AsyncLine(package, port, operation, [text])
    place = folder / f"{package.__name__}-{port.kind}-{operation}"
    binding = package.Binding[port.kind]
    made = package.Client(
        transport=with_threads, binding=binding, journal=package.FileJournal(place), **account
    )
    with made:
        result: object = method(made)

    async def ask() -> object:
        async with package.AsyncClient(
            transport=with_tasks, binding=binding, journal=package.FileJournal(place), **account
        ) as waiting:
            found: object = await method(waiting)
            return found

    assert asyncio.run(ask()) == result
    assert with_threads.seen == with_tasks.seen
    entries = [*package.read_journal(place)]
    assert [entry.operation for entry in entries] == [operation] * 2
    assert [entry.result for entry in entries] == [result] * 2
    (seen,) = with_threads.seen
    return seen, result


def client(
    package: ModuleType, port: Port, operation: str, *texts: str, **given: Any
) -> tuple[Any, Line]:
    """A client whose transport gives these answers."""
    line = Line(package, port, operation, list(texts))
    made = package.Client(transport=line, binding=package.Binding[port.kind], **given)
    return made, line


def paged(package: ModuleType, port: Port, operation: str, method: str, *texts: str) -> list[Any]:
    """The pages that both clients give."""
    made, _ = client(package, port, operation, *texts)
    pages = [*getattr(made, f"{method}_pages")()]
    line = AsyncLine(package, port, operation, list(texts))

    async def ask() -> list[Any]:
        waiting = package.AsyncClient(transport=line, binding=package.Binding[port.kind])
        return [page async for page in getattr(waiting, f"{method}_pages")()]

    assert asyncio.run(ask()) == pages
    return pages


def import_all(package: ModuleType, folder: Path) -> None:
    """Import every module of a package, and everything by its star."""
    for file in sorted((folder / package.__name__).glob("*.py")):
        module = importlib.import_module(
            f"{package.__name__}.{file.stem}".removesuffix(".__init__")
        )
        for name in getattr(module, "__all__", ()):
            assert hasattr(module, name), (file.name, name)
