from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.kernel import clock
from tests.portals.employer import files
from tests.portals.employer.desk import DAY, signed_in, text

if typing.TYPE_CHECKING:
    from career_relay.portals.employer.applications.process_page import ProcessPage, Share
    from tests.world import World

PROCESS = "/employer/process/"
A_DAY = dt.timedelta(days=1)
FIRST = clock.day_in_japan(DAY)


def page_of(world: World, **query: str) -> ProcessPage:
    page: ProcessPage = signed_in(world.alpha.owner).get(PROCESS, query).context["page"]
    return page


def shares(page: ProcessPage) -> list[Share]:
    """Return every figure of the page that leads to rows."""
    found = [page.applied, page.offered, page.rejected, *page.funnel, *page.endings]
    found += [share for month in page.months for share in month.reached]
    found += [wait.share for wait in (*page.waits, page.to_decision)]
    found += [reason.share for reason in page.reasons]
    return found


def some_applications(world: World) -> None:
    web, sales = files.posting(world.alpha), files.posting(world.alpha, "法人営業")
    days = {"applied": FIRST, "documents": FIRST + 2 * A_DAY, "first": FIRST + 9 * A_DAY}
    files.application(world.alpha, posting=web, outcome="hired", stage="joined", days=days, medium="紹介会社")
    files.application(world.alpha, posting=web, stage="first", days=days, reason="経験年数")
    files.application(world.alpha, posting=sales, decided_at=DAY + 3 * A_DAY, reason="経験年数")
    files.application(world.alpha, posting=sales, outcome="withdrew", applied_at=DAY - 31 * A_DAY, decided_at=DAY)
    files.application(world.alpha, outcome="in_progress", stage="applied")


def test_empty_period_says_what_would_fill_it(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get(PROCESS))
    assert "この期間の応募はありません" in page
    assert "応募を取り込む" in page


def test_funnel_counts_what_came_so_far_and_beyond(world: World) -> None:
    some_applications(world)
    page = page_of(world)
    assert [(share.name, share.number, share.out_of, share.percent) for share in page.funnel] == [
        ("応募", 5, 5, 100.0),
        ("書類選考", 4, 5, 80.0),
        ("一次", 2, 5, 40.0),
        ("内定", 1, 5, 20.0),
        ("内定承諾", 1, 5, 20.0),
        ("入社", 1, 5, 20.0),
    ]
    assert [(f"{month.month:%Y/%m}", month.reached[0].number) for month in page.months] == [
        (f"{DAY - 31 * A_DAY:%Y/%m}", 1),
        (f"{DAY:%Y/%m}", 4),
    ]


def test_days_are_medians_with_how_many_they_are_of(world: World) -> None:
    some_applications(world)
    page = page_of(world)
    assert (page.to_decision.median, page.to_decision.share.number, page.to_decision.share.out_of) == (5, 4, 5)
    assert [(row.name, row.median, row.share.number) for row in page.waits] == [
        ("書類選考まで", 2, 2),
        ("一次まで", 7, 2),
    ]


def test_endings_and_reasons_are_counted(world: World) -> None:
    some_applications(world)
    page = page_of(world)
    assert [(share.name, share.number, share.percent) for share in page.endings] == [
        ("採用", 1, 20.0),
        ("不採用（会社判断）", 2, 40.0),
        ("辞退（本人）", 1, 20.0),
    ]
    assert ("経験年数", 2, 2) in [(row.share.name, row.share.number, row.share.out_of) for row in page.reasons]


def test_every_figure_is_the_count_of_the_list_it_leads_to(world: World) -> None:
    some_applications(world)
    client = signed_in(world.alpha.owner)
    for query in ({}, {"medium": "-"}, {"applied_from": FIRST.isoformat()}):
        page = client.get(PROCESS, query).context["page"]
        counted = [client.get(share.url).context["list"].total for share in shares(page)]
        assert counted == [share.number for share in shares(page)]
        assert len(counted) > 15


def test_filters_narrow_the_figures_and_a_name_is_none(world: World) -> None:
    some_applications(world)
    assert page_of(world, medium="紹介会社").applied.number == 1
    assert page_of(world, applied_from=FIRST.isoformat()).applied.number == 4
    assert page_of(world, applied_to=(FIRST - A_DAY).isoformat()).applied.number == 1
    assert page_of(world, q="だれもいない", recruiter="だれでもない", outcome="hired").applied.number == 5


@pytest.mark.parametrize(
    ("role", "status"),
    [("owner", 200), ("recruiter", 200), ("hiring_manager", 403), ("analyst", 200), ("auditor", 200)],
)
def test_figures_are_shown_by_right(world: World, role: str, status: int) -> None:
    assert signed_in(world.alpha.users[role]).get(PROCESS).status_code == status


def test_analyst_sees_figures_and_neither_names_nor_ways_to_them(world: World) -> None:
    some_applications(world)
    files.application(
        world.alpha, files.person(world.alpha, "ひみつ 花子"), reason="ひみつ 花子さんは若いため", recruiter="人事 太郎"
    )
    page = signed_in(world.alpha.users["analyst"]).get(PROCESS)
    assert {share.url for share in shares(page.context["page"])} == {""}
    assert [word for word in ("ひみつ", "人事 太郎", "/employer/applica") if word in page.content.decode()] == []
    assert "5 件未満の理由は" not in text(signed_in(world.alpha.owner).get(PROCESS))


def test_common_reasons_are_shown_to_the_analyst(world: World) -> None:
    who = files.person(world.alpha)
    for _number in range(5):
        files.application(world.alpha, who, reason="経験年数")
    files.application(world.alpha, who, reason="一度だけの理由")
    page = text(signed_in(world.alpha.users["analyst"]).get(PROCESS))
    assert ("経験年数" in page, "一度だけの理由" in page, "5 件未満の理由は" in page) == (True, False, True)


def test_nothing_of_another_employer_is_counted(world: World) -> None:
    files.application(
        world.beta, posting=files.posting(world.beta, "かなりあ求人"), reason="かなりあ", medium="かなりあ"
    )
    page = signed_in(world.alpha.owner).get(PROCESS)
    assert (page.context["page"].applied.number, "かなりあ" in page.content.decode()) == (0, False)


def test_page_asks_as_often_for_three_rows_as_for_one(world: World) -> None:
    client = signed_in(world.alpha.owner)
    files.application(world.alpha, posting=files.posting(world.alpha))
    one = files.asked(client, PROCESS)
    for number in range(2):
        files.application(world.alpha, posting=files.posting(world.alpha, f"求人 {number}"), reason=f"理由 {number}")
    assert files.asked(client, PROCESS) == one <= files.MOST_QUERIES
