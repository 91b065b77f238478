"""The share of public WSDLs that can be used: their operations that get a method.

`operations.tsv` of the corpus says that 1,328 operations can be read at all. It belongs to the
gate.
"""

import time
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.interop.corpus import Entry, package_of

pytestmark = pytest.mark.some(0)

LEAST_OPERATIONS = 1327
"""So many operations have a method: 1,310 of the readable ones, and 17 that are not among them."""

SHOWN = 10
"""So many of the slowest are shown with `pytest -s`: machines differ, so no time fails this."""


class Score(NamedTuple):
    """A WSDL: its operations with a method, and the processor time for it in seconds."""

    name: str
    operations: int
    seconds: float


def test_no_wsdl_is_a_crash_and_as_many_operations_as_ever_are_called(
    corpus: list[Entry], tmp_path: Path
) -> None:
    scores: list[Score] = []
    for entry in corpus:
        began = time.process_time()
        package = package_of(entry, tmp_path / entry.name)
        count = 0 if package is None else len(package.contract.operations)
        scores.append(Score(entry.name, count, time.process_time() - began))
    for own in sorted(scores, key=lambda own: own.seconds, reverse=True)[:SHOWN]:
        print(f"{own.seconds:5.2f} s of processor time, {own.operations:4} operations: {own.name}")
    assert sum(own.operations for own in scores) >= LEAST_OPERATIONS
