from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.agreements import queries, rules
from career_relay.domain.ground.agreements.models import Agreement, Draft
from career_relay.kernel import clock, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.domain.ground.agreements import deal
from tests.portals.account.people import mails_by, signed_in, text
from tests.world import World, make_tenant

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.portals.pages import Answer
    from tests.world import Tenant

pytestmark = pytest.mark.django_db

LIST = "/organization/agreements/"
NEW = f"{LIST}new/"
SIGNED = {"name": "署名 する子", "has_read": "on"}
TERMS = {
    "purpose": "introduction",
    "data_categories": ["identity", "postings"],
    "fee": "percent",
    "fee_percent": "30.5",
    "fee_yen": "",
    "refunds": "３０日以内 50％\n 90 日以内 20%",
    "slot": "no_replacement",
    "penalty_amount": "",
    "penalty_trigger": "",
    "penalty_ending": "",
    "review_months": "6",
    "country": "JP",
    "notes": "月に 1 回、打ち合わせます。",
}
ROLES = [
    ("alpha", "owner", 200, 200),
    ("alpha", "recruiter", 200, 403),
    ("alpha", "auditor", 200, 403),
    ("alpha", "hiring_manager", 403, 403),
    ("alpha", "analyst", 403, 403),
    ("agency", "manager", 200, 200),
    ("agency", "adviser", 200, 403),
    ("school", "manager", 200, 200),
    ("school", "coordinator", 403, 403),
    ("operator", "operator", 200, 200),
]


def of(agreement: Agreement, part: str = "") -> str:
    return f"{LIST}{agreement.pk}/{part}"


def drafted(tenant: Tenant) -> Draft:
    with acting_as(organization=tenant.id):
        return Draft.objects.get()


def agreed(tenant: Tenant) -> Agreement:
    with acting_as(organization=tenant.id):
        return Agreement.objects.get()


def hidden(answer: Answer) -> dict[str, str]:
    """Return what the form of a page sends along unseen, as a browser would."""
    page = answer.content.decode()
    return {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("text_hash", "on_table")
        if f'name="{name}"' in page
    }


@pytest.mark.parametrize(("tenant", "role", "seen", "managed"), ROLES)
def test_who_sees_and_who_manages(world: World, tenant: str, role: str, seen: int, managed: int) -> None:
    client = signed_in(getattr(world, tenant).users[role])
    assert (client.get(LIST).status_code, client.get(NEW).status_code) == (seen, managed)
    assert (f'href="{LIST}"' in client.get("/organization/").content.decode()) is (seen == 200)


def test_empty_list_says_what_would_fill_it_and_offers_the_first_step(world: World) -> None:
    page = signed_in(world.alpha.owner).get(LIST)
    assert "連携協定はまだありません" in text(page)
    assert page.content.decode().count(f'href="{NEW}"') == 2
    assert str(world.alpha.id) in page.content.decode()
    reading = signed_in(world.alpha.users["auditor"]).get(LIST)
    assert f'href="{NEW}"' not in reading.content.decode()


def test_from_the_partner_s_number_to_an_agreement_in_force(world: World) -> None:
    ours, theirs = signed_in(world.alpha.owner), signed_in(world.agency.owner)
    begun = ours.post(NEW, {"partner": str(world.agency.id)})
    draft = drafted(world.alpha)
    edit, preview = f"{LIST}drafts/{draft.pk}/edit/", f"{LIST}drafts/{draft.pk}/"
    assert begun.headers["Location"] == edit
    assert "30 日以内 50％" in ours.get(edit).content.decode()
    assert ours.post(edit, TERMS).headers["Location"] == preview
    shown = ours.get(preview)
    for words in ("理論年収の 30.5％", "90 日以内", "月に 1 回、打ち合わせます。", hidden(shown)["text_hash"]):
        assert words in text(shown), words
    assert "つなぐ人材紹介株式会社" not in text(theirs.get(LIST)).split("連携協定はまだありません")[1]
    sent = ours.post(preview, {**SIGNED, **hidden(shown)})
    agreement = agreed(world.alpha)
    assert sent.headers["Location"] == of(agreement)
    assert "相手の回答を待っています" in text(ours.get(of(agreement)))

    assert "回答してください" in text(theirs.get(LIST))
    assert "アルファ精機株式会社の署名 する子さんが提案しました（第 1 版）" in text(theirs.get(of(agreement)))
    answering = theirs.get(of(agreement, "accept/"))
    assert hidden(answering)["text_hash"] == hidden(shown)["text_hash"]
    done = theirs.post(of(agreement, "accept/"), {**SIGNED, **hidden(answering)})
    assert done.headers["Location"] == of(agreement)
    assert agreed(world.alpha).state == "live"
    page = text(ours.get(of(agreement)))
    for words in ("有効な版（第 1 版）", "つなぐ人材紹介株式会社の署名 する子さんが承諾しました（第 1 版）"):
        assert words in page, words
    assert mails_by(world.alpha.id)[-1].kind == "agreement_changed"
    assert "連携協定のお知らせ" in text(ours.get("/organization/mail/"))


def test_employer_chooses_among_the_licensed_agencies(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert "選べる紹介会社はまだありません" in text(client.get(NEW))
    room.complete(world.agency, world.operator, clock.now())
    page = client.get(NEW)
    assert "つなぐ人材紹介株式会社 13-ユ-123456" in text(page)
    assert f'name="partner" value="{world.agency.id}"' in page.content.decode()
    client.post(NEW, {"partner": str(world.agency.id)})
    assert drafted(world.alpha).counterparty_id == world.agency.id
    deal.propose(world.alpha, world.agency)
    page = client.get(NEW)
    assert "協定があります" in text(page)
    assert f'value="{world.agency.id}"' not in page.content.decode()
    assert "許可を確認した紹介会社" not in text(signed_in(world.school.owner).get(NEW))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "このフィールドは必須です。"),
        ("12", "番号の形ではありません。"),
        ("unknown", "この相手とは連携協定を結べません。"),
        ("own", "この相手とは連携協定を結べません。"),
        ("same kind", "この相手とは連携協定を結べません。"),
    ],
)
def test_number_that_leads_to_nobody_is_told_at_the_field(world: World, number: str, words: str) -> None:
    numbers = {"unknown": str(ids.new()), "own": str(world.alpha.id), "same kind": str(world.beta.id)}
    page = signed_in(world.alpha.owner).post(NEW, {"partner": numbers.get(number, number)})
    assert words in text(page)
    assert "ベータ商事" not in text(page)


def test_terms_that_can_not_be_are_told_and_nothing_typed_is_lost(world: World) -> None:
    client = signed_in(world.alpha.owner)
    client.post(NEW, {"partner": str(world.agency.id)})
    edit = f"{LIST}drafts/{drafted(world.alpha).pk}/edit/"
    wrong = {"fee_percent": "50.5", "refunds": "9" * 5000 + " 1", "penalty_amount": "30 万円", "notes": "残す一文"}
    page = text(client.post(edit, TERMS | wrong))
    assert "1 行に、日数と割合の 2 つの数を入力してください。" in page
    page = text(client.post(edit, TERMS | wrong | {"refunds": "30 50\n20 60"}))
    for words in ("50 以下で、小数第 1 位まで", "日数は短い順", "3 つをすべて入力してください。", "残す一文"):
        assert words in page, words
    assert drafted(world.alpha).terms["notes"] == ""


def test_form_asks_only_what_the_two_kinds_agree_on(world: World) -> None:
    client = signed_in(world.operator.owner)
    expected = [
        (world.agency, {"accept_days", "identity"}, {"fee_percent", "slot"}),
        (world.alpha, {"figures", "postings"}, {"fee_percent", "accept_days", "identity"}),
        (world.school, {"courses", "identity"}, {"fee_percent", "accept_days"}),
    ]
    for partner, asked, unasked in expected:
        edit = client.post(NEW, {"partner": str(partner.id)}).headers["Location"]
        page = client.get(edit).content.decode()
        assert {name for name in asked if f'"{name}"' in page} == asked
        assert {name for name in unasked if f'"{name}"' in page} == set()
        with acting_as(organization=world.operator.id):
            terms = rules.Terms.of(Draft.objects.get(counterparty_id=partner.id).terms)
        values = {"purpose": terms.purpose, "data_categories": list(terms.data_categories), "review_months": "12"}
        sent = {**values, "country": "JP", "accept_days": "2", "contact_days": "3"}
        assert client.post(edit, sent).status_code == 302


def test_fee_that_was_not_chosen_is_left_out(world: World) -> None:
    client = signed_in(world.alpha.owner)
    edit = client.post(NEW, {"partner": str(world.agency.id)}).headers["Location"]
    assert client.post(edit, TERMS | {"fee": "fixed", "fee_yen": "800000"}).status_code == 302
    terms = drafted(world.alpha).terms
    assert (terms["fee_percent"], terms["fee_yen"], len(terms["refunds"])) == (None, 800_000, 2)
    assert client.post(edit, TERMS | {"fee": "none"}).status_code == 302
    terms = drafted(world.alpha).terms
    assert (terms["fee_percent"], terms["fee_yen"], terms["refunds"]) == (None, None, [])


def test_text_that_changed_meanwhile_is_not_accepted_and_the_new_one_is_shown(world: World) -> None:
    agreement = deal.propose(world.agency, world.alpha)
    client = signed_in(world.alpha.owner)
    read = hidden(client.get(of(agreement, "accept/")))
    deal.propose(world.agency, world.alpha, notes="後から加えた一文")
    answer = client.post(of(agreement, "accept/"), {**SIGNED, **read})
    assert answer.status_code == 409
    assert "まだ手続きは済んでいません。表示していた文面が、その間に変わったためです。" in text(answer)
    assert "後から加えた一文" in text(answer)
    assert hidden(answer)["text_hash"] not in {"", read["text_hash"]}
    assert agreed(world.alpha).state == "proposed"
    assert client.post(of(agreement, "accept/"), {**SIGNED, **hidden(answer)}).status_code == 302
    assert agreed(world.alpha).version == 2


@pytest.mark.parametrize("missing", ["name", "has_read"])
def test_acceptance_wants_a_name_and_that_the_text_was_read(world: World, missing: str) -> None:
    agreement = deal.propose(world.agency, world.alpha)
    client = signed_in(world.alpha.owner)
    read = hidden(client.get(of(agreement, "accept/")))
    sent = {name: value for name, value in SIGNED.items() if name != missing}
    assert client.post(of(agreement, "accept/"), {**sent, **read}).status_code == 200
    assert agreed(world.alpha).state == "proposed"


def test_proposal_past_one_not_read_is_told(world: World) -> None:
    client = signed_in(world.alpha.owner)
    preview = f"{LIST}drafts/{deal.draft(world.alpha, world.agency).pk}/"
    read = hidden(client.get(preview))
    deal.propose(world.agency, world.alpha)
    answer = client.post(preview, {**SIGNED, **read})
    assert answer.status_code == 409
    assert "その間に、相手または同じ組織の方が、この相手との協定を進めたためです。" in text(answer)
    assert "いま提案されている文面に代わります" in text(answer)


def test_decline_tells_the_reason(world: World) -> None:
    agreement = deal.propose(world.agency, world.alpha)
    client = signed_in(world.alpha.owner)
    asked = client.get(of(agreement, "decline/"))
    assert client.post(of(agreement, "decline/"), {"reason": "  ", **hidden(asked)}).status_code == 200
    client.post(of(agreement, "decline/"), {"reason": "手数料が合いません", **hidden(asked)})
    assert agreed(world.alpha).state == "declined"
    page = text(signed_in(world.agency.owner).get(of(agreement)))
    assert "アルファ精機株式会社のalpha ownerさんがお断りしました（第 1 版） 手数料が合いません" in page


def test_amendment_shows_what_is_in_force_and_what_is_on_the_table(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    client = signed_in(world.agency.owner)
    edit = client.post(of(agreement, "amend/")).headers["Location"]
    client.post(edit, TERMS | {"slot": "one_replacement"})
    preview = edit.removesuffix("edit/")
    assert "いまの協定の変更になります" in text(client.get(preview))
    client.post(preview, {**SIGNED, **hidden(client.get(preview))})
    ours = signed_in(world.alpha.owner)
    new, old = "代わりの方を 1 回に限り無料で紹介します。", "代わりの方の紹介はありません。"
    assert (new in text(ours.get(of(agreement))), old in text(ours.get(of(agreement)))) == (True, False)
    in_force = text(ours.get(of(agreement), {"version": "1"}))
    assert (new in in_force, old in in_force) == (False, True)
    for asked in ("9", "一", "-1", "1" * 5000):
        assert ours.get(of(agreement), {"version": asked}).status_code == 200


def test_suspend_resume_and_end(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    ours, theirs = signed_in(world.alpha.owner), signed_in(world.agency.owner)
    ours.post(of(agreement, "suspend/"), {"reason": "確認のため"})
    assert not deal.is_live(world.agency, world.alpha)
    assert "再開できるのは、停止した側だけです。" in text(theirs.get(of(agreement)))
    assert theirs.post(of(agreement, "resume/")).status_code == 409
    assert ours.post(of(agreement, "resume/")).status_code == 302
    assert deal.is_live(world.agency, world.alpha)
    assert theirs.post(of(agreement, "end/"), {"reason": "事業の終了"}).status_code == 302
    assert agreed(world.alpha).state == "ended"
    late = ours.post(of(agreement, "suspend/"), {"reason": "確認のため"})
    assert late.status_code == 409
    assert "協定の状態が「終了」に変わったか" in text(late)


def test_agency_is_told_that_it_loses_its_people_without_the_operator(world: World) -> None:
    words = "担当中の方は、ほかの紹介会社へ移ります"
    vital, other = deal.live(world.operator, world.agency), deal.live(world.alpha, world.agency)
    client = signed_in(world.agency.owner)
    told = {
        (one, part): words in text(client.get(of(one, part))) for one in (vital, other) for part in ("suspend/", "end/")
    }
    assert told == {key: key[0] is vital for key in told}
    offered = deal.propose(world.agency, world.alpha, slot="none")
    deal.end(world.operator, vital)
    again = deal.propose(world.agency, world.operator)
    assert words not in text(client.get(of(again, "end/")))
    assert words not in text(signed_in(world.alpha.owner).get(of(offered, "decline/")))


def test_first_proposal_is_taken_back_in_its_own_words(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    client = signed_in(world.alpha.owner)
    assert "提案の取り下げ" in text(client.get(of(agreement, "end/")))
    client.post(of(agreement, "end/"), {"reason": "相手を間違えました"})
    assert "取り下げました（第 1 版）" in text(client.get(of(agreement)))
    [_, mail] = mails_by(world.agency.id)
    assert mail.subject.startswith("アルファ精機株式会社が、連携協定の提案を取り下げました")


def test_review_sets_the_next_day(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    client = signed_in(world.alpha.owner)
    today = clock.day_in_japan(clock.now())
    late = client.post(of(agreement, "review/"), {"review_on": today.isoformat(), "note": ""})
    assert "明日から 3 年後までの日ではないためです。" in text(late)
    next_year = today + dt.timedelta(days=365)
    client.post(of(agreement, "review/"), {"review_on": next_year.isoformat(), "note": "変わりありません"})
    assert agreed(world.alpha).review_on == next_year
    assert f"{next_year:%Y/%m/%d}" in text(client.get(LIST))


def test_discarded_draft_is_gone(world: World) -> None:
    draft = deal.draft(world.alpha, world.agency)
    client = signed_in(world.alpha.owner)
    assert "つなぐ人材紹介株式会社" in text(client.get(LIST))
    assert client.post(f"{LIST}drafts/{draft.pk}/discard/").headers["Location"] == LIST
    assert "つなぐ人材紹介株式会社" not in text(client.get(LIST))


@pytest.mark.parametrize("part", ["accept/", "decline/", "suspend/", "end/"])
def test_act_that_is_not_possible_now_leads_back(world: World, part: str) -> None:
    agreement = deal.decline(world.agency, deal.propose(world.alpha, world.agency))
    assert signed_in(world.agency.owner).get(of(agreement, part)).headers["Location"] == of(agreement)


def test_reading_changes_nothing(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    deal.propose(world.agency, world.alpha, slot="none")
    draft = deal.draft(world.alpha, world.agency)
    client = signed_in(world.alpha.owner)
    before = _all(world.alpha)
    parts = ["", "amend/", "accept/", "decline/", "suspend/", "resume/", "end/", "review/"]
    addresses = [LIST, NEW, *(of(agreement, part) for part in parts)]
    addresses += [f"{LIST}drafts/{draft.pk}/{part}" for part in ("", "edit/", "discard/")]
    statuses = {client.get(address).status_code for address in addresses}
    assert statuses == {200, 405}
    assert _all(world.alpha) == before


def _all(tenant: Tenant) -> list[object]:
    with acting_as(organization=tenant.id):
        found = queries.detail(tenant.id, agreed(tenant).pk)
    return [found, drafted(tenant).terms, drafted(tenant).changed_at]


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_cost_the_same_with_three_rows_as_with_one(world: World) -> None:
    client = signed_in(world.alpha.owner)
    agreement = deal.live(world.alpha, world.agency)
    deal.draft(world.alpha, world.agency)
    addresses = [LIST, NEW, of(agreement)]
    one = [_cost(client, address) for address in addresses]
    for partner in (world.operator, make_tenant("agency", "むすび人材株式会社", "musubi")):
        deal.live(world.alpha, partner)
        deal.draft(world.alpha, partner)
        deal.suspend(world.alpha, agreement)
        deal.resume(world.alpha, agreement)
    assert [_cost(client, address) for address in addresses] == one
