"""The servers of these tests, one of each for a process of pytest (about a second to start).

Where its programs are not installed the tests are skipped; with UNSTRINGLY_INTEROP=required in the
environment they fail.
"""

import os
from collections.abc import Iterator

import pytest
from tests.interop.aspnet_server import DEPOT, MSGSEND, AspNetServer, Page, missing
from tests.interop.corpus import Entry, entries
from tests.interop.corpus import missing as missing_corpus
from tests.interop.zeep_client import ZeepClient


@pytest.fixture(scope="session")
def aspnet() -> Iterator[AspNetServer]:
    yield from _running(MSGSEND)


@pytest.fixture(scope="session")
def depot_server() -> Iterator[AspNetServer]:
    yield from _running(DEPOT)


@pytest.fixture
def corpus() -> list[Entry]:
    """The public WSDLs; where they are not there tests are skipped, unless they are required."""
    absent = missing_corpus()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    return list(entries())


def _running(page: Page) -> Iterator[AspNetServer]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    with AspNetServer(page=page) as server:
        yield server


@pytest.fixture(scope="session")
def zeep_client(aspnet: AspNetServer) -> Iterator[ZeepClient]:
    with ZeepClient(aspnet.address) as client:
        yield client
