"""A gateway that answers at once with fixed bytes, in a process of its own.

It is as cheap as a server in Python gets: it knows the head of a request again by its bytes, so
that what a call costs is what the client costs. Connections are kept alive; nothing is checked.
"""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, cast

from . import pages

BATCH = "2314357620085030623"
RESULTS = {"SendMsg": BATCH, "GetReport2": pages.TIMED_REPORTS}
PATH = "/Services/MsgSend.asmx"

_ENVELOPE = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>'
    '<{name}Response xmlns="http://tempuri.org/"><{name}Result>{text}</{name}Result>'
    "</{name}Response></soap:Body></soap:Envelope>"
)
_STRING = (
    '<?xml version="1.0" encoding="utf-8"?>\r\n<string xmlns="http://tempuri.org/">{text}</string>'
)
_HEAD = (
    "HTTP/1.1 200 OK\r\nCache-Control: private, max-age=0\r\n"
    "Content-Type: text/xml; charset=utf-8\r\nContent-Length: {length}\r\n\r\n"
)
_ACTION = re.compile(rb'\r\nSOAPAction: "http://tempuri\.org/(\w+)"', re.IGNORECASE)
_FORM = re.compile(rb"\w+ " + re.escape(PATH.encode()) + rb"/(\w+)[ ?]")
_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nConnection: close", re.IGNORECASE)


def _answer(template: str, name: str) -> bytes:
    body = template.format(name=name, text=RESULTS[name]).encode()
    return _HEAD.format(length=len(body)).encode() + body


_SOAP_ANSWERS = {name.encode(): _answer(_ENVELOPE, name) for name in RESULTS}
_FORM_ANSWERS = {name.encode(): _answer(_STRING, name) for name in RESULTS}


class _Known:
    """What a head asks for: the length of its body, the answer, whether to close after it."""

    __slots__ = ("answer", "close", "length")

    def __init__(self, head: bytes) -> None:
        length, action, form = _LENGTH.search(head), _ACTION.search(head), _FORM.match(head)
        self.length = int(length[1]) if length else 0
        self.close = _CLOSE.search(head) is not None
        if action:
            self.answer = _SOAP_ANSWERS[action[1]]
        elif form:
            self.answer = _FORM_ANSWERS[form[1]]
        else:
            self.answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Connection(asyncio.Protocol):
    known: dict[bytes, _Known] = {}  # noqa: RUF012 - of all connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while True:
            head, end, rest = self.received.partition(b"\r\n\r\n")
            if not end:
                return
            known = self.known.get(head)
            if known is None:
                known = self.known[head] = _Known(head)
            if len(rest) < known.length:
                return
            self.received = rest[known.length :]
            self.transport.write(known.answer)
            if known.close:
                self.transport.close()


async def _serve() -> None:
    """Print the port and serve until the standard input is closed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Connection, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    closed = asyncio.Event()
    loop.add_reader(sys.stdin, closed.set)
    await closed.wait()


class Stub(NamedTuple):
    """A running server: the address of the service, and the process."""

    url: str
    pid: int


@contextmanager
def running() -> Iterator[Stub]:
    """Start the server in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.stub_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield Stub(f"http://127.0.0.1:{port}{PATH}", process.pid)


if __name__ == "__main__":
    asyncio.run(_serve())
