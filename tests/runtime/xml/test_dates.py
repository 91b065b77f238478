"""Moments, days and times: nothing of what was sent is lost, and nothing is made up."""

import pickle
from copy import copy
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from operator import add, ge, gt, le, lt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.dates import DATE, DATETIME, DATETIME_STAMP, TIME
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.precise import PreciseDatetime, PreciseTime, ZonedDate

from .drawn import FINER, MAYBE_ZONES, MOMENTS, ZONES

PARIS = ZoneInfo("Europe/Paris")
CHINA = timezone(timedelta(hours=8))


def difference(one: datetime, other: datetime) -> timedelta:
    return one - other


def days_between(one: date, other: date) -> timedelta:
    return one - other


def exactly(moment: datetime | time) -> tuple[object, ...]:
    """Everything of a moment that can be sent."""
    finer = moment.finer_digits if isinstance(moment, PreciseDatetime | PreciseTime) else ""
    day = moment.toordinal() if isinstance(moment, datetime) else 0
    clock = (moment.hour, moment.minute, moment.second, moment.microsecond, finer)
    return (day, *clock, moment.tzinfo and moment.utcoffset())


@given(MOMENTS, st.text("0123456789", max_size=12))
def test_each_digit_of_a_second_is_kept(moment: datetime, digits: str) -> None:
    """The oracle is the text itself: its digits are those of the value, zeros at the end aside."""
    offset = moment.isoformat()[len(moment.replace(tzinfo=None).isoformat()) :]
    second = moment.replace(microsecond=0, tzinfo=None).isoformat()
    text = f"{second}{'.' if digits else ''}{digits}{offset}"
    for read, write, beginning in (
        (DATETIME.read, DATETIME.write, ""),
        (TIME.read, TIME.write, text[:11]),
    ):
        value = read(text[len(beginning) :])
        sent = digits.rstrip("0")
        finer = getattr(value, "finer_digits", "")
        assert f"{value.microsecond:06}{finer}".rstrip("0") == sent
        assert exactly(value)[-1] == moment.utcoffset()
        assert exactly(read(write(value))) == exactly(value)


@given(MOMENTS, FINER, MAYBE_ZONES)
def test_texts_that_servers_send_mean_what_the_strict_one_does(
    moment: datetime, finer: str, zone: tzinfo | None
) -> None:
    precise = PreciseDatetime.of(moment.replace(tzinfo=zone), finer)
    text = DATETIME.write(precise)
    without_colon = text[:19] + text[19:].replace(":", "")
    for lenient in (text.replace("T", " "), without_colon, f"\n{text}\t"):
        assert exactly(DATETIME.read(lenient)) == exactly(precise)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone)
    day = DATETIME.write(midnight).replace("T00:00:00", "")
    assert exactly(DATETIME.read(day)) == exactly(midnight)
    assert DATE.write(DATE.read(DATETIME.write(midnight))) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023-12-31T24:00:00", datetime(2024, 1, 1)),
        ("2024-02-28T24:00:00.000Z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        ("2024-01-02T03:04:05-00:00", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2024-01-02T03:04:05.5", datetime(2024, 1, 2, 3, 4, 5, 500_000)),
    ],
)
def test_a_moment(text: str, value: datetime) -> None:
    assert exactly(DATETIME.read(text)) == exactly(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10000-01-01T00:00:00", "has a year that Python's dates do not: 1 to 9999"),
        ("-0044-03-15T00:00:00", "has a year that Python's dates do not: 1 to 9999"),
        ("0000-01-01T00:00:00", "has a year that Python's dates do not: 1 to 9999"),
        ("9999-12-31T24:00:00", "has a year that Python's dates do not"),
        ("2023-02-29T00:00:00", "is of a day that is not on the calendar"),
        ("2023-13-01T00:00:00", "is of a day that is not on the calendar"),
        ("2023-12-31T24:00:01", "is of a time that is not on the clock"),
        ("2023-12-31T23:59:60", "is of a time that is not on the clock"),
        ("2023-12-31T24:00:00.0000001", "is of a time that is not on the clock"),
        ("2023-12-31T23:59:59+14:01", "has a zone that is not from -14:00 to +14:00"),
        ("2023-12-31T23:59:59+01:60", "has a zone that is not from -14:00 to +14:00"),
        ("2023-12-31T23:59:59+01", "is not like 2024-01-31T13:20:00"),
        ("2023-12-31T23:59:59.", "is not like 2024-01-31T13:20:00"),
        ("2023-12-31T23:59:59,5", "is not like 2024-01-31T13:20:00"),
        ("2023-12-31T23:59", "is not like 2024-01-31T13:20:00"),
        ("20231231T235959", "is not like 2024-01-31T13:20:00"),
        ("2023-W52-7T00:00:00", "is not like 2024-01-31T13:20:00"),
        ("2023-12-31t23:59:59z", "is not like 2024-01-31T13:20:00"),
        ("２０23-12-31T23:59:59", "is not like 2024-01-31T13:20:00"),
        ("", "is not like 2024-01-31T13:20:00"),
    ],
)
def test_no_moment(text: str, why: str) -> None:
    with pytest.raises(NotOfType) as raised:
        DATETIME.read(text)
    assert (raised.value.type_name, raised.value.why) == ("dateTime", why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-01-02T00:00:01", "has a time that is not midnight"),
        ("2024-01-02T00:00:00.0000001", "has a time that is not midnight"),
        ("2024-02-30", "is of a day that is not on the calendar"),
        ("2024-1-2", "is not like 2024-01-31"),
        ("20240102", "is not like 2024-01-31"),
    ],
)
def test_no_day(text: str, why: str) -> None:
    with pytest.raises(NotOfType) as raised:
        DATE.read(text)
    assert (raised.value.type_name, raised.value.why) == ("date", why)


@pytest.mark.parametrize(
    "text", ["24:00:01", "13:20", "132000", "13:20:60", "T13:20:00", "1:20:00"]
)
def test_no_time(text: str) -> None:
    with pytest.raises(NotOfType, match="of type time"):
        TIME.read(text)


def test_midnight_by_both_its_names() -> None:
    assert TIME.read("24:00:00Z") == TIME.read("00:00:00Z") == time(tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (time(12, tzinfo=PARIS), "has a zone whose offset is not known without a day"),
        (datetime(1900, 1, 1, tzinfo=PARIS), "has a zone that is not of whole minutes"),
        (datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=15))), "from -14:00 to +14:00"),
        (time(12, tzinfo=timezone(timedelta(hours=-15))), "from -14:00 to +14:00"),
        (time(12, tzinfo=timezone(timedelta(seconds=90))), "of whole minutes"),
        (ZonedDate.of(date(2024, 1, 1), timezone(timedelta(seconds=90))), "of whole minutes"),
    ],
)
def test_zones_that_cannot_be_sent(value: object, why: str) -> None:
    leaf = DATETIME if isinstance(value, datetime) else TIME if isinstance(value, time) else DATE
    with pytest.raises(Unwritable) as raised:
        leaf.write(value)
    assert why in raised.value.why


def test_regions_are_sent_as_offsets() -> None:
    assert DATETIME.write(datetime(2024, 1, 1, tzinfo=PARIS)) == "2024-01-01T00:00:00+01:00"
    assert DATETIME.write(datetime(2024, 7, 1, tzinfo=PARIS)) == "2024-07-01T00:00:00+02:00"


def test_a_stamp_has_a_zone() -> None:
    assert DATETIME_STAMP.read("2024-01-02T03:04:05Z").tzinfo is UTC
    with pytest.raises(NotOfType, match="has no zone"):
        DATETIME_STAMP.read("2024-01-02T03:04:05")
    with pytest.raises(Unwritable, match="has no zone"):
        DATETIME_STAMP.write(datetime(2024, 1, 2))


@given(MOMENTS, FINER, st.timedeltas(timedelta(-9), timedelta(9)))
def test_a_precise_moment_moves_with_its_digits(
    moment: datetime, finer: str, duration: timedelta
) -> None:
    precise = PreciseDatetime.of(moment, finer)
    digits = finer.rstrip("0")
    try:
        later = moment + duration
    except OverflowError:
        with pytest.raises(OverflowError):
            add(precise, duration)
        return
    for moved in (precise + duration, duration + precise, precise - -duration):
        assert (exactly(moved)[:-2], moved.finer_digits) == (exactly(later)[:-2], digits)
    assert difference(precise, moment) == timedelta()


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES), FINER, ZONES)
def test_a_precise_moment_is_the_same_in_each_zone(
    moment: datetime, finer: str, zone: timezone
) -> None:
    precise = PreciseDatetime.of(moment, finer)
    elsewhere = precise.astimezone(zone)
    assert elsewhere == precise
    assert hash(elsewhere) == hash(precise)
    assert elsewhere.utcoffset() == zone.utcoffset(None)
    assert (
        elsewhere.isoformat()[17:]
        .partition(".")[2]
        .startswith(f"{moment.microsecond:06}{precise.finer_digits}")
    )


NAIVE = st.tuples(
    st.sampled_from([datetime(2024, 1, 2), datetime(2024, 1, 2, 0, 0, 0, 1)]) | st.datetimes(),
    st.just("") | st.sampled_from("159") | FINER,
)


@given(NAIVE, NAIVE)
def test_the_order_of_moments_is_that_of_their_digits(
    one: tuple[datetime, str], two: tuple[datetime, str]
) -> None:
    """The oracle compares texts of one form."""
    keys = [
        f"{at.isoformat(timespec='microseconds')}{finer}".rstrip("0") for at, finer in (one, two)
    ]
    a, b = (PreciseDatetime.of(at, finer) if finer else at for at, finer in (one, two))
    comparisons = (a == b, a != b, a < b, a <= b, a > b, a >= b)
    assert comparisons == compared(*keys)
    assert a != b or hash(a) == hash(b)
    clocks = [key[11:] for key in keys]
    c, d = (PreciseTime.of(at.time(), finer) if finer else at.time() for at, finer in (one, two))
    assert (c == d, c != d, c < d, c <= d, c > d, c >= d) == compared(*clocks)
    assert c != d or hash(c) == hash(d)


def compared(a: str, b: str) -> tuple[bool, ...]:
    return (a == b, a != b, a < b, a <= b, a > b, a >= b)


def test_a_precise_moment_is_compared_with_moments_alone() -> None:
    precise = PreciseDatetime.of(datetime(2024, 1, 2), "7")
    others: list[object] = [date(2024, 1, 2), "2024-01-02", None, time()]
    assert all(precise != other and other != precise for other in others)
    assert precise != datetime(2024, 1, 2, tzinfo=UTC)
    for other in (date(2024, 1, 2), datetime(2024, 1, 2, tzinfo=UTC)):
        for compare in (lt, le, gt, ge):
            with pytest.raises(TypeError):
                compare(precise, other)


def test_replacing_parts_of_a_precise_value() -> None:
    moment = PreciseDatetime.of(datetime(2024, 1, 2, 3, 4, 5, 678_901), "25")
    assert moment.replace(tzinfo=UTC).isoformat() == "2024-01-02T03:04:05.67890125+00:00"
    assert moment.replace(2025).finer_digits == "25"
    assert moment.replace(microsecond=5) == datetime(2024, 1, 2, 3, 4, 5, 5)
    clock = PreciseTime.of(time(3, 4, 5), "25")
    assert clock.replace(hour=4).isoformat() == "04:04:05.00000025"
    assert clock.replace(3, 4, 5, 0) == time(3, 4, 5)
    day = ZonedDate.of(date(2024, 1, 2), CHINA)
    assert day.replace(day=3) == ZonedDate.of(date(2024, 1, 3), CHINA)


def test_words_for_people() -> None:
    moment = PreciseDatetime.of(datetime(2024, 1, 2, tzinfo=CHINA), "70")
    assert str(moment) == f"{moment}" == "2024-01-02 00:00:00.0000007+08:00"
    assert moment.isoformat(timespec="seconds") == "2024-01-02T00:00:00+08:00"
    assert repr(moment).startswith("PreciseDatetime.of(datetime.datetime(2024, 1, 2, 0, 0, tzinfo=")
    clock = PreciseTime.of(time(1, tzinfo=UTC), "7")
    assert str(clock) == "01:00:00.0000007+00:00"
    assert clock.isoformat("minutes") == "01:00+00:00"
    assert repr(clock).endswith(", '7')")
    day = ZonedDate.of(date(2024, 1, 2), CHINA)
    assert str(day) == f"{day}" == "2024-01-02+08:00"
    assert repr(day).startswith("ZonedDate.of(datetime.date(2024, 1, 2), datetime.timezone(")


@pytest.mark.parametrize("digits", ["x", "-1", "١", "1 "])
def test_digits_are_digits(digits: str) -> None:
    with pytest.raises(ValueError, match="are ASCII digits"):
        PreciseDatetime.of(datetime(2024, 1, 2), digits)
    with pytest.raises(ValueError, match="are ASCII digits"):
        PreciseTime.of(time(), digits)


@given(st.dates(), ZONES, ZONES, st.integers(-99, 99))
def test_a_day_in_a_zone(day: date, zone: timezone, other: timezone, days: int) -> None:
    zoned = ZonedDate.of(day, zone)
    assert zoned.zone == zone
    assert zoned != day
    assert day != zoned
    assert (zoned == ZonedDate.of(day, other)) == (zone == other)
    assert days_between(zoned, day) == timedelta()
    try:
        expected = day + timedelta(days)
    except OverflowError:
        return
    for moved in (zoned + timedelta(days), timedelta(days) + zoned, zoned - timedelta(-days)):
        assert moved == ZonedDate.of(expected, zone)


def test_a_day_of_no_zone_equals_a_date() -> None:
    day = ZonedDate(2024, 1, 2)
    assert day == date(2024, 1, 2)
    assert hash(day) == hash(date(2024, 1, 2))
    assert DATE.write(day) == "2024-01-02"
    assert str(day) == "2024-01-02"


def test_the_later_of_two_moments_with_one_name_keeps_its_fold() -> None:
    later = datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=1)
    precise = PreciseDatetime.of(later, "7")
    assert precise.utcoffset() == timedelta(hours=1)
    for again in (copy(precise), pickle.loads(pickle.dumps(precise)), precise.replace(second=1)):
        assert again.fold == 1
        assert DATETIME.write(again).endswith("0000007+01:00")
    clock = PreciseTime.of(time(2, 30, fold=1), "7")
    assert copy(clock).fold == 1
