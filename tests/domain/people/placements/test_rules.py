from __future__ import annotations

import datetime as dt
import decimal
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.ground.agencies.rules import Rate, Refund, Table
from career_relay.domain.ground.agreements.rules import Refund as AgreedRefund
from career_relay.domain.ground.agreements.rules import Terms
from career_relay.domain.people.placements import rules
from career_relay.domain.people.placements.models import Placement

START = dt.date(2027, 1, 4)
SALARY = 4_800_000
REFUNDS = (Refund(within_days=30, percent=50), Refund(within_days=90, percent=30), Refund(within_days=180, percent=10))
# Days in post and what of a fee of 1,680,001 yen comes back, worked out by hand from the table above.
ORACLE = [
    (0, 840_000),
    (1, 840_000),
    (30, 840_000),
    (31, 504_000),
    (90, 504_000),
    (91, 168_000),
    (180, 168_000),
    (181, 0),
    (3_650, 0),
]


def terms(**changes: typing.Any) -> Terms:
    usual: dict[str, typing.Any] = {"fee": "percent", "fee_percent": decimal.Decimal("35.5")}
    return Terms(purpose="introduction", **usual | changes)


def later(days: int) -> dt.date:
    return START + dt.timedelta(days=days)


def test_agreed_fee_is_a_share_of_the_salary_with_its_refunds() -> None:
    fee = rules.agreed_fee(terms(refunds=(AgreedRefund(within_days=30, percent=50),)), 3, SALARY)
    assert fee == rules.Fee(
        basis="agreement",
        version=3,
        fee_yen=1_704_000,
        percent=decimal.Decimal("35.5"),
        refunds=(Refund(within_days=30, percent=50),),
    )


def test_agreed_fee_can_be_fixed_or_none() -> None:
    fixed = rules.agreed_fee(terms(fee="fixed", fee_percent=None, fee_yen=800_000), 1, SALARY)
    assert (fixed.fee_yen, fixed.fixed, fixed.percent) == (800_000, 800_000, None)
    assert rules.agreed_fee(terms(fee="none", fee_percent=None), 1, SALARY).fee_yen == 0


def test_fee_above_half_the_salary_is_refused() -> None:
    assert rules.agreed_fee(terms(fee="fixed", fee_percent=None, fee_yen=SALARY // 2), 1, SALARY).fee_yen == 2_400_000
    with pytest.raises(ValueError, match="more than 50 %"):
        rules.agreed_fee(terms(fee="fixed", fee_percent=None, fee_yen=SALARY // 2 + 1), 1, SALARY)


def test_table_fee_takes_the_row_that_is_meant() -> None:
    table = Table(rates=(Rate(percent=decimal.Decimal(35)), Rate(occupation="06", fixed=500_000)), refunds=REFUNDS)
    meant = rules.table_fee(table, 2, SALARY, "06", "mid_career")
    assert (meant.basis, meant.version, meant.fixed, meant.fee_yen, meant.refunds) == (
        "table",
        2,
        500_000,
        500_000,
        REFUNDS,
    )
    assert rules.table_fee(table, 2, SALARY, "01", "mid_career").fee_yen == 1_680_000


def test_slot_fee_is_none_and_keeps_what_was_promised() -> None:
    fee = rules.slot_fee(terms(slot="one_replacement"), 4)
    assert (fee.basis, fee.version, fee.fee_yen, fee.slot, fee.refunds) == ("slot", 4, 0, "one_replacement", ())


@pytest.mark.parametrize(("days", "back"), ORACLE)
def test_refund_follows_the_table(days: int, back: int) -> None:
    assert rules.refund(REFUNDS, 1_680_001, START, later(days)) == back


def test_refund_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before they start"):
        rules.refund(REFUNDS, SALARY, START, later(-1))


@given(fee=st.integers(0, 50_000_000), days=st.integers(0, 1_000), more=st.integers(1, 400))
def test_refund_never_exceeds_the_fee_nor_grows_with_time(fee: int, days: int, more: int) -> None:
    now, then = (rules.refund(REFUNDS, fee, START, later(day)) for day in (days, days + more))
    assert 0 <= then <= now <= fee


@given(days=st.integers(0, 1_000))
def test_refund_is_there_exactly_until_the_guarantee_ends(days: int) -> None:
    fee = rules.Fee(basis="table", version=1, fee_yen=1_000_000, refunds=REFUNDS)
    until = rules.guarantee_until(fee, START, returns_slot=False)
    assert until is not None
    assert (later(days) <= until) == (rules.refund(REFUNDS, fee.fee_yen, START, later(days)) > 0)


@pytest.mark.parametrize(
    ("slot", "returns_slot", "days"),
    [("no_replacement", False, None), ("no_replacement", True, 90), ("one_replacement", False, 90)],
)
def test_slot_is_guaranteed_by_agreement_or_policy(*, slot: str, returns_slot: bool, days: int | None) -> None:
    until = rules.guarantee_until(rules.slot_fee(terms(slot=slot), 1), START, returns_slot=returns_slot)
    assert until == (None if days is None else later(days))


def test_no_fee_has_no_guarantee() -> None:
    fee = rules.Fee(basis="agreement", version=1, fee_yen=0, refunds=REFUNDS)
    assert rules.guarantee_until(fee, START, returns_slot=True) is None


@pytest.mark.parametrize(
    ("contract", "until", "is_regular"),
    [
        ("indefinite", None, True),
        ("fixed", None, False),
        ("fixed", dt.date(2027, 5, 3), True),
        ("fixed", dt.date(2027, 5, 2), False),
        ("", None, False),
    ],
)
def test_regular_is_without_an_end_or_four_months_long(
    *, contract: str, until: dt.date | None, is_regular: bool
) -> None:
    assert rules.is_regular(contract, START, until) is is_regular


def test_checks_fall_due_by_days_after_the_start() -> None:
    assert rules.checks(START) == [(days, later(days)) for days in (30, 90, 180, 365)]


def test_only_four_steps_are_possible() -> None:
    states = Placement.State.values
    possible = {(one, other) for one in states for other in states if rules.may_become(one, other)}
    assert possible == {("agreed", "joined"), ("agreed", "not_started"), ("joined", "left")}


@pytest.mark.parametrize(("day", "year"), [(dt.date(2027, 3, 31), 2026), (dt.date(2027, 4, 1), 2027)])
def test_year_of_reports_begins_in_april(day: dt.date, year: int) -> None:
    first, last = rules.days_of_year(year)
    assert (rules.fiscal_year(day), first <= day <= last) == (year, True)


def test_rate_has_one_decimal_rounded_up_from_half() -> None:
    assert rules.rate(1_680_000, 4_800_000) == decimal.Decimal("35.0")
    assert rules.rate(35_050, 100_000) == decimal.Decimal("35.1")


@given(st.integers(0, 10_000_000), st.integers(0, 10_000_000))
def test_tax_is_rounded_down_and_a_refund_never_gives_back_more(fee_yen: int, refund_yen: int) -> None:
    tax = rules.consumption_tax(fee_yen)
    assert 0 <= fee_yen * rules.TAX_PERCENT - tax * 100 < 100
    assert rules.consumption_tax(-fee_yen) == -tax
    if refund_yen <= fee_yen:
        assert tax + rules.consumption_tax(-refund_yen) >= 0
