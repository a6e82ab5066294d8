from __future__ import annotations

import datetime as dt
import re
import typing

import pytest
from django.urls import reverse

from tests import hiring
from tests.portals.employer import files
from tests.portals.employer.desk import DAY, signed_in, text

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import World

LIST = "/employer/applications/"
A_DAY = dt.timedelta(days=1)


def names(response: Answer) -> list[str]:
    """Return the people of the page in their order."""
    return [row.line.name for row in response.context["list"].rows]


def boxes(response: Answer) -> list[str]:
    """Return the boxes of the page as they stand in its source."""
    return re.findall(r'<input type="checkbox" form="selection"[^>]*>', response.content.decode())


def test_empty_list_leads_to_the_import(world: World) -> None:
    page = signed_in(world.alpha.owner).get(LIST)
    assert "応募は、まだ取り込まれていません" in text(page)
    assert reverse("employer:import_new") in page.content.decode()


def test_filter_without_hits_is_not_taken_for_an_empty_list(world: World) -> None:
    files.application(world.alpha)
    page = text(signed_in(world.alpha.owner).get(LIST, {"q": "存在しない"}))
    assert "この条件に合う応募はありません" in page
    assert "条件を消す" in page


def test_tabs_count_by_outcome_and_each_has_an_address(world: World) -> None:
    for outcome in ("rejected", "rejected", "hired", "in_progress"):
        files.application(world.alpha, outcome=outcome)
    client = signed_in(world.alpha.owner)
    tabs = client.get(LIST).context["list"].tabs
    assert [(str(tab.label), tab.count) for tab in tabs] == [
        ("すべて", 4),
        ("選考中", 1),
        ("採用", 1),
        ("不採用（会社判断）", 2),
        ("辞退（本人）", 0),
        ("非選考対象", 0),
        ("ポジション終了", 0),
    ]
    rejected = client.get(LIST + tabs[3].url)
    assert (len(names(rejected)), [tab.current for tab in rejected.context["list"].tabs].index(True)) == (2, 3)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "高崎"}, ["髙﨑 由紀"]),
        ({"stage": "final"}, ["髙﨑 由紀"]),
        ({"medium": "求人サイト"}, ["林 蓮"]),
        ({"medium": "-"}, ["髙﨑 由紀"]),
        ({"recruiter": "人事 太郎"}, ["林 蓮"]),
        ({"told": "untold"}, ["髙﨑 由紀"]),
        ({"told": "told"}, ["林 蓮"]),
        ({"applied_from": f"{DAY:%Y-%m}-11"}, ["林 蓮"]),
        ({"applied_to": f"{DAY:%Y-%m}-11"}, ["髙﨑 由紀"]),
    ],
)
def test_filters_stand_in_the_address_with_a_chip_each(world: World, query: dict[str, str], found: list[str]) -> None:
    files.application(world.alpha, files.person(world.alpha), stage="final")
    files.application(
        world.alpha,
        files.person(world.alpha, "林 蓮", kana="ハヤシ レン"),
        medium="求人サイト",
        recruiter="人事 太郎",
        applied_at=DAY + 3 * A_DAY,
        told_at=DAY + 9 * A_DAY,
    )
    client = signed_in(world.alpha.owner)
    page = client.get(LIST, query)
    [chip] = page.context["list"].chips
    assert names(page) == found
    assert len(names(client.get(LIST + chip.url))) == 2


def test_posting_and_batch_are_filters_with_a_name(world: World) -> None:
    web, sales = files.posting(world.alpha), files.posting(world.alpha, "法人営業")
    first, second = hiring.batch(world.alpha), hiring.batch(world.alpha, file_name="second.csv")
    files.application(world.alpha, posting=web, batch=first)
    files.application(world.alpha, posting=sales, batch=second)
    client = signed_in(world.alpha.owner)
    by_posting = client.get(LIST, {"posting": str(sales.pk)}).context["list"]
    by_batch = client.get(LIST, {"batch": str(second.pk)}).context["list"]
    assert [row.line.posting_title for row in by_posting.rows] == ["法人営業"]
    assert [str(chip.label) for chip in by_posting.chips] == ["求人：法人営業"]
    assert [row.line.posting_title for row in by_batch.rows] == ["法人営業"]
    assert [str(chip.label) for chip in by_batch.chips] == ["取り込み：second.csv"]


def test_drilled_down_filters_stay_when_another_is_added(world: World) -> None:
    files.application(world.alpha)
    page = signed_in(world.alpha.owner).get(LIST, {"reached": "documents", "outcome": "rejected", "sort": "applied"})
    assert page.context["list"].kept == [("outcome", "rejected"), ("sort", "applied"), ("reached", "documents")]


def test_broken_filters_count_as_not_named(world: World) -> None:
    files.application(world.alpha)
    nonsense = {
        "posting": "x",
        "outcome": "<b>",
        "applied_from": "きのう",
        "page": "x",
        "sort": "x",
        "select": "x",
        "batch": "1",
    }
    page = signed_in(world.alpha.owner).get(LIST, nonsense)
    assert (page.status_code, len(names(page)), page.context["list"].chips) == (200, 1, [])


def test_headings_sort_and_keep_filters_and_columns(world: World) -> None:
    for day, name in enumerate(("三", "一", "二")):
        files.application(world.alpha, files.person(world.alpha, name, kana=""), applied_at=DAY + day * A_DAY)
    client = signed_in(world.alpha.owner)
    assert names(client.get(LIST)) == ["二", "一", "三"]
    oldest_first = client.get(LIST, {"sort": "applied", "column": ["stage", "applied"], "outcome": "rejected"})
    assert names(oldest_first) == ["三", "一", "二"]
    assert "?column=stage&amp;column=applied&amp;outcome=rejected&amp;sort=-applied" in oldest_first.content.decode()


def test_columns_are_those_of_the_address_or_the_usual_ones(world: World) -> None:
    files.application(world.alpha)
    client = signed_in(world.alpha.owner)
    usual, chosen = client.get(LIST), client.get(LIST, {"column": ["recruiter", "stage", "nonsense"]})
    assert [column.key for column in usual.context["list"].columns] == [
        "posting",
        "stage",
        "outcome",
        "applied",
        "told",
    ]
    assert [column.key for column in chosen.context["list"].columns] == ["stage", "recruiter"]


def test_page_holds_fifty_and_paging_clears_the_selection(world: World) -> None:
    who = files.person(world.alpha)
    for _number in range(52):
        files.application(world.alpha, who)
    client = signed_in(world.alpha.owner)
    first = client.get(LIST, {"select": "page"})
    second = client.get(LIST, {"page": "2"})
    assert (len(names(first)), len(names(second))) == (50, 2)
    assert 'href="?page=2"' in first.content.decode()
    assert "52 件のうち 51〜52 を表示" in text(second)


def test_selection_is_nothing_the_page_or_all_that_the_filter_finds(world: World) -> None:
    who = files.person(world.alpha)
    for _number in range(51):
        files.application(world.alpha, who)
    client = signed_in(world.alpha.owner)
    nothing, page, everything = (
        client.get(LIST, {"outcome": "rejected", "select": what}) for what in ("", "page", "all")
    )
    ticked = [(len(boxes(one)), sum(" checked" in box for box in boxes(one))) for one in (nothing, page, everything)]
    assert ticked == [(50, 0), (50, 50), (50, 50)]
    assert {" disabled" in box for box in boxes(everything)} == {True}
    assert "この条件の 51 件すべてを選択しています" in text(everything)
    assert '<input type="hidden" name="filter" value="outcome=rejected">' in everything.content.decode()
    assert 'name="filter"' not in page.content.decode()


def test_roles_choose_correct_and_import_by_their_rights(world: World) -> None:
    files.application(world.alpha)
    seen = {}
    for role, user in world.alpha.users.items():
        page = signed_in(user).get(LIST)
        if page.status_code == 200:
            page_list = page.context["list"]
            seen[role] = (len(page_list.rows), page_list.may_choose, len(boxes(page)), page_list.may_import)
    assert seen == {
        "owner": (1, True, 1, True),
        "recruiter": (1, True, 1, True),
        "hiring_manager": (0, False, 0, False),
        "auditor": (1, False, 0, False),
    }


def test_field_manager_sees_own_postings_alone(world: World) -> None:
    manager = world.alpha.users["hiring_manager"]
    own = files.posting(world.alpha, "自分の求人", manager=manager)
    other = files.posting(world.alpha, "ほかの求人")
    files.application(world.alpha, files.person(world.alpha, "自分 の応募者"), posting=own, medium="自社サイト")
    files.application(world.alpha, files.person(world.alpha, "ほか の応募者"), posting=other, medium="ひみつ媒体")
    files.application(world.alpha, files.person(world.alpha, "求人 なし"))
    client = signed_in(manager)
    for query in ({}, {"posting": str(other.pk)}, {"select": "all"}, {"q": "応募者"}):
        page = client.get(LIST, query)
        assert set(names(page)) <= {"自分 の応募者"}
        assert page.context["list"].tabs[0].count <= 1
        assert [word for word in ("ほか の応募者", "ほかの求人", "ひみつ媒体") if word in page.content.decode()] == []
    assert names(client.get(LIST)) == ["自分 の応募者"]


def test_nothing_of_another_employer_is_on_the_list(world: World) -> None:
    foreign = files.application(
        world.beta,
        files.person(world.beta, "かなりあ 太郎"),
        posting=files.posting(world.beta, "かなりあ求人"),
        medium="かなりあ媒体",
    )
    files.application(world.alpha)
    client = signed_in(world.alpha.owner)
    for query in ({}, {"q": "太郎"}, {"posting": str(foreign.posting_id)}, {"batch": str(foreign.batch_id)}):
        page = client.get(LIST, query).content.decode()
        assert [word for word in ("かなりあ", "oubo_") if word in page] == [], query


def test_list_asks_as_often_for_three_rows_as_for_one_and_writes_nothing(world: World) -> None:
    client = signed_in(world.alpha.owner)
    web = files.posting(world.alpha)
    files.application(world.alpha, posting=web, medium="A")
    address = f"{LIST}?q=高崎&outcome=rejected&posting={web.pk}"
    one = files.asked(client, address)
    for medium in ("B", "C"):
        files.application(world.alpha, posting=web, medium=medium)
    assert files.asked(client, address) == one <= files.MOST_QUERIES


def test_search_never_stands_in_a_link_that_leaves_the_house(world: World) -> None:
    files.application(world.alpha)
    page = signed_in(world.alpha.owner).get(LIST, {"q": "高崎"}).content.decode()
    assert re.findall(r'href="https?://[^"]*"', page) == []
