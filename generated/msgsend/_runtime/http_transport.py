"""The default transport of `Client`: the standard library's HTTP client, pooled.

Its deadline is one for the whole exchange. A server that sends its response byte by byte cannot
stretch it.
"""

import re
from functools import lru_cache
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from .connecting import NotConnected, Origin
from .exchange import MOST_BYTES, Request, Response, SendFailed
from .pool import Connection, Pool
from .reply import BadHead, Reply
from .wire import left

if TYPE_CHECKING:
    import ssl

_PIECE: Final = 64 * 1024
_NOT_IN_A_HEAD: Final = re.compile("[\0\r\n]")


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
        reason, is_final = "", False
        connection: Connection | None = None
        try:
            # an address with a query holds secrets, and is not kept
            find = _origin if "?" in request.url else _known_origin
            connection = self._pool.take(find(request.url), deadline)
        except NotConnected as error:
            reason, is_final = str(error), error.is_final
        except Exception as error:  # noqa: BLE001 - no connection, so nothing was sent
            reason = f"no connection ({type(error).__name__})"
        if connection is None:
            return SendFailed(reason, sent=False, is_final=is_final)
        exchange = _Exchange(connection, self._most_bytes)
        interrupt: BaseException | None = None
        try:
            exchange.run(request, deadline)
        except TimeoutError:
            reason = "no whole response in time"
        except (IncompleteRead, RemoteDisconnected):
            reason = "the connection ended before the response did"
        except OSError as error:
            reason = f"the connection broke: {error.strerror or type(error).__name__}"
        except BadHead as error:
            reason = f"what came is no HTTP response ({error})"
        except (HTTPException, ValueError) as error:  # their texts may quote what came or went
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
        return SendFailed(
            reason, sent=exchange.sent, received=body, status=status, interrupt=interrupt
        )


class _Exchange:
    """One request and its response, as far as it has come."""

    def __init__(self, connection: Connection, most_bytes: int) -> None:
        self._origin = connection.origin
        self._wire = connection.wire
        self._most_bytes = most_bytes
        self.sent = False
        self.status: int | None = None
        self.headers: tuple[tuple[str, str], ...] = ()
        self.body = bytearray()
        self.problem = ""
        self.is_reusable = False

    def run(self, request: Request, deadline: float) -> None:
        """Write the request and read the response."""
        written = _written(request, self._origin)
        self._wire.deadline = deadline
        left(deadline)
        self.sent = True
        request.leaving()
        self._wire.send(written)
        reply = Reply(self._wire, request.method)
        try:
            reply.begin()
            self.status, self.headers = reply.status, reply.fields
            self._read(reply)
        finally:
            reply.close()  # before the wire is shut, which it would flush
        self.is_reusable = not reply.will_close

    def _read(self, reply: Reply) -> None:
        expected = reply.length
        while expected is None or len(self.body) < expected:
            wanted = self._most_bytes + 1 if expected is None else expected
            piece = reply.read1(min(wanted - len(self.body), _PIECE))
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


_known_origin = lru_cache(maxsize=16)(_origin)


def _written(request: Request, origin: Origin) -> bytes:
    """Head and body, in one piece: two would be two packets. Raises ValueError."""
    parts = urlsplit(request.url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    fields = [("Host", parts.netloc), *request.headers]
    if request.method == "POST":
        fields.append(("Content-Length", str(len(request.body))))
    lines = [f"{request.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields)]
    if _NOT_IN_A_HEAD.search("".join(lines)) or " " in target:
        raise ValueError
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + request.body
