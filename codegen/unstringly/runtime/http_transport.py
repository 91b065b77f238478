"""The default transport of `Client`: the standard library's HTTP client, pooled.

Its deadline is one for the whole exchange. A server that sends its response byte by byte cannot
stretch it.
"""

from http.client import HTTPException, HTTPResponse, IncompleteRead, RemoteDisconnected
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from .connecting import NotConnected, Origin
from .exchange import MOST_BYTES, Request, Response, SendFailed
from .pool import Connection, Pool
from .wire import HeadTooLarge

if TYPE_CHECKING:
    import socket
    import ssl

_PIECE = 64 * 1024
_SWITCHING = 101
_OK = 200


class HttpTransport:
    """HTTP/1.1 over at most `connections` connections, kept idle for `keep_alive` seconds.

    A response's body of more than `most_bytes` is not read to its end. `tls` is the context for
    https addresses; by default the system's certificates are trusted.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        keep_alive: float = 5.0,
        most_bytes: int = MOST_BYTES,
        tls: "ssl.SSLContext | None" = None,
    ) -> None:
        self._most_bytes = most_bytes
        self._tls = tls
        self._pool = Pool(connections, keep_alive, self._context)

    def send(self, request: Request, deadline: float) -> Response:
        """The response to a request, whatever its status. Raises SendFailed."""
        outcome = self._outcome(request, deadline)
        if isinstance(outcome, SendFailed):
            raise outcome
        return outcome

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def _context(self) -> "ssl.SSLContext":
        if self._tls is None:
            from ssl import create_default_context

            self._tls = create_default_context()
        return self._tls

    def _outcome(self, request: Request, deadline: float) -> Response | SendFailed:
        reason = ""
        connection: Connection | None = None
        try:
            connection = self._pool.take(_origin(request.url), deadline)
        except NotConnected as error:
            reason = str(error)
        except ValueError:
            reason = "the address is none"
        if connection is None:
            return SendFailed(reason, sent=False)
        exchange = _Exchange(connection, self._most_bytes)
        interrupt: BaseException | None = None
        try:
            exchange.run(request, deadline)
        except TimeoutError:
            reason = "no whole response in time"
        except HeadTooLarge:
            reason = "the head of the response does not end"
        except (IncompleteRead, RemoteDisconnected):
            reason = "the connection ended before the response did"
        except OSError as error:
            reason = f"the connection broke: {error.strerror or type(error).__name__}"
        except (HTTPException, ValueError) as error:  # their texts may quote what came
            reason = f"what came is no HTTP response ({type(error).__name__})"
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            reason = "interrupted"
            interrupt = error.with_traceback(None)  # its frames hold the request
            interrupt.__context__ = None
        reason = reason or exchange.problem
        if exchange.is_reusable and not reason:
            self._pool.give_back(connection)
        else:
            self._pool.drop(connection)
        body, status = bytes(exchange.body), exchange.status
        if status is not None and not reason:
            return Response(status, exchange.headers, body)
        sent = connection.wire.sent
        return SendFailed(reason, sent=sent, received=body, status=status, interrupt=interrupt)


class _Exchange:
    """One request and its response, as far as it has come."""

    def __init__(self, connection: Connection, most_bytes: int) -> None:
        self._connection = connection
        self._most_bytes = most_bytes
        self.status: int | None = None
        self.headers: tuple[tuple[str, str], ...] = ()
        self.body = bytearray()
        self.problem = ""
        self.is_reusable = False

    def run(self, request: Request, deadline: float) -> None:
        """Write the request and read the response."""
        http, wire = self._connection.http, self._connection.wire
        wire.begin(deadline, request.leaving)
        http.request(
            request.method, _target(request.url), request.body or None, dict(request.headers)
        )
        response = http.getresponse()
        was_informed = False
        while response.status < _OK and response.status != _SWITCHING:
            was_informed = True  # http.client takes 103 for a response; what follows is one
            response = HTTPResponse(cast("socket.socket", wire), method=request.method)
            response.begin()
        wire.end_of_head()
        self.status = response.status
        self.headers = tuple(response.getheaders())
        self._read(response)
        response.close()
        is_kept = not response.will_close and not was_informed and response.status >= _OK
        self.is_reusable = is_kept and wire.is_fresh

    def _read(self, response: HTTPResponse) -> None:
        expected = None if response.chunked else response.length
        while expected is None or len(self.body) < expected:
            wanted = self._most_bytes + 1 if expected is None else expected
            piece = response.read1(min(wanted - len(self.body), _PIECE))
            if not piece:
                break
            self.body += piece
            if len(self.body) > self._most_bytes:
                self.problem = f"the response is larger than {self._most_bytes} bytes"
                return
        if expected is not None and len(self.body) < expected:
            self.problem = "the connection ended before the response did"


def _origin(url: str) -> Origin:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return Origin(parts.scheme, parts.hostname or "", port)


def _target(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path
