"""The examples run, and show what they say."""

import pytest
from examples import first_look, session


def test_the_session(capsys: pytest.CaptureFixture[str]) -> None:
    session.main()
    shown = capsys.readouterr().out
    for line in (
        "-> Decimal('100.00')",
        "-> GET: batch 2314357620085030002",
        "-> SOAP12: batch 2314357620085030004",
        "-> ErrorCode.INVALID_NUMBER: Invalid phone number. 无效号码",
        "-> IncompleteResponse: the outcome of SendMsg is unknown",
        "-> malformed, and kept: '2314357620085030004'",
        "-> 13900000000 at 2030-01-01 12:00:00: '好的|,|thanks'",
        "-> answered 200, after the handler returned",
    ):
        assert line in shown
    assert "user_pass" not in shown


def test_the_first_look(capsys: pytest.CaptureFixture[str]) -> None:
    first_look.main()
    assert "no character was lost" in capsys.readouterr().out
