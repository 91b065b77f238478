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

LEAST_OPERATIONS = 1269
"""So many operations have a method."""

MOST_SECONDS = 2.0
"""The processor time that reading a WSDL and making its package may take."""

SLOWER = {
    "packagegenerator-omnitureadminservices": 8.0,
    "gowsdl-ec2": 8.0,
    "packagegenerator-myboardpack": 6.0,
    "axis-axis1-java-reportservice": 5.0,
}
"""The WSDLs of about a hundred operations and more, which take longer: twice what was measured."""


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
    slow = {
        own.name: own.seconds for own in scores if own.seconds > SLOWER.get(own.name, MOST_SECONDS)
    }
    assert slow == {}
    assert sum(own.operations for own in scores) >= LEAST_OPERATIONS
