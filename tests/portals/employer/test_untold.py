from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.kernel import clock
from career_relay.kernel.japanese import working_days
from career_relay.portals.employer.applications import untold_list
from tests.flows import mailings
from tests.portals.employer import files
from tests.portals.employer.desk import signed_in, text

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import World

UNTOLD = "/employer/untold/"
TODAY = clock.day_in_japan(clock.now())


def decided(working_days_ago: int) -> dt.datetime:
    """Return a moment after which so many working days lie."""
    day = TODAY
    while working_days.working_days_between(day, TODAY) < working_days_ago:
        day -= dt.timedelta(days=1)
    return clock.start_of_day_in_japan(day)


def rows(response: Answer) -> list[untold_list.Row]:
    return list(response.context["page"].rows)


def test_nobody_waiting_is_worth_a_word(world: World) -> None:
    files.application(world.alpha, outcome="hired")
    files.application(world.alpha, told_at=clock.now())
    page = text(signed_in(world.alpha.owner).get(UNTOLD))
    assert "待っている方はいません" in page


def test_employer_without_applications_is_not_praised(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get(UNTOLD))
    assert "応募は、まだ取り込まれていません" in page
    assert "待っている方はいません" not in page


def test_those_past_the_limit_come_first_with_their_working_days(world: World) -> None:
    for name, days in (("今日 決定", 0), ("期限 当日", 3), ("期限 超過", 4), ("長く 待つ", 12)):
        files.application(world.alpha, files.person(world.alpha, name), decided_at=decided(days))
    files.application(world.alpha, files.person(world.alpha, "日付 なし"), decided_at=None)
    page = signed_in(world.alpha.owner).get(UNTOLD)
    assert [(row.line.name, row.working_days, row.is_overdue) for row in rows(page)] == [
        ("長く 待つ", 12, True),
        ("期限 超過", 4, True),
        ("日付 なし", None, False),
        ("期限 当日", 3, False),
        ("今日 決定", 0, False),
    ]
    assert (page.context["page"].waiting, page.context["page"].overdue) == (5, 2)
    assert "決定から 3 営業日以内に連絡するのが" in text(page)


def test_posting_and_recruiter_narrow_and_say_how_many_wait(world: World) -> None:
    web, sales = files.posting(world.alpha), files.posting(world.alpha, "法人営業")
    files.application(world.alpha, posting=web, recruiter="人事 太郎", decided_at=decided(9))
    files.application(world.alpha, posting=sales, recruiter="人事 花子", decided_at=decided(0))
    files.application(world.alpha, decided_at=decided(0))
    client = signed_in(world.alpha.owner)
    page = client.get(UNTOLD, {"posting": str(sales.pk)})
    assert [row.line.posting_title for row in rows(page)] == ["法人営業"]
    assert [words for _value, words in page.context["page"].form.fields["posting"].choices] == [
        "すべて",
        "Web エンジニア（1 件、うち期限超過 1 件）",
        "（記録なし）（1 件）",
        "法人営業（1 件）",
    ]
    assert [row.line.recruiter for row in rows(client.get(UNTOLD, {"recruiter": "人事 太郎"}))] == ["人事 太郎"]
    assert "この条件で待っている方はいません" in text(client.get(UNTOLD, {"recruiter": "だれでもない"}))


def test_all_that_wait_travel_as_a_filter(world: World) -> None:
    web = files.posting(world.alpha)
    for _number in range(51):
        files.application(world.alpha, posting=web, decided_at=decided(1))
    page = signed_in(world.alpha.owner).get(UNTOLD, {"posting": str(web.pk), "select": "all"})
    assert f'<input type="hidden" name="filter" value="posting={web.pk}&amp;told=untold">' in page.content.decode()
    assert "この条件の 51 件すべてを選択しています" in text(page)
    assert len(rows(page)) == 50


@pytest.mark.parametrize(
    ("role", "status", "boxes"),
    [("owner", 200, 1), ("recruiter", 200, 1), ("hiring_manager", 403, 0), ("analyst", 403, 0), ("auditor", 200, 0)],
)
def test_those_who_wait_are_shown_by_right(world: World, role: str, status: int, boxes: int) -> None:
    files.application(world.alpha)
    page = signed_in(world.alpha.users[role]).get(UNTOLD)
    assert (page.status_code, page.content.decode().count('form="selection"')) == (status, boxes)


def test_those_with_a_mail_on_its_way_wait_no_more_and_are_marked_in_the_list(world: World) -> None:
    at = mailings.desk(world.alpha)
    made, other = mailings.apply(at), mailings.apply(at, "林 蓮", "ren@people.example")
    mailings.queued(at, [made.pk])
    client = signed_in(world.alpha.owner)
    assert [row.line.id for row in rows(client.get(UNTOLD))] == [other.pk]
    marked = {row.line.id: row.is_on_its_way for row in client.get("/employer/applications/").context["list"].rows}
    assert marked == {made.pk: True, other.pk: False}


def test_those_whom_a_mail_did_not_reach_wait_again_and_it_is_said_why(world: World) -> None:
    at = mailings.desk(world.alpha)
    made = mailings.apply(at)
    mailings.stop(at, mailings.queued(at, [made.pk]))
    page = signed_in(world.alpha.owner).get(UNTOLD)
    assert [(row.line.id, row.last_result) for row in rows(page)] == [(made.pk, "送信の前に停止しました。")]
    assert "送信の前に停止しました。" in text(page)


def test_nobody_of_another_employer_waits_here(world: World) -> None:
    foreign = files.application(
        world.beta,
        files.person(world.beta, "かなりあ 太郎"),
        posting=files.posting(world.beta, "かなりあ求人"),
        recruiter="かなりあ",
    )
    files.application(world.alpha)
    client = signed_in(world.alpha.owner)
    for query in ({}, {"posting": str(foreign.posting_id)}, {"recruiter": "-"}):
        assert "かなりあ" not in client.get(UNTOLD, query).content.decode()


def test_page_asks_as_often_for_three_rows_as_for_one(world: World) -> None:
    client = signed_in(world.alpha.owner)
    files.application(world.alpha, posting=files.posting(world.alpha))
    one = files.asked(client, UNTOLD)
    for number in range(2):
        files.application(world.alpha, posting=files.posting(world.alpha, f"求人 {number}"), recruiter=f"{number}")
    assert files.asked(client, UNTOLD) == one <= files.MOST_QUERIES
