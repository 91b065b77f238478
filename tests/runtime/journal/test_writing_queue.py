"""One thread writes what waits: in order, with few syncs, whatever happens to those who wait."""

import _thread
import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.util import find_spec
from inspect import currentframe
from pathlib import Path
from types import FrameType

import pytest
from tests.faults.interrupted import apart
from tests.runtime.programs import run

from msgsend import FileJournal, _runtime, read_journal
from msgsend._runtime.journal import recording
from msgsend._runtime.journal import writing_queue as journal_queue
from msgsend._runtime.journal.day_files import DayFiles
from msgsend._runtime.journal.recording import Head, Recorder


def bodies(folder: Path) -> list[bytes]:
    return [entry.raw for entry in read_journal(folder)]


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was synced, by a disk that takes 5 ms for it."""
    descriptors: list[int] = []
    real = os.fsync

    def fsync(file: int) -> None:
        descriptors.append(file)
        time.sleep(0.005)
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    return descriptors


def test_threads_share_syncs(tmp_path: Path, syncs: list[int]) -> None:
    journal = FileJournal(tmp_path)
    texts = [f"{number}".encode() for number in range(300)]
    with ThreadPoolExecutor(64) as threads:
        list(threads.map(journal, ["GetMo"] * len(texts), texts))
    assert sorted(bodies(tmp_path)) == sorted(texts)
    assert len(syncs) < 100  # 64 at a time would be 5 and the folders


def test_each_thread_s_entries_are_in_its_order(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path)

    def keep(name: int) -> None:
        for number in range(20):
            journal("GetMo", f"{name} {number}".encode())

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(keep, range(8)))
    entries = [tuple(map(int, body.split())) for body in bodies(tmp_path)]
    for name in range(8):
        assert [number for thread, number in entries if thread == name] == list(range(20))


def test_an_event_loop_does_not_stand_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are submitted while the disk takes none; they are in the order of their submission."""
    journal = FileJournal(tmp_path)
    texts = [f"{number}".encode() for number in range(300)]
    is_submitted = threading.Event()
    waited: list[bool] = []
    real = os.fsync

    def fsync(file: int) -> None:
        waited.append(is_submitted.wait(timeout=5))
        real(file)

    async def keep(text: bytes) -> None:
        await asyncio.wrap_future(recording.submit(journal, "GetMo", text, Head()))

    async def all_of_them() -> None:
        waiting = [asyncio.create_task(keep(text)) for text in texts]
        await asyncio.sleep(0)  # all are submitted here
        is_submitted.set()
        await asyncio.gather(*waiting)

    monkeypatch.setattr(os, "fsync", fsync)
    asyncio.run(all_of_them())
    assert bodies(tmp_path) == texts
    assert all(waited)
    assert len(waited) < 10


def test_an_entry_cannot_be_cancelled(tmp_path: Path, syncs: list[int]) -> None:
    journal = FileJournal(tmp_path)

    async def cancelled() -> None:
        futures = [journal.submit("GetMo", b"1", Head()) for _ in range(3)]
        waiting = [asyncio.wrap_future(future) for future in futures]
        for submitted in waiting:
            submitted.cancel()
        await asyncio.wait(waiting)

    asyncio.run(cancelled())
    journal("GetMo", b"2")
    assert bodies(tmp_path) == [b"1", b"1", b"1", b"2"]


def test_what_fails_is_told_to_each(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "journal")
    (tmp_path / "journal").write_bytes(b"")
    futures = [journal.submit("GetMo", b"1", Head()) for _ in range(3)]
    with pytest.raises(NotADirectoryError) as caught:
        journal("GetMo", b"2")
    problems = [future.exception(timeout=10) for future in futures]
    assert all(isinstance(problem, NotADirectoryError) for problem in problems)
    assert len({id(problem) for problem in [*problems, caught.value]}) == 4
    (tmp_path / "journal").unlink()
    journal("GetMo", b"3")
    assert bodies(tmp_path / "journal") == [b"3"]


def test_what_is_no_body_is_told_to_who_gave_it(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path)
    futures = [journal.submit("GetMo", b"1", Head()) for _ in range(2)]
    with pytest.raises(AttributeError):
        journal("GetMo", None)  # type: ignore[arg-type]  # callers may not check
    assert [future.result(timeout=10) for future in futures] == [None, None]
    assert bodies(tmp_path) == [b"1", b"1"]


def test_whatever_goes_wrong_nobody_waits_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def append(*_: object) -> None:
        raise MemoryError

    journal = FileJournal(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(DayFiles, "append", append)
        future = journal.submit("GetMo", b"1", Head())
        assert isinstance(future.exception(timeout=10), MemoryError)
        with pytest.raises(MemoryError):
            journal("GetMo", b"2")
    journal("GetMo", b"3")
    assert bodies(tmp_path) == [b"3"]


def test_a_day_has_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Days(datetime):
        days = iter((1, 1, 2, 3))

        @classmethod
        def now(cls, tz: object = None) -> "Days":
            return cls(2030, 1, next(cls.days), tzinfo=UTC)

    monkeypatch.setattr("msgsend._runtime.journal.file_journal.datetime", Days)
    journal = FileJournal(tmp_path)
    for future in [journal.submit("GetMo", f"{n}".encode(), Head()) for n in range(4)]:
        future.result(timeout=10)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        f"2030-01-0{day}.jsonl" for day in (1, 2, 3)
    ]
    assert bodies(tmp_path) == [b"0", b"1", b"2", b"3"]


def test_a_thread_ends_when_nothing_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_queue, "_IDLE", 0.01)
    before = _thread._count()  # pyright: ignore  # no other counts these
    journal = FileJournal(tmp_path)
    for number in range(10):
        journal("GetMo", f"{number}".encode())
        time.sleep(0.012)
    assert bodies(tmp_path) == [f"{number}".encode() for number in range(10)]
    time.sleep(0.2)
    assert _thread._count() <= before  # pyright: ignore  # as above


def test_where_no_thread_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_function: object, _arguments: object) -> int:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(_thread, "start_new_thread", start)
    journal = FileJournal(tmp_path)
    journal("GetMo", b"1")
    assert journal.submit("GetMo", b"2", Head()).done()
    assert bodies(tmp_path) == [b"1", b"2"]


class Interrupt(BaseException):
    """What a handler of a signal raises."""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers here")
@pytest.mark.filterwarnings(  # `threading` notes its threads in one, and they end meanwhile
    "ignore:Exception ignored in. <function WeakSet:pytest.PytestUnraisableExceptionWarning"
)
def test_interrupts_lose_nothing(tmp_path: Path) -> None:
    """Wherever they strike: what is recorded again until it is done is there, in order."""

    def strike(_number: int, _frame: FrameType | None) -> None:
        raise Interrupt

    journal = FileJournal(tmp_path)
    texts = [f"{number}".encode() for number in range(400)]
    beside = [f"beside {number}".encode() for number in range(50)]
    other = threading.Thread(target=lambda: list(map(journal, ["GetMo"] * len(beside), beside)))
    count = 0
    before = signal.signal(signal.SIGALRM, strike)
    other.start()
    try:
        for at, text in enumerate(texts):
            is_kept = False
            while not is_kept:
                try:
                    signal.setitimer(signal.ITIMER_REAL, 0.00002 + at % 40 * 0.00002)
                    journal("GetMo", text)
                    is_kept = True
                    signal.setitimer(signal.ITIMER_REAL, 0)
                except Interrupt:
                    count += 1
                    if count % 3:  # whoever gives up at times
                        break
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        other.join()
    journal("GetMo", b"last")
    entries = bodies(tmp_path)
    assert count > 20
    assert [text for text in entries if text.startswith(b"beside")] == beside
    ours = [text for text in entries if not text.startswith(b"beside")]
    assert ours[-1] == b"last"
    numbers = [int(text) for text in ours[:-1]]
    assert numbers == sorted(numbers)


def test_an_interrupt_at_any_instruction(tmp_path: Path) -> None:
    """Of the thread that records: the journal works on, and what was said to be kept is there."""
    journal = FileJournal(tmp_path)
    journal("GetMo", b"first")
    expected: list[bytes] = []
    at = 0
    is_over = False
    while not is_over:
        at += 1
        text = f"{at}".encode()
        is_over = not _struck(at, lambda text=text: journal("GetMo", text))  # type: ignore[misc]
        expected += [text] if is_over else []
        journal("GetMo", b"then " + text)
        expected.append(b"then " + text)
    entries = bodies(tmp_path)
    assert at > 20
    assert [text for text in entries if text in set(expected)] == expected


def _struck(wanted: int, call: Callable[[], None]) -> bool:
    """Whether a call was interrupted before that of its instructions in the runtime."""
    folder = os.path.dirname(str(_runtime.__file__))
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal count
        if not frame.f_code.co_filename.startswith(folder):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            count += 1
            if count == wanted:
                raise Interrupt
        return trace

    before = sys.gettrace()
    here = currentframe()
    assert here is not None
    here.f_trace_opcodes = True  # Python 3.12 wants one frame to ask beforehand
    sys.settrace(trace)  # type: ignore[arg-type]  # typeshed wants a tracer that is named
    try:
        apart(call)
    except Interrupt:
        return True
    finally:
        sys.settrace(before)
    return False


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_children_that_are_forked_keep_on(tmp_path: Path) -> None:
    """While threads of the parent write: nothing hangs, nothing stands there twice."""
    run(
        """
        import os, sys, threading, warnings
        from msgsend import FileJournal
        warnings.simplefilter("ignore", DeprecationWarning)
        journal, go_on = FileJournal(sys.argv[1]), True

        def keep(name):
            number = 0
            while go_on:
                journal("GetMo", f"{name} {number}".encode())
                number += 1

        threads = [threading.Thread(target=keep, args=(name,)) for name in range(3)]
        for thread in threads:
            thread.start()
        children = []
        for child in range(20):
            process = os.fork()
            if not process:
                journal("GetMo", f"child {child}".encode())
                if child % 2:
                    sys.exit()
                os._exit(0)
            children.append(process)
        assert all(os.waitpid(child, 0)[1] == 0 for child in children)
        go_on = False
        for thread in threads:
            thread.join()
        """,
        tmp_path,
    )
    entries = bodies(tmp_path)
    assert len(set(entries)) == len(entries)
    assert sorted(body for body in entries if body.startswith(b"child")) == sorted(
        f"child {child}".encode() for child in range(20)
    )


def test_what_is_submitted_is_written_when_the_interpreter_ends(tmp_path: Path) -> None:
    run(
        """
        import atexit, sys
        from msgsend import FileJournal
        from msgsend._runtime.journal.recording import Head
        journal = FileJournal(sys.argv[1])
        atexit.register(lambda: journal("GetMo", b"at exit"))
        for number in range(50):
            journal.submit("GetMo", b"x" * 1_000_000, Head())

        class Last:
            def __del__(self):
                journal("GetMo", b"at the very end")
        sys.last = Last()
        """,
        tmp_path,
    )
    entries = bodies(tmp_path)
    assert entries[:51] == [b"x" * 1_000_000] * 50 + [b"at exit"]
    assert entries[51:] in ([], [b"at the very end"])


# Not imported here: it would warn of every fork from then on.
@pytest.mark.skipif(find_spec("eventlet") is None, reason="no eventlet")
@pytest.mark.parametrize("when", ["before", "after"])
def test_green_threads(tmp_path: Path, when: str) -> None:
    run(
        """
        import sys, warnings
        warnings.simplefilter("ignore")
        import eventlet
        if sys.argv[2] == "before":
            eventlet.monkey_patch()
        from msgsend import FileJournal
        journal = FileJournal(sys.argv[1])
        if sys.argv[2] == "after":
            journal("GetMo", b"0")
            eventlet.monkey_patch()
        pool = eventlet.GreenPool(20)
        for number in range(50):
            pool.spawn(journal, "GetMo", f"{number}".encode())
        pool.waitall()
        """,
        tmp_path,
        when,
    )
    assert len(set(bodies(tmp_path))) == 50


def test_other_journals_are_asked_at_once() -> None:
    kept: list[tuple[str, bytes]] = []

    class Own(Recorder):
        def record(self, operation: str, raw: bytes, head: Head) -> None:
            if head.status == 500:
                raise ValueError("full")
            kept.append((operation, raw))

    def plain(operation: str, raw: bytes) -> None:
        kept.append((operation, raw))

    futures: list[Future[None]] = [
        recording.submit(Own(), "GetMo", b"1", Head()),
        recording.submit(plain, "GetMo", b"2", Head()),
    ]
    assert [future.result(0) for future in futures] == [None, None]
    assert kept == [("GetMo", b"1"), ("GetMo", b"2")]
    problem = recording.submit(Own(), "GetMo", b"3", Head(status=500)).exception(0)
    assert isinstance(problem, ValueError)
    assert problem.__traceback__ is None
