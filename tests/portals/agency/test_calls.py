from __future__ import annotations

import typing
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.requests.models import Call
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.portals import asking
from tests.portals.agency import desk
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

CALLS = "/agency/calls/"


@pytest.fixture
def call(world: World) -> Call:
    """A call of Alpha that waits for the agency's answer."""
    asking.partners(world)
    asking.ask(world.alpha)
    return stored(world.agency)[0]


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.agency.owner)


def stored(agency: Tenant) -> list[Call]:
    with acting_as(organization=agency.id):
        return list(Call.objects.filter(agency_id=agency.id).order_by("asked_at", "pk"))


def page_of(call: Call, name: str = "call") -> str:
    return reverse(f"agency:{name}", args=[call.pk])


def titles(client: Client, state: str = "") -> list[str]:
    rows = client.get(CALLS, {"state": state}).context["list"].rows
    return [row.line.title for row in rows]


def test_empty_lists_say_what_fills_them(client: Client) -> None:
    assert "返事を待っている依頼は、ありません" in text(client.get(CALLS))
    assert "引き受けている依頼は、ありません" in text(client.get(CALLS, {"state": "accepted"}))
    assert "終わった依頼は、まだありません" in text(client.get(CALLS, {"state": "past"}))


def test_waiting_call_says_who_asks_for_whom_at_what_price_and_until_when(
    client: Client, call: Call, world: World
) -> None:
    assert titles(client) == ["経理（連結決算の担当）"]
    assert world.alpha.organization.name in text(client.get(CALLS))
    page = client.get(page_of(call))
    read = text(page)
    assert (asking.NEEDS in read, "連結決算と開示資料の作成" in read) == (True, True)
    assert (page.context["page"].may_accept, "連携協定で決めた手数料" in read) == (True, True)


def test_call_by_slot_says_that_a_hire_is_free(client: Client, world: World) -> None:
    asking.partners(world)
    asking.earn_slot(world.alpha)
    asking.ask(world.alpha, uses_slot=True)
    [call] = stored(world.agency)
    assert "採用が決まっても手数料は 0 円" in text(client.get(page_of(call)))
    assert "無料紹介枠（0 円）" in text(client.get(CALLS))


def test_accepted_call_becomes_a_posting_that_leads_back_to_it(client: Client, call: Call, world: World) -> None:
    answer = client.post(page_of(call, "call_accept"))
    with acting_as(organization=world.agency.id):
        posting = JobPosting.objects.get(organization_id=world.agency.id)
    address = reverse("agency:posting", args=[posting.pk])
    assert (answer.headers["Location"], posting.hiring_employer_id) == (address, world.alpha.id)
    shown = client.get(address)
    assert (shown.context["page"].is_proposable, page_of(call) in shown.content.decode()) == (True, True)
    assert (titles(client), titles(client, "accepted")) == ([], ["経理（連結決算の担当）"])
    again = client.post(page_of(call, "call_accept"))
    assert again.headers["Location"] == address
    assert [one.state for one in stored(world.agency)] == ["accepted"]


def test_decline_wants_a_reason_and_loses_nothing_typed(client: Client, call: Call, world: World) -> None:
    page = client.post(page_of(call, "call_decline"), {"note": "来月なら受けられます"})
    assert (sorted(page.context["form"].errors), "来月なら受けられます" in page.content.decode()) == (["reason"], True)
    assert [one.state for one in stored(world.agency)] == ["asked"]
    answer = client.post(page_of(call, "call_decline"), {"reason": "capacity", "note": "来月なら受けられます"})
    assert answer.headers["Location"] == CALLS
    [declined] = stored(world.agency)
    assert (declined.state, declined.decline_reason, declined.decline_note) == (
        "declined",
        "capacity",
        "来月なら受けられます",
    )
    assert titles(client, "past") == ["経理（連結決算の担当）"]
    assert "いまは受けられる件数を超えている" in text(client.get(page_of(call)))
    assert client.get(page_of(call, "call_decline")).headers["Location"] == page_of(call)


def test_accepted_call_is_given_back_while_nobody_is_introduced(client: Client, call: Call, world: World) -> None:
    client.post(page_of(call, "call_accept"))
    assert "依頼を戻す" in text(client.get(page_of(call)))
    client.post(page_of(call, "call_decline"), {"reason": "nobody_fits", "note": ""})
    assert [one.state for one in stored(world.agency)] == ["declined"]


def test_call_that_was_withdrawn_meanwhile_is_refused_in_words(client: Client, call: Call, world: World) -> None:
    signed_in(world.alpha.owner).post(reverse("employer:request_withdraw", args=[call.request_id]))
    page = client.post(page_of(call, "call_accept"), follow=True)
    assert "回答できません" in text(page)
    assert [one.state for one in stored(world.agency)] == ["closed"]


def test_agency_without_a_live_agreement_is_told_why_it_can_not_accept(client: Client, world: World) -> None:
    desk.open_agency(world)
    agreement = deal.live(world.alpha, world.agency, now=desk.before())
    asking.ask(world.alpha)
    deal.suspend(world.alpha, agreement, now=desk.before() + 2 * desk.A_MINUTE)
    [call] = stored(world.agency)
    page = client.post(page_of(call, "call_accept"), follow=True)
    assert "引き受けられません" in text(page)
    assert [one.state for one in stored(world.agency)] == ["asked"]


def test_list_asks_as_often_for_three_rows_as_for_one(client: Client, call: Call, world: World) -> None:
    client.get(CALLS)
    one = desk.asked(client, CALLS)
    for _number in range(2):
        asking.ask(world.alpha)
    assert (desk.asked(client, CALLS), len(titles(client))) == (one, 3)
    assert one <= desk.MOST_QUERIES


def test_pages_write_nothing_when_read(client: Client, call: Call) -> None:
    client.get(page_of(call))
    assert max(desk.asked(client, page_of(call, name)) for name in ("call", "call_decline")) <= desk.MOST_QUERIES


def test_call_of_another_agency_is_not_there(call: Call, world: World) -> None:
    other = signed_in(make_tenant("agency", "よその人材紹介株式会社", "other").owner)
    assert [other.get(page_of(call, name)).status_code for name in ("call", "call_decline")] == [404, 404]
    answers = [other.post(page_of(call, name), {"reason": "other"}) for name in ("call_accept", "call_decline")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert other.get(page_of(call, "call_accept")).status_code == 405
    assert call.title not in other.get(CALLS).content.decode()
    assert [one.state for one in stored(world.agency)] == ["asked"]


def test_other_kinds_find_nothing(world: World) -> None:
    nothing = [reverse(f"agency:{name}", args=[uuid.UUID(int=7)]) for name in ("call", "call_decline")]
    for user in (world.alpha.owner, world.school.owner, world.operator.owner, world.stranger):
        assert {signed_in(user).get(page).status_code for page in [CALLS, *nothing]} == {404}
    assert Client().get(CALLS).status_code == 302


def test_call_that_waits_is_what_to_do_first(call: Call, client: Client) -> None:
    first = client.get("/agency/").context["page"].first
    assert (first.words, first.url) == ("紹介の依頼に返事をする", reverse("agency:call", args=[call.pk]))
    client.post(reverse("agency:call_accept", args=[call.pk]))
    assert client.get("/agency/").context["page"].first is None


def test_sheet_of_a_request_is_shown_and_not_written(client: Client, call: Call, world: World) -> None:
    client.post(page_of(call, "call_accept"))
    with acting_as(organization=world.agency.id):
        posting = JobPosting.objects.get(organization_id=world.agency.id)
    address = reverse("agency:posting", args=[posting.pk])
    page = text(client.get(address))
    assert ("求人票は依頼のとおりで、直せません" in page, "求人票を直す" in page, "募集を終了" in page) == (
        True,
        False,
        False,
    )
    assert client.get(reverse("agency:posting_edit", args=[posting.pk])).headers["Location"] == address
