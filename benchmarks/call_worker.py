"""A process that makes calls with one client when it is told to, and says what they took.

Each contender has a process of its own, so that none pays for another's modules, threads or
garbage. Orders come as lines of JSON on the standard input: which call, how often, how many at a
time. The answer is the time on the clock and the processor time of the process, all threads.
"""

import asyncio
import gc
import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from time import perf_counter, process_time
from typing import Any, Protocol, cast

from .call_peers import ASYNC, MOST_IN_FLIGHT, SYNC, Calls

Operation = str


class Driver(Protocol):
    """Makes calls, one or several at a time."""

    def once(self, operation: Operation) -> object: ...

    def run(self, operation: Operation, calls: int, in_flight: int) -> None: ...


class Threads:
    """For a synchronous client: several at a time are several threads."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.each: list[Calls] = []
        self.pool = ThreadPoolExecutor(MOST_IN_FLIGHT)

    def once(self, operation: Operation) -> object:
        return getattr(self.calls, operation)()

    def run(self, operation: Operation, calls: int, in_flight: int) -> None:
        if in_flight == 1:
            _repeat(getattr(self.calls, operation), calls)
            return
        if not self.each:
            self.each = [self.calls.for_thread() for _ in range(MOST_IN_FLIGHT)]
        each = [getattr(calls, operation) for calls in self.each[:in_flight]]
        list(self.pool.map(_repeat, each, repeat(calls // in_flight)))


class Tasks:
    """For an asynchronous client: several at a time are several tasks of one loop."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.runner = asyncio.Runner()

    def once(self, operation: Operation) -> object:
        async def call() -> object:
            return await getattr(self.calls, operation)()

        return self.runner.run(call())

    def run(self, operation: Operation, calls: int, in_flight: int) -> None:
        self.runner.run(
            _repeat_async(getattr(self.calls, operation), calls // in_flight, in_flight)
        )


def _repeat(call: Callable[[], object], times: int) -> None:
    for _ in range(times):
        call()


async def _repeat_async(call: Callable[[], Awaitable[object]], times: int, in_flight: int) -> None:
    async def one_after_another() -> None:
        for _ in range(times):
            await call()

    if in_flight == 1:
        await one_after_another()
        return
    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(one_after_another())


def plain(value: object) -> object:
    """A result as it can be compared with those of others: a batch number, or rows of texts."""
    if isinstance(value, str):
        return str(value)
    return [
        (
            str(report.batch),
            str(report.phone),
            report.reported_at.isoformat(),
            getattr(report.status, "value", report.status),
        )
        for report in cast("list[Any]", value)
    ]


def _obey(driver: Driver, order: dict[str, Any]) -> object:
    operation: Operation = order["operation"]
    if not order["calls"]:
        return plain(driver.once(operation))
    gc.collect()
    wall, cpu = perf_counter(), process_time()
    driver.run(operation, order["calls"], order["in_flight"])
    return {"wall": perf_counter() - wall, "cpu": process_time() - cpu}


def main() -> None:
    """Obey until the standard input is closed."""
    name, url = sys.argv[1:]
    driver: Driver = Tasks(ASYNC[name](url)) if name in ASYNC else Threads(SYNC[name](url))
    for line in sys.stdin:
        print(json.dumps(_obey(driver, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
