from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.kernel import clock, ids


def test_day_in_japan_begins_nine_hours_before_utc() -> None:
    assert clock.day_in_japan(dt.datetime(2026, 11, 22, 15, 0, tzinfo=dt.UTC)) == dt.date(2026, 11, 23)
    assert clock.day_in_japan(dt.datetime(2026, 11, 22, 14, 59, tzinfo=dt.UTC)) == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 11, 23), 12, (2027, 11, 23)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2027, 12, 31), 2, (2028, 2, 29)),
        ((2026, 11, 30), 1, (2026, 12, 30)),
        ((2026, 12, 5), 0, (2026, 12, 5)),
    ],
)
def test_months_later_stays_in_the_month(start: tuple[int, int, int], months: int, end: tuple[int, int, int]) -> None:
    moment = dt.datetime(*start, 9, 30, tzinfo=clock.TOKYO)
    assert clock.months_later(moment, months) == dt.datetime(*end, 9, 30, tzinfo=clock.TOKYO)


@given(st.integers(0, 3_000_000_000), st.integers(0, 240))
def test_months_later_never_goes_back(seconds: int, months: int) -> None:
    moment = dt.datetime.fromtimestamp(seconds, tz=clock.TOKYO)
    assert clock.months_later(moment, months) >= moment


def test_new_id_is_version_7_and_rises_with_time() -> None:
    made = [ids.new() for _ in range(1000)]
    assert {identifier.version for identifier in made} == {7}
    assert {identifier.variant for identifier in made} == {made[0].variant}
    stamps = [identifier.int >> 80 for identifier in made]
    assert stamps == sorted(stamps)
    assert len(set(made)) == 1000
