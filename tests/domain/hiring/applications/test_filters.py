from __future__ import annotations

import datetime as dt
import urllib.parse
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from career_relay.domain.hiring.applications import filters
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage

POSTING = "0190a1b2-0000-7000-8000-000000000001"
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40).map(str.strip)
IDS = st.uuids().map(str)
ANY = st.just("")
FILTERS = st.builds(
    Filters,
    q=TEXTS,
    outcome=ANY | st.sampled_from([one.value for one in Outcome]),
    stage=ANY | st.sampled_from([one.value for one in Stage]),
    reached=ANY | st.sampled_from([one.value for one in Stage if one != Stage.ON_HOLD]),
    posting=ANY | IDS | st.just("-"),
    medium=TEXTS,
    recruiter=TEXTS,
    reason=TEXTS,
    applied_from=st.none() | st.dates(),
    applied_to=st.none() | st.dates(),
    dated=ANY | st.sampled_from(["decided", *(one.value for one in Stage)]),
    told=ANY | st.sampled_from(["told", "untold"]),
    batch=ANY | IDS,
)


def read(query: str) -> Filters:
    return filters.read(dict(urllib.parse.parse_qsl(query, keep_blank_values=True)))


@settings(deadline=None)
@given(FILTERS)
def test_read_makes_the_same_filters_of_their_query(wanted: Filters) -> None:
    assert read(wanted.query()) == wanted


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*Filters.__dataclass_fields__, "page", "x"]), st.text(max_size=60)))
def test_read_of_anything_is_canonical(query: dict[str, str]) -> None:
    wanted = filters.read(query)
    assert read(wanted.query()) == wanted


@pytest.mark.parametrize(
    "query",
    [
        "outcome=fired",
        "stage=JOINED",
        "reached=on_hold",
        "posting=7",
        "posting=＋1",
        "batch=-",
        "told=yes",
        "applied_from=2026-13-01",
        "applied_to=yesterday",
        "dated=applied_at",
        "q=%00",
        "medium=a%0Ab",
        f"recruiter={'a' * 1001}",
        "postings=1",
        "unknown=1",
        "q=+++",
    ],
)
def test_read_ignores_what_is_unknown_or_broken(query: str) -> None:
    assert read(query) == Filters()


def test_read_keeps_the_restriction_that_it_is_given() -> None:
    own = (uuid.UUID(POSTING),)
    assert filters.read({"postings": "", "outcome": "hired"}, postings=own) == Filters(outcome="hired", postings=own)
    assert filters.read({}, postings=[]) == Filters(postings=())
    assert filters.read({}, postings=own).query() == ""


def test_query_names_only_what_narrows_and_in_one_order() -> None:
    wanted = Filters(told="untold", applied_from=dt.date(2026, 4, 1), q="髙橋 花")
    assert wanted.query() == urllib.parse.urlencode({"q": "髙橋 花", "applied_from": "2026-04-01", "told": "untold"})


def test_chips_say_each_filter_in_words_and_lead_to_the_list_without_it() -> None:
    wanted = Filters(
        outcome="rejected",
        posting=POSTING,
        recruiter="-",
        applied_from=dt.date(2026, 4, 1),
        dated="decided",
        told="untold",
    )
    chips = wanted.chips(posting_titles={POSTING: "経理"}, batch_names={})
    assert [(chip.field, chip.name, chip.value) for chip in chips] == [
        ("outcome", "結果", "不採用（会社判断）"),
        ("posting", "求人", "経理"),
        ("recruiter", "担当者", "（記録なし）"),
        ("dated", "日付の記録がある段階", "結果の決定"),
        ("told", "連絡", "未通知の不採用"),
        ("applied", "応募日", "2026/04/01〜"),
    ]
    assert [read(chip.without) for chip in chips[:-1]] == [wanted.without(chip.field) for chip in chips[:-1]]
    assert read(chips[-1].without) == wanted.without("applied_from", "applied_to")


def test_chips_of_nothing_are_none() -> None:
    assert Filters(postings=()).chips(posting_titles={}, batch_names={}) == []
