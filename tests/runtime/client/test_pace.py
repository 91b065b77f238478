"""Pauses between calls: never shorter than the service wants, and never longer than that."""

import os
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.programs import run

from msgsend._runtime.client.pace import Key, Turn, let_pass

ADDRESS = "http://pace.example"
NUMBERS = count()
"""One for each example: pauses count for the whole process."""


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def turn(clock: Clock, interval: float = 4.0, account: str = "a", operation: str = "Ask") -> Turn:
    return Turn(Key(ADDRESS, operation, (account,)), interval, clock)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.sampled_from("ab"), st.just(0)),
        st.tuples(st.sampled_from(("end", "cancel", "drop")), st.sampled_from("ab"), st.just(0)),
        st.tuples(st.just("pass"), st.just("a"), st.integers(1, 5)),
    ),
    max_size=30,
)


@given(STEPS)
def test_a_call_begins_a_pause_after_the_last_one_and_not_later(
    steps: list[tuple[str, str, int]],
) -> None:
    """Each account has its own; a call that was dropped is noticed when the next one asks."""
    clock, interval, operation = Clock(), 4.0, f"Ask{next(NUMBERS)}"
    going: dict[str, Turn] = {}
    dropped: set[str] = set()
    free_at = dict.fromkeys("ab", 0.0)
    for step, account, seconds in steps:
        clock.now += seconds
        if step == "begin":
            new = turn(clock, interval, account, operation)
            if account in dropped:
                dropped.remove(account)
                free_at[account] = clock.now + interval
            wait = new.wait()
            if account in going:
                assert wait == interval
            else:
                assert wait == max(free_at[account] - clock.now, 0)
                if not wait:
                    going[account] = new
        elif account in going:
            last = going.pop(account)
            if step == "drop":
                dropped.add(account)
                del last
            else:
                last.end(counts=step == "end")
                free_at[account] = clock.now + (interval if step == "end" else 0)


def test_a_clock_that_is_moved_shortens_pauses_of_one_address() -> None:
    clock = Clock()
    turn(clock).wait()
    turn(clock).end(counts=True)
    assert turn(clock).wait() == 4
    let_pass("http://other.example", 3)
    assert turn(clock).wait() == 4
    let_pass(ADDRESS.upper(), 3)
    assert turn(clock).wait() == 1
    let_pass(ADDRESS, 1)
    assert turn(clock).wait() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_child_waits_for_no_call_of_its_parent_but_keeps_its_pauses() -> None:
    printed = run(
        """
        import os, warnings
        from msgsend._runtime.client import pace
        warnings.simplefilter("ignore", DeprecationWarning)

        def turn(operation):
            return pace.Turn(pace.Key("http://pace.example", operation, ("a",)), 4.0, lambda: 1.0)

        going, over = turn("Going"), turn("Over")
        assert going.wait() == over.wait() == 0
        over.end(counts=True)
        with pace._lock:
            child = os.fork()
        waits = turn("Going").wait(), turn("Over").wait()
        if child:
            os.waitpid(child, 0)
        print("parent" if child else "child", *waits, flush=True)
        """
    )
    assert sorted(printed.splitlines()) == ["child 0.0 4.0", "parent 4.0 4.0"]
