from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.domain.hiring.applications.queries import listing
from tests.domain.hiring.applications.records import DAY, Records, moment
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

SORTS = list(queries.Sort.values)


@pytest.fixture
def records(world: World) -> Records:
    return Records(world.alpha)


CASES: list[tuple[dict[str, typing.Any], dict[str, typing.Any], dict[str, typing.Any]]] = [
    ({"outcome": "rejected"}, {"outcome": "rejected"}, {"outcome": "withdrew"}),
    ({"stage": "first"}, {"stage": "first"}, {"stage": "second"}),
    ({"reached": "first"}, {"stage": "final"}, {"stage": "documents"}),
    ({"reached": "first"}, {"stage": "on_hold", "days": {"second": dt.date(2026, 6, 1)}}, {"stage": "on_hold"}),
    ({"reached": "joined"}, {"days": {"joined": dt.date(2026, 6, 1)}}, {"days": {"accepted": dt.date(2026, 6, 1)}}),
    ({"medium": "ハロー"}, {"medium": "ハロー"}, {"medium": "ハローワーク"}),
    ({"medium": "-"}, {"medium": ""}, {"medium": "-"}),
    ({"recruiter": "林"}, {"recruiter": "林"}, {"recruiter": "小林"}),
    ({"reason": "-", "outcome": "rejected"}, {"outcome": "rejected"}, {"outcome": "rejected", "reason": "条件"}),
    ({"reason": "条件"}, {"reason": "条件"}, {}),
    (
        {"applied_from": dt.date(2026, 6, 1)},
        {"applied_at": moment("2026-06-01")},
        {"applied_at": moment("2026-06-01") - dt.timedelta(seconds=1)},
    ),
    (
        {"applied_to": dt.date(2026, 6, 1)},
        {"applied_at": moment("2026-06-02") - dt.timedelta(seconds=1)},
        {"applied_at": moment("2026-06-02")},
    ),
    ({"dated": "decided"}, {"decided_at": NOW}, {}),
    ({"dated": "first"}, {"days": {"first": dt.date(2026, 6, 1)}}, {"stage": "first"}),
    ({"told": "told"}, {"told_at": NOW}, {}),
    ({"told": "untold"}, {"outcome": "rejected"}, {"outcome": "withdrew"}),
    ({"told": "untold"}, {"outcome": "rejected"}, {"outcome": "rejected", "told_at": NOW}),
]


@pytest.mark.parametrize(("chosen", "inside", "outside"), CASES)
def test_find_narrows(
    records: Records,
    chosen: dict[str, typing.Any],
    inside: dict[str, typing.Any],
    outside: dict[str, typing.Any],
) -> None:
    wanted = records.apply(**inside)
    records.apply(**outside)
    assert records.found(**chosen) == [wanted.pk]
    with records.acting():
        assert list(queries.selected(records.id, Filters(**chosen))) == [wanted.pk]


def test_find_narrows_to_a_posting_or_to_none(records: Records) -> None:
    posting = records.posting("経理")
    with_posting, without = records.apply(posting_id=posting), records.apply()
    assert records.found(posting=str(posting)) == [with_posting.pk]
    assert records.found(posting="-") == [without.pk]


def test_find_up_to_the_last_day_there_is_shows_everything(records: Records) -> None:
    one = records.apply()
    assert records.found(applied_to=dt.date.max) == [one.pk]


def test_find_narrows_to_a_batch(records: Records, world: World) -> None:
    wanted = records.apply()
    assert records.found(batch=str(records.batch.pk)) == [wanted.pk]
    assert records.found(batch=str(Records(world.beta).batch.pk)) == []


def test_find_shows_a_hiring_manager_only_their_postings(records: Records) -> None:
    own, other = records.posting("自分の求人"), records.posting("ほかの求人")
    wanted = records.apply(posting_id=own, outcome="rejected")
    records.apply(posting_id=other, outcome="rejected")
    records.apply()
    found = records.listed(postings=(own,))
    assert ([line.id for line in found.lines], found.total, found.all_outcomes) == ([wanted.pk], 1, 1)
    assert records.found(postings=(own,), posting=str(other)) == []
    assert records.found(postings=()) == []


def test_find_shows_only_the_employers_own(world: World) -> None:
    alpha, beta = Records(world.alpha), Records(world.beta)
    mine, theirs = alpha.apply(), beta.apply()
    assert (alpha.found(), beta.found()) == ([mine.pk], [theirs.pk])
    with alpha.acting():
        assert queries.find(beta.id, Filters()).lines == []


def test_find_counts_each_outcome_under_the_other_filters(records: Records) -> None:
    for outcome in ("rejected", "rejected", "hired"):
        records.apply(outcome=outcome, medium="紹介")
    records.apply(outcome="withdrew", medium="広告")
    found = records.listed(outcome="hired", medium="紹介")
    assert found.total == 1
    assert found.counts == {
        "in_progress": 0,
        "hired": 1,
        "rejected": 2,
        "withdrew": 0,
        "excluded": 0,
        "closed": 0,
    }


def test_find_returns_the_line_as_stored(records: Records) -> None:
    posting = records.posting("経理")
    person = records.person("髙﨑 花", "タカサキ ハナ")
    one = records.apply(
        person,
        posting_id=posting,
        outcome="rejected",
        stage="first",
        medium="紹介",
        recruiter="林",
        reason="条件",
        external_id="A1",
        decided_at=NOW,
    )
    assert records.listed().lines == [
        queries.ApplicationLine(
            id=one.pk,
            applicant_id=person.pk,
            name="髙﨑 花",
            kana="タカサキ ハナ",
            external_id="A1",
            posting_id=posting,
            posting_title="経理",
            stage="first",
            outcome="rejected",
            reason="条件",
            applied_at=NOW,
            decided_at=NOW,
            told_at=None,
            medium="紹介",
            recruiter="林",
        )
    ]
    line = records.listed().lines[0]
    assert (line.stage_name, line.outcome_name, line.is_untold) == ("一次", "不採用（会社判断）", True)


def test_find_sorts(records: Records) -> None:
    hana, ai, unread = (
        records.person(*name) for name in (("林 花", "ハヤシ ハナ"), ("青木 愛", "アオキ アイ"), ("阿部 優",))
    )
    first = records.apply(hana, stage="final", applied_at=NOW, decided_at=NOW - 2 * DAY)
    second = records.apply(ai, stage="documents", applied_at=NOW - DAY)
    third = records.apply(unread, stage="final", applied_at=NOW - 2 * DAY, decided_at=NOW - DAY)
    orders = {sort: records.found(sort) for sort in [*SORTS, "unknown"]}
    one, two, three = first.pk, second.pk, third.pk
    assert orders == {
        "-applied": [one, two, three],
        "applied": [three, two, one],
        "-decided": [three, one, two],
        "decided": [one, three, two],
        "name": [two, one, three],
        "-name": [three, one, two],
        "stage": [two, one, three],
        "-stage": [one, three, two],
        "unknown": [one, two, three],
    }


@pytest.mark.parametrize("sort", SORTS)
def test_find_pages_hold_each_row_once(records: Records, monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    people = [records.person("同姓 同名", "ドウセイ"), records.person("同姓 同名")]
    made = {
        records.apply(people[number % 2], stage="first", decided_at=[None, NOW, NOW - DAY][number % 3]).pk
        for number in range(11)
    }
    pages = [records.listed(sort, page) for page in (1, 2, 3, 4)]
    seen = [line.id for page in pages for line in page.lines]
    assert (len(seen), set(seen)) == (11, made)
    assert [(page.page, page.pages, page.first, page.last) for page in pages] == [
        (1, 4, 1, 3),
        (2, 4, 4, 6),
        (3, 4, 7, 9),
        (4, 4, 10, 11),
    ]


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (99, 1), (10**30, 1)])
def test_find_beyond_the_pages_stays_inside(records: Records, asked: int, given: int) -> None:
    one = records.apply()
    found = records.listed(page=asked)
    assert (found.page, [line.id for line in found.lines]) == (given, [one.pk])


def test_find_of_nothing_is_one_empty_page(records: Records) -> None:
    found = records.listed()
    assert (found.lines, found.total, found.page, found.pages, found.first, found.last) == ([], 0, 1, 1, 0, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_find_asks_three_queries_however_many_rows(records: Records, rows: int) -> None:
    for number in range(rows):
        records.apply(posting_id=records.posting(f"求人 {number}"))
    with records.acting(), CaptureQueriesContext(connection) as asked:
        queries.find(records.id, Filters(q="山田"))
    assert len(asked) == 3


def test_choices_are_the_words_that_occur_where_one_may_look(records: Records) -> None:
    posting = records.posting("経理")
    records.apply(posting_id=posting, medium="紹介", recruiter="林")
    records.apply(medium="広告")
    with records.acting():
        assert queries.choices(records.id) == queries.Choices(media=["広告", "紹介"], recruiters=["林"])
        assert queries.choices(records.id, (posting,)) == queries.Choices(media=["紹介"], recruiters=["林"])
