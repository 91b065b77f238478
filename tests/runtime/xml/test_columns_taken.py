"""Many records are written by columns: no function of Python is called for each of them."""

import sys

import pytest
from benchmarks.records import SHAPES, Ours, generated
from tests.effort import python_calls_of


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Ours:
    """The package of the benchmarks."""
    path = [*sys.path]
    try:
        return Ours(generated(tmp_path_factory.mktemp("records")))
    finally:
        sys.path[:] = path


@pytest.mark.parametrize("shape", SHAPES)
def test_the_records_of_the_benchmarks_are_written_by_columns(ours: Ours, shape: str) -> None:
    """More records of them take no more calls but for days and times, of which there are few."""
    few, many = (SHAPES[shape].rows(ours.package, count) for count in (180, 480))
    ours.written(shape, few)
    before = python_calls_of(lambda: ours.written(shape, few))
    assert python_calls_of(lambda: ours.written(shape, many)) <= before + 5
