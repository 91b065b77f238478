"""Layouts of dates: what the pattern has, what the runtime reads, and Python's own calendar."""

import calendar
import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.automata import dfa
from unstringly.automata.dfa import Dfa
from unstringly.automata.leaves import alphabet_for
from unstringly.kinds.calendar import date_pattern
from unstringly.model.grammar import DatePart
from unstringly.model.pattern import charsets
from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.text.date_layouts import DateLayouts

SHORT = (DatePart.YEAR_OF_CENTURY, DatePart.MONTH, DatePart.DAY)
HALF = (DatePart.HOUR_OF_HALF, ":", DatePart.MINUTE, DatePart.HALF)


def compiled(
    parts: tuple[DatePart | str, ...],
    pivot: int | None = None,
    zone: str | None = None,
    **options: bool,
) -> Dfa:
    zeros_optional = options.get("zeros_optional", False)
    pattern = date_pattern(
        parts, zeros_optional=zeros_optional, pivot=pivot, halves=("a", "p"), zone=zone
    )
    return dfa.from_pattern(alphabet_for(charsets(pattern)), pattern)


@pytest.mark.parametrize("pivot", [1, 1853, 1900, 1970, 2000, 2099, 9900])
def test_all_days_of_a_hundred_years(pivot: int) -> None:
    language = compiled(SHORT, pivot)
    form = DateLayouts("%y%m%d", pivot=pivot)
    for short, month, day in product(range(100), range(14), range(33)):
        text = f"{short:02}{month:02}{day:02}"
        year = next(year for year in range(pivot, pivot + 100) if year % 100 == short)
        exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
        assert language.accepts(text) == exists, text
        if exists and day in (1, 28, 29):
            assert form.read_date(text) == datetime(year, month, day).date()


def test_all_times_of_half_a_day() -> None:
    language = compiled(HALF)
    form = DateLayouts("%I:%M%p", halves=("a", "p"))
    for hour, minute, half in product(range(26), range(0, 61, 5), "ap"):
        text = f"{hour:02}:{minute:02}{half}"
        exists = 1 <= hour <= 12 and minute < 60
        assert language.accepts(text) == exists
        if exists:
            told = datetime.strptime(f"{text}m", "%I:%M%p")
            assert form.read_time(text) == told.time()
            assert form.write_time("it", told.time()) == text


@given(st.integers(-2, 10**13))
def test_epochs(number: int) -> None:
    for part, unit in ((DatePart.EPOCH_SECONDS, 1), (DatePart.EPOCH_MILLISECONDS, 1000)):
        exists = 0 <= number < 253_402_300_800 * unit
        assert compiled((part,)).accepts(str(number)) == exists
        if exists:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / unit)
            read = DateLayouts(part.value).read_datetime(str(number))
            assert abs(read - moment) < timedelta(milliseconds=1)
            assert DateLayouts(part.value).write_datetime("it", read) == str(number)


@pytest.mark.parametrize("zone", [None, "+00:00", "+08:00", "+14:00", "-09:30"])
@pytest.mark.parametrize(
    ("part", "unit"), [(DatePart.EPOCH_SECONDS, 1), (DatePart.EPOCH_MILLISECONDS, 1_000)]
)
def test_the_last_epochs_exist_in_utc_and_in_the_zone(
    part: DatePart, unit: int, zone: str | None
) -> None:
    language = compiled((part,), zone=zone)
    form = DateLayouts(part.value, zone=zone)
    end = 253_402_300_800 * unit
    for hours, off in product((0, 8, 9.5, 14), (-unit, -1, 0, 1)):
        number = end - int(hours * 3600) * unit + off
        try:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + number * timedelta(
                milliseconds=1000 // unit
            )
            moment.astimezone(form.zone)
        except OverflowError:
            assert not language.accepts(str(number))
            continue
        assert language.accepts(str(number))
        assert form.read_datetime(str(number)) == moment


ZONED = DateLayouts("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S.%6f", zone="-09:30")


@given(st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=14)), None))))
def test_instants_stay(moment: datetime) -> None:
    try:
        text = ZONED.write_datetime("it", moment)
    except Unwritable:
        assert moment.tzinfo is None or moment.year in (1, 9999)
        return
    read = ZONED.read_datetime(text)
    assert read == moment
    assert read.utcoffset() == -timedelta(hours=9, minutes=30)
    assert len(text) == (16 if moment.second == moment.microsecond == 0 else 26)


OVERLAPPING = DateLayouts("%d/%m/%Y", "%m/%d/%Y")


@given(st.dates())
def test_what_is_written_is_read_by_the_first_that_fits(day: datetime) -> None:
    assert OVERLAPPING.read_date(OVERLAPPING.write_date("it", day)) == day


@pytest.mark.parametrize("zone", ["+08:00", "-09:30"])
@pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31 23:59"])
def test_copies_of_the_first_and_last_values_are_written(text: str, zone: str) -> None:
    form = DateLayouts("%Y-%m-%d %H:%M", zone=zone)
    value = form.read_datetime(text)
    for copied in (copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert form.write_datetime("it", copied) == text


def test_a_value_whose_only_text_is_read_as_another_is_refused() -> None:
    form = DateLayouts("%y%m%d%H%M%S", "%Y%m%d%H%M", pivot=1970)
    assert form.read_datetime("150102030405") == datetime(2015, 1, 2, 3, 4, 5)
    with pytest.raises(Unwritable, match="that is read back"):
        form.write_datetime("it", datetime(1501, 2, 3, 4, 5))


def test_a_value_of_a_later_layout_is_written_by_it() -> None:
    form = DateLayouts("%H:%M", "%M:%H:%S", "%H:%M:%S")
    value = datetime(2000, 1, 1, 1, 2, 3).time()
    text = form.write_time("it", value)
    assert text == "02:01:03"
    assert form.read_time(text) == value


@pytest.mark.parametrize("value", [datetime(1969, 12, 31), datetime(2070, 1, 1)])
def test_a_year_outside_of_the_hundred_is_refused(value: datetime) -> None:
    with pytest.raises(Unwritable, match="has no spelling as %y%m%d"):
        DateLayouts("%y%m%d", pivot=1970).write_date("it", value.date())
