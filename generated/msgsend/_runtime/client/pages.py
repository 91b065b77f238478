"""Polls, page by page, until the service has nothing more."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TypeVar

from ..text.parsed import Parsed

T = TypeVar("T")


def pages(fetch: Callable[[], Parsed[T]]) -> Iterator[Parsed[T]]:
    """Each page before the next is fetched, until one has neither records nor malformed pieces.

    What `fetch` raises ends the pages; those before it have been handed out. A page without records
    that comes twice is the last: it is some notice, and would come for ever.
    """
    before: str | None = None
    while True:
        page = fetch()
        if is_empty(page):
            return
        yield page
        if not page and page.raw == before:
            return
        before = page.raw


async def async_pages(fetch: Callable[[], Awaitable[Parsed[T]]]) -> AsyncIterator[Parsed[T]]:
    """The same with a poll that is awaited."""
    before: str | None = None
    while True:
        page = await fetch()
        if is_empty(page):
            return
        yield page
        if not page and page.raw == before:
            return
        before = page.raw


def is_empty(page: Parsed[object]) -> bool:
    """Whether a page has nothing in it; one with malformed pieces has."""
    return not page and not page.malformed
