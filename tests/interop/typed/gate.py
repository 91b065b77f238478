"""The mark of tests that take minutes, over all public WSDLs: they run where they are required."""

import os

import pytest

IS_GATE = os.environ.get("UNSTRINGLY_INTEROP") == "required"

in_the_gate = pytest.mark.skipif(
    not IS_GATE, reason="takes minutes; UNSTRINGLY_INTEROP=required runs it"
)
