"""Hypothesis profiles, chosen with HYPOTHESIS_PROFILE: `dev` (default), `ci`, `gate`, and others.

`ci` is derandomized: whether a commit passes depends on the commit alone, and a failure there
can be run again anywhere. `gate` is too, and draws more; the gate runs some tests with it. So is
`versions`, which draws less, for other Pythons. New examples are found by `dev`, on every run of
everybody, and by `long`, which is meant to run for many minutes. `dev` and `versions` draw a
quarter of what `ci` does, so that nobody waits for long. From 150 examples on, a test that works by
numbers uses all of them, and one that is marked `some` has all its cases; one that is marked `few`
has them from 40 on. No profile has a deadline: the machines differ, and what must be linear is
counted in steps.
"""

import _thread
import gc
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Generator
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite(
    "tests.generator.services", "tests.generator.spec_places", "tests.laws.drawn_services"
)

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW, max_examples=10)
settings.register_profile(
    "versions",
    deadline=None,
    suppress_health_check=_SLOW,
    max_examples=10,
    derandomize=True,
    print_blob=True,
)
settings.register_profile(
    "ci",
    deadline=None,
    suppress_health_check=_SLOW,
    max_examples=40,
    derandomize=True,
    print_blob=True,
)
settings.register_profile(
    "gate",
    deadline=None,
    suppress_health_check=_SLOW,
    max_examples=150,
    derandomize=True,
    print_blob=True,
)
settings.register_profile(
    "long", deadline=None, suppress_health_check=_SLOW, max_examples=5_000, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

MARKERS: Final = {"some": (150, "gate"), "few": (40, "gate and ci")}
"""By marker, the examples from which on such a test has all its cases, and the profiles."""


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
    for marker, (_, profiles) in MARKERS.items():
        config.addinivalue_line(
            "markers", f"{marker}(most): all cases in {profiles}, otherwise at most so many"
        )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are collected, and afterwards for none in what that made.

    It is so much that looking through it took a fifth of a minute, and as long as all of a small
    test for each one that calls `gc.collect`.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pass over cases of `some`, but in the gate, and of `few`, where few examples are drawn.

    `tests/repository/test_gate.py` holds that the gate runs them.
    """
    passed_over: set[pytest.Item] = set()
    for marker, (least, _) in MARKERS.items():
        if settings().max_examples < least:
            left = [item for item in items if item not in passed_over]
            passed_over |= _passed_over(marker, left)
    if passed_over:
        config.hook.pytest_deselected(items=[item for item in items if item in passed_over])
        items[:] = [item for item in items if item not in passed_over]


def _passed_over(name: str, items: list[pytest.Item]) -> set[pytest.Item]:
    """Return the cases that are too many for a marker: others are drawn, always the same."""
    tests: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker(name) is not None:
            tests[item.nodeid.partition("[")[0]].append(item)
    passed_over: set[pytest.Item] = set()
    for test, cases in tests.items():
        marker = cases[0].get_closest_marker(name)
        most: int = marker.args[0] if marker is not None else len(cases)
        passed_over |= {*cases} - {*Random(test).sample(cases, min(most, len(cases)))}
    return passed_over
