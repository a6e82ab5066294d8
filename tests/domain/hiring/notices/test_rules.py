from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest

from career_relay.domain.ground.programmes.models import PolicyVersion
from career_relay.domain.ground.programmes.rules import DEMO_SETTINGS
from career_relay.domain.hiring.notices import rules, starters
from career_relay.domain.hiring.notices.models import Notice
from career_relay.kernel import clock, ids

if typing.TYPE_CHECKING:
    import collections.abc

LeftOut = Notice.LeftOut
STARTERS = [starters.texts(*place) for place in starters.PLACES]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.TOKYO)


@pytest.mark.parametrize(
    ("now", "due", "earliest"),
    [
        ("2026-11-24 09:00", "2026-11-25 10:00", "2026-11-24 09:15"),
        ("2026-11-20 17:00", "2026-11-24 10:00", "2026-11-20 17:15"),
        ("2026-11-20 18:50", "2026-11-24 10:00", "2026-11-21 08:00"),
        ("2026-11-24 23:30", "2026-11-25 10:00", "2026-11-25 08:00"),
        ("2026-11-25 03:00", "2026-11-26 10:00", "2026-11-25 08:00"),
        ("2026-12-28 12:00", "2027-01-04 10:00", "2026-12-28 12:15"),
    ],
)
def test_due_is_ten_on_the_next_working_day_and_earliest_keeps_the_quiet_hours(
    now: str, due: str, earliest: str
) -> None:
    policy = PolicyVersion()
    assert (rules.due(policy, at(now)), rules.earliest(policy, at(now))) == (at(due), at(earliest))


def test_due_of_the_demo_is_ten_seconds_away_at_night_too() -> None:
    night = at("2026-11-24 03:00")
    assert rules.due(PolicyVersion(**DEMO_SETTINGS), night) == night + dt.timedelta(seconds=10)


@pytest.mark.parametrize(
    ("moment", "is_time"),
    [
        ("2026-11-24 08:29", False),
        ("2026-11-24 08:30", True),
        ("2026-11-24 11:59", True),
        ("2026-11-24 12:00", False),
        ("2026-11-23 09:00", False),
        ("2026-11-22 09:00", False),
    ],
)
def test_digest_time_is_the_morning_of_a_working_day(moment: str, is_time: bool) -> None:  # noqa: FBT001
    assert rules.is_digest_time(at(moment)) is is_time


@pytest.mark.parametrize("texts", STARTERS)
def test_starters_have_no_fault_and_no_gap(texts: rules.Texts) -> None:
    everything = "".join(dataclasses.astuple(texts))
    assert (rules.faults(rules.tidied(texts)), "〔" in everything, "[" in everything) == ({}, False, False)


def faults(**blocks: str) -> dict[str, str]:
    return rules.faults(rules.tidied(dataclasses.replace(STARTERS[0], **blocks)))


@pytest.mark.parametrize(
    "words",
    [
        "お祝い金を差し上げます",
        "ギフト券",
        "ｷﾞﾌﾄ",
        "キャッシュ バック",
        "キャッシュバック",
        "入社祝金",
        "Gift card",
        "CASHBACK",
    ],
)
def test_faults_forbids_words_of_reward(words: str) -> None:
    assert list(faults(invitation=words)) == ["invitation"]


@pytest.mark.parametrize(
    ("block", "text"), [("thanks", ""), ("result", " \n "), ("sender", ""), ("subject", ""), ("invitation", "")]
)
def test_faults_wants_the_blocks_that_make_a_notice(block: str, text: str) -> None:
    assert list(faults(**{block: text})) == [block]


def test_faults_names_what_cannot_be_filled() -> None:
    found = faults(thanks="{{名前}} 様", subject="{{")
    assert ("{{名前}}" in found["thanks"], "{{" in found["subject"], len(found)) == (True, True, 2)


def test_faults_allows_no_encouragement_and_no_farewell() -> None:
    assert faults(encouragement="", farewell="") == {}


def test_tidied_makes_a_subject_one_line_and_line_breaks_alike() -> None:
    texts = rules.tidied(dataclasses.replace(STARTERS[0], subject=" a\r\nBcc: b ", result="  一 \r\n二\r  "))
    assert (texts.subject, texts.result) == ("a Bcc: b", "一\n二")


def standing(*decisions: rules.Decision, **values: typing.Any) -> rules.Standing:
    usual: dict[str, typing.Any] = {
        "name": "花",
        "family_name": "",
        "email": "hana@people.example",
        "is_still_in": False,
    }
    return rules.Standing(notice_id=ids.new(), decisions=decisions, **usual | values)


def decision(**values: typing.Any) -> rules.Decision:
    usual: dict[str, typing.Any] = {
        "outcome": "rejected",
        "is_told": False,
        "is_on_its_way": False,
        "has_posting": True,
        "has_recruiter": True,
    }
    return rules.Decision(application_id=ids.new(), **usual | values)


@pytest.mark.parametrize(
    ("person", "needed", "why"),
    [
        (standing(decision()), [], (LeftOut.NO, "")),
        (standing(decision(outcome="withdrew")), [], (LeftOut.WITHDREW, "")),
        (standing(decision(outcome="in_progress")), [], (LeftOut.NOT_REJECTED, "")),
        (standing(decision(outcome="hired")), [], (LeftOut.NOT_REJECTED, "")),
        (standing(decision(is_told=True)), [], (LeftOut.TOLD, "")),
        (standing(decision(is_on_its_way=True)), [], (LeftOut.ON_ITS_WAY, "")),
        (standing(decision(is_told=True), decision()), [], (LeftOut.NO, "")),
        (standing(decision(outcome="withdrew"), decision(is_told=True)), [], (LeftOut.TOLD, "")),
        (standing(decision(), is_still_in=True), [], (LeftOut.OPEN_ELSEWHERE, "")),
        (standing(decision(), email=""), [], (LeftOut.NO_ADDRESS, "")),
        (standing(decision(has_posting=False)), ["求人名"], (LeftOut.MISSING_VALUE, "求人名")),
        (standing(decision(has_posting=False)), ["氏名"], (LeftOut.NO, "")),
        (standing(decision(has_posting=False), decision()), ["求人名"], (LeftOut.NO, "")),
        (
            standing(decision(has_posting=False, has_recruiter=False), name=""),
            ["氏名", "姓", "求人名", "応募日", "担当者"],
            (LeftOut.MISSING_VALUE, "氏名、姓、求人名、担当者"),
        ),
        (standing(), [], (LeftOut.SAME_ADDRESS, "")),
    ],
)
def test_left_out_says_why(
    person: rules.Standing, needed: collections.abc.Collection[str], why: tuple[str, str]
) -> None:
    assert rules.left_out(person, needed) == why
