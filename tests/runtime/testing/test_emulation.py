"""The parts that emulators of any service have."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgsend._runtime.testing.emulation import Clock, Mailbox, Pauses, Script


def test_a_clock_stands_still_and_is_moved() -> None:
    clock, moves = Clock(datetime(2030, 1, 1)), list[float]()
    clock.on_move.append(moves.append)
    assert clock.now() == clock.now() == datetime(2030, 1, 1)
    clock.move(0)
    clock.move(1.5)
    assert clock.now() == datetime(2030, 1, 1, 0, 0, 1, 500_000)
    assert moves == [0, 1.5]
    for wrong in (-1, float("nan")):
        with pytest.raises(ValueError, match="back"):
            clock.move(wrong)


def test_a_clock_can_go_on_by_itself() -> None:
    clock = Clock(datetime(2030, 1, 1), goes_on=True)
    clock.move(60)
    before = clock.now()
    time.sleep(0.01)
    assert before < clock.now() < datetime(2030, 1, 1, 0, 1) + timedelta(seconds=30)


def test_threads_move_a_clock_and_no_move_is_lost() -> None:
    clock, moves = Clock(datetime(2030, 1, 1)), list[float]()
    shown: list[bool] = []
    clock.on_move.append(moves.append)
    clock.on_move.append(lambda _: shown.append(clock.now() > datetime(2030, 1, 1)))
    together = threading.Barrier(4)

    def move() -> None:
        together.wait()
        for _ in range(2_000):
            clock.move(1)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            for future in [threads.submit(move) for _ in range(4)]:
                future.result()
    finally:
        sys.setswitchinterval(interval)
    assert clock.now() == datetime(2030, 1, 1) + timedelta(seconds=8_000)
    assert len(moves) == 8_000
    assert all(shown)


def test_who_is_told_of_a_move_may_move_the_clock_and_stop_listening() -> None:
    clock, moves = Clock(datetime(2030, 1, 1)), list[float]()

    def once(seconds: float) -> None:
        clock.on_move.remove(once)
        clock.move(1)
        moves.append(seconds)

    clock.on_move += [once, moves.append]
    clock.move(5)
    assert moves == [1, 5, 5]
    assert clock.now() == datetime(2030, 1, 1, 0, 0, 6)


PUT, TAKE, REFUSED, FAILED, MOVE = range(5)


@given(st.lists(st.tuples(st.integers(PUT, MOVE), st.integers(0, 4))))
def test_a_mailbox_is_a_queue_whose_records_age(steps: list[tuple[int, int]]) -> None:
    """Against a list of (date, record), of which the old are left out at each look."""
    clock = Clock()
    box = Mailbox[int](clock, retention=10)
    model: list[tuple[datetime, int]] = []
    for number, (step, size) in enumerate(steps):
        model = [dated for dated in model if clock.now() - dated[0] <= timedelta(seconds=10)]
        page = tuple(record for _, record in (model[:size] if size else model))
        match step:
            case 0:
                box.put(number)
                model.append((clock.now(), number))
            case 1:
                assert box.take(size) == page
                model = model[len(page) :]
            case 2:
                shown: list[tuple[int, ...]] = []
                box.hand_over(partial(kept, shown), size)
                assert shown == [page]
            case 3:
                with pytest.raises(OSError, match="away"):
                    box.hand_over(away, size)
            case _:
                clock.move(size * 3)
                model = [
                    dated for dated in model if clock.now() - dated[0] <= timedelta(seconds=10)
                ]
        assert box.waiting() == tuple(record for _, record in model)


def kept(shown: list[tuple[int, ...]], records: tuple[int, ...]) -> bool:
    shown.append(records)
    return False


def away(_: object) -> bool:
    raise OSError("away")


def test_a_mailbox_picks_what_is_wanted_and_keeps_the_order_of_the_rest() -> None:
    box = Mailbox[int](Clock())
    for number in range(7):
        box.put(number)
    assert box.take(2, lambda number: number % 2 == 1) == (1, 3)
    assert box.waiting() == (0, 2, 4, 5, 6)


def test_nobody_else_gets_what_is_being_handed_over() -> None:
    box = Mailbox[str](Clock())
    box.put("one")
    seen: list[tuple[str, ...]] = []

    def receive(records: tuple[str, ...]) -> bool:
        seen.extend((records, box.take()))
        box.put("two")
        return False

    box.hand_over(receive)
    assert seen == [("one",), ()]
    assert box.waiting() == ("one", "two")


def test_threads_take_each_record_once() -> None:
    box, script = Mailbox[int](Clock()), Script[int](["Poll"])
    for number in range(2000):
        box.put(number)
        script.add(number, "Poll")
    together = threading.Barrier(4)

    def take() -> list[int]:
        together.wait()
        numbers = [number for _ in range(200) for number in box.take(5)]
        return [*numbers, *(item for _ in range(2000) if (item := script.take("Poll")) is not None)]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            done = [threads.submit(take) for _ in range(4)]
            numbers = [number for future in done for number in future.result()]
    finally:
        sys.setswitchinterval(interval)
    assert sorted(numbers) == sorted([*range(2000), *range(2000)])


def test_pauses_are_counted_by_account_from_the_last_call_that_was_answered() -> None:
    clock = Clock()
    pauses = Pauses(clock, 5)
    assert [pauses.is_too_soon("one"), pauses.is_too_soon("two")] == [False, False]
    clock.move(4.9)
    assert pauses.is_too_soon("one")
    clock.move(0.1)
    assert [pauses.is_too_soon("one"), pauses.is_too_soon("one")] == [False, True]


def test_a_script_is_played_once_and_what_is_for_an_operation_first() -> None:
    script = Script[str](["Send", "Poll"])
    script.add("any")
    script.add("first", "Send")
    script.add("second", "Send")
    assert [script.take("Send") for _ in range(4)] == ["first", "second", "any", None]
    assert script.take("Poll") is None
    with pytest.raises(ValueError, match="no operation 'Pol': there are Send, Poll"):
        script.add("never", "Pol")
