"""From the wish to the agency that looks after it: who sees whom from which moment on."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Access, Exclusion
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.models import ProvisionRecord
from career_relay.domain.people.routing import operations as routing
from career_relay.flows import answer_assignment
from career_relay.kernel import actors, ids
from career_relay.kernel.clock import TOKYO
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.flows.caring import Desk
    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def agency(world: World) -> Desk:
    return caring.desk(world.agency, world.operator)


def facts(**principal: typing.Any) -> list[tuple[str, str, dict[str, typing.Any]]]:
    with acting_as(**principal):
        found = Fact.objects.order_by("sequence").values_list("kind", "actor", "data")
        return [one for one in found if one[0].split(".")[0] in {"candidate", "assignment", "provision"}]


def test_offer_shows_wishes_and_nobody(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example", occupation="経理", prefecture="27", employment_type="mid_career")
    offer = caring.route(person)
    assert (offer.prefecture, offer.employment_type, offer.is_chosen) == ("27", "mid_career", False)
    assert offer.answer_by == dt.datetime(2026, 11, 25, 18, tzinfo=TOKYO)  # the 23rd is a holiday
    assert caring.name_seen(agency.id, person.pk) == ""
    with acting_as(organization=agency.id):
        assert not Access.objects.exists()


def test_accept_shows_the_person_and_writes_both_records(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example", name="髙﨑 花")
    offer = caring.route(person)
    accepted = caring.accept(agency, offer.pk, LATER)
    assert caring.name_seen(agency.id, person.pk) == "髙﨑 花"
    assert accepted.contact_by == dt.datetime(2026, 11, 26, 18, tzinfo=TOKYO)
    [taken] = caring.assignments(person.pk)
    assert (taken.state, taken.answered_at, taken.contact_by) == ("active", LATER, accepted.contact_by)
    assert taken.late_at == dt.datetime(2026, 11, 30, 18, tzinfo=TOKYO)
    with acting_as(candidate=person.pk):
        access = Access.objects.get()
        [given] = consents.live(person.pk, LATER)
        [provision] = consents.provisions(person.pk)
    assert (access.organization_id, access.granted_at, access.valid_until) == (agency.id, LATER, given.valid_until)
    assert (provision.giver_id, provision.receiver_id) == (world.operator.id, agency.id)
    assert (provision.consent_id, provision.provided_at) == (given.consent_id, LATER)
    assert provision.items == ("name", "email", "phone", "prefecture", "occupation")
    assert provision.keep_until == LATER.replace(year=2029)


def test_each_side_keeps_its_own_record_and_reads_no_other(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    caring.take(agency, person)
    for organization_id, side in ((world.operator.id, "giver"), (agency.id, "receiver")):
        with acting_as(organization=organization_id):
            records = ProvisionRecord.objects.filter(candidate=person.pk)
            assert [record.side for record in records] == [side]
    with acting_as(organization=world.alpha.id):
        assert not ProvisionRecord.objects.exists()


def test_everybody_is_told_and_the_agency_s_mail_names_nobody(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example", name="髙﨑 花")
    caring.take(agency, person)
    with acting_as(organization=agency.id):
        waiting = list(Message.objects.filter(kind="people_waiting").order_by("to_address"))
    assert [mail.to_address for mail in waiting] == ["adviser@agency.example", "manager@agency.example"]
    assert [word in waiting[0].text for word in ("1 名", "2026/11/25 (水) 18:00", "髙﨑", "people.example")] == [
        True,
        True,
        False,
        False,
    ]
    with acting_as(candidate=person.pk):
        settled = Message.objects.get(kind="carer_settled")
    assert settled.to_address == "a@people.example"
    told = [
        "髙﨑 花 様",
        "つなぐ人材紹介株式会社",
        "13-ユ-123456",
        "03-1234-5678",
        "desk@agency.example",
        "2026/11/26 (木)",
    ]
    for text in (settled.text, settled.html):
        assert [word for word in [*told, "平日は 20 時まで電話できます。", "/me/"] if word not in text] == []


def test_facts_of_an_agency_carry_no_candidate(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    caring.take(agency, person)
    assert facts(organization=agency.id) == [
        ("candidate.routed", "system", {"answer_by": "2026-11-25"}),
        ("assignment.accepted", str(agency.adviser), {"contact_by": "2026-11-26"}),
    ]
    items = ["name", "email", "phone", "prefecture", "occupation"]
    assert facts(candidate=person.pk)[-1] == ("provision.recorded", str(agency.adviser), {"items": items})


def test_an_offer_is_answered_once_in_time_and_by_its_agency(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    other = caring.new_desk(world.operator, "other")
    with pytest.raises(routing.UnableToFindAssignment):
        caring.accept(other, offer.pk)
    with pytest.raises(routing.UnableToFindAssignment):
        caring.accept(agency, ids.new())
    with pytest.raises(routing.UnableToAnswerAssignment):
        caring.accept(agency, offer.pk, offer.answer_by)
    caring.accept(agency, offer.pk)
    with pytest.raises(routing.UnableToAnswerAssignment):
        caring.accept(agency, offer.pk)


@pytest.mark.parametrize("who", ["stranger", "employer", "system"])
def test_only_members_with_the_right_answer(world: World, agency: Desk, who: str) -> None:
    offer = caring.route(caring.person("a@people.example"))
    actor = {
        "stranger": actors.user(world.stranger.pk),
        "employer": actors.user(world.alpha.owner.pk),
        "system": actors.SYSTEM,
    }[who]
    for answer in (answer_assignment.accept_assignment, answer_assignment.decline_assignment):
        more = {"reason": "area", "note": ""} if answer is answer_assignment.decline_assignment else {}
        with pytest.raises(UnableToActWithoutRight):
            answer(organization_id=agency.id, assignment_id=offer.pk, actor=actor, now=NOW, **more)


@pytest.mark.parametrize("lost", [caring.stop, caring.suspend, caring.let_expire])
def test_an_agency_that_may_not_receive_takes_nobody(world: World, agency: Desk, lost: typing.Any) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    lost(agency)
    with pytest.raises(routing.UnableToTakePeople):
        caring.accept(agency, offer.pk)
    assert caring.name_seen(agency.id, person.pk) == ""
    assert caring.states(person.pk) == ["offered"]


def test_excluded_agency_hears_that_the_person_does_not_wait(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    with acting_as(candidate=person.pk):
        candidates.exclude(candidate_id=person.pk, organization_id=agency.id, reason=Exclusion.Reason.NAMED, now=NOW)
    with pytest.raises(routing.UnableToTakePerson) as refusal:
        caring.accept(agency, offer.pk)
    assert refusal.value.data == {}
    assert caring.states(person.pk) == ["offered"]


def test_decline_wants_a_reason_and_asks_the_next_agency(world: World, agency: Desk) -> None:
    other = caring.new_desk(world.operator, "other")
    person = caring.person("a@people.example")
    first = caring.route(person)
    asked, next_one = (agency, other) if first.organization_id == agency.id else (other, agency)
    say: dict[str, typing.Any] = {
        "organization_id": asked.id,
        "assignment_id": first.pk,
        "actor": asked.manager,
        "now": LATER,
    }
    with pytest.raises(routing.UnableToDeclineWithoutReason):
        answer_assignment.decline_assignment(**say, reason="lazy", note="")
    answer_assignment.decline_assignment(**say, reason="capacity", note="  来月から ")
    second = caring.route(person, LATER)
    assert second.organization_id == next_one.id
    [declined, _] = caring.assignments(person.pk)
    assert (declined.decline_reason, declined.decline_note, declined.ended_at) == ("capacity", "来月から", LATER)
