"""The processes that make the calls, seen from the one that compares them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parent.parent
PACKAGE = __package__ or "benchmarks"


def _environment() -> dict[str, str]:
    """Without proxies, and without Python's settings: modules are compiled once, then cached."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("PYTHON") and "proxy" not in key.lower()
    }


@contextmanager
def one_processor(pids: Iterable[int]) -> Iterator[None]:
    """Bind processes to one processor meanwhile, where the system can.

    To wake a process on another processor takes a multiple of what sending takes, or not,
    as the scheduler likes; that noise is as large as a fast client.
    """
    if sys.platform != "linux":
        yield
        return
    each, free = tuple(pids), os.sched_getaffinity(0)
    for pid in each:
        os.sched_setaffinity(pid, {max(free)})
    try:
        yield
    finally:
        for pid in each:
            os.sched_setaffinity(pid, free)


@dataclass(frozen=True)
class Took:
    """Seconds a call: on the clock, and of the processor."""

    wall: float
    cpu: float


class Worker:
    """A process with one client, see `call_worker`."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"{PACKAGE}.call_worker", name, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=_environment(),
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.process.__exit__(kind, error, traceback)

    def result(self, operation: str) -> object:
        """Of one call, in plain values."""
        return self._order(operation, 0, 0)

    def run(self, operation: str, calls: int, in_flight: int) -> Took:
        took = self._order(operation, calls, in_flight)
        return Took(took["wall"] / calls, took["cpu"] / calls)

    def _order(self, operation: str, calls: int, in_flight: int) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {"operation": operation, "calls": calls, "in_flight": in_flight}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} has ended; see above")
        return json.loads(answer)


@dataclass(frozen=True)
class Cold:
    """What a fresh process took to its first reply, in seconds, and its most memory in bytes."""

    wall: float
    cpu: float
    peak: int
    result: str


def cold(name: str, url: str) -> Cold:
    """Start a process and let it make its calls, see `call_cold`."""
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", f"from {PACKAGE}.call_cold import main; main()", name, url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=_environment(),
    ) as process:
        assert process.stdout is not None
        result, cpu = process.stdout.readline().split()
        wall = perf_counter() - start
        peak = int(process.stdout.readline()) * 1024
    return Cold(wall, float(cpu), peak, result)
