from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.domain.ground.programmes import rules
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, FIRST_POLICY_ID, PolicyVersion

PRODUCT_DEFAULTS = {
    "threshold": 10,
    "count_event": "confirmed_consented",
    "same_person_months": 12,
    "counts_person_known_to_network": True,
    "count_hold_days": 0,
    "slot_hold_days": 7,
    "reviews_own_domain": True,
    "reviews_members": True,
    "reviews_test_addresses": True,
    "reviews_disposable_domains": True,
    "burst_per_hour": 30,
    "slot_delivers": "fee_waived",
    "slot_expiry_months": None,
    "returns_slot_of_early_leaver": False,
    "pooling": "none",
    "agency_accept_days": 2,
    "agency_contact_days": 3,
    "agencies_at_once": 1,
    "agency_late_days": 2,
    "introduction_answer_days": 5,
    "introduction_owner_months": 6,
    "slot_search_days": 30,
    "free_placements_enter_fee_average": False,
    "notice_limit_days": 3,
    "quiet_from": dt.time(19),
    "quiet_until": dt.time(8),
    "send_delay_seconds": 900,
    "sends_next_working_day_at": dt.time(10),
    "reapply_wait_months": 6,
    "personal_link_days": 180,
    "small_group": 5,
    "smallest_ratio_base": 10,
}
MUST_STAY: list[tuple[str, typing.Any]] = [
    ("count_event", "introduced"),
    ("count_hold_days", 1),
    ("slot_delivers", "guaranteed_interview"),
    ("slot_expiry_months", 12),
    ("pooling", "group"),
]
OUT_OF_RANGE: list[tuple[str, dict[str, typing.Any]]] = [
    ("threshold", {"threshold": 0}),
    ("small_group", {"small_group": 2}),
    ("small_group", {"small_group": 21, "smallest_ratio_base": 30}),
    ("smallest_ratio_base", {"smallest_ratio_base": 4}),
    ("agencies_at_once", {"agencies_at_once": 0}),
    ("agencies_at_once", {"agencies_at_once": 4}),
    ("introduction_answer_days", {"introduction_answer_days": 0}),
    ("slot_search_days", {"slot_search_days": 6}),
    ("quiet_until", {"quiet_from": None}),
    ("quiet_until", {"quiet_until": None}),
    ("send_delay_seconds", {"send_delay_seconds": 899}),
]


def faults(*, is_demo: bool = False, **settings: typing.Any) -> list[str]:
    return list(rules.faults(PolicyVersion(**settings), is_demo=is_demo))


@pytest.mark.django_db
def test_first_policy_is_the_product_s_defaults() -> None:
    first = PolicyVersion.objects.get(pk=FIRST_POLICY_ID)
    assert rules.settings_of(first) == PRODUCT_DEFAULTS
    assert (first.programme_id, first.version, first.published_by) == (DEFAULT_PROGRAMME_ID, 1, "system")


def test_a_policy_that_says_nothing_has_the_product_s_defaults() -> None:
    assert rules.settings_of(PolicyVersion()) == PRODUCT_DEFAULTS


def test_defaults_have_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize(("setting", "value"), MUST_STAY)
def test_what_nothing_carries_out_cannot_be_changed(setting: str, value: typing.Any) -> None:
    assert faults(**{setting: value}) == [setting]


@pytest.mark.parametrize(("setting", "settings"), OUT_OF_RANGE)
def test_a_value_out_of_range_is_a_fault_of_its_setting(setting: str, settings: dict[str, typing.Any]) -> None:
    assert faults(**settings) == [setting]


def test_quiet_hours_may_be_left_out() -> None:
    assert faults(quiet_from=None, quiet_until=None) == []


def test_only_a_demo_may_hurry() -> None:
    assert faults(**rules.DEMO_SETTINGS) == ["send_delay_seconds"]
    assert faults(is_demo=True, **rules.DEMO_SETTINGS) == []
