"""The operator's yearly figures as of 1 June (law L4): the day, and which numbers of people are too small to tell. Pure."""

from __future__ import annotations

import datetime as dt
import typing

AS_OF: typing.Final = (6, 1)
DUE: typing.Final = (8, 31)
YEARS_BACK: typing.Final = 4


def day(year: int) -> dt.date:
    """Return the day whose figures are reported."""
    return dt.date(year, *AS_OF)


def due_on(year: int) -> dt.date:
    """Return the last day to hand them in."""
    return dt.date(year, *DUE)


def as_of(year: int, today: dt.date) -> dt.date:
    """Return the day of a year's figures: its 1 June, or today while that is still to come."""
    return min(day(year), today)


def years(today: dt.date) -> list[int]:
    """Return the years whose figures can be asked for, the latest first: it is the one whose 1 June comes next."""
    latest = today.year if today <= day(today.year) else today.year + 1
    return list(range(latest, latest - YEARS_BACK - 1, -1))


def first_shown(today: dt.date) -> int:
    """Return the year to show first: the one that is handed in while that is the thing to do, else the coming one."""
    return today.year if today <= due_on(today.year) else today.year + 1


def people(registered: int, provided: int, least: int) -> tuple[int | None, int | None]:
    """Return how many registered and how many of them were made known to agencies; None where it would tell of few.

    A number under `least` is hidden; so is a part whose rest is one, because the two would give it away.
    """
    shown = registered if registered == 0 or registered >= least else None
    rest = registered - provided
    is_small = 0 < provided < least or 0 < rest < least
    return shown, None if is_small or shown is None else provided
