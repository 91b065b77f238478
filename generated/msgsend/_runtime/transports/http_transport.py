# Copied by unstringly 0.1.0. Do not edit.
"""The default transport of `Client`: HTTP/1.1 over sockets that are kept.

It has one deadline for the whole exchange. A server that sends its response byte by byte cannot
stretch it.
"""

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Final

from ..client.failing import bare
from ..wire.exchange import MAX_BYTES, Request, Response, SendFailed
from .connection import Wire, left
from .names import NotConnected, let_go_of_look_ups
from .pool import Pool
from .request_bytes import origin_of, request_bytes
from .response_reader import ResponseReader
from .transport_options import CONNECTIONS, KEEP_ALIVE, USER_AGENT, Options, taken

if TYPE_CHECKING:
    import ssl

_SILENCE: Final = 0.5
"""Seconds without a byte after which a response that is overdue gets no more time."""


class HttpTransport:
    """HTTP/1.1 over at most `connections` connections.

    An idle connection is used again for `keep_alive` seconds, or for less if the server says so:
    servers close theirs after some seconds, most after 5, and the outcome of a request that meets
    such an end is unknown. Of a response's body not much more than `max_bytes` is read.

    `user_agent` is the text of that header; None sends no such header. `headers` go with every
    request. `auth`, a name and a password, is sent as HTTP Basic (RFC 7617). Both may hold
    secrets: no repr and no traceback shows them. ValueError names a value that cannot be sent,
    and does not show it.

    `tls` is the context for https addresses; by default the system's certificates are trusted. A
    CA of your own, and a certificate that the server asks of its clients:

        context = ssl.create_default_context(cafile="ca.pem")
        context.load_cert_chain("client.pem", "client.key")
        transport = HttpTransport(tls=context)

    Nothing goes through a proxy: an `HttpxTransport` can.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        keep_alive: float = KEEP_ALIVE,
        max_bytes: int = MAX_BYTES,
        tls: "ssl.SSLContext | None" = None,
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
        self._pool = Pool(connections, self._context)

    def send(self, request: Request, deadline: float) -> Response:
        """Return the response to a request, whatever its status. Raises SendFailed.

        So it does, before anything is sent, for a request with a header that `headers` or `auth`
        has too.
        """
        refused = self._options.refusal(request)
        if refused is not None:
            del request  # tracebacks may show variables
            raise refused
        try:
            outcome = self._outcome(request, deadline)
        except BaseException:
            self._let_go()
            raise
        if isinstance(outcome, SendFailed):
            raise outcome
        return outcome

    def close(self) -> None:
        """Close all connections; those in use when they are given back."""
        self._pool.close()

    def _let_go(self) -> None:
        """Release the locks that this thread may hold after an exception at any instruction."""
        self._pool.let_go()
        let_go_of_look_ups()

    def _context(self) -> "ssl.SSLContext":
        if self._tls is None:
            from ssl import create_default_context

            self._tls = create_default_context()
        return self._tls

    def _outcome(self, request: Request, deadline: float) -> Response | SendFailed:
        exchange = _Exchange(request, self._options)
        reader = exchange.reader
        broken, is_final = "", False
        interrupt: BaseException | None = None
        try:
            exchange.run(self._pool, deadline)
        except NotConnected as error:
            broken, is_final = str(error), error.is_final
        except TimeoutError:
            broken = "no whole response in time" if exchange.sent else "no connection in time"
        except OSError as error:
            broken = f"the connection broke: {error.strerror or type(error).__name__}"
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            self._let_go()
            broken = "interrupted"
            if exchange.sent or not isinstance(error, Exception):
                interrupt = bare(error)  # its frames hold the request
            else:
                broken = f"no connection ({type(error).__name__})"
        if exchange.wire is not None:
            if reader.is_reusable and exchange.is_written and not broken:
                self._pool.give_back(exchange.wire, self._options.kept_for(reader.keep_seconds))
            else:
                self._pool.drop(exchange.wire)
        response = None if broken else reader.response()
        if response is not None:
            return response
        is_told = reader.is_done and interrupt is None
        return SendFailed(
            reader.problem if is_told or reader.is_refused else broken,
            sent=exchange.sent,
            received=reader.received(),
            status=reader.status,
            headers=reader.headers,
            has_head=reader.has_head,
            interrupt=interrupt,
            is_final=is_final,
        )


class _Exchange:
    """One request and its response, as far as it has come."""

    def __init__(self, request: Request, options: Options) -> None:
        self._request = request
        self._lines = options.lines
        self.reader = ResponseReader(request.method, options.max_bytes)
        self.wire: Wire | None = None
        self.sent = False
        self.is_written = False

    def run(self, pool: Pool, deadline: float) -> None:
        """Write the request and read the response. Raises NotConnected, OSError."""
        data = request_bytes(self._request, self._lines)
        self.wire = wire = pool.take(origin_of(self._request.url), deadline)
        left(deadline)
        self._request.arriving(self.reader)
        self.sent = True
        self._request.leaving()
        try:
            self._exchange(wire, data, deadline)
        except TimeoutError:  # this thread may have slept, or the server answered without reading
            wire.receive_rest(self.reader)
            if not self.reader.is_whole:
                raise

    def _exchange(self, wire: Wire, data: bytes, deadline: float) -> None:
        broken: OSError | None = None
        try:
            wire.send(data, deadline)
            self.is_written = True
        except TimeoutError:
            raise
        except OSError as error:  # a server may answer, and close, before it has read everything
            broken = error
        self._read(wire, deadline)
        if broken is not None and not self.reader.has_told_its_end:
            raise broken

    def _read(self, wire: Wire, deadline: float) -> None:
        reader = self.reader
        while not reader.is_done:
            if not reader.is_overdue:
                wire.receive(reader, deadline)
                continue
            try:
                wire.receive(reader, min(deadline, monotonic() + _SILENCE))
            except OSError:
                reader.stop()
