"""Days on which an office in Japan answers: no weekend, no public holiday, not the days around New Year."""

from __future__ import annotations

import bisect
import datetime as dt
import functools

import jpholiday

from career_relay.kernel import clock

SATURDAY = 5
END_OF_WORK = dt.timedelta(hours=18)


def is_working_day(day: dt.date) -> bool:
    """Tell whether `day` is a working day; 12/29 to 1/3 are not, as at public offices."""
    return day.weekday() < SATURDAY and not _is_new_year(day) and day not in _holidays(day.year)


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Return the number of working days after `start`, up to and including `end`; 0 when `end` is not later."""
    if end <= start:
        return 0
    whole_years = sum(len(_working_days(year)) for year in range(start.year, end.year))
    return (
        whole_years
        + bisect.bisect_right(_working_days(end.year), end)
        - bisect.bisect_right(_working_days(start.year), start)
    )


def next_working_day(day: dt.date) -> dt.date:
    """Return the first working day after `day`."""
    return add_working_days(day, 1)


def add_working_days(day: dt.date, number: int) -> dt.date:
    """Return the working day that is `number` working days after `day`, which need not be one itself; 0 is `day`."""
    if number < 0:
        raise ValueError("Working days are counted forward only.")
    if number == 0:
        return day
    days = _working_days(day.year)
    at = bisect.bisect_right(days, day) + number - 1
    year = day.year
    while at >= len(days):
        at, year = at - len(days), year + 1
        days = _working_days(year)
    return days[at]


def end_of_work(start: dt.datetime, days: int) -> dt.datetime:
    """Return the end of work, six in the evening, on the day so many working days after `start`; always later than it."""
    day = add_working_days(clock.day_in_japan(start), days)
    end = clock.start_of_day_in_japan(day) + END_OF_WORK
    return end if end > start else clock.start_of_day_in_japan(next_working_day(day)) + END_OF_WORK


def _is_new_year(day: dt.date) -> bool:
    return (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)


@functools.cache
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(day for day, _name in jpholiday.year_holidays(year))


@functools.cache
def _working_days(year: int) -> tuple[dt.date, ...]:
    """Return the working days of a year in order."""
    first = dt.date(year, 1, 1)
    days = (first + dt.timedelta(days=at) for at in range(dt.date(year, 12, 31).timetuple().tm_yday))
    return tuple(day for day in days if is_working_day(day))
