"""The tables and the words of the section about calls."""

from statistics import median

from .call_cold import CALLS
from .call_peers import MOST_IN_FLIGHT
from .call_processes import Cold, Took

ALL = {
    "msgsend-soap": "msgsend `Client`",
    "msgsend-post": "msgsend `Client`, POST form",
    "msgsend-httpx2": "msgsend `Client` over `HttpxTransport`",
    "zeep": "zeep, as it comes",
    "zeep-tuned": "zeep, tuned",
    "suds": "suds",
    "bare-socket": "bare socket",
    "msgsend-async-soap": "msgsend `AsyncClient`",
    "msgsend-async-post": "msgsend `AsyncClient`, POST form",
    "msgsend-async-httpx2": "msgsend `AsyncClient` over `HttpxAsyncTransport`",
    "zeep-async": "zeep `AsyncClient`",
}
"""What the contenders are called in the tables; ours first."""
BARE = "bare-socket"

LEAST_TIMES = 8
"""How many times the calls of zeep's `AsyncClient` ours is to make, many in flight."""

METHOD = f"""\
Method: zeep and suds read the WSDL file that our package is generated from, without a cache. All
call the same server, which answers at once with fixed bytes; it and each client are processes of
their own. All speak SOAP 1.1, but for what says POST form, and all are checked to return the same
values. In each of {{rounds}} rounds every contender makes its calls, one contender after the
other, garbage collected before each. One at a time, server and client share one processor and the
fastest round counts; with {MOST_IN_FLIGHT} calls in flight they are free, and the median round
counts, because threads fall into one of several rhythms, of which the fastest is rare. Processor
time is that of the client's process, user and system, all its threads. A ratio is the contender's
time divided by ours: above 1 we are faster. Cold start and memory are of {{cold_rounds}} fresh
processes each; memory is the most that was resident, after {CALLS} calls.
"""

REMARKS = f"""\
- zeep as it comes is what its documentation shows: the strict default settings, requests'
  `Session`. Tuned, the session keeps a connection for each of {MOST_IN_FLIGHT} threads and does
  not look into the environment for proxies and passwords (`trust_env=False`) at each call; our
  transport does not do that either. zeep's `AsyncClient` gets {MOST_IN_FLIGHT} connections, where
  httpx by itself keeps 20 alive, and `trust_env=False`.
- suds opens a connection for each call. Its client is not for several threads, and
  `Client.clone()` fails in 1.2.0, so each thread has a client of its own.
- zeep and suds give the result as a string. In the calls of GetReport2 they are completed by the
  loop with `strptime` of the first section (`timed_loop`), which validates nothing.
- The bare socket sends bytes made beforehand and reads until a length that it knows. Nothing in
  Python gets below it; what it takes is for the most part the kernel's and the server's time.
- One processor for the calls one at a time, because to wake a process on another one takes some
  20 µs of the caller's time in a virtual machine, or nothing, as the scheduler likes.
- With {MOST_IN_FLIGHT} calls in flight, one interpreter lock serves all threads: nothing gets
  faster than one processor by that, and the differences are those of the processor time.
- A cold start is the time from starting the interpreter to the first reply, imports and the
  reading of the WSDL included. The bare socket shows what the interpreter itself needs.
"""


def call_table(title: str, times: dict[str, Took]) -> list[str]:
    ours = next(iter(times.values()))
    return [
        f"### {title}",
        "",
        "| | processor µs a call | ratio | calls a second | ratio |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {ALL[name]} | {took.cpu * 1e6:,.0f} | {took.cpu / ours.cpu:.2f} "
            f"| {1 / took.wall:,.0f} | {took.wall / ours.wall:.2f} |"
            for name, took in times.items()
        ),
        "",
    ]


def cold_table(found: dict[str, list[Cold]]) -> list[str]:
    first = next(iter(found.values()))
    ours = min(one.cpu for one in first)
    peak = median(one.peak for one in first)
    lines = [
        "### Cold start, and memory",
        "",
        "| | ms, least | ms, median | processor ms, least | ratio | memory, MiB | ratio |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, each in found.items():
        wall, cpu = [one.wall * 1e3 for one in each], min(one.cpu for one in each)
        most = median(one.peak for one in each)
        lines.append(
            f"| {ALL[name]} | {min(wall):.0f} | {median(wall):.0f} | {cpu * 1e3:.0f} "
            f"| {cpu / ours:.2f} | {most / 2**20:.1f} | {most / peak:.2f} |"
        )
    return [*lines, ""]


def targets(one: dict[str, Took], throughput: float, starts: dict[str, list[Cold]]) -> list[str]:
    """What was aimed at, and whether it was reached in this run.

    `throughput` is how many calls our `AsyncClient` makes for one of zeep's.
    """
    processor = one["zeep-tuned"].cpu / one["msgsend-soap"].cpu
    least = {name: min(start.wall for start in each) * 1e3 for name, each in starts.items()}
    ours = max(least["msgsend-soap"], least["msgsend-post"])
    peer = min(least[name] for name in ("zeep", "zeep-tuned", "zeep-async", "suds"))
    rows = (
        (
            "processor time of a call, `Client`: zeep, tuned, takes 6 times ours",
            f"{processor:.1f}",
            processor >= 6,
        ),
        (
            "cold start, `Client`: below zeep and suds",
            f"{ours:.0f} ms; the least of theirs {peer:.0f} ms",
            ours < peer,
        ),
        (
            f"`AsyncClient`, {MOST_IN_FLIGHT} tasks: {LEAST_TIMES} times the calls of zeep's, "
            "round by round, median",
            f"{throughput:.1f}",
            throughput >= LEAST_TIMES,
        ),
    )
    lines = ["### Targets", "", "| | measured | reached |", "|---|---|---|"]
    return [
        *lines,
        *(f"| {aim} | {got} | {'yes' if met else 'no'} |" for aim, got, met in rows),
        "",
    ]
