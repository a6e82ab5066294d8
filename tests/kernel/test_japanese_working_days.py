from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from career_relay.kernel.japanese import working_days

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2026-06-11", True),
        ("2026-06-13", False),
        ("2026-06-14", False),
        ("2026-05-05", False),
        ("2026-05-06", False),
        ("2026-09-22", False),
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2024-01-03", False),
        ("2027-01-04", True),
        ("2021-07-23", False),
        ("2020-08-10", False),
    ],
)
def test_is_working_day(day: str, *, is_working: bool) -> None:
    assert working_days.is_working_day(dt.date.fromisoformat(day)) is is_working


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2026-06-11", "2026-06-11", 0),
        ("2026-06-11", "2026-06-12", 1),
        ("2026-06-12", "2026-06-15", 1),
        ("2026-06-13", "2026-06-14", 0),
        ("2026-04-28", "2026-05-07", 3),
        ("2026-12-28", "2027-01-05", 2),
        ("2026-06-12", "2026-06-11", 0),
    ],
)
def test_working_days_between_leaves_out_the_first_day(start: str, end: str, number: int) -> None:
    assert working_days.working_days_between(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == number


@settings(deadline=None)  # the first look at a year takes its time
@given(DAYS, st.integers(0, 800))
def test_working_days_between_counts_one_by_one(start: dt.date, length: int) -> None:
    days = [start + dt.timedelta(days=at) for at in range(1, length + 1)]
    expected = sum(map(working_days.is_working_day, days))
    assert working_days.working_days_between(start, start + dt.timedelta(days=length)) == expected


@settings(deadline=None)
@given(DAYS, st.integers(1, 600))
def test_add_working_days_undoes_counting(day: dt.date, number: int) -> None:
    later = working_days.add_working_days(day, number)
    assert working_days.is_working_day(later)
    assert working_days.working_days_between(day, later) == number


@pytest.mark.parametrize(
    ("day", "following"), [("2026-06-11", "2026-06-12"), ("2026-06-12", "2026-06-15"), ("2026-12-28", "2027-01-04")]
)
def test_next_working_day(day: str, following: str) -> None:
    assert working_days.next_working_day(dt.date.fromisoformat(day)).isoformat() == following


def test_add_working_days_of_none_is_the_day_itself() -> None:
    assert working_days.add_working_days(dt.date(2026, 6, 13), 0) == dt.date(2026, 6, 13)


def test_add_working_days_counts_forward_only() -> None:
    with pytest.raises(ValueError, match="forward"):
        working_days.add_working_days(dt.date(2026, 6, 11), -1)
