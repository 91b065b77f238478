"""A program under eventlet, which patches before or after the import.

`python -m tests.runtime.transports.green early|late`
"""

import sys
from importlib import import_module
from typing import Any

eventlet: Any = import_module("eventlet")  # Any: it has no types

if sys.argv[1:] == ["early"]:
    eventlet.monkey_patch()

from tests.runtime.transports.answering import answering  # noqa: E402 - it is to find what is patched

from msgsend import HttpTransport  # noqa: E402 - the same

if sys.argv[1:] != ["early"]:
    eventlet.monkey_patch()


def main() -> None:
    """Twenty calls over one connection; then more at a time than there are connections."""
    with answering() as server:
        transport = HttpTransport(connections=4)
        for _ in range(20):
            assert server.ask(transport).body == b"ok"
        assert server.connections == 1, server.connections
        threads = eventlet.GreenPool(16)
        asked = [threads.spawn(server.ask, transport) for _ in range(64)]
        assert {future.wait().body for future in asked} == {b"ok"}
        assert server.connections <= 4
        name = server.url.replace("127.0.0.1", "localhost")
        assert server.ask(transport, url=name).body == b"ok"
        transport.close()


if __name__ == "__main__":
    main()
