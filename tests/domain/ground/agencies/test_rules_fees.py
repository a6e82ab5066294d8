"""Fees and refunds, against tables worked out by hand and an oracle that knows nothing of the rules' code."""

from __future__ import annotations

import fractions
import typing
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.ground.agencies import rules

Row: typing.TypeAlias = tuple[str, str, str, int]  # occupation, kind, "percent" or "fixed", tenths of a percent or yen

TABLE = rules.Table(
    rates=(
        rules.Rate(percent=Decimal("30.0")),
        rules.Rate(occupation="02", percent=Decimal("35.0")),
        rules.Rate(occupation="02", employment_type="new_graduate", fixed=800_000),
        rules.Rate(employment_type="part_time", percent=Decimal("10.5")),
        rules.Rate(occupation="04", percent=Decimal("20.3")),
    ),
    refunds=(
        rules.Refund(within_days=30, percent=50),
        rules.Refund(within_days=90, percent=30),
        rules.Refund(within_days=180, percent=10),
    ),
)
# Worked out with pencil and paper.
FEES = [
    (4_000_000, "06", "mid_career", 1_200_000),
    (4_000_000, "02", "mid_career", 1_400_000),
    (4_000_000, "02", "new_graduate", 800_000),
    (4_000_000, "06", "new_graduate", 1_200_000),
    (1_234_567, "06", "part_time", 129_629),  # 129,629.535
    (1_234_567, "02", "part_time", 432_098),  # an occupation says more than a kind; 432,098.45
    (3_333_333, "04", "mid_career", 676_666),  # 676,666.599
    (3, "06", "mid_career", 0),
    (0, "06", "mid_career", 0),
]
REFUNDS = [
    (1_000_000, 0, 500_000),
    (1_000_000, 30, 500_000),
    (1_000_000, 31, 300_000),
    (1_000_000, 90, 300_000),
    (1_000_000, 91, 100_000),
    (1_000_000, 180, 100_000),
    (1_000_000, 181, 0),
    (999_999, 30, 499_999),
    (1, 30, 0),
]
occupations = st.sampled_from(["01", "02", "06"])
kinds = st.sampled_from(["new_graduate", "mid_career", "part_time"])
salaries = st.integers(0, 40_000_000)


@pytest.mark.parametrize(("salary", "occupation", "kind", "due"), FEES)
def test_fee_is_that_of_the_most_specific_row(salary: int, occupation: str, kind: str, due: int) -> None:
    assert rules.fee(TABLE, salary, occupation, kind) == due


@pytest.mark.parametrize(("fee", "days", "due"), REFUNDS)
def test_refund_is_that_of_the_first_row_that_reaches_so_far(fee: int, days: int, due: int) -> None:
    assert rules.refund(TABLE, fee, days) == due


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    places = draw(st.sets(st.tuples(occupations | st.just(""), kinds | st.just("")), max_size=8))
    rows = [(*place, "percent", draw(st.integers(0, 500))) for place in sorted(places - {("", "")})]
    return [("", "", "percent", draw(st.integers(0, 500))), *rows]


def oracle(rows: list[Row], salary: int, occupation: str, kind: str) -> int:
    """Look the row up by name in the order of the law's example: both, occupation, kind, neither."""
    named = {(row[0], row[1]): row[3] for row in rows}
    for place in [(occupation, kind), (occupation, ""), ("", kind), ("", "")]:
        if place in named:
            share = fractions.Fraction(salary * named[place], 1000)
            return share.numerator // share.denominator
    raise AssertionError


def table_of(rows: list[Row]) -> rules.Table:
    return rules.Table(
        rates=tuple(
            rules.Rate(occupation=occupation, employment_type=kind, percent=Decimal(tenths) / 10)
            for occupation, kind, _price, tenths in rows
        )
    )


@given(tables(), salaries, occupations, kinds)
def test_fee_agrees_with_the_oracle(rows: list[Row], salary: int, occupation: str, kind: str) -> None:
    table = table_of(rows)
    assert rules.fee_faults(table.rates) == []
    due = rules.fee(table, salary, occupation, kind)
    assert due == oracle(rows, salary, occupation, kind)
    assert 2 * due <= salary


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 100)), max_size=5), salaries, st.integers(0, 500))
def test_refund_agrees_with_the_oracle(rows: list[tuple[int, int]], fee: int, days: int) -> None:
    ordered = dict(sorted(rows))
    table = rules.Table(rates=(), refunds=tuple(rules.Refund(within_days=one, percent=ordered[one]) for one in ordered))
    percent_by_day = [0] * 501
    for within in sorted(ordered, reverse=True):
        percent_by_day[: within + 1] = [ordered[within]] * (within + 1)
    assert rules.refund(table, fee, days) == fee * percent_by_day[days] // 100


@given(tables())
def test_rows_come_back_as_they_were_stored(rows: list[Row]) -> None:
    for row in [*table_of(rows).rates, rules.Rate(occupation="02", fixed=0), rules.Rate(fixed=800_000)]:
        assert rules.Rate.of(row.as_json()) == row
    for refund in TABLE.refunds:
        assert rules.Refund.of(refund.as_json()) == refund


@given(st.integers(1, 3_000_000), st.integers(0, 6_000_000))
def test_fixed_fee_over_half_the_salary_is_refused(fixed: int, salary: int) -> None:
    table = rules.Table(rates=(rules.Rate(fixed=fixed),))
    if 2 * fixed > salary:
        with pytest.raises(ValueError, match="more than 50 %"):
            rules.fee(table, salary, "06", "mid_career")
    else:
        assert rules.fee(table, salary, "06", "mid_career") == fixed


def test_hire_that_no_row_is_meant_for_has_no_fee() -> None:
    table = rules.Table(rates=(rules.Rate(occupation="02", fixed=1),))
    with pytest.raises(ValueError, match="no row"):
        rules.fee(table, 1_000, "06", "mid_career")


def test_nobody_leaves_before_they_start() -> None:
    with pytest.raises(ValueError, match="before they start"):
        rules.refund(TABLE, 1_000, -1)


@pytest.mark.parametrize(
    ("row", "count"),
    [
        (rules.Rate(percent=Decimal("50.0")), 0),
        (rules.Rate(percent=Decimal("50.1")), 1),
        (rules.Rate(percent=Decimal("-0.1")), 1),
        (rules.Rate(percent=Decimal("30.25")), 1),
        (rules.Rate(fixed=0), 0),
        (rules.Rate(fixed=-1), 1),
        (rules.Rate(fixed=100_000_001), 1),
        (rules.Rate(), 1),
        (rules.Rate(percent=Decimal(1), fixed=1), 1),
    ],
)
def test_faults_of_one_rate_are_found(row: rules.Rate, count: int) -> None:
    assert len(rules.fee_faults([row])) == count


def test_faults_of_the_whole_table_are_found() -> None:
    general, same = rules.Rate(percent=Decimal(30)), rules.Rate(fixed=1)
    assert len(rules.fee_faults([general, same])) == 1
    assert len(rules.fee_faults([rules.Rate(occupation="02", fixed=1)])) == 1
    assert len(rules.fee_faults([general], may_charge=False)) == 1
    assert rules.fee_faults([rules.Rate(percent=Decimal(0))], may_charge=False) == []
    assert [rules.charges([row]) for row in (general, same, rules.Rate(fixed=0))] == [True, True, False]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([], 0),
        ([(30, 50), (90, 30), (180, 30)], 0),
        ([(30, 0)], 1),
        ([(30, 101)], 1),
        ([(0, 50)], 1),
        ([(3651, 50)], 1),
        ([(90, 50), (30, 30)], 1),
        ([(30, 50), (30, 30)], 1),
        ([(30, 30), (90, 50)], 1),
    ],
)
def test_faults_of_refunds_are_found(rows: list[tuple[int, int]], count: int) -> None:
    refunds = [rules.Refund(within_days=days, percent=percent) for days, percent in rows]
    assert len(rules.refund_faults(refunds)) == count
