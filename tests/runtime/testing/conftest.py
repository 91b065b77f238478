"""The package's own fixture, under the name that these tests have for it."""

import pytest

from msgsend.testing import Emulator, msgsend_emulator

__all__ = ["gateway", "msgsend_emulator"]


@pytest.fixture
def gateway(msgsend_emulator: Emulator) -> Emulator:
    return msgsend_emulator
