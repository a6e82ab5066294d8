from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.credits import operations as ledger
from career_relay.domain.ground.credits import queries as ledger_queries
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings import queries as posting_queries
from career_relay.domain.ground.postings.rules import Terms
from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.ground.requests import queries
from career_relay.flows import request_people
from career_relay.flows.request_people import Kept
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import caring, requesting
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import uuid

    from tests.flows.caring import Desk

LATER = NOW + dt.timedelta(hours=1)
SEARCHED = NOW + dt.timedelta(days=31)


@pytest.fixture
def alpha(world: World) -> Tenant:
    return world.alpha


@pytest.fixture
def agency(world: World) -> Desk:
    return requesting.bound(world.alpha, world.operator, "one")


@pytest.fixture
def other(world: World) -> Desk:
    return requesting.bound(world.alpha, world.operator, "two")


def mails(tenant: Tenant) -> list[tuple[str, str]]:
    with acting_as(organization=tenant.id):
        found = Message.objects.filter(kind__in=["call_waiting", "call_closed", "request_accepted", "request_closed"])
        return list(found.order_by("created_at", "to_address").values_list("kind", "to_address"))


def facts(tenant: Tenant) -> list[tuple[str, dict[str, typing.Any]]]:
    with acting_as(organization=tenant.id):
        found = Fact.objects.filter(kind__regex="^(request|call|slot)\\.").exclude(kind="slot.granted")
        return list(found.order_by("sequence").values_list("kind", "data"))


def called(tenant: Tenant, request_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    return [(call.agency_id, call.state) for call in requesting.calls(tenant, request_id)]


def test_named_agency_is_asked_and_told_and_the_slot_is_reserved(alpha: Tenant, agency: Desk) -> None:
    requesting.earn(alpha)
    made = requesting.ask(alpha, requesting.posting(alpha).pk, agency, uses_slot=True)
    assert made.agency_ids == (agency.id,)
    [call] = requesting.calls(alpha, made.request_id)
    assert (call.agency_id, call.uses_slot, call.needs, call.title) == (agency.id, True, requesting.NEEDS, "経理")
    assert call.answer_by == dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)  # 18:00 in Japan, two working days on
    assert requesting.slots(alpha) == ["reserved"]
    assert mails(agency.tenant) == [("call_waiting", "adviser@one.example"), ("call_waiting", "manager@one.example")]
    assert facts(alpha) == [
        ("slot.reserved", {"ordinal": 1}),
        ("request.opened", {"uses_slot": True}),
        ("call.made", {"uses_slot": True, "answer_by": "2026-11-25"}),
    ]


def test_agencies_are_asked_by_turn_when_none_is_named(world: World, alpha: Tenant) -> None:
    far = requesting.bound(alpha, world.operator, "far", prefectures=["01"])
    near = requesting.bound(alpha, world.operator, "near", prefectures=["13"])
    posting = requesting.posting(alpha).pk
    assert [requesting.ask(alpha, posting).agency_ids for _ in range(2)] == [(near.id,), (near.id,)]
    third = requesting.bound(alpha, world.operator, "third", prefectures=["13"])
    first = requesting.ask(alpha, posting)
    assert first.agency_ids == (third.id,)
    requesting.decline(third, requesting.calls(alpha, first.request_id)[-1])
    requesting.decline(near, requesting.calls(alpha, first.request_id)[-1])
    assert called(alpha, first.request_id) == [(third.id, "declined"), (near.id, "declined"), (far.id, "asked")]


def test_accepting_makes_the_agency_s_own_posting_and_tells_the_employer(alpha: Tenant, agency: Desk) -> None:
    call = requesting.asked(alpha, agency)
    posting = requesting.accept(agency, call)
    assert (posting.organization_id, posting.hiring_employer_id) == (agency.id, alpha.id)
    assert (posting.hiring_employer_name, Terms.of(posting.terms)) == ("アルファ精機株式会社", requesting.TERMS)
    assert (posting.received_on, posting.valid_until) == (dt.date(2026, 11, 23), dt.date(2026, 12, 23))
    with acting_as(organization=agency.id):
        assert posting_queries.proposable(agency.id, NOW.date()) == [posting]
        found = queries.call_of_posting(agency.id, posting.pk)
        assert found is not None
        assert (found.pk, found.state, found.answered_at) == (call.pk, "accepted", NOW)
    assert mails(alpha) == [
        ("request_accepted", "owner@alpha.example"),
        ("request_accepted", "recruiter@alpha.example"),
    ]


def test_declining_asks_the_next_in_the_employer_s_order_and_then_ends(
    alpha: Tenant, agency: Desk, other: Desk
) -> None:
    requesting.earn(alpha)
    made = requesting.ask(alpha, requesting.posting(alpha).pk, other, agency, uses_slot=True)
    requesting.decline(other, requesting.calls(alpha, made.request_id)[-1], "terms")
    assert called(alpha, made.request_id) == [(other.id, "declined"), (agency.id, "asked")]
    requesting.decline(agency, requesting.calls(alpha, made.request_id)[-1], "nobody_fits")
    over = requesting.request(alpha, made.request_id)
    assert (over.state, over.close_reason, over.closed_at) == ("closed", "nobody", NOW)
    assert requesting.slots(alpha) == ["available"]
    assert mails(alpha) == [("request_closed", "owner@alpha.example"), ("request_closed", "recruiter@alpha.example")]
    assert facts(alpha)[-2:] == [
        ("slot.returned", {"ordinal": 1, "reason": "nobody"}),
        ("request.closed", {"reason": "nobody"}),
    ]
    assert facts(other.tenant) == [("call.declined", {"reason": "terms"})]


def test_accepted_call_is_given_back_and_its_posting_closed(alpha: Tenant, agency: Desk, other: Desk) -> None:
    made = requesting.ask(alpha, requesting.posting(alpha).pk, agency, other)
    posting = requesting.accept(agency, requesting.calls(alpha, made.request_id)[0])
    requesting.decline(agency, requesting.calls(alpha, made.request_id)[0], "nobody_fits")
    assert called(alpha, made.request_id) == [(agency.id, "declined"), (other.id, "asked")]
    with acting_as(organization=agency.id):
        posting.refresh_from_db()
    assert posting.state == "closed"


@pytest.mark.parametrize("obstacle", ["terms", "posting", "work", "needs", "agency", "agencies"])
def test_request_that_nobody_could_answer_is_refused_and_leaves_nothing(world: World, obstacle: str) -> None:
    alpha = world.alpha
    requesting.earn(alpha)
    requesting.bound(alpha, world.operator, "one", slot="none" if obstacle == "agencies" else "no_replacement")
    stranger = caring.new_desk(world.operator, "stranger")
    changes: dict[str, typing.Any] = {
        "terms": {"terms": dataclasses.replace(requesting.TERMS, place="")},
        "posting": {"valid_until": NOW.date() - dt.timedelta(days=1)},
        "work": {"occupation": "14"},
    }
    posting = requesting.posting(alpha, **changes.get(obstacle, {}))
    with pytest.raises(requests.UnableToRequestPeople) as refusal:
        request_people.request_people(
            organization_id=alpha.id,
            posting_id=posting.pk,
            needs=" " if obstacle == "needs" else requesting.NEEDS,
            uses_slot=True,
            agencies=[stranger.id] if obstacle == "agency" else [],
            actor=actors.user(alpha.owner.pk),
            now=NOW,
        )
    assert refusal.value.obstacle == obstacle
    assert requesting.slots(alpha) == ["available"]
    with acting_as(organization=alpha.id):
        assert queries.of_employer(alpha.id) == []


def test_request_by_slot_without_a_usable_one_is_refused(alpha: Tenant, agency: Desk) -> None:
    requesting.earn(alpha)
    requesting.asked(alpha, agency, uses_slot=True)
    with pytest.raises(ledger.UnableToReserveSlot):
        requesting.asked(alpha, agency, uses_slot=True)


def test_only_those_with_the_right_ask_answer_and_withdraw(alpha: Tenant, agency: Desk, other: Desk) -> None:
    posting = requesting.posting(alpha)
    call = requesting.asked(alpha, agency)
    analyst: dict[str, typing.Any] = {
        "organization_id": alpha.id,
        "actor": actors.user(alpha.users["analyst"].pk),
        "now": NOW,
    }
    with pytest.raises(UnableToActWithoutRight):
        request_people.request_people(posting_id=posting.pk, needs="要", uses_slot=False, agencies=[], **analyst)
    with pytest.raises(UnableToActWithoutRight):
        request_people.withdraw_request(request_id=call.request_id, **analyst)
    with pytest.raises(UnableToActWithoutRight):
        request_people.accept_call(
            organization_id=agency.id, call_id=call.pk, actor=actors.user(alpha.owner.pk), now=NOW
        )
    for refused in (requesting.accept, requesting.decline):
        with pytest.raises(requests.UnableToFindCall):
            refused(other, call)
    with pytest.raises(postings.UnableToFindPosting):
        requesting.ask(alpha, ids.new())


def test_agency_that_may_not_act_takes_no_call(alpha: Tenant, agency: Desk) -> None:
    call = requesting.asked(alpha, agency)
    caring.stop(agency)
    with pytest.raises(requests.UnableToTakeCall, match="受け付け停止中"):
        requesting.accept(agency, call)
    caring.go_on(agency)
    caring.suspend(agency)
    with pytest.raises(requests.UnableToTakeCall, match="連携協定"):
        requesting.accept(agency, call)


def test_a_call_is_answered_once_in_time_and_with_a_reason(alpha: Tenant, agency: Desk) -> None:
    call = requesting.asked(alpha, agency)
    with pytest.raises(requests.UnableToDeclineCall):
        requesting.decline(agency, call, "")
    with pytest.raises(requests.UnableToAnswerCall):
        requesting.accept(agency, call, call.answer_by)
    requesting.accept(agency, call)
    with pytest.raises(requests.UnableToAnswerCall):
        requesting.accept(agency, call)


def test_request_is_withdrawn_while_nobody_is_introduced(alpha: Tenant, agency: Desk) -> None:
    requesting.earn(alpha)
    call = requesting.accepted(alpha, agency, uses_slot=True)
    requesting.tell(alpha, "introduced", call)
    with pytest.raises(requests.UnableToWithdrawRequest):
        requesting.withdraw(alpha, call.request_id)
    requesting.tell(alpha, "fell_through", call)
    requesting.withdraw(alpha, call.request_id)
    assert (requesting.slots(alpha), called(alpha, call.request_id)) == (["available"], [(agency.id, "closed")])
    with acting_as(organization=agency.id):
        assert posting_queries.proposable(agency.id, NOW.date()) == []
    assert mails(agency.tenant)[-1] == ("call_closed", "manager@one.example")
    with pytest.raises(requests.UnableToWithdrawRequest):
        requesting.withdraw(alpha, call.request_id)
    with pytest.raises(requests.UnableToFindRequest):
        requesting.withdraw(alpha, ids.new())


def test_call_lapses_at_its_hour_and_the_next_agency_is_asked(alpha: Tenant, agency: Desk, other: Desk) -> None:
    made = requesting.ask(alpha, requesting.posting(alpha).pk, agency, other)
    [call] = requesting.calls(alpha, made.request_id)
    before = call.answer_by - dt.timedelta(seconds=1)
    assert request_people.keep_requests(now=before) == Kept(lapsed=0, closed=0)
    assert request_people.keep_requests(now=call.answer_by) == Kept(lapsed=1, closed=0)
    assert request_people.keep_requests(now=call.answer_by) == Kept(lapsed=0, closed=0)
    assert called(alpha, made.request_id) == [(agency.id, "lapsed"), (other.id, "asked")]
    assert facts(agency.tenant) == [("call.lapsed", {})]
    assert [kind for kind, _address in mails(other.tenant)] == ["call_waiting"] * 2


@pytest.mark.parametrize("how", ["stop", "agreement"])
def test_call_lapses_when_its_agency_may_not_act_any_more(world: World, other: Desk, how: str) -> None:
    alpha, agency = world.alpha, caring.new_desk(world.operator, "one")
    agreement = deal.live(alpha, agency.tenant)
    made = requesting.ask(alpha, requesting.posting(alpha).pk, agency, other)
    posting = requesting.accept(agency, requesting.calls(alpha, made.request_id)[0])
    if how == "stop":
        caring.stop(agency)
    else:
        deal.end(alpha, agreement)
    assert request_people.keep_requests(now=LATER) == Kept(lapsed=1, closed=0)
    assert called(alpha, made.request_id) == [(agency.id, "lapsed"), (other.id, "asked")]
    with acting_as(organization=agency.id):
        posting.refresh_from_db()
    assert posting.state == "closed"


def test_search_ends_after_its_days_unless_somebody_is_introduced(alpha: Tenant, agency: Desk) -> None:
    requesting.earn(alpha, 2)
    idle, busy = (requesting.accepted(alpha, agency, uses_slot=True) for _ in range(2))
    requesting.tell(alpha, "introduced", busy)
    assert request_people.keep_requests(now=SEARCHED - dt.timedelta(days=1)) == Kept(lapsed=0, closed=0)
    assert request_people.keep_requests(now=SEARCHED) == Kept(lapsed=0, closed=1)
    over = requesting.request(alpha, idle.request_id)
    assert (over.state, over.close_reason, requesting.slots(alpha)) == ("closed", "nobody", ["available", "introduced"])
    assert [kind for kind, _address in mails(agency.tenant)[-2:]] == ["call_closed"] * 2
    requesting.tell(alpha, "fell_through", busy)
    assert request_people.keep_requests(now=SEARCHED) == Kept(lapsed=0, closed=1)
    assert requesting.slots(alpha) == ["available", "available"]
    assert ledger_queries.differences() == []
