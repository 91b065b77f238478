"""Moments with more than six digits of a second, and days with a zone.

XML Schema's values of time are `datetime`, `date` and `time` wherever these hold all that was sent.
Where they do not, the value is of a subclass that keeps the rest, so that annotations stay plain,
and nothing is lost when it is written: .NET sends seven digits of a second, and a `date` has no
zone. A value with a rest never equals one without it.
"""

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any, Self


class PreciseDatetime(datetime):
    """A datetime with further digits of its second: those after the six of its microseconds.

    Comparing, hashing, copying, adding a timedelta, changing the zone, `replace`, `isoformat` and
    `str` keep them. All else works to the microsecond, as `timestamp()` and the difference of two.
    """

    _finer = ""

    @classmethod
    def of(cls, moment: datetime, finer_digits: str) -> Self:
        """Return a moment with these digits after its microseconds: "5" is 500 nanoseconds."""
        precise = cls(
            moment.year,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
            moment.microsecond,
            moment.tzinfo,
            fold=moment.fold,
        )
        precise._finer = _checked(finer_digits)
        return precise

    @property
    def finer_digits(self) -> str:
        """The digits after the microseconds, without zeros at their end."""
        return self._finer

    def replace(self, *args: Any, **changes: Any) -> Self:  # what datetime takes, Python by Python
        """Return the moment with other parts. New microseconds have no digits after them."""
        exact = len(args) > 6 or "microsecond" in changes
        return self.of(super().replace(*args, **changes), "" if exact else self._finer)

    __replace__ = replace

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        """Return the same moment in another zone; the local one for None."""
        return self.of(super().astimezone(tz), self._finer)

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        """Return the moment in ISO 8601, with all of its digits unless `timespec` says how many."""
        if timespec != "auto" or not self._finer:
            return super().isoformat(sep, timespec)
        text = super().isoformat(sep, "microseconds")
        return f"{text[:26]}{self._finer}{text[26:]}"

    def __add__(self, duration: timedelta, /) -> Self:
        return self.of(super().__add__(duration), self._finer)

    __radd__ = __add__

    if not TYPE_CHECKING:  # datetime's overloads say it all, and a subclass cannot repeat them

        def __sub__(self, other, /):
            if isinstance(other, timedelta):
                return self.of(datetime.__sub__(self, other), self._finer)
            return datetime.__sub__(self, other)

    def __eq__(self, other: object, /) -> bool:
        return datetime.__eq__(self, other) is True and _finer(other) == self._finer

    def __ne__(self, other: object, /) -> bool:  # which the base does not derive from __eq__
        return not self == other

    # `date` declares that it is compared with dates; a datetime is with datetimes alone.
    def __lt__(self, other: Any, /) -> bool:
        if datetime.__eq__(self, other) is True:
            return self._finer < _finer(other)
        return datetime.__lt__(self, other)

    def __gt__(self, other: Any, /) -> bool:
        if datetime.__eq__(self, other) is True:
            return self._finer > _finer(other)
        return datetime.__gt__(self, other)

    def __le__(self, other: Any, /) -> bool:
        return not self > other

    def __ge__(self, other: Any, /) -> bool:
        return not self < other

    def __hash__(self) -> int:
        return hash((super().__hash__(), self._finer)) if self._finer else super().__hash__()

    def __repr__(self) -> str:
        return f"{type(self).__name__}.of({_plain_datetime(self)!r}, {self._finer!r})"

    def __reduce_ex__(self, protocol: object, /) -> tuple[Any, ...]:  # as object declares it
        return type(self).of, (_plain_datetime(self), self._finer)


class PreciseTime(time):
    """A time with further digits of its second: those after the six of its microseconds.

    Comparing, hashing, copying, `replace`, `isoformat` and `str` keep them.
    """

    _finer = ""

    @classmethod
    def of(cls, moment: time, finer_digits: str) -> Self:
        """Return a time with these digits after its microseconds: "5" is 500 nanoseconds."""
        precise = cls(
            moment.hour,
            moment.minute,
            moment.second,
            moment.microsecond,
            moment.tzinfo,
            fold=moment.fold,
        )
        precise._finer = _checked(finer_digits)
        return precise

    @property
    def finer_digits(self) -> str:
        """The digits after the microseconds, without zeros at their end."""
        return self._finer

    def replace(self, *args: Any, **changes: Any) -> Self:  # what time takes, Python by Python
        """Return the time with other parts. New microseconds have no digits after them."""
        exact = len(args) > 3 or "microsecond" in changes
        return self.of(super().replace(*args, **changes), "" if exact else self._finer)

    __replace__ = replace

    def isoformat(self, timespec: str = "auto") -> str:
        """Return the time in ISO 8601, with all of its digits unless `timespec` says how many."""
        if timespec != "auto" or not self._finer:
            return super().isoformat(timespec)
        text = super().isoformat("microseconds")
        return f"{text[:15]}{self._finer}{text[15:]}"

    def __eq__(self, other: object, /) -> bool:
        return time.__eq__(self, other) is True and _finer(other) == self._finer

    def __ne__(self, other: object, /) -> bool:  # which the base does not derive from __eq__
        return not self == other

    def __lt__(self, other: time, /) -> bool:
        if time.__eq__(self, other) is True:
            return self._finer < _finer(other)
        return time.__lt__(self, other)

    def __gt__(self, other: time, /) -> bool:
        if time.__eq__(self, other) is True:
            return self._finer > _finer(other)
        return time.__gt__(self, other)

    def __le__(self, other: time, /) -> bool:
        return not self > other

    def __ge__(self, other: time, /) -> bool:
        return not self < other

    def __hash__(self) -> int:
        return hash((super().__hash__(), self._finer)) if self._finer else super().__hash__()

    def __repr__(self) -> str:
        return f"{type(self).__name__}.of({_plain_time(self)!r}, {self._finer!r})"

    def __reduce_ex__(self, protocol: object, /) -> tuple[Any, ...]:  # as object declares it
        return type(self).of, (_plain_time(self), self._finer)


class ZonedDate(date):
    """A day in a zone. It equals only the same day in a zone of the same offset.

    Adding a timedelta, `replace`, copying, `isoformat` and `str` keep the zone. Days are put in
    order, and subtracted, without regard to it.
    """

    _zone: timezone | None = None

    @classmethod
    def of(cls, day: date, zone: timezone | None) -> Self:
        """Return a day in a zone, which has whole minutes."""
        zoned = cls(day.year, day.month, day.day)
        zoned._zone = zone
        return zoned

    @property
    def zone(self) -> timezone | None:
        """The zone; None only for one that was made without `of`."""
        return self._zone

    def replace(self, *args: Any, **changes: Any) -> Self:  # what date takes, Python by Python
        """Return another day in the same zone."""
        return self.of(super().replace(*args, **changes), self._zone)

    __replace__ = replace

    def isoformat(self) -> str:
        """Return the day and its zone: `2024-01-02+08:00`."""
        if self._zone is None:
            return super().isoformat()
        return (
            datetime(self.year, self.month, self.day, tzinfo=self._zone)
            .isoformat()
            .replace("T00:00:00", "")
        )

    __str__ = isoformat

    def __add__(self, duration: timedelta, /) -> Self:
        return self.of(super().__add__(duration), self._zone)

    __radd__ = __add__

    if not TYPE_CHECKING:  # date's overloads say it all, and a subclass cannot repeat them

        def __sub__(self, other, /):
            if isinstance(other, timedelta):
                return self.of(date.__sub__(self, other), self._zone)
            return date.__sub__(self, other)

    def __eq__(self, other: object, /) -> bool:
        zone = other.zone if isinstance(other, ZonedDate) else None
        return date.__eq__(self, other) is True and zone == self._zone

    def __ne__(self, other: object, /) -> bool:  # which the base does not derive from __eq__
        return not self == other

    def __hash__(self) -> int:
        return super().__hash__()

    def __repr__(self) -> str:
        return f"{type(self).__name__}.of({_plain_date(self)!r}, {self._zone!r})"

    def __reduce_ex__(self, protocol: object, /) -> tuple[Any, ...]:  # as object declares it
        return type(self).of, (_plain_date(self), self._zone)


def _finer(moment: object) -> str:
    return moment.finer_digits if isinstance(moment, PreciseDatetime | PreciseTime) else ""


def _checked(digits: str) -> str:
    if digits.strip("0123456789"):
        raise ValueError("the digits after the microseconds are ASCII digits")
    return digits.rstrip("0")


def _plain_datetime(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), moment.timetz())


def _plain_time(moment: time) -> time:
    return time(
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
        moment.tzinfo,
        fold=moment.fold,
    )


def _plain_date(day: date) -> date:
    return date(day.year, day.month, day.day)
