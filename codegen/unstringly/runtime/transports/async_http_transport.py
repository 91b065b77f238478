"""The default transport of `AsyncClient`: HTTP/1.1 over asyncio, pooled, without other libraries.

It has one deadline for the whole exchange. An exchange is one write and one future that is awaited.
"""

import asyncio
import os
import ssl
from collections.abc import Mapping
from time import monotonic
from weakref import WeakSet

from ..client.failing import bare
from ..wire.exchange import MAX_BYTES, Request, Response, SendFailed
from .async_connecting import connect
from .async_connection import Connection
from .async_pool import Pool
from .names import NotConnected
from .request_bytes import origin_of, request_bytes
from .response_reader import ResponseReader
from .transport_options import CONNECTIONS, KEEP_ALIVE, USER_AGENT, Options, taken


class AsyncHttpTransport:
    """HTTP/1.1 over at most `connections` connections for each event loop; tasks share one.

    The arguments are those of `HttpTransport`, and mean the same.

    Connections belong to an event loop, and to a process: in another one, others are made. The
    connections of a transport that was not closed end with their event loop.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        keep_alive: float = KEEP_ALIVE,
        max_bytes: int = MAX_BYTES,
        tls: ssl.SSLContext | None = None,
        user_agent: str | None = USER_AGENT,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> None:
        options = Options.tried(
            connections=connections,
            keep_alive=keep_alive,
            max_bytes=max_bytes,
            tls=tls,
            user_agent=user_agent,
            headers=headers,
            auth=auth,
        )
        # tracebacks may show variables
        del headers, auth
        self._options = taken(options)
        self._tls = tls
        self._pools: dict[asyncio.AbstractEventLoop, Pool] = {}
        self._is_closed = False
        _transports.add(self)

    async def send(self, request: Request, deadline: float) -> Response:
        """Return the response to a request, whatever its status. Raises SendFailed."""
        outcome = await self._outcome(request, deadline)
        if isinstance(outcome, SendFailed):
            raise outcome
        return outcome

    async def aclose(self) -> None:
        """Close all connections; those in use when they are given back."""
        self._is_closed = True
        running = asyncio.get_running_loop()
        for loop, pool in list(self._pools.items()):
            if loop is running:
                await pool.aclose()
            elif not loop.is_closed():
                loop.call_soon_threadsafe(pool.close)

    def begin_anew(self) -> None:
        """Forget all connections after a fork: they are of the parent's event loops."""
        of_the_parent, self._pools = self._pools, {}
        for pool in of_the_parent.values():
            pool.let_go()
        _of_the_parent.append(of_the_parent)

    async def _pool(self) -> Pool:
        loop = asyncio.get_running_loop()
        pool = self._pools.get(loop)
        if pool is None:
            for old_loop in list(self._pools):
                if old_loop.is_closed():
                    del self._pools[old_loop]
            pool = self._pools[loop] = Pool(self._options.connections)
            await pool.begin()
        return pool

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls

    async def _outcome(self, request: Request, deadline: float) -> Response | SendFailed:
        if self._is_closed:
            return SendFailed("the client is closed", sent=False, is_final=True)
        refused = self._options.refusal(request)
        if refused is not None:
            return refused
        pool = await self._pool()
        connection: Connection | None = None
        reason, is_final, interrupt = "", False, None
        try:
            data = request_bytes(request, self._options.lines)
            connection = await pool.take(origin_of(request.url), deadline)
            if not connection.is_open:
                await connect(connection, deadline, self._context)
            if monotonic() < deadline:
                return await self._exchanged(pool, connection, request, data, deadline)
            reason = "no time was left"
        except NotConnected as error:
            reason, is_final = str(error), error.is_final
        except Exception as error:  # noqa: BLE001 - no connection, so nothing was sent
            reason = f"no connection ({type(error).__name__})"
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            reason, interrupt = "interrupted", bare(error)
        if connection is not None:
            pool.drop(connection)
        return SendFailed(reason, sent=False, interrupt=interrupt, is_final=is_final)

    async def _exchanged(
        self, pool: Pool, connection: Connection, request: Request, data: bytes, deadline: float
    ) -> Response | SendFailed:
        """Return the outcome of an exchange. From here on the request may have left."""
        reader = ResponseReader(request.method, self._options.max_bytes)
        interrupt: BaseException | None = None
        try:
            request.arriving(reader)
            request.leaving()
            problem = await connection.exchange(data, reader, deadline)
        except Exception as error:  # noqa: BLE001 - after any error the request may have left
            problem = f"the exchange failed ({type(error).__name__})"
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            problem, interrupt = "interrupted", bare(error)
        if problem or not (reader.is_reusable and connection.is_idle):
            pool.drop(connection)
        else:
            pool.give_back(connection, self._options.kept_for(reader.keep_seconds))
        response = reader.response() if interrupt is None else None
        if response is not None:
            return response
        return SendFailed(
            problem if problem and not reader.is_refused else reader.problem,
            sent=True,
            received=reader.received(),
            status=reader.status,
            headers=reader.headers,
            has_head=reader.has_head,
            interrupt=interrupt,
        )


_transports: WeakSet[AsyncHttpTransport] = WeakSet()
_of_the_parent: list[object] = []
"""Objects that a child process must keep: if collected, they would close descriptors once more."""


def _begin_anew() -> None:
    for transport in _transports:
        transport.begin_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
