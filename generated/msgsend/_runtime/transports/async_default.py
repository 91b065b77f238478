# Copied by unstringly 0.1.0. Do not edit.
"""The transport of an `AsyncClient` that is given none."""

from ..wire.exchange import AsyncTransport


def default_transport() -> AsyncTransport:
    """Make the default transport; what it needs of asyncio is imported here."""
    from .async_http_transport import AsyncHttpTransport

    return AsyncHttpTransport()
