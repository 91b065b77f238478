"""The package's clients behind one face, so that one test body can be run over all of them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, Protocol

from tests.interop.exchanges import PASSWORD

from msgsend import AsyncClient, Binding, Client, HttpxTransport, Transport

Given = Mapping[str, object]
Journal = Callable[[str, bytes], None]


class Gateway(Protocol):
    """A client whose methods are called by their names."""

    def call(self, method: str, given: Given) -> object:
        """The result of a call."""
        ...

    def together(self, method: str, givens: Sequence[Given]) -> list[object]:
        """The results of calls that are made at the same time."""
        ...

    def pages(self, method: str) -> Iterator[object]:
        """The pages of a poll, each fetched when it is asked for."""
        ...


class _Threads:
    def __init__(self, client: Client) -> None:
        self._client: Any = client

    def call(self, method: str, given: Given) -> object:
        return getattr(self._client, method)(**given)

    def together(self, method: str, givens: Sequence[Given]) -> list[object]:
        with ThreadPoolExecutor(max_workers=len(givens)) as threads:
            return list(threads.map(partial(self.call, method), givens))

    def pages(self, method: str) -> Iterator[object]:
        pages: Iterator[object] = getattr(self._client, method)()
        return pages


class _Tasks:
    def __init__(self, client: AsyncClient, runner: asyncio.Runner) -> None:
        self._client: Any = client
        self._runner = runner

    def call(self, method: str, given: Given) -> object:
        (result,) = self.together(method, [given])
        return result

    def together(self, method: str, givens: Sequence[Given]) -> list[object]:
        async def gathered() -> list[object]:
            calls = (getattr(self._client, method)(**given) for given in givens)
            return list(await asyncio.gather(*calls))

        return self._runner.run(gathered())

    def pages(self, method: str) -> Iterator[object]:
        pages: AsyncIterator[object] = getattr(self._client, method)()

        async def page() -> object:
            return await anext(pages, None)

        while (found := self._runner.run(page())) is not None:
            yield found


class Way(Protocol):
    """Opens a client of an account, for a `with` block."""

    def __call__(
        self, address: str, binding: Binding, user: str, journal: Journal | None = None
    ) -> AbstractContextManager[Gateway]: ...


def _threads(transport: Callable[[], Transport | None]) -> Way:
    @contextmanager
    def way(
        address: str, binding: Binding, user: str, journal: Journal | None = None
    ) -> Generator[Gateway, None, None]:
        with Client(
            user_code=user,
            user_pass=PASSWORD,
            base_url=address,
            binding=binding,
            journal=journal,
            transport=transport(),
        ) as client:
            yield _Threads(client)

    return way


@contextmanager
def _tasks(
    address: str, binding: Binding, user: str, journal: Journal | None = None
) -> Generator[Gateway, None, None]:
    with asyncio.Runner() as runner:
        client = AsyncClient(
            user_code=user,
            user_pass=PASSWORD,
            base_url=address,
            binding=binding,
            journal=journal,
        )
        try:
            yield _Tasks(client, runner)
        finally:
            runner.run(client.aclose())


WAYS: dict[str, Way] = {
    "threads": _threads(lambda: None),
    "threads over httpx2": _threads(HttpxTransport),
    "tasks": _tasks,
}
