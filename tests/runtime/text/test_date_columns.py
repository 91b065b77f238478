"""Columns of dates against the form that reads one content at a time, for every order of parts."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.text.date_columns import dates, datetimes
from unstringly.runtime.text.dates import DateForm

FORMS = (
    "%Y-%m-%d %H:%M:%S",  # in the order of ISO 8601, so only other characters are replaced
    "%Y/%m/%dT%H.%M.%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H",
    "%Y-%m-%d",
    "%Y-%m-%d-%H-%M-%S",  # one character for two of ISO 8601's
    "%Y1%m1%d %H:%M:%S",  # a digit between digits
    "%Y-%m-%d %H:%M:%S Z",
    "%d.%m.%Y %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%m/%d/%Y",
)
MOMENTS = st.lists(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), min_size=1, max_size=9)


def contents_of(form: str, moments: list[datetime]) -> list[str]:
    """Return moments as the form writes them, without the parts that it does not have."""
    parts = DateForm(form)
    whole = [
        moment.replace(
            hour=moment.hour if parts.has("hour") else 0,
            minute=moment.minute if parts.has("minute") else 0,
            second=moment.second if parts.has("second") else 0,
            microsecond=0,
        )
        for moment in moments
    ]
    return [parts.write_datetime("at", moment) for moment in whole]


@pytest.mark.parametrize("form", FORMS)
@given(moments=MOMENTS)
def test_a_column_has_the_values_of_its_contents(form: str, moments: list[datetime]) -> None:
    contents = contents_of(form, moments)
    expected = [DateForm(form).read_datetime(content) for content in contents]
    assert datetimes(form)(contents, False) == expected


@pytest.mark.parametrize("form", FORMS)
@given(
    moments=MOMENTS,
    at=st.integers(0, 60),
    character=st.sampled_from("09a:-/. \n٣"),
)
def test_a_content_that_is_not_of_the_form_is_left_to_the_exact_way(
    form: str, moments: list[datetime], at: int, character: str
) -> None:
    contents = contents_of(form, moments)
    row, place = at % len(contents), at % len(contents[0])
    contents[row] = contents[row][:place] + character + contents[row][place + 1 :]
    try:
        expected = [DateForm(form).read_datetime(content) for content in contents]
    except ValueError:
        expected = None
    assert datetimes(form)(contents, False) == expected


@pytest.mark.parametrize("form", [form for form in FORMS if "%H" in form])
def test_there_is_no_hour_24(form: str) -> None:
    (content,) = contents_of(form, [datetime(2014, 6, 1, 23)])
    assert datetimes(form)([content.replace("23", "24")], False) is None


def test_a_column_of_dates_has_dates() -> None:
    assert dates("%Y/%m/%d")(["2014/06/01", "2014/06/02"], False) == [
        date(2014, 6, 1),
        date(2014, 6, 2),
    ]
