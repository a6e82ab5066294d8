from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.portals import sheets
from tests.portals.agency import desk
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.world import World

POSTINGS = "/agency/postings/"
NEW = "/agency/postings/new/"
OUTSIDE = {"employer": "outside", "employer_name": "株式会社みなと製作所", "received_on": "2026-11-20"}


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.agency.owner)


def stored(world: World) -> list[JobPosting]:
    with acting_as(organization=world.agency.id):
        return list(JobPosting.objects.filter(organization_id=world.agency.id).order_by("created_at"))


def test_empty_list_says_what_fills_it(client: Client) -> None:
    page = client.get(POSTINGS)
    assert "求人は、まだありません" in text(page)
    assert NEW in page.content.decode()


def test_sheet_of_an_employer_outside_is_kept_whole(client: Client, world: World) -> None:
    answer = client.post(NEW, sheets.typed(**OUTSIDE))
    [posting] = stored(world)
    assert answer.headers["Location"] == reverse("agency:posting", args=[posting.pk])
    assert (posting.hiring_employer_name, posting.hiring_employer_id) == ("株式会社みなと製作所", None)
    assert (posting.received_on, posting.terms) == (dt.date(2026, 11, 20), sheets.TERMS.stored())
    page = client.get(answer.headers["Location"])
    assert "採用する会社：株式会社みなと製作所" in text(page)
    assert "推薦する方を選ぶ" in text(page)


def test_sheet_without_what_the_law_wants_says_so_at_each_field_and_keeps_what_was_typed(
    client: Client, world: World
) -> None:
    page = client.post(NEW, sheets.typed(**OUTSIDE, hours="", smoking=None, employer_contact=""))
    assert sorted(page.context["form"].errors) == ["employer_contact", "hours", "smoking"]
    assert "連結決算と開示資料の作成" in page.content.decode()
    assert stored(world) == []


def test_draft_is_kept_and_its_page_names_what_the_law_still_wants(client: Client, world: World) -> None:
    draft = {"title": "倉庫の事務", **OUTSIDE, "hours": "9:00〜18:00", "openings": "1", "draft": "1"}
    address = client.post(NEW, draft).headers["Location"]
    page = client.get(address)
    [posting] = stored(world)
    assert (posting.title, page.context["page"].is_proposable) == ("倉庫の事務", False)
    missing = [field for field, _label in page.context["page"].missing]
    assert ("duties" in missing, "hours" in missing, "employer_contact" in missing) == (True, False, True)
    assert f"{reverse('agency:posting_edit', args=[posting.pk])}#id_duties" in page.content.decode()


def test_draft_names_at_least_who_hires(client: Client, world: World) -> None:
    page = client.post(NEW, {"title": "倉庫の事務", "openings": "1", "draft": "1", "received_on": "2026-11-20"})
    assert sorted(page.context["form"].errors) == ["employer"]
    page = client.post(NEW, {"title": "倉庫", "openings": "1", "draft": "1", **OUTSIDE, "employer_name": " "})
    assert sorted(page.context["form"].errors) == ["employer_name"]


def test_employers_with_an_agreement_can_be_chosen_and_others_can_not(client: Client, world: World) -> None:
    deal.live(world.alpha, world.agency)
    client.post(NEW, sheets.typed(employer=str(world.alpha.id), received_on="2026-11-20", employer_address=""))
    [posting] = stored(world)
    assert (posting.hiring_employer_id, posting.hiring_employer_name) == (world.alpha.id, world.alpha.organization.name)
    page = client.post(NEW, sheets.typed(employer=str(world.beta.id), received_on="2026-11-20"))
    assert sorted(page.context["form"].errors) == ["employer"]
    page = client.post(reverse("agency:posting_edit", args=[posting.pk]), sheets.typed(**OUTSIDE))
    assert sorted(page.context["form"].errors) == ["employer"]


@pytest.mark.parametrize(("changes", "field"), [({"title": "型枠大工"}, "title"), ({"occupation": "14"}, "occupation")])
def test_barred_work_is_refused_at_its_field(client: Client, world: World, changes: dict[str, str], field: str) -> None:
    page = client.post(NEW, sheets.typed(**OUTSIDE) | changes)
    assert (sorted(page.context["form"].errors), stored(world)) == ([field], [])
    assert "建設業務の職業紹介は、法律で禁じられているためです" in text(page)


def test_wrong_values_are_told_at_their_fields(client: Client) -> None:
    wrong = sheets.typed(**OUTSIDE, salary_max="3000000", valid_until="2026-11-01", openings="0")
    errors = client.post(NEW, wrong).context["form"].errors
    assert sorted(errors) == ["openings", "salary_max", "valid_until"]


def test_sheet_is_changed_and_shows_what_it_was_first(client: Client, world: World) -> None:
    posting = sheets.keep(world.agency, name="株式会社みなと製作所")
    address = reverse("agency:posting_edit", args=[posting.pk])
    shown = client.get(address).content.decode()
    assert ("株式会社みなと製作所" in shown, "連結決算と開示資料の作成" in shown) == (True, True)
    client.post(address, sheets.typed(**OUTSIDE, title="経理（国際会計）"))
    assert [(one.pk, one.title) for one in stored(world)] == [(posting.pk, "経理（国際会計）")]


def test_posting_is_closed_and_taken_up_again(client: Client, world: World) -> None:
    posting = sheets.keep(world.agency, name="みなと")
    client.post(reverse("agency:posting_close", args=[posting.pk]))
    page = client.get(POSTINGS, {"state": "closed"})
    assert [row.line.id for row in page.context["list"].rows] == [posting.pk]
    assert "募集を終えた求人です" in text(client.get(reverse("agency:posting", args=[posting.pk])))
    client.post(reverse("agency:posting_reopen", args=[posting.pk]))
    assert [one.state for one in stored(world)] == ["open"]


def test_list_is_searched_by_title_and_employer_and_says_what_is_lacking(client: Client, world: World) -> None:
    yesterday = clock.day_in_japan(clock.now()) - dt.timedelta(days=1)
    sheets.keep(world.agency, name="株式会社髙﨑商店", title="経理", valid_until=yesterday)
    sheets.keep(world.agency, name="みなと", title="倉庫の事務", terms=dataclasses.replace(sheets.TERMS, duties=""))
    page = client.get(POSTINGS)
    assert [row.line.title for row in page.context["list"].rows] == ["倉庫の事務", "経理"]
    assert [(row.line.is_complete, row.is_over) for row in page.context["list"].rows] == [(False, False), (True, True)]
    assert [row.line.title for row in client.get(POSTINGS, {"q": "髙﨑"}).context["list"].rows] == ["経理"]
    assert "この条件に合う求人はありません" in text(client.get(POSTINGS, {"q": "看護"}))


def test_posting_past_its_days_is_not_for_introductions(client: Client, world: World) -> None:
    yesterday = clock.day_in_japan(clock.now()) - dt.timedelta(days=1)
    posting = sheets.keep(world.agency, name="みなと", valid_until=yesterday)
    page = client.get(reverse("agency:posting", args=[posting.pk]))
    assert (page.context["page"].is_proposable, "有効期限が過ぎています" in text(page)) == (False, True)


def test_list_asks_as_often_for_three_rows_as_for_one(client: Client, world: World) -> None:
    sheets.keep(world.agency, name="みなと")
    client.get(POSTINGS)
    one = desk.asked(client, POSTINGS)
    for _number in range(2):
        sheets.keep(world.agency, name="みなと")
    assert desk.asked(client, POSTINGS) == one <= desk.MOST_QUERIES


def test_pages_write_nothing_when_read(client: Client, world: World) -> None:
    posting = sheets.keep(world.agency, name="みなと")
    pages = [NEW, *(reverse(f"agency:{name}", args=[posting.pk]) for name in ("posting", "posting_edit"))]
    client.get(pages[1])
    assert max(desk.asked(client, page) for page in pages) <= desk.MOST_QUERIES


def test_posting_of_another_agency_is_not_there(world: World) -> None:
    posting = sheets.keep(world.agency, name="みなと", title="かなりあ")
    other = signed_in(make_tenant("agency", "よその人材紹介株式会社", "other").owner)
    pages = [reverse(f"agency:{name}", args=[posting.pk]) for name in ("posting", "posting_edit")]
    assert [other.get(page).status_code for page in pages] == [404, 404]
    changes = [reverse(f"agency:{name}", args=[posting.pk]) for name in ("posting_close", "posting_reopen")]
    assert [other.get(page).status_code for page in changes] == [405, 405]
    assert [other.post(page, sheets.typed(**OUTSIDE)).status_code for page in [pages[1], *changes]] == [404, 404, 404]
    assert "かなりあ" not in other.get(POSTINGS).content.decode()
    assert [(one.title, one.state) for one in stored(world)] == [("かなりあ", "open")]


def test_other_kinds_find_nothing_and_advisers_may_write(world: World) -> None:
    known = uuid.UUID(int=7)
    pages = [POSTINGS, NEW, reverse("agency:posting", args=[known]), reverse("agency:posting_edit", args=[known])]
    for user in (world.alpha.owner, world.school.owner, world.operator.owner, world.stranger):
        assert {signed_in(user).get(page).status_code for page in pages} == {404}
    adviser = signed_in(world.agency.users["adviser"])
    assert [adviser.get(page).status_code for page in pages] == [200, 200, 404, 404]
    assert Client().get(NEW).status_code == 302
