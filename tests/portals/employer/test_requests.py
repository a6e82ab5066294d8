from __future__ import annotations

import dataclasses
import typing
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.ground.requests import queries
from career_relay.flows import request_people
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.portals import asking, sheets
from tests.portals.agency import desk
from tests.portals.employer.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.requests.queries import RequestLine
    from tests.portals.pages import Answer
    from tests.world import Tenant, World

REQUESTS = "/employer/requests/"
NEW = "/employer/requests/new/"
SHEET_NEW = "/employer/postings/new/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.alpha.owner)


def lines(employer: Tenant) -> list[RequestLine]:
    with acting_as(organization=employer.id):
        return queries.of_employer(employer.id)


def page_of(request_id: uuid.UUID, name: str = "request") -> str:
    return reverse(f"employer:{name}", args=[request_id])


def typed(posting: JobPosting, **changes: str) -> dict[str, str]:
    return {"posting": str(posting.pk), "needs": asking.NEEDS, "price": "fee", **changes}


def choices(page: Answer, field: str) -> list[str]:
    return [str(value) for value, _label in page.context["form"].fields[field].choices]


def second_agency(world: World) -> Tenant:
    """Return another agency that takes part and agreed with Alpha, but takes no slots."""
    other = desk.open_agency(world, make_tenant("agency", "べつの人材紹介株式会社", "second"))
    asking.partners(world, agency=other, slot="none")
    return other


def decline(agency: Tenant, line: RequestLine, note: str) -> None:
    assert line.asked is not None
    request_people.decline_call(
        organization_id=agency.id,
        call_id=line.asked.call_id,
        reason="capacity",
        note=note,
        actor=actors.user(agency.owner.pk),
        now=desk.before() + 2 * desk.A_MINUTE,
    )


def test_empty_list_and_what_is_needed_first(client: Client, world: World) -> None:
    assert "紹介の依頼は、まだありません" in text(client.get(REQUESTS))
    assert "頼める紹介会社が、まだありません" in text(client.get(NEW))
    asking.partners(world)
    nothing = client.get(NEW)
    assert ("依頼に使える求人が、まだありません" in text(nothing), SHEET_NEW in nothing.content.decode()) == (
        True,
        True,
    )
    posting = sheets.keep(world.alpha, terms=dataclasses.replace(sheets.TERMS, hours=""))
    unfinished = client.get(NEW)
    assert page_of(posting.pk, "posting_sheet") in unfinished.content.decode()


def test_sheet_of_a_posting_is_written_and_leads_to_the_request(client: Client, world: World) -> None:
    posting = sheets.keep(world.alpha, terms=dataclasses.replace(sheets.TERMS, hours="", employer_address=""))
    address = page_of(posting.pk, "posting_sheet")
    assert [field for field, _label in client.get(address).context["page"].missing] == ["hours"]
    page = client.post(address, sheets.typed(hours="", employer_address="", employer_contact=""))
    assert sorted(page.context["form"].errors) == ["hours"]
    assert client.post(address, sheets.typed()).headers["Location"] == address
    assert f"{NEW}?posting={posting.pk}" in client.get(address).content.decode()
    with acting_as(organization=world.alpha.id):
        kept = JobPosting.objects.get(pk=posting.pk)
    assert (kept.terms, kept.openings, kept.hiring_employer_id) == (sheets.TERMS.stored(), 2, None)


def test_sheet_is_kept_as_a_draft(client: Client, world: World) -> None:
    posting = sheets.keep(world.alpha)
    address = page_of(posting.pk, "posting_sheet")
    client.post(address, {"title": "経理", "openings": "1", "draft": "1"})
    with acting_as(organization=world.alpha.id):
        kept = JobPosting.objects.get(pk=posting.pk)
    assert (kept.title, kept.occupation) == ("経理", "")
    assert "次の項目を書いてください" in text(client.get(address))


def test_sheet_of_a_job_that_no_file_named_is_written(client: Client, world: World) -> None:
    address = client.post(SHEET_NEW, sheets.typed()).headers["Location"]
    with acting_as(organization=world.alpha.id):
        posting = JobPosting.objects.get(organization_id=world.alpha.id)
    assert address == page_of(posting.pk, "posting_sheet")


def test_posting_page_leads_to_its_sheet(client: Client, world: World) -> None:
    posting = sheets.keep(world.alpha)
    assert page_of(posting.pk, "posting_sheet") in client.get(page_of(posting.pk, "posting")).content.decode()


def test_request_for_a_fee_goes_to_the_agency(client: Client, world: World) -> None:
    asking.partners(world)
    posting = sheets.keep(world.alpha)
    page = client.get(NEW, {"posting": str(posting.pk)})
    assert (choices(page, "price"), page.context["form"]["posting"].value()) == (["fee"], str(posting.pk))
    assert ("使える無料紹介枠は、いまはありません" in text(page), "年収の 35 %" in text(page)) == (True, True)
    answer = client.post(NEW, typed(posting))
    [line] = lines(world.alpha)
    assert answer.headers["Location"] == page_of(line.request_id)
    read = text(client.get(page_of(line.request_id)))
    assert (f"{world.agency.organization.name}の返事を待っています" in read, asking.NEEDS in read) == (True, True)
    assert ("年収の 35 %" in read, "協定の手数料" in read) == (True, False)
    assert "年収の 35 %" in text(client.get(REQUESTS))


def test_request_by_slot_reserves_it_and_the_slots_page_says_what_for(client: Client, world: World) -> None:
    asking.partners(world)
    asking.earn_slot(world.alpha)
    posting = sheets.keep(world.alpha)
    page = client.get(NEW)
    assert (choices(page, "price"), "いま使える枠：1" in text(page)) == (["slot", "fee"], True)
    client.post(NEW, typed(posting, price="slot"))
    [line] = lines(world.alpha)
    assert "第 1 枠を確保しています" in text(client.get(page_of(line.request_id)))
    slots = client.get("/employer/slots/")
    parts = (
        "獲得した枠（累計） 1 枠 使える枠 0 枠 確認期間中の枠 0 枠 依頼中の枠 1 枠 紹介中の枠 0 枠 使用済みの枠 0 枠"
    )
    assert parts in text(slots)
    assert "使える 0 ・ 確認期間中 0 ・ 依頼中 1 ・ 紹介中 0 ・ 使用済み 0" in text(client.get("/employer/"))
    assert page_of(line.request_id) in slots.content.decode()
    assert NEW not in slots.content.decode()
    analyst = signed_in(world.alpha.users["analyst"]).get("/employer/slots/")
    assert (analyst.status_code, page_of(line.request_id) in analyst.content.decode()) == (200, False)


def test_faults_are_told_at_their_fields_and_nothing_typed_is_lost(client: Client, world: World) -> None:
    asking.partners(world)
    other = second_agency(world)
    asking.earn_slot(world.alpha)
    posting = sheets.keep(world.alpha)
    twice = str(world.agency.id)
    page = client.post(NEW, typed(posting, needs="", agency_0=twice, agency_1=twice))
    assert sorted(page.context["form"].errors) == ["agency_1", "needs"]
    page = client.post(NEW, typed(posting, price="slot", agency_0=str(other.id)))
    assert sorted(page.context["form"].errors) == ["agency_0"]
    assert asking.NEEDS in page.content.decode()
    assert lines(world.alpha) == []


def test_agencies_are_asked_in_the_order_named_and_what_each_said_is_shown(client: Client, world: World) -> None:
    asking.partners(world)
    other = second_agency(world)
    posting = sheets.keep(world.alpha)
    client.post(NEW, typed(posting, agency_0=str(other.id), agency_1=str(world.agency.id)))
    [line] = lines(world.alpha)
    decline(other, line, "来月なら受けられます")
    page = client.get(page_of(line.request_id))
    assert [str(event.title) for event in page.context["page"].events] == [
        "つなぐ人材紹介株式会社（2 番目）：回答待ち",
        "べつの人材紹介株式会社（1 番目）：見送り",
    ]
    assert "いまは受けられる件数を超えている。来月なら受けられます" in text(page)


def test_what_follows_is_said_while_an_agency_is_asked(client: Client, world: World) -> None:
    asking.partners(world)
    alone, ahead = "ほかに頼める紹介会社はありません", "次の紹介会社に自動で進みます"
    request_id = asking.ask(world.alpha)

    def told() -> tuple[bool, bool]:
        shown = text(client.get(page_of(request_id)))
        return alone in shown, ahead in shown

    assert told() == (True, False)
    second_agency(world)
    assert told() == (False, True)
    [line] = lines(world.alpha)
    assert line.asked is not None
    request_people.accept_call(
        organization_id=world.agency.id,
        call_id=line.asked.call_id,
        actor=actors.user(world.agency.owner.pk),
        now=desk.before() + 2 * desk.A_MINUTE,
    )
    assert told() == (False, False)


def test_early_leaver_s_slot_is_told_before_the_request(client: Client, world: World) -> None:
    asking.partners(world)
    sheets.keep(world.alpha)
    asking.earn_slot(world.alpha)
    assert "入社後に退職しても、枠は戻りません。" in text(client.get(NEW))
    assert "入社後に退職しても、枠は戻りません。" in text(client.get("/employer/slots/"))
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID,
        actor=actors.SYSTEM,
        now=clock.now(),
        effective_from=clock.now(),
        returns_slot_of_early_leaver=True,
    )
    assert "入社後 90 日以内に退職したときは、枠が戻ります。" in text(client.get(NEW))
    assert "入社後 90 日以内に退職したときは、枠が戻ります。" in text(client.get("/employer/slots/"))


def test_request_nobody_took_is_over_and_its_slot_back(client: Client, world: World) -> None:
    asking.partners(world)
    asking.earn_slot(world.alpha)
    request_id = asking.ask(world.alpha, uses_slot=True)
    decline(world.agency, lines(world.alpha)[0], "")
    page = client.get(page_of(request_id))
    assert ("合う方がいなかった" in text(page), "第 1 枠は戻り" in text(page)) == (True, True)
    assert [row.line.request_id for row in client.get(REQUESTS, {"state": "over"}).context["list"].page] == [request_id]
    assert "使っていません" in text(client.get("/employer/slots/"))


def test_request_is_withdrawn(client: Client, world: World) -> None:
    asking.partners(world)
    request_id = asking.ask(world.alpha)
    assert "依頼の取り下げ" in text(client.get(page_of(request_id)))
    client.post(page_of(request_id, "request_withdraw"))
    page = client.get(page_of(request_id))
    assert ("依頼を取り下げた" in text(page), "依頼の取り下げ" in text(page)) == (True, False)


def test_lists_ask_as_often_for_three_rows_as_for_one(client: Client, world: World) -> None:
    asking.partners(world)
    asking.ask(world.alpha)
    pages = [REQUESTS, NEW]
    for page in pages:
        client.get(page)
    one = [desk.asked(client, page) for page in pages]
    second_agency(world)
    for _number in range(2):
        asking.ask(world.alpha)
    assert [desk.asked(client, page) for page in pages] == one
    assert max(one) <= desk.MOST_QUERIES


def test_pages_write_nothing_when_read(client: Client, world: World) -> None:
    asking.partners(world)
    request_id = asking.ask(world.alpha)
    [line] = lines(world.alpha)
    pages = [page_of(request_id), page_of(line.posting_id, "posting_sheet"), SHEET_NEW, "/employer/slots/"]
    client.get(pages[0])
    assert max(desk.asked(client, page) for page in pages) <= desk.MOST_QUERIES


def test_requests_of_another_employer_are_not_there(world: World) -> None:
    asking.partners(world)
    request_id = asking.ask(world.alpha, title="かなりあ")
    [line] = lines(world.alpha)
    other = signed_in(world.beta.owner)
    assert other.get(page_of(request_id)).status_code == 404
    assert other.post(page_of(request_id, "request_withdraw")).status_code == 404
    sheet = page_of(line.posting_id, "posting_sheet")
    assert [other.get(sheet).status_code, other.post(sheet, sheets.typed()).status_code] == [404, 404]
    assert "かなりあ" not in other.get(REQUESTS).content.decode()
    page = other.post(NEW, {"posting": str(line.posting_id), "needs": "人", "price": "fee"})
    assert sorted(page.context["form"].errors) == ["posting"]
    assert [one.state for one in lines(world.alpha)] == ["open"]


def test_pages_open_for_the_roles_that_have_their_right(world: World) -> None:
    asking.partners(world)
    request_id = asking.ask(world.alpha)
    reading, writing = [REQUESTS, page_of(request_id)], [NEW, SHEET_NEW]
    for role, user in world.alpha.users.items():
        client = signed_in(user)
        assert {client.get(page).status_code for page in reading} == {
            200 if role in {"owner", "recruiter", "auditor"} else 403
        }
        assert {client.get(page).status_code for page in writing} == {200 if role in {"owner", "recruiter"} else 403}
    auditor = signed_in(world.alpha.users["auditor"])
    assert auditor.post(page_of(request_id, "request_withdraw")).status_code == 403
    assert NEW not in auditor.get(REQUESTS).content.decode()
    for user in (world.agency.owner, world.school.owner, world.operator.owner, world.stranger):
        assert {signed_in(user).get(page).status_code for page in reading + writing} == {404}
    assert signed_in(world.alpha.owner).get(page_of(request_id, "request_withdraw")).status_code == 405
