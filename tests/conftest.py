"""Hypothesis profiles, chosen with HYPOTHESIS_PROFILE: `dev` (default), `ci`, `gate`, `long`.

`ci` is derandomized: whether a commit passes depends on the commit alone, and a failure there
can be run again anywhere. `gate` is too, and draws more; the gate runs some tests with it. New
examples are found by `dev`, on every run of everybody, and by `long`, which is meant to run for
many minutes. `dev` draws a quarter of what `ci` does, so that nobody waits for long. From 400
examples on, a test that works by numbers uses all of them, and one that is marked `some` has all
its cases. No profile has a deadline: the machines differ, and what must be linear is counted in
steps.
"""

import _thread
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite(
    "tests.generator.services", "tests.generator.spec_places", "tests.laws.drawn_services"
)

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW, max_examples=25)
settings.register_profile(
    "ci", deadline=None, suppress_health_check=_SLOW, derandomize=True, print_blob=True
)
settings.register_profile(
    "gate",
    deadline=None,
    suppress_health_check=_SLOW,
    max_examples=400,
    derandomize=True,
    print_blob=True,
)
settings.register_profile(
    "long", deadline=None, suppress_health_check=_SLOW, max_examples=5_000, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--update-golden"))


def _trace_low_threads() -> None:
    """Have coverage follow threads that `_thread` starts; of itself it follows `threading`'s."""
    start = _thread.start_new_thread

    def start_traced(function: Callable[..., object], arguments: tuple[object, ...]) -> int:
        def run(*arguments: object) -> None:
            sys.settrace(threading.gettrace())
            function(*arguments)

        return start(run, arguments)

    _thread.start_new_thread = start_traced  # type: ignore[assignment]  # the form used here


def pytest_configure(config: pytest.Config) -> None:
    if threading.gettrace() is not None:
        _trace_low_threads()
    config.addinivalue_line(
        "markers", "some(most): the gate runs all cases; others at most so many, always the same"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pass over cases of `some`, but in the gate.

    `tests/repository/test_gate.py` holds that it runs them.
    """
    if settings().max_examples >= 400:
        return
    tests: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("some") is not None:
            tests[item.nodeid.partition("[")[0]].append(item)
    passed_over: set[pytest.Item] = set()
    for name, cases in tests.items():
        marker = cases[0].get_closest_marker("some")
        most: int = marker.args[0] if marker is not None else len(cases)
        passed_over |= {*cases} - {*Random(name).sample(cases, min(most, len(cases)))}
    if passed_over:
        config.hook.pytest_deselected(items=[item for item in items if item in passed_over])
        items[:] = [item for item in items if item not in passed_over]
