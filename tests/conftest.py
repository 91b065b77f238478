"""Hypothesis profiles, chosen with HYPOTHESIS_PROFILE: `dev` (default), `ci`, `gate`, `long`.

`ci` is derandomized: whether a commit passes depends on the commit alone, and a failure there
can be run again anywhere. `gate` is too, and draws more; the gate runs some tests with it. New
examples are found by `dev`, on every run of everybody, and by `long`, which is meant to run for
many minutes. From 400 examples on, a test that works by numbers uses all of them. No profile has
a deadline: the machines differ, and what must be linear is counted in steps.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite(
    "tests.generator.services", "tests.generator.spec_places", "tests.laws.drawn_services"
)

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW)
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
