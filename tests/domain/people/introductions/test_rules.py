"""Who may do what at which point, as a table; and how long things take."""

from __future__ import annotations

import datetime as dt

import pytest

from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import ENDED, RUNNING, SEEN, Introduction, Side

NOW = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
STATES = Introduction.State.values
TABLE: dict[str, dict[str, set[str]]] = {
    "proposed": {"person": {"answer_yes", "answer_no"}, "agency": {"withdraw"}, "system": {"lapse"}},
    "introduced": {"person": {"withdraw"}, "agency": {"withdraw"}, "employer": {"advance", "refuse"}},
    "screening": {"person": {"withdraw"}, "agency": {"withdraw"}, "employer": {"advance", "refuse", "offer"}},
    "interview": {
        "person": {"withdraw", "choose_time"},
        "agency": {"withdraw", "choose_time"},
        "employer": {"advance", "refuse", "offer", "propose_times"},
    },
    "offered": {
        "person": {"withdraw", "accept_offer"},
        "agency": {"withdraw", "accept_offer"},
        "employer": {"refuse", "offer"},
    },
    "accepted": {"person": {"withdraw"}, "agency": {"withdraw"}},
}


def test_table_of_acts() -> None:
    for state in STATES:
        for side in Side.values:
            told = TABLE.get(state, {}).get(side, set())
            assert rules.allowed(state, side, is_outside=False) == told, (state, side)
            theirs = TABLE.get(state, {}).get("employer", set())
            outside = {"agency": told | theirs, "employer": set()}.get(side, told)
            assert rules.allowed(state, side, is_outside=True) == outside, (state, side)


def test_nothing_moves_once_it_is_over() -> None:
    for state in [*ENDED, "joined"]:
        assert [rules.allowed(state, side, is_outside=True) for side in Side.values] == [frozenset()] * 4


def test_every_state_is_running_ended_or_joined() -> None:
    assert sorted([*RUNNING, *ENDED, "joined"]) == sorted(STATES)
    assert set(SEEN) == {*RUNNING, "joined"} - {"proposed"}


@pytest.mark.parametrize(
    ("state", "round_", "to", "following"),
    [
        ("introduced", 0, "screening", ("screening", 0)),
        ("introduced", 0, "interview", ("interview", 1)),
        ("screening", 0, "interview", ("interview", 1)),
        ("interview", 2, "next_round", ("interview", 3)),
        ("interview", rules.MOST_ROUNDS, "next_round", None),
        ("interview", 1, "screening", None),
        ("offered", 1, "next_round", None),
        ("proposed", 0, "screening", None),
    ],
)
def test_advance_leads_on(state: str, round_: int, to: str, following: tuple[str, int] | None) -> None:
    assert rules.advanced(state, round_, to) == following


@pytest.mark.parametrize(
    ("state", "is_outside", "has_open_times", "turn"),
    [
        ("proposed", False, False, "person"),
        ("introduced", False, False, "employer"),
        ("introduced", True, False, "agency"),
        ("interview", False, True, "person"),
        ("interview", False, False, "employer"),
        ("offered", True, False, "person"),
        ("accepted", False, False, "employer"),
        ("joined", False, False, ""),
        ("refused", False, False, ""),
    ],
)
def test_turn_is_one_side_s(state: str, is_outside: bool, has_open_times: bool, turn: str) -> None:  # noqa: FBT001
    assert rules.waits_for(state, is_outside=is_outside, has_open_times=has_open_times) == turn


def test_interview_ahead_is_nobody_s_turn() -> None:
    hour = dt.timedelta(hours=1)
    assert [rules.is_interview_ahead("interview", at, NOW) for at in (None, NOW, NOW + hour)] == [False, False, True]
    assert not rules.is_interview_ahead("offered", NOW + hour, NOW)
    assert rules.waits_for("interview", is_outside=False, has_open_times=False, is_interview_ahead=True) == ""


def test_late_is_more_than_a_week_of_work() -> None:
    assert not rules.is_late("employer", NOW, NOW + dt.timedelta(days=7))
    assert rules.is_late("employer", NOW, NOW + dt.timedelta(days=8))
    assert not rules.is_late("", NOW, NOW + dt.timedelta(days=80))


def test_round_is_told_from_the_second_on() -> None:
    assert [rules.state_name("interview", number) for number in (1, 2)] == ["面接", "面接（2 回目）"]
    assert rules.state_name("offered", 3) == "内定"


def test_reason_of_an_outside_employer_is_told_by_the_agency() -> None:
    assert rules.reason_name("agency", "skills") == "求めるスキルと違った"
    assert rules.reason_name("person", "place") == "勤務地が希望と違う"
    assert rules.reason_name("person", "") == ""


def test_block_lasts_two_years() -> None:
    assert rules.block_until(dt.date(2026, 4, 1)) == dt.date(2028, 3, 31)
    assert rules.block_until(dt.date(2028, 2, 29)) == dt.date(2030, 2, 27)


def test_reasons_are_told_to_the_agency_and_to_whom_gave_them() -> None:
    assert [rules.is_told(side, "employer") for side in ("agency", "employer", "person")] == [True, True, False]
