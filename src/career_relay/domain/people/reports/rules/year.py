"""The figures of an agency's yearly report (様式第8号), counted from rows. Pure.

A figure is what its rows weigh together, so that each leads to the very rows it was counted from.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import typing

from career_relay.domain.people.placements import rules as placements
from career_relay.kernel import clock, japanese

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

EARLY_MONTHS: typing.Final = 6
SURE_DAYS: typing.Final = 180
"""A word that somebody is in post, so many days after the start, says that they did not leave early."""
DUE: typing.Final = (4, 30)
REMINDER_DAYS: typing.Final = 30
LATE_UNTIL: typing.Final = (5, 31)
FIRST_YEAR: typing.Final = 2000
YEARS_BACK: typing.Final = 4

Length: typing.TypeAlias = typing.Literal["regular", "temporary", "unknown"]
_YEARS: typing.Final = re.compile(r"(?<!\d)(\d{1,2})\s*(?:年|year)")
_MONTHS: typing.Final = re.compile(r"(?<!\d)(\d{1,3})\s*(?:[かカヶケヵ箇ｹ]\s*月|month)")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A year of reports, looked at on a day."""

    year: int
    today: dt.date

    @property
    def first(self) -> dt.date:
        return placements.days_of_year(self.year)[0]

    @property
    def last(self) -> dt.date:
        return placements.days_of_year(self.year)[1]

    @property
    def as_of(self) -> dt.date:
        """The day of what is counted on a day: the year's last, or today while the year runs."""
        return min(self.last, self.today)

    @property
    def is_over(self) -> bool:
        return self.today > self.last

    @property
    def due_on(self) -> dt.date:
        """The last day to hand the report in."""
        return dt.date(self.year + 1, *DUE)

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day is one of the year's."""
        return self.first <= day <= self.last


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something that counts, in an occupation; an empty one has not been said."""

    key: uuid.UUID
    occupation: str

    @property
    def day(self) -> dt.date:
        """The day by which it is listed."""
        raise NotImplementedError


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Posting(Row):
    """A posting (求人). `over_on` is the first day on which it was no longer open, where it is known to be over."""

    length: Length
    openings: int
    received_on: dt.date
    over_on: dt.date | None

    @property
    def day(self) -> dt.date:
        return self.received_on


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Seeker(Row):
    """Somebody the agency took on (求職)."""

    accepted_on: dt.date
    ended_on: dt.date | None

    @property
    def day(self) -> dt.date:
        return self.accepted_on


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hire(Row):
    """Somebody who started (就職). `seen_on` is the last day on which somebody said that they were in post."""

    is_regular: bool
    is_indefinite: bool
    start_on: dt.date
    left_on: dt.date | None
    left_by_employer: bool
    seen_on: dt.date | None

    @property
    def day(self) -> dt.date:
        return self.start_on

    @property
    def early_until(self) -> dt.date:
        """The first day on which leaving is no longer early."""
        return clock.day_in_japan(clock.months_later(clock.start_of_day_in_japan(self.start_on), EARLY_MONTHS))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Money(Row):
    """A fee that fell due (above zero), or what was given back (below)."""

    on: dt.date
    amount_yen: int

    @property
    def day(self) -> dt.date:
        return self.on


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Everything that may count."""

    postings: tuple[Posting, ...] = ()
    seekers: tuple[Seeker, ...] = ()
    hires: tuple[Hire, ...] = ()
    money: tuple[Money, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a figure counts: rows of one book, each with its weight; those that weigh nothing are not in it."""

    book: str
    weigh: collections.abc.Callable[[typing.Any, Period], int]


def _open_openings(one: Posting, period: Period) -> int:
    is_open = one.received_on <= period.as_of and (one.over_on is None or one.over_on > period.as_of)
    return one.openings if is_open else 0


def _openings(length: Length) -> collections.abc.Callable[[Posting, Period], int]:
    return lambda one, period: one.openings if one.length == length and period.holds(one.received_on) else 0


def _is_seeking(one: Seeker, period: Period) -> int:
    return int(one.accepted_on <= period.as_of and (one.ended_on is None or one.ended_on > period.as_of))


def _is_indefinite(one: Hire, period: Period) -> bool:
    return one.is_indefinite and period.holds(one.start_on)


def _left_early(one: Hire, period: Period) -> int:
    is_early = one.left_on is not None and one.left_on < one.early_until and not one.left_by_employer
    return int(_is_indefinite(one, period) and is_early)


def _is_unknown(one: Hire, period: Period) -> int:
    is_past = one.left_on is None and one.early_until <= period.today
    is_seen = one.seen_on is not None and one.seen_on >= one.start_on + dt.timedelta(days=SURE_DAYS)
    return int(_is_indefinite(one, period) and is_past and not is_seen)


def _is_pending(one: Hire, period: Period) -> int:
    return int(_is_indefinite(one, period) and one.left_on is None and one.early_until > period.today)


FIGURES: typing.Final[dict[str, Figure]] = {
    "postings_open": Figure(book="postings", weigh=_open_openings),
    "postings_regular": Figure(book="postings", weigh=_openings("regular")),
    "postings_temporary": Figure(book="postings", weigh=_openings("temporary")),
    "postings_unknown": Figure(book="postings", weigh=_openings("unknown")),
    "seekers_open": Figure(book="seekers", weigh=_is_seeking),
    "seekers_new": Figure(book="seekers", weigh=lambda one, period: int(period.holds(one.accepted_on))),
    "hires_regular": Figure(book="hires", weigh=lambda one, period: int(one.is_regular and period.holds(one.start_on))),
    "hires_indefinite": Figure(book="hires", weigh=lambda one, period: int(_is_indefinite(one, period))),
    "hires_temporary": Figure(
        book="hires", weigh=lambda one, period: int(not one.is_regular and period.holds(one.start_on))
    ),
    "left_early": Figure(book="hires", weigh=_left_early),
    "left_unknown": Figure(book="hires", weigh=_is_unknown),
    "left_pending": Figure(book="hires", weigh=_is_pending),
    "fees": Figure(book="money", weigh=lambda one, period: max(one.amount_yen, 0) if period.holds(one.on) else 0),
    "refunds": Figure(book="money", weigh=lambda one, period: max(-one.amount_yen, 0) if period.holds(one.on) else 0),
}


def rows(books: Books, figure: str, period: Period, occupation: str | None = None) -> list[tuple[Row, int]]:
    """Return the rows that a figure counts, each with its weight, by day; of all occupations, or of one."""
    asked = FIGURES[figure]
    kept = sorted(getattr(books, asked.book), key=lambda one: (one.day, one.key))
    found = ((one, asked.weigh(one, period)) for one in kept)
    return [(one, weight) for one, weight in found if weight and occupation in {None, one.occupation}]


def count(books: Books, period: Period) -> dict[str, dict[str, int]]:
    """Return the figures of every occupation that has one, in the order of the classification; those without one last."""
    counted: dict[str, dict[str, int]] = {}
    for figure in FIGURES:
        for row, weight in rows(books, figure, period):
            of_occupation = counted.setdefault(row.occupation, dict.fromkeys(FIGURES, 0))
            of_occupation[figure] += weight
    return dict(sorted(counted.items(), key=lambda one: (not one[0], one[0])))


def totals(counted: collections.abc.Mapping[str, collections.abc.Mapping[str, int]]) -> dict[str, int]:
    """Return the figures of all occupations together."""
    return {figure: sum(one[figure] for one in counted.values()) for figure in FIGURES}


def thousands(yen: int) -> int:
    """Return an amount in thousands of yen, as the form wants it; five hundred count as a thousand."""
    return (yen + 500) // 1000


def length(contract: str, detail: str) -> Length:
    """Tell whether a posting is for 常用 (without an end, or four months and more) or 臨時, by its contract and its words.

    The longest time that is written counts: 「6 か月（試用 3 か月）」 is half a year.
    """
    if contract == placements.INDEFINITE:
        return "regular"
    text = japanese.normalise(detail).lower()
    months = [12 * int(found) for found in _YEARS.findall(text)] + [int(found) for found in _MONTHS.findall(text)]
    if not contract or not months:
        return "unknown"
    return "regular" if max(months) >= placements.REGULAR_MONTHS else "temporary"


def is_year(year: int, today: dt.date) -> bool:
    """Tell whether a year's figures can be asked for."""
    return FIRST_YEAR <= year <= placements.fiscal_year(today)


def year_to_report(today: dt.date) -> int:
    """Return the last year that is over: the one that is to be handed in."""
    return placements.fiscal_year(today) - 1


def first_shown(today: dt.date) -> int:
    """Return the year to show first: the one that is handed in while that is the thing to do, else the running one."""
    return year_to_report(today) if today.month in {4, 5} else placements.fiscal_year(today)


def is_wanted(today: dt.date) -> bool:
    """Tell whether today is a day to hand last year's report in, or a month too late for it."""
    return (4, 1) <= (today.month, today.day) <= LATE_UNTIL


def year_to_remind_of(today: dt.date) -> int | None:
    """Return the year whose report is due within so many days that the agency is told by mail; else None."""
    due_on = dt.date(today.year, *DUE)
    is_near = due_on - dt.timedelta(days=REMINDER_DAYS) <= today <= due_on
    return today.year - 1 if is_near else None
