from __future__ import annotations

import collections
import datetime as dt
import inspect

from hypothesis import given, settings
from hypothesis import strategies as st

from career_relay.domain.ground.credits import operations, rules
from career_relay.domain.ground.credits.sql import Leg
from tests.world import NOW

unhurried = settings(deadline=None)  # the machine may be busy
thresholds = st.integers(1, 1000)
balances = st.integers(-1000, 100_000)


def sums(legs: tuple[Leg, ...]) -> dict[str, int]:
    totals: collections.Counter[str] = collections.Counter()
    for leg in legs:
        totals[leg.unit] += leg.amount
    return dict(totals)


def test_count_moves_one_referral_to_the_balance() -> None:
    assert [tuple(map(str, leg)) for leg in rules.COUNT] == [
        ("network", "referral", "-1"),
        ("balance", "referral", "1"),
    ]


@unhurried
@given(thresholds)
def test_conversion_balances_in_both_units(threshold: int) -> None:
    assert sums(rules.conversion(threshold)) == {"referral": 0, "slot": 0}


@unhurried
@given(thresholds)
def test_conversion_turns_the_threshold_into_one_slot(threshold: int) -> None:
    moved = {(str(leg.account), str(leg.unit)): leg.amount for leg in rules.conversion(threshold)}
    assert moved == {
        ("balance", "referral"): -threshold,
        ("converted", "referral"): threshold,
        ("network", "slot"): -1,
        ("available", "slot"): 1,
    }


@unhurried
@given(thresholds)
def test_reversal_leaves_nothing_of_the_original(threshold: int) -> None:
    legs = rules.conversion(threshold)
    assert [(a.account, a.unit, a.amount + b.amount) for a, b in zip(legs, rules.reversal(legs), strict=True)] == [
        (leg.account, leg.unit, 0) for leg in legs
    ]


@unhurried
@given(balances, thresholds)
def test_slots_due_leave_less_than_a_threshold(balance: int, threshold: int) -> None:
    left = balance - rules.slots_due(balance, threshold) * threshold
    assert left == balance if balance < threshold else 0 <= left < threshold


@unhurried
@given(st.integers(-1000, -1), thresholds)
def test_nothing_is_due_while_the_balance_is_owed(balance: int, threshold: int) -> None:
    assert rules.slots_due(balance, threshold) == 0


@unhurried
@given(st.integers(0, 500), st.integers(1, 50))
def test_counting_one_by_one_grants_the_whole_part(counted: int, threshold: int) -> None:
    balance = slots = 0
    for _ in range(counted):
        balance += 1
        due = rules.slots_due(balance, threshold)
        slots, balance = slots + due, balance - due * threshold
    assert (slots, balance) == divmod(counted, threshold)


@unhurried
@given(st.integers(0, 365))
def test_usable_after_the_hold(days: int) -> None:
    assert rules.usable_from(NOW, days) - NOW == dt.timedelta(days=days)


def test_a_hire_is_no_input_of_granting() -> None:
    assert list(inspect.signature(operations.count).parameters) == ["holder", "policy", "natural_key", "actor", "now"]
    assert list(inspect.signature(rules.slots_due).parameters) == ["balance", "threshold"]
