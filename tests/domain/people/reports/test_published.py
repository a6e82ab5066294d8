"""What is published: rates with one decimal, five occupations, none of ten hires; and when a number of people is hidden."""

from __future__ import annotations

import datetime as dt
import fractions

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.people.reports.rules import fees, network

GROUPS = st.lists(
    st.builds(
        fees.Group,
        occupation=st.integers(1, 15).map("{:02d}".format),
        placed=st.integers(1, 30) | st.sampled_from([10, 11]),
        fees_yen=st.integers(0, 10**9),
        salaries_yen=st.integers(1, 10**9),
        fixed_yen=st.none() | st.integers(0, 10**6),
    ),
    unique_by=lambda one: one.occupation,
    max_size=12,
)


@given(GROUPS)
def test_published_are_the_five_largest_of_more_than_ten(groups: list[fees.Group]) -> None:
    found = fees.published(groups)
    left_out = [one for one in groups if one.occupation not in {rate.occupation for rate in found}]
    assert len(found) == min(5, sum(one.placed >= 11 for one in groups))
    assert [rate.placed for rate in found] == sorted((rate.placed for rate in found), reverse=True)
    if found:
        assert all(one.placed <= max(10, found[-1].placed) for one in left_out)


@given(GROUPS)
def test_rate_is_the_share_to_the_nearest_tenth_or_the_fixed_fee(groups: list[fees.Group]) -> None:
    by_occupation = {one.occupation: one for one in groups}
    for rate in fees.published(groups):
        one = by_occupation[rate.occupation]
        assert (rate.percent is None) == (one.fixed_yen is not None)
        assert rate.fixed_yen == one.fixed_yen
        if rate.percent is not None:
            exact = fractions.Fraction(one.fees_yen * 100, one.salaries_yen)
            off = fractions.Fraction(rate.percent) - exact
            assert -fractions.Fraction(1, 20) < off <= fractions.Fraction(1, 20)
            assert str(rate.percent)[-2] == "."


@given(st.integers(0, 40), st.integers(0, 40), st.integers(3, 20))
def test_small_groups_can_not_be_told_from_what_is_shown(registered: int, part: int, least: int) -> None:
    provided = min(part, registered)
    shown = network.people(registered, provided, least)
    assert shown[0] in {None, registered}
    assert shown[1] in {None, provided}
    if shown[0] is not None:
        assert registered == 0 or registered >= least
    if shown[1] is not None:
        assert shown[0] is not None
        assert all(group == 0 or group >= least for group in (provided, registered - provided))


@pytest.mark.parametrize(
    ("today", "latest", "first"),
    [
        ("2026-05-31", 2026, 2026),
        ("2026-06-01", 2026, 2026),
        ("2026-06-02", 2027, 2026),
        ("2026-08-31", 2027, 2026),
        ("2026-09-01", 2027, 2027),
        ("2026-12-31", 2027, 2027),
    ],
)
def test_years_go_up_to_the_first_of_june_that_comes_next(today: str, latest: int, first: int) -> None:
    day = dt.date.fromisoformat(today)
    assert network.years(day) == [latest - back for back in range(5)]
    assert network.first_shown(day) == first
    assert network.as_of(2026, day) == min(day, dt.date(2026, 6, 1))
    assert network.due_on(2026) == dt.date(2026, 8, 31)
