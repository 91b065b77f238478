"""A list that outlives the modules of a program that ends: it is dropped without a word."""

import sys

import pytest

from msgsend import parse_get_mo
from msgsend._runtime.text.parsed import watch


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_list_that_is_dropped_when_modules_are_gone(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    page = parse_get_mo("rubbish")
    watch(page, "GetMo")
    with monkeypatch.context() as ending:
        ending.setitem(sys.modules, "logging", None)
        del page
    assert capfd.readouterr().err == ""
