from __future__ import annotations

import datetime as dt
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel.japanese import working_days


@given(st.lists(st.integers(-5, 400), max_size=60))
def test_median_is_that_of_the_values_counted(values: list[int]) -> None:
    counts = {value: values.count(value) for value in values}
    assert rules.median(counts) == (statistics.median(values) if values else None)


@settings(deadline=None)  # the first look into a year reads its holidays
@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)), st.integers(0, 20))
def test_last_overdue_day_parts_the_days_where_the_limit_is_passed(today: dt.date, limit: int) -> None:
    last = rules.last_overdue_day(today, limit)
    assert working_days.working_days_between(last, today) == limit + 1
    assert working_days.working_days_between(last + dt.timedelta(days=1), today) == limit


@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("2026-11-20", "2026-11-16"),  # Friday: Tuesday to Friday are four working days
        ("2026-11-23", "2026-11-16"),  # a Monday, but a holiday
        ("2027-01-06", "2026-12-27"),  # Monday 28th, then New Year until the 3rd
    ],
)
def test_last_overdue_day_knows_weekends_holidays_and_new_year(today: str, last: str) -> None:
    assert rules.last_overdue_day(dt.date.fromisoformat(today), 3) == dt.date.fromisoformat(last)


def test_from_stage_on_leaves_out_what_stands_beside_the_order() -> None:
    assert rules.from_stage_on(Stage.OFFER) == ["offer", "accepted", "joined"]
    assert rules.from_stage_on(Stage.APPLIED) == [one.value for one in Stage if one != Stage.ON_HOLD]
