"""Processes that share a journal and are killed at any moment lose nothing that was kept."""

import os
import random
import time
from pathlib import Path

import pytest
from tests.runtime.programs import started

from msgsend import read_journal

if os.name != "posix":
    pytest.skip("who is killed here tells nothing", allow_module_level=True)

ROUNDS = 60 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 4
WRITER = """
    import os, sys, threading
    from msgsend import FileJournal

    journal, name = FileJournal(sys.argv[1]), sys.argv[2]

    def keep(thread):
        for number in range(1_000_000):
            # large ones are torn when the process is killed
            size = 3_000_000 if (number + thread) % 4 == 3 else 300
            told = f"{name} {thread} {number}\\n".encode()
            journal("GetMo", told + b"x" * size)
            os.write(1, told)  # it is kept

    for thread in range(4):
        threading.Thread(target=keep, args=(thread,), daemon=True).start()
    threading.Event().wait()
    """


@pytest.mark.few(0)
def test_what_was_kept_is_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    draw = random.Random(1)
    kept: list[str] = []
    for number in range(ROUNDS):
        writers = [started(WRITER, tmp_path, f"{number}{name}") for name in "ab"]
        try:
            for writer in writers:
                assert writer.stdout is not None
                kept += [writer.stdout.readline().strip() for _ in range(draw.randint(3, 30))]
            for writer in writers:
                time.sleep(draw.uniform(0, 0.05))
                writer.kill()
        finally:
            for writer in writers:
                writer.kill()
                kept += writer.communicate()[0].splitlines()
    bodies = [entry.raw for entry in read_journal(tmp_path)]
    names = [raw[: raw.index(b"\n")].decode() for raw in bodies]
    assert len(kept) > 4 * ROUNDS
    assert set(kept) <= set(names)
    assert len(set(names)) == len(names)
    assert {len(raw) - len(name) - 1 for raw, name in zip(bodies, names, strict=True)} == {
        300,
        3_000_000,
    }
    for thread in {name.rpartition(" ")[0] for name in names}:
        numbers = [int(name.split()[2]) for name in names if name.startswith(f"{thread} ")]
        assert numbers == list(range(len(numbers)))
    torn = sum(int(record.getMessage().split(" in ")[1].split()[0]) for record in caplog.records)
    assert torn <= 2 * ROUNDS
