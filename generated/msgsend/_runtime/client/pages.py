# Copied by unstringly 0.1.0. Do not edit.
"""Polls of a service, page by page, until it has nothing more."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TypeVar

from ..text.parsed import Parsed

T = TypeVar("T")


def pages(fetch: Callable[[], Parsed[T]]) -> Iterator[Parsed[T]]:
    """Yield each page before the next is fetched, until one has no records or malformed pieces.

    An error of `fetch` ends the pages; those before it have been handed out. A page without records
    that comes twice is the last: it is some notice, and would come for ever.
    """
    previous: str | None = None
    while True:
        page = fetch()
        if is_empty(page):
            return
        yield page
        if not page and page.raw == previous:
            return
        previous = page.raw


async def async_pages(fetch: Callable[[], Awaitable[Parsed[T]]]) -> AsyncIterator[Parsed[T]]:
    """Yield pages as `pages` does, with a poll that is awaited."""
    previous: str | None = None
    while True:
        page = await fetch()
        if is_empty(page):
            return
        yield page
        if not page and page.raw == previous:
            return
        previous = page.raw


def is_empty(page: Parsed[object]) -> bool:
    """Say whether a page has neither records nor malformed pieces."""
    return not page and not page.malformed
