"""Requests of the package's calls, sent by the standard library's client and nothing else."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from msgsend._runtime.wire.exchange import Request, Response


def sent(request: Request) -> Response:
    """The response to a request, over a connection of its own."""
    parts = urlsplit(request.url)
    assert parts.hostname is not None
    connection = HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        target = request.url.removeprefix(f"{parts.scheme}://{parts.netloc}")
        connection.request(request.method, target, request.body, dict(request.headers))
        response = connection.getresponse()
        return Response(response.status, tuple(response.getheaders()), response.read())
    finally:
        connection.close()
