from __future__ import annotations

import datetime as dt
import io
import typing
from urllib.parse import quote

import pytest
from django.urls import reverse
from pypdf import PdfReader

from career_relay.capabilities.runs.models import Run
from career_relay.domain.people.placements.models import Check, Placement
from career_relay.flows import record_placement
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.agency import desk, forward
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from tests.portals.pages import Answer
    from tests.world import World

LIST = "/agency/placements/"
TODAY = clock.day_in_japan(clock.now())


@pytest.fixture
def link(world: World) -> story.Link:
    desk.open_agency(world)
    return story.open_link(world.alpha, desk.before())


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.agency.users["adviser"])


@pytest.fixture
def hired(world: World, link: story.Link) -> uuid.UUID:
    """Somebody who took an offer of a company outside the network, to start today."""
    return agreed(world, link, name="髙﨑 葵")


def agreed(world: World, link: story.Link, email: str = "aoi@people.example", **typed: str) -> uuid.UUID:
    found = forward.accepted(world.agency, desk.taken(world.agency, link, email, **typed))
    with acting_as(organization=world.agency.id):
        return Placement.objects.get(introduction=found).pk


def joined(world: World, placement_id: uuid.UUID) -> uuid.UUID:
    record_placement.confirm_start(placement_id=placement_id, started_on=TODAY, **forward.later(world.agency))
    return placement_id


def ask_now(world: World, placement_id: uuid.UUID) -> uuid.UUID:
    """Make the first check due, as time would; return it."""
    with acting_as(organization=world.agency.id):
        return Check.objects.get(placement=placement_id, days=30).pk


def page_of(placement_id: uuid.UUID) -> str:
    return reverse("agency:placement", args=[placement_id])


def address(code: str, placement_id: uuid.UUID) -> str:
    return reverse(f"agency:placement_{code}", args=[placement_id])


def stored(world: World, placement_id: uuid.UUID) -> Placement:
    with acting_as(organization=world.agency.id):
        return Placement.objects.get(pk=placement_id)


def others(page: Answer) -> list[str]:
    return [label for label, _url in page.context["page"].others]


def test_empty_list_says_what_fills_it(client: Client) -> None:
    assert "成約は、まだありません" in text(client.get(LIST))
    assert "この状態の成約はありません" in text(client.get(LIST, {"state": "left"}))


def test_start_is_confirmed_and_the_fee_falls_due(world: World, client: Client, hired: uuid.UUID) -> None:
    page = client.get(page_of(hired))
    shown = text(page)
    for words in ("髙﨑 葵 さんの成約", "入社を確認してください", "1,680,000 円", "年収の 35.0 %", "手数料の 50 %"):
        assert words in shown, words
    assert others(page) == ["入社しなかったことを記録"]
    assert TODAY.isoformat() in client.get(address("start", hired)).content.decode()
    answer = client.post(address("start", hired), {"started_on": TODAY.isoformat()})
    assert answer.headers["Location"] == page_of(hired)
    page = client.get(page_of(hired))
    shown = text(page)
    assert "入社を記録しました。" in shown
    assert "紹介手数料" in shown
    assert [row.line.days for row in page.context["page"].checks] == [30, 90, 180, 365]
    assert others(page) == ["退職を記録"]


def test_leaving_gives_a_share_back_by_the_table(world: World, client: Client, hired: uuid.UUID) -> None:
    joined(world, hired)
    refused = client.post(address("leaving", hired), {"left_on": "2020-01-01"})
    assert sorted(refused.context["form"].errors) == ["reason"]
    assert "2020-01-01" in refused.content.decode()
    refused = client.post(address("leaving", hired), {"left_on": "2020-01-01", "reason": "person"})
    assert sorted(refused.context["form"].errors) == ["left_on"]
    client.post(address("leaving", hired), {"left_on": TODAY.isoformat(), "reason": "person"})
    shown = text(client.get(page_of(hired)))
    assert "返戻金" in shown
    assert "−840,000" in shown
    assert "ご本人の都合" in shown
    [row] = client.get(LIST).context["list"].rows
    assert (row.line.refund_yen, row.line.state) == (840_000, "left")


def test_paper_says_what_the_hire_cost_and_names_nobody(world: World, client: Client, hired: uuid.UUID) -> None:
    paper = reverse("agency:placement_paper", args=[hired])
    assert client.get(paper).status_code == 404
    assert paper not in client.get(page_of(hired)).content.decode()
    joined(world, hired)
    client.post(address("leaving", hired), {"left_on": TODAY.isoformat(), "reason": "person"})
    assert paper in client.get(page_of(hired)).content.decode()
    answer = client.get(paper)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert quote("紹介手数料明細書_") in answer.headers["Content-Disposition"]
    said = "".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    for words in (
        "株式会社みなと商店御中",
        "1,680,000168,0001,848,000",
        "−840,000−84,000−924,000",
        "924,000円",
        "4,800,000円×35.0%",
    ):
        assert words in said, (words, said)
    assert "髙﨑" not in said
    assert signed_in(world.beta.owner).get(paper).status_code in {403, 404}


def test_who_does_not_start_costs_nothing(world: World, client: Client, hired: uuid.UUID) -> None:
    assert "理由が選ばれていません" in text(client.post(address("not_started", hired), {"reason": ""}))
    client.post(address("not_started", hired), {"reason": "employer"})
    page = client.get(page_of(hired))
    assert stored(world, hired).state == "not_started"
    assert page.context["page"].file.entries == ()
    assert page.context["page"].acts == []


def test_what_can_not_be_told_now_is_said(client: Client, hired: uuid.UUID) -> None:
    for code in ("start", "start", "not_started"):
        answer = client.post(address(code, hired), {"started_on": TODAY.isoformat(), "reason": "person"})
        assert answer.headers["Location"] == page_of(hired)
    assert "いまの状態では、その記録はできません。" in text(client.get(page_of(hired)))


def test_check_is_answered_for_a_company_outside_the_network(
    world: World, client: Client, hired: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined(world, hired)
    check = reverse("agency:placement_check", args=[hired, ask_now(world, hired)])
    early = client.post(check, {"answer": "in_post"})
    assert early.headers["Location"] == page_of(hired)
    assert "いまの状態では、その記録はできません。" in text(client.get(page_of(hired)))
    later = clock.now() + dt.timedelta(days=31)
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: later)
    assert "在籍の確認をしてください" in text(client.get(page_of(hired)))
    assert "30 日の在籍確認" in text(client.get("/agency/"))
    refused = client.post(check, {"answer": "left", "reason": "person"})
    assert sorted(refused.context["form"].errors) == ["left_on"]
    client.post(check, {"answer": "in_post"})
    [first, *_more] = client.get(page_of(hired)).context["page"].checks
    assert (first.line.answer, first.line.answered_side, first.url) == ("in_post", "agency", "")
    assert "30 日 1 1 10 名未満のため割合は計算しません" in text(client.get(LIST))


def test_answer_that_somebody_left_ends_the_hire(
    world: World, client: Client, hired: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined(world, hired)
    check = reverse("agency:placement_check", args=[hired, ask_now(world, hired)])
    later = clock.now() + dt.timedelta(days=31)
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: later)
    left_on = TODAY + dt.timedelta(days=20)
    client.post(check, {"answer": "left", "left_on": left_on.isoformat(), "reason": "employer"})
    assert (stored(world, hired).state, stored(world, hired).ended_on) == ("left", left_on)


def test_list_has_tabs_figures_and_hires_that_are_due(world: World, client: Client, link: story.Link) -> None:
    agreed(world, link, "0@people.example")
    joined(world, agreed(world, link, "1@people.example"))
    page = client.get(LIST)
    assert sorted((row.line.state, row.tone) for row in page.context["list"].rows) == [
        ("agreed", "caution"),
        ("joined", ""),
    ]
    assert [tab.count for tab in page.context["list"].tabs] == [2, 1, 1, 0, 0]
    assert [row.line.state for row in client.get(LIST, {"state": "joined"}).context["list"].rows] == ["joined"]
    shown = text(page)
    assert "1,680,000円" in shown.replace(" ", "")
    assert "10 名未満のため割合は計算しません" not in shown


def test_what_is_overdue_is_marked_and_counted(
    world: World, client: Client, link: story.Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = agreed(world, link, "0@people.example")
    works = joined(world, agreed(world, link, "1@people.example"))
    later = clock.now() + dt.timedelta(days=32)
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: later)
    rows = {row.line.placement_id: row for row in client.get(LIST).context["list"].rows}
    shown = {one: (rows[one].start_overdue, rows[one].check_overdue) for one in (waits, works)}
    assert shown == {waits: ("期限を 32 日過ぎています", ""), works: ("", "期限を 2 日過ぎています")}
    assert "期限を 2 日過ぎています" in text(client.get(page_of(works)))
    home = text(client.get("/agency/"))
    assert "期限を過ぎた入社と在籍の確認 2 件" in home
    assert [words in home for words in shown[waits][:1] + shown[works][1:]] == [True, True]


def test_who_was_hired_is_proposed_nothing_for_two_years(world: World, client: Client, hired: uuid.UUID) -> None:
    assignment_id = forward.stored(world.agency, stored(world, hired).introduction_id).assignment_id
    joined(world, hired)
    board = client.get("/agency/board/").context["board"]
    assert {one.stage: one.total for one in board.columns if one.total} == {"joined": 1}
    person = client.get(reverse("agency:person", args=[assignment_id]))
    words = "この紹介会社の紹介で入社した方です"
    assert (words in text(person), "求人を案内 " in text(person)) == (True, False)
    choose = reverse("agency:introduce", args=[assignment_id])
    posting = forward.posting(world.agency, title="総務")
    for address in (choose, f"{choose}?posting={posting.pk}", f"{choose}?q=総務"):
        page = client.get(address)
        assert (words in text(page), page.context["page"].rows) == (True, [])
    desk.change(world.agency, assignment_id, is_chosen=True)
    assert words not in text(client.get(choose))


def test_month_is_taken_along_as_a_file(world: World, client: Client) -> None:
    manager = signed_in(world.agency.owner)
    assert manager.get(LIST).context["list"].month_form is not None
    answer = manager.post(reverse("agency:placements_file"), {"month": f"{TODAY:%Y-%m}"})
    with acting_as(organization=world.agency.id):
        run = Run.objects.get()
    assert answer.headers["Location"] == reverse("account:run", args=[run.pk])
    assert (run.kind, run.parameters["month"]) == ("export_placements", f"{TODAY:%Y-%m-01}")
    assert manager.post(reverse("agency:placements_file"), {"month": "1999-01"}).status_code == 404
    assert client.get(LIST).context["list"].month_form is None
    assert client.post(reverse("agency:placements_file"), {"month": f"{TODAY:%Y-%m}"}).status_code == 403


def test_hires_of_another_agency_are_not_there(world: World, hired: uuid.UUID) -> None:
    joined(world, hired)
    other = desk.open_agency(world, make_tenant("agency", "よその人材紹介株式会社", "other"))
    stranger = signed_in(other.owner)
    check = reverse("agency:placement_check", args=[hired, ask_now(world, hired)])
    sent = {"left_on": TODAY.isoformat(), "reason": "person", "answer": "in_post"}
    for found in (page_of(hired), address("leaving", hired), check):
        assert stranger.get(found).status_code == 404
    assert [stranger.post(found, sent).status_code for found in (address("leaving", hired), check)] == [404, 404]
    assert "髙﨑" not in stranger.get(LIST).content.decode()
    assert stored(world, hired).state == "joined"


def test_reading_changes_nothing(world: World, client: Client, hired: uuid.UUID) -> None:
    for found in (LIST, page_of(hired), address("start", hired), address("not_started", hired)):
        desk.asked(client, found)
    assert stored(world, hired).state == "agreed"


def test_pages_ask_as_often_for_three_as_for_one(world: World, client: Client, link: story.Link) -> None:
    counts: dict[str, list[int]] = {}
    for number in range(3):
        found = joined(world, agreed(world, link, f"{number}@people.example"))
        agreed(world, link, f"waiting{number}@people.example")
        for name, read in {"list": LIST, "one": page_of(found), "today": "/agency/"}.items():
            client.get(read)
            counts.setdefault(name, []).append(desk.asked(client, read))
    assert {name: (found[0], found[0] <= desk.MOST_QUERIES) for name, found in counts.items()} == {
        name: (found[2], True) for name, found in counts.items()
    }
