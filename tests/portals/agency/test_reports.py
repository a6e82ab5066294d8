"""The yearly report on the agency's pages: figures that lead to their rows, the file, and the word that it was handed in."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.test import Client
from django.urls import reverse

from career_relay.domain.people.placements import rules as placements
from career_relay.domain.people.placements.models import Placement
from career_relay.flows import record_placement
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.agency import desk, forward
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import Tenant, World

TODAY = clock.day_in_japan(clock.now())
YEAR = placements.fiscal_year(TODAY)
LAST = YEAR - 1
PAGE, FILED = f"/agency/reports/{YEAR}/", f"/agency/reports/{LAST}/filed/"


@pytest.fixture
def link(world: World) -> story.Link:
    desk.open_agency(world)
    return story.open_link(world.alpha, desk.before())


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.agency.owner)


def hire(agency: Tenant, link: story.Link, email: str = "aoi@people.example", **typed: str) -> None:
    """Have somebody start today at a company outside the network."""
    found = forward.accepted(agency, desk.taken(agency, link, email, **typed))
    with acting_as(organization=agency.id):
        placement_id = Placement.objects.get(introduction=found).pk
    record_placement.confirm_start(placement_id=placement_id, started_on=TODAY, **forward.later(agency))


def figures(page: Answer) -> dict[str, tuple[int, str]]:
    """Return the totals of the page by heading, each with the address of its rows."""
    return {
        str(named.label): (cell.value, cell.url)
        for section in page.context["page"].sections
        for named, cell in zip(section.figures, section.total.cells, strict=True)
    }


def in_april(monkeypatch: pytest.MonkeyPatch, day: int = 10, month: int = 4) -> None:
    """Let the month come in which the running year's report is handed in."""
    later = dt.datetime(YEAR + 1, month, day, 3, tzinfo=dt.UTC)
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: later)


def test_every_figure_opens_the_rows_it_counts(world: World, link: story.Link, client: Client) -> None:
    hire(world.agency, link, name="髙﨑 葵")
    shown = figures(client.get(PAGE))
    counted = {label: value for label, (value, _url) in shown.items() if value}
    assert counted == {
        "有効求人（名）": 1,
        "常用求人（名）": 1,
        "有効求職者（名）": 1,
        "新規求職申込（件）": 1,
        "常用就職（件）": 1,
        "うち無期雇用（件）": 1,
        "6 か月に満たない（名）": 1,
        "手数料（千円）": 1_680,
    }
    assert {bool(url) for value, url in shown.values() if not value} == {False}
    for label in counted:
        rows = client.get(shown[label][1])
        assert rows.context["list"].total in {1, 1_680_000}
        [row] = rows.context["list"].rows
        assert client.get(row.url).status_code == 200
        assert row.label in {"経理（連結決算）", "髙﨑 葵"}
    assert client.get(f"{shown['手数料（千円）'][1]}?occupation=03").context["list"].total == 1_680_000
    assert "この数字に数える記録は、ありません" in text(client.get(f"{PAGE}fees/?occupation=06"))


def test_file_has_a_line_for_each_occupation_and_the_sum(world: World, link: story.Link, client: Client) -> None:
    hire(world.agency, link)
    answer = client.get(f"{PAGE}file/")
    header, *lines = answer.content.decode("utf-8-sig").splitlines()
    assert header.startswith("年度,許可・届出番号,職業分類,有効求人（名）,常用求人（名）")
    by_label = {line.split(",")[2]: line.split(",")[3:] for line in lines}
    assert by_label["03 法務・経営・文化芸術等の専門的職業"][-2:] == ["1680", "0"]
    assert by_label["合計"][:2] == ["1", "1"]
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="report_{YEAR}_')


def test_page_asks_as_much_for_two_hires_as_for_one(world: World, link: story.Link, client: Client) -> None:
    pages = (PAGE, f"{PAGE}fees/", f"{PAGE}seekers_new/", f"{PAGE}postings_regular/")
    hire(world.agency, link)
    for_one = [desk.asked(client, page) for page in pages]
    hire(world.agency, link, "riku@people.example")
    assert [desk.asked(client, page) for page in pages] == for_one


def test_report_is_the_agencys_own(world: World, link: story.Link) -> None:
    hire(world.agency, link, name="髙﨑 葵")
    other = signed_in(make_tenant("agency", "よその人材紹介", "other").owner)
    assert {value for value, _url in figures(other.get(PAGE)).values()} == {0}
    for figure in ("fees", "seekers_new", "postings_regular"):
        page = other.get(f"{PAGE}{figure}/")
        assert page.context["list"].rows == []
        assert "髙﨑 葵" not in text(page)


def test_what_is_no_year_or_figure_is_not_found(world: World, client: Client) -> None:
    for page in (f"{YEAR + 1}/", "1999/", f"{YEAR}/salaries/", f"{YEAR}/fees/?occupation=99", f"{YEAR + 1}/file/"):
        assert client.get(f"/agency/reports/{page}").status_code == 404
    assert client.get("/agency/reports/").context["page"].period.year == YEAR
    assert "この年度に数える記録は、ありません" in text(client.get(f"/agency/reports/{LAST}/"))


def test_report_is_handed_in_once_its_year_is_over(world: World, client: Client) -> None:
    assert "年度の途中の数字です" in text(client.get(PAGE))
    assert "提出の記録がありません" in text(client.get(f"/agency/reports/{LAST}/"))
    assert "日付が入力されていません" in text(client.post(FILED, {"filed_on": ""}))
    refused = client.post(FILED, {"filed_on": "2020-01-01"})
    assert sorted(refused.context["form"].errors) == ["filed_on"]
    assert "2020-01-01" in refused.content.decode()
    assert "終わってから、提出した日を記録してください" in text(client.post(f"{PAGE}filed/", {"filed_on": TODAY}))
    answer = client.post(FILED, {"filed_on": TODAY.isoformat()})
    assert answer.headers["Location"] == f"/agency/reports/{LAST}/"
    assert f"{TODAY:%Y/%m/%d} に提出しました" in text(client.get(answer.headers["Location"]))
    assert TODAY.isoformat() in client.get(FILED).content.decode()


def test_filing_is_the_managers(world: World) -> None:
    adviser = signed_in(world.agency.users["adviser"])
    assert "提出の記録は、責任者が行います。" in text(adviser.get(f"/agency/reports/{LAST}/"))
    assert adviser.post(FILED, {"filed_on": TODAY}).status_code == 403
    for user in (world.alpha.owner, world.operator.owner, world.stranger):
        for method in ("get", "post"):
            assert getattr(signed_in(user), method)(FILED, {"filed_on": TODAY}).status_code == 404
    assert Client().post(FILED).headers["Location"].split("?")[0] == reverse("account_login")
    without_token = Client(enforce_csrf_checks=True)
    without_token.cookies = signed_in(world.agency.owner).cookies
    assert without_token.post(FILED, {"filed_on": TODAY}).status_code == 403


def test_today_asks_for_the_report_in_april_until_it_was_handed_in(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks, late = f"{YEAR} 年度の事業報告書を提出してください", f"{YEAR} 年度の事業報告書の期限が過ぎています"
    assert asks not in text(client.get("/agency/"))
    in_april(monkeypatch, month=5)
    assert late in text(client.get("/agency/"))
    in_april(monkeypatch)
    assert asks in text(client.get("/agency/"))
    assert client.get("/agency/reports/").context["page"].period.year == YEAR
    client.post(f"{PAGE}filed/", {"filed_on": f"{YEAR + 1}-04-10"})
    assert asks not in text(client.get("/agency/"))


def test_settings_lead_to_the_public_page_once_the_licence_is_confirmed(world: World, client: Client) -> None:
    address = reverse("public:agency_fees", args=[world.agency.id])
    assert address not in client.get("/agency/fees/").content.decode()
    desk.open_agency(world)
    assert address in client.get("/agency/fees/").content.decode()
    assert address in client.get(PAGE).content.decode()
