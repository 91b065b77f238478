"""Hypothesis strategies of dates and times in several layouts."""

from datetime import date, datetime, time

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..errors.exceptions import Unwritable
from ..text.date_layouts import DateLayouts, Epoch, Layout

_LAST_NUMBER = 253_402_300_799


def _contents(layout: Layout | Epoch) -> SearchStrategy[str]:
    """Draw contents of a layout; of those of an epoch some are too large."""
    if isinstance(layout, Epoch):
        return st.one_of(st.integers(0, _LAST_NUMBER), st.integers(0, 1000 * _LAST_NUMBER)).map(str)
    first, last = layout.years
    moments = st.datetimes(datetime(first, 1, 1), datetime(last, 12, 31, 23, 59, 59, 999_999))
    return moments.map(layout.kept).map(layout.spelled)


def layout_datetimes(form: DateLayouts) -> SearchStrategy[datetime]:
    """Draw datetimes that one of the layouts can write."""

    def is_writable(content: str) -> bool:
        try:
            form.write_datetime("", form.read_datetime(content))
        except (Unwritable, ValueError):
            return False
        return True

    contents = st.sampled_from(form.layouts).flatmap(_contents)
    return contents.filter(is_writable).map(form.read_datetime)


def layout_dates(form: DateLayouts) -> SearchStrategy[date]:
    """Draw dates that one of the layouts can write."""
    return layout_datetimes(form).map(datetime.date)


def layout_times(form: DateLayouts) -> SearchStrategy[time]:
    """Draw naive times that one of the layouts can write."""
    return layout_datetimes(form).map(datetime.time)
