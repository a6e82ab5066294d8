from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.capabilities.messaging.operations import UnableToWrite
from career_relay.domain.people.candidates.models import Identity
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import queries
from career_relay.flows.keep_deadlines import Kept, keep_deadlines
from career_relay.flows.route_candidate import route_candidate
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.flows.caring import Desk
    from tests.world import World

SECOND = dt.timedelta(seconds=1)
NOTHING = Kept(lapsed=0, escalated=0, ended=0)


@pytest.fixture
def agency(world: World) -> Desk:
    return caring.desk(world.agency, world.operator)


def kinds(**principal: typing.Any) -> list[tuple[str, str]]:
    with acting_as(**principal):
        found = Message.objects.exclude(kind__startswith="agreement").exclude(kind__startswith="licence")
        return list(found.order_by("created_at", "to_address").values_list("kind", "to_address"))


def test_an_unanswered_offer_lapses_at_its_hour_and_the_next_agency_is_asked(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    assert keep_deadlines(now=offer.answer_by - SECOND) == NOTHING
    assert keep_deadlines(now=offer.answer_by) == Kept(lapsed=1, escalated=0, ended=0)
    assert keep_deadlines(now=offer.answer_by) == NOTHING
    assert caring.states(person.pk) == ["lapsed"]
    other = caring.new_desk(world.operator, "other")
    assert caring.route(person, offer.answer_by).organization_id == other.id


def test_an_agency_that_let_an_offer_lapse_is_asked_again_after_a_week(agency: Desk) -> None:
    person = caring.person("a@people.example")
    lapsed_at = caring.route(person).answer_by
    keep_deadlines(now=lapsed_at)
    week = dt.timedelta(days=7)
    assert route_candidate(candidate_id=person.pk, now=lapsed_at + week - SECOND).offered == 0
    assert route_candidate(candidate_id=person.pk, now=lapsed_at + week).offered == 1


def test_an_overdue_first_contact_is_told_once_and_then_the_person_moves_on(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    taken = caring.take(agency, person)
    assert taken.contact_by
    assert taken.late_at
    assert keep_deadlines(now=taken.contact_by - SECOND) == NOTHING
    assert keep_deadlines(now=taken.contact_by) == Kept(lapsed=0, escalated=1, ended=0)
    assert keep_deadlines(now=taken.contact_by + SECOND) == NOTHING
    assert [mail for mail in kinds(organization=agency.id) if mail[0] == "contact_overdue"] == [
        ("contact_overdue", "manager@agency.example")
    ]
    with acting_as(organization=agency.id):
        [late] = queries.today(agency.id, taken.contact_by).late
    assert (late.assignment_id, late.escalated_at) == (taken.pk, taken.contact_by)
    assert keep_deadlines(now=taken.late_at - SECOND) == NOTHING
    assert keep_deadlines(now=taken.late_at) == Kept(lapsed=0, escalated=0, ended=1)
    assert [one.end_reason for one in caring.assignments(person.pk)] == ["late"]
    assert caring.name_seen(agency.id, person.pk) == ""
    assert kinds(candidate=person.pk)[-1] == ("carer_changed", "a@people.example")
    other = caring.new_desk(world.operator, "other", now=taken.late_at)
    assert caring.route(person, taken.late_at).organization_id == other.id


def test_an_agency_that_let_a_person_wait_is_asked_again_after_a_month(agency: Desk) -> None:
    person = caring.person("a@people.example")
    late_at = caring.take(agency, person).late_at
    assert late_at
    keep_deadlines(now=late_at)
    month = dt.timedelta(days=30)
    assert route_candidate(candidate_id=person.pk, now=late_at + month - SECOND).offered == 0
    assert route_candidate(candidate_id=person.pk, now=late_at + month).offered == 1


def test_a_first_contact_keeps_the_promise(agency: Desk) -> None:
    person = caring.person("a@people.example")
    taken = caring.take(agency, person)
    with acting_as(organization=agency.id):
        routing.record_contact(
            organization_id=agency.id,
            assignment_id=taken.pk,
            channel="mail",
            purpose="first",
            summary="",
            happened_at=NOW,
            actor=agency.adviser,
            now=NOW,
        )
    assert keep_deadlines(now=NOW + dt.timedelta(days=60)) == NOTHING
    assert caring.states(person.pk) == ["active"]


@pytest.mark.parametrize("lost", [caring.stop, caring.suspend, caring.end_agreement])
def test_whoever_may_keep_nobody_any_more_loses_everybody(world: World, agency: Desk, lost: typing.Any) -> None:
    taken, offered = caring.person("a@people.example"), caring.person("b@people.example")
    caring.take(agency, taken)
    caring.route(offered)
    lost(agency)
    assert keep_deadlines(now=NOW) == Kept(lapsed=0, escalated=0, ended=2)
    assert caring.name_seen(agency.id, taken.pk) == ""
    for person in (taken, offered):
        assert [one.end_reason for one in caring.assignments(person.pk)] == ["agency_stopped"]
    assert keep_deadlines(now=NOW) == NOTHING


def test_when_a_licence_ends_offers_go_and_those_looked_after_stay_to_be_read(agency: Desk) -> None:
    taken, offered = caring.person("a@people.example"), caring.person("b@people.example")
    assignment = caring.take(agency, taken)
    caring.route(offered)
    caring.let_expire(agency)
    assert keep_deadlines(now=NOW) == Kept(lapsed=0, escalated=0, ended=1)
    assert (caring.states(taken.pk), caring.states(offered.pk)) == (["active"], ["ended"])
    assert caring.name_seen(agency.id, taken.pk) == "山田 空"
    with pytest.raises(routing.UnableToWriteOnFile, match="許可の期限切れ"), acting_as(organization=agency.id):
        routing.record_contact(
            organization_id=agency.id,
            assignment_id=assignment.pk,
            channel="mail",
            purpose="first",
            summary="",
            happened_at=NOW,
            actor=agency.adviser,
            now=NOW,
        )


def test_agency_that_may_receive_again_is_asked_again(agency: Desk) -> None:
    person = caring.person("a@people.example")
    caring.take(agency, person)
    caring.suspend(agency)
    keep_deadlines(now=NOW)
    caring.resume(agency)
    assert caring.route(person).organization_id == agency.id


def test_the_end_of_the_consent_is_the_end_of_it_all(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    taken = caring.take(agency, person)
    over = NOW.replace(year=2028)
    caring.license_(world.agency, world.operator, now=over)
    assert keep_deadlines(now=over) == Kept(lapsed=0, escalated=0, ended=1)
    assert [one.end_reason for one in caring.assignments(person.pk)] == ["consent_over"]
    with acting_as(candidate=person.pk):
        mail = Message.objects.get(kind="carer_changed")
    assert "同意の期間が終わった" in mail.text
    assert "いま探しています" not in mail.text
    assert taken.pk


def test_one_that_fails_keeps_no_other_waiting(agency: Desk) -> None:
    first, second = caring.person("a@people.example"), caring.person("b@people.example")
    for person in (first, second):
        caring.take(agency, person)
    with acting_as(candidate=first.pk):
        Identity.objects.filter(pk=first.pk).update(email="no address")
    caring.stop(agency)
    with pytest.raises(ExceptionGroup) as failed:
        keep_deadlines(now=NOW)
    assert [type(error) for error in failed.value.exceptions] == [UnableToWrite]
    assert (caring.states(first.pk), caring.states(second.pk)) == (["active"], ["ended"])
