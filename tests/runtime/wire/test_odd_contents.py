"""The table of odd contents, read: the right value, or everything that came."""

from collections import Counter

import pytest
from tests.runtime.wire.odd_cases import OPERATION, Case
from tests.runtime.wire.odd_contents import CASES
from tests.runtime.wire.wire import endpoint

from unstringly.runtime.errors.exceptions import MalformedResponse, ServiceFault
from unstringly.runtime.wire.bindings import Binding
from unstringly.runtime.wire.decoding import read_result
from unstringly.runtime.wire.exchange import Response

MOST_SHOWN = 6_000


def read(case: Case) -> str:
    response = Response(case.status, case.headers, case.body)
    return read_result(endpoint(OPERATION), Binding[case.binding], response, charset=case.charset)


def raised_by(case: Case) -> MalformedResponse | ServiceFault:
    try:
        read(case)
    except (MalformedResponse, ServiceFault) as error:
        return error
    pytest.fail("it was read")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_gives_its_value_or_keeps_everything(case: Case) -> None:
    if case.error is None:
        assert read(case) == case.text
        return
    error = raised_by(case)
    assert type(error).__name__ == case.error
    assert error.received == case.body
    assert len(str(error)) < MOST_SHOWN
    for text in (str(error), repr(error), error.raw, error.excerpt):
        text.encode()
    if isinstance(error, ServiceFault):
        assert error.status == case.status
        assert error.headers == case.headers


def test_the_table_is_sound() -> None:
    assert len(CASES) >= 120
    assert max(Counter(case.name for case in CASES).values()) == 1
    assert all((case.text is None) != (case.error is None) for case in CASES)
