"""`python -m benchmarks.in_flight [ROUNDS]`: many calls at a time, asynchronous clients alone.

The part of `make bench` that takes seconds: SendMsg over SOAP 1.1, 64 tasks, 64 connections, a
server in a process of its own. Prints Markdown and writes nothing.
"""

import sys
from contextlib import ExitStack
from dataclasses import replace

from . import stub_server
from .call_peers import ASYNC, MOST_IN_FLIGHT
from .call_processes import Worker
from .call_tables import LEAST_TIMES, call_table
from .calls import TASKS, Effort, all_rounds, check, summed_up, times_the_calls


def main(rounds: int) -> None:
    with stub_server.running() as stub, ExitStack() as stack:
        workers = {name: stack.enter_context(Worker(name, stub.url)) for name in ASYNC}
        check(workers)
        effort = replace(Effort(), rounds=rounds)
        found = all_rounds(workers, "send_msg", MOST_IN_FLIGHT, effort)
    print("\n".join(call_table(TASKS, summed_up(found, MOST_IN_FLIGHT))))
    times = times_the_calls(found, "msgsend-async-soap", "zeep-async")
    print(f"{times:.1f} times the calls of zeep's; {LEAST_TIMES} are wanted.")


main(int(sys.argv[1]) if sys.argv[1:] else Effort().rounds)
