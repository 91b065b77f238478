# Copied by unstringly 0.1.0. Do not edit.
"""An exchange over httpx2: the request in its classes, and the outcome in ours."""

from contextlib import aclosing, closing
from functools import lru_cache
from time import monotonic
from typing import Final

import httpx2

from ..client.failing import bare
from ..wire.exchange import Request, Response, SendFailed
from .httpx_events import SentAgain, TooLarge, Watch, is_desynchronized
from .names import NotConnected

LIMITS: Final = httpx2.Limits(
    max_connections=100, max_keepalive_connections=100, keepalive_expiry=4.0
)
NO_CONNECTION: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
)


def check_transport(transport: object, base: type[object], *, is_told: bool) -> None:
    """Raise TypeError for an object that is no transport of httpx2 of that kind.

    So does one for which ours `is_told` a proxy or certificates, which it must be made with.
    """
    if transport is None:
        return
    if is_told:
        raise TypeError("a transport of httpx2 is made with its proxy and its certificates")
    if isinstance(transport, base):
        return
    kind = transport if isinstance(transport, type) else type(transport)
    name = f"{kind.__module__.partition('.')[0]}.{kind.__qualname__}"
    description = f"the class {name}" if isinstance(transport, type) else f"one of {name}"
    example = f"httpx2.{base.__name__.replace('Base', 'HTTP')}()"
    raise TypeError(f"give a transport of httpx2 such as {example}, not {description}")


@lru_cache(maxsize=16)
def _known(url: str) -> httpx2.URL:
    return httpx2.URL(url)


def foreign(
    request: Request,
    trace: object,
    deadline: float,
    to: str = "",
    connect: float | None = None,
) -> httpx2.Request:
    """Return the request in httpx2's class, `to` an address that its host was found to have.

    Every step gets the time left until the deadline, or `connect` seconds for the connection.
    """
    # an address with a query holds secrets, and is not kept
    url = httpx2.URL(request.url) if "?" in request.url else _known(request.url)
    headers = [("Host", url.netloc.decode("ascii")), *request.headers]
    if request.method == "POST":
        headers.append(("Content-Length", str(len(request.body))))
    limits = dict.fromkeys(("connect", "read", "write", "pool"), deadline - monotonic())
    extensions: dict[str, object] = {"timeout": limits, "trace": trace}
    if connect is not None:
        limits["connect"] = connect
    if to:
        extensions["sni_hostname"] = url.host
        url = url.copy_with(host=to)
    return httpx2.Request(
        request.method,
        url,
        headers=headers,
        stream=httpx2.ByteStream(request.body),
        extensions=extensions,
    )


async def exchange_async(
    transport: httpx2.AsyncBaseTransport, request: httpx2.Request, watch: Watch
) -> None:
    """Make the exchange, and give `watch` all that comes. Raises TooLarge, and httpx2's errors."""
    response = await transport.handle_async_request(request)
    stream = response.stream
    if not isinstance(stream, httpx2.AsyncByteStream):
        raise TypeError("an asynchronous transport gives an asynchronous stream")
    watch.head(response)
    async with aclosing(stream):
        async for piece in stream:
            watch.body(piece)
        watch.is_whole = True
        if is_desynchronized(response):
            await response.extensions["network_stream"].aclose()


def exchange(
    transport: httpx2.BaseTransport, request: httpx2.Request, watch: Watch, deadline: float
) -> None:
    """As `exchange_async`, for threads. Raises TimeoutError for a piece after the deadline."""
    response = transport.handle_request(request)
    stream = response.stream
    if not isinstance(stream, httpx2.SyncByteStream):
        raise TypeError("a synchronous transport gives a synchronous stream")
    watch.head(response)
    with closing(stream):
        for piece in stream:
            watch.body(piece)
            if monotonic() > deadline:
                raise TimeoutError
        watch.is_whole = True
        if is_desynchronized(response):
            response.extensions["network_stream"].close()


def outcome(watch: Watch, caught: BaseException | None, *, is_mock: bool) -> Response | SendFailed:
    """Return the outcome of an exchange, without texts of exceptions: they may quote bytes."""
    if caught is None and watch.status is not None:
        return Response(watch.status, watch.headers, watch.received())
    # a mock says that nothing was sent; other transports without events cannot
    is_unsent_by_mock = is_mock and isinstance(caught, NO_CONNECTION)
    interrupt = None if caught is None or isinstance(caught, Exception) else bare(caught)
    return SendFailed(
        _reason(caught, sent=watch.sent),
        sent=watch.sent and not is_unsent_by_mock,
        received=watch.received(),
        status=watch.status,
        headers=watch.headers,
        interrupt=interrupt,
        is_final=isinstance(caught, NotConnected) and caught.is_final,
    )


def _reason(caught: BaseException | None, *, sent: bool) -> str:
    """Return the reason why there is no whole response, in words of ours."""
    name = type(caught).__name__
    match caught:
        case NotConnected() | TooLarge():
            return str(caught)
        case TimeoutError() | httpx2.TimeoutException():
            return "no whole response in time" if sent else f"no connection in time ({name})"
        case SentAgain():
            return "the connection was given up before the response came"
        case httpx2.RemoteProtocolError():
            return "the connection ended early, or what came is no HTTP response"
        case httpx2.HTTPError():
            return f"the connection failed ({name})"
        case Exception():
            return f"the transport raised {name}"
        case _:
            return "interrupted"
