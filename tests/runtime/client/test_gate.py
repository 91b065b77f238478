"""How many calls go on at a time, and who is next."""

import threading
import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgsend._runtime.client.gate import Gate, Ticket


def ignored() -> None:
    pass


@given(most=st.integers(1, 4), steps=st.lists(st.integers(-6, 6), max_size=40))
def test_tickets_go_in_by_turns_and_never_too_many(most: int, steps: list[int]) -> None:
    gate = Gate(most)
    rung: set[int] = set()  # or let in at once
    tickets: dict[int, Ticket] = {}
    waiting: list[int] = []  # the model: who came first goes in first
    inside: list[int] = []
    for number, step in enumerate(steps):
        if step >= 0:
            tickets[number] = Ticket(partial(rung.add, number))
            if gate.enter(tickets[number]) or gate.join(tickets[number]):
                rung.add(number)
            waiting.append(number)
        elif tickets:
            gone = sorted(tickets)[-step % len(tickets)]
            if step % 2:
                gate.leave(tickets[gone])
            del tickets[gone]  # or it is gone without a word
            inside = [number for number in inside if number != gone]
            waiting = [number for number in waiting if number != gone]
            if tickets:
                gate.look(next(iter(tickets.values())))  # as those who wait do now and then
        while waiting and len(inside) < most:
            inside.append(waiting.pop(0))
        assert {n for n, ticket in tickets.items() if ticket.is_inside} == set(inside)
        assert set(inside) <= rung


def test_a_thread_that_is_gone_without_a_word_keeps_no_slot() -> None:
    gate = Gate(1)
    gone = Ticket(ignored)
    assert gate.enter(gone)
    waiting = Ticket(ignored)
    assert not gate.enter(waiting)
    assert not gate.join(waiting)
    del gone
    assert gate.look(waiting)


@pytest.mark.parametrize("threads", [2, 30])
def test_threads_share_the_slots(threads: int) -> None:
    gate, lock = Gate(3), threading.Lock()
    inside = most = done = 0

    def call() -> None:
        nonlocal inside, most, done
        for _ in range(20):
            bell = threading.Lock()
            ticket = Ticket(bell.release)
            bell.acquire()
            if not (gate.enter(ticket) or gate.join(ticket)):
                bell.acquire()
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.0005)
            with lock:
                inside -= 1
                done += 1
            gate.leave(ticket)

    running = [threading.Thread(target=call) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(20)
    assert done == threads * 20
    assert most <= min(threads, 3)
