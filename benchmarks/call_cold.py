"""A fresh process: a client is imported and made, makes its first call, then some more.

It prints the first result with the processor time so far, and at its end the most memory it had.
It imports nothing that its client does not, besides `sys` and `time`.
"""

import sys
import time

from .call_peers import ASYNC, SYNC, Calls

CALLS = 200


def main() -> None:
    """Told by the command line: which client, and the address of the service."""
    name, url = sys.argv[1:]
    if name in ASYNC:
        import asyncio

        asyncio.run(_tasks(ASYNC[name](url)))
    else:
        _calls(SYNC[name](url))
    print(_peak(), flush=True)


def _calls(calls: Calls) -> None:
    _first(calls.send_msg())
    for _ in range(CALLS - 1):
        calls.send_msg()


async def _tasks(calls: Calls) -> None:
    _first(await calls.send_msg())  # type: ignore[misc]  # zeep has no annotations
    for _ in range(CALLS - 1):
        await calls.send_msg()  # type: ignore[misc]  # zeep has no annotations


def _first(result: object) -> None:
    print(result, time.process_time(), flush=True)


def _peak() -> int:
    """Kilobytes; 0 where the system does not say.

    Not `ru_maxrss`: that begins with the memory of the process that started this one.
    """
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0
