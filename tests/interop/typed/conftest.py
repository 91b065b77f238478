"""The public WSDLs; where they are not there the tests are skipped, unless they are required."""

import os

import pytest
from tests.interop.corpus import Entry, entries, missing


@pytest.fixture
def corpus() -> list[Entry]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    return list(entries())
