"""Calls: what one costs with our clients and with others, against the same server. Prints Markdown.

The server, and each client, is a process of its own, see `stub_server` and `call_worker`.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

from . import pages, stub_server
from .call_peers import ASYNC, MOST_IN_FLIGHT, SYNC
from .call_processes import Cold, Took, Worker, cold, one_processor
from .call_tables import ALL, BARE, METHOD, REMARKS, call_table, cold_table, targets
from .measure import machine

ONE = "SendMsg, one at a time"
THREADS = f"SendMsg, {MOST_IN_FLIGHT} threads"
TASKS = f"SendMsg, {MOST_IN_FLIGHT} tasks"
PACKAGES = ("zeep", "requests", "httpx", "httpx2", "suds-community", "lxml")


@dataclass(frozen=True)
class Effort:
    """How often things are repeated."""

    rounds: int = 20
    cold_rounds: int = 10
    seconds: float = 0.04
    """Of one contender in one round, about, with one call at a time."""


QUICK = Effort(rounds=2, cold_rounds=2, seconds=0.01)


def check(workers: dict[str, Worker]) -> None:
    """Everyone gives the same values."""
    assert {worker.result("send_msg") for worker in workers.values()} == {stub_server.BATCH}
    read = [worker.result("get_report2") for name, worker in workers.items() if name != BARE]
    assert all(page == read[0] for page in read)
    assert isinstance(read[0], list)
    assert len(read[0]) == pages.COUNT


def measured(
    workers: dict[str, Worker], operation: str, in_flight: int, effort: Effort
) -> dict[str, Took]:
    """What a call of each took: the least of all rounds, or their median with many in flight.

    Threads that share an interpreter fall into one of several rhythms for the length of a round;
    the fastest is a rare one.
    """
    return summed_up(all_rounds(workers, operation, in_flight, effort), in_flight)


def summed_up(rounds: dict[str, list[Took]], in_flight: int) -> dict[str, Took]:
    """What a call of each took, of what it took in all rounds."""
    typical = min if in_flight == 1 else median
    return {
        name: Took(typical(took.wall for took in each), typical(took.cpu for took in each))
        for name, each in rounds.items()
    }


def times_the_calls(rounds: dict[str, list[Took]], ours: str, theirs: str) -> float:
    """How many calls one makes in the time of another's one: round by round, the median."""
    pairs = zip(rounds[ours], rounds[theirs], strict=True)
    return median(their.wall / our.wall for our, their in pairs)


def all_rounds(
    workers: dict[str, Worker], operation: str, in_flight: int, effort: Effort
) -> dict[str, list[Took]]:
    """What a call of each took in each round, after two to warm up."""
    calls = {}
    for name, worker in workers.items():
        worker.run(operation, 2 * in_flight, in_flight)
        took = worker.run(operation, 2 * in_flight, in_flight)
        least = 5 if in_flight == 1 else 4 * in_flight
        wanted = int(effort.seconds * (1 if in_flight == 1 else 4) / took.wall)
        calls[name] = max(least, wanted // in_flight * in_flight)
    rounds: dict[str, list[Took]] = {name: [] for name in workers}
    for _ in range(effort.rounds):
        for name, worker in workers.items():
            rounds[name].append(worker.run(operation, calls[name], in_flight))
    return rounds


def cold_starts(names: Iterable[str], url: str, effort: Effort) -> dict[str, list[Cold]]:
    """Fresh processes of each, after one to fill the caches of files."""
    found: dict[str, list[Cold]] = {name: [] for name in names}
    for count in range(effort.cold_rounds + 1):
        for name in names:
            one = cold(name, url)
            assert one.result == stub_server.BATCH
            if count:
                found[name].append(one)
    return found


def markdown(effort: Effort = Effort()) -> str:
    """The section of the results about calls."""
    lines = ["## Calls", "", f"Machine: {machine()}.", ""]
    lines += [f"Versions: {', '.join(f'{name} {version(name)}' for name in PACKAGES)}.", ""]
    lines += [METHOD.format(rounds=effort.rounds, cold_rounds=effort.cold_rounds)]
    found: dict[str, dict[str, Took]] = {}
    with stub_server.running() as stub, ExitStack() as stack:
        workers = {name: stack.enter_context(Worker(name, stub.url)) for name in ALL}
        check(workers)
        sync = {name: workers[name] for name in SYNC}
        tasks = {name: workers[name] for name in ASYNC}
        loops = {name: worker for name, worker in sync.items() if name != BARE}
        with one_processor([stub.pid, *(worker.pid for worker in workers.values())]):
            for title, some, operation in (
                (ONE, sync, "send_msg"),
                ("SendMsg, one at a time, asynchronous", tasks, "send_msg"),
                ("GetReport2 with 500 reports, one at a time", loops, "get_report2"),
                ("GetReport2 with 500 reports, one at a time, asynchronous", tasks, "get_report2"),
            ):
                found[title] = measured(some, operation, 1, effort)
        found[THREADS] = measured(sync, "send_msg", MOST_IN_FLIGHT, effort)
        in_flight = all_rounds(tasks, "send_msg", MOST_IN_FLIGHT, effort)
        found[TASKS] = summed_up(in_flight, MOST_IN_FLIGHT)
        starts = cold_starts(ALL, stub.url, effort)
    for title, times in found.items():
        lines += call_table(title, times)
    lines += cold_table(starts)
    throughput = times_the_calls(in_flight, "msgsend-async-soap", "zeep-async")
    lines += targets(found[ONE], throughput, starts)
    lines += ["### Remarks", "", REMARKS]
    return "\n".join(lines)


if __name__ == "__main__":
    print(markdown())
