from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.people.candidates.models import Access, Exclusion
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import queries
from career_relay.domain.people.routing.models import Contact
from career_relay.flows import end_assignment
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.flows.grant_consents import grant_consents
from career_relay.flows.keep_deadlines import keep_deadlines
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.people.candidates.models import Candidate
    from career_relay.domain.people.routing.models import Assignment
    from tests.flows.caring import Desk
    from tests.world import World

HOUR = dt.timedelta(hours=1)
LATER = NOW + 2 * HOUR


@pytest.fixture
def agency(world: World) -> Desk:
    return caring.desk(world.agency, world.operator)


@pytest.fixture
def person(agency: Desk) -> Candidate:
    return caring.person("a@people.example", name="髙﨑 花")


@pytest.fixture
def taken(agency: Desk, person: Candidate) -> Assignment:
    assignment = caring.take(agency, person)
    with acting_as(organization=agency.id):
        routing.record_contact(
            organization_id=agency.id,
            assignment_id=assignment.pk,
            channel="phone",
            purpose="first",
            summary="髙﨑 花さんと話した",
            happened_at=NOW,
            actor=agency.adviser,
            now=NOW,
        )
    return assignment


def end(agency: Desk, assignment_id: uuid.UUID, reason: str = "agency_unable") -> end_assignment.Ended:
    return end_assignment.end_by_agency(
        organization_id=agency.id, assignment_id=assignment_id, reason=reason, actor=agency.manager, now=LATER
    )


def mails(kind: str, **principal: typing.Any) -> list[Message]:
    with acting_as(**principal):
        return list(Message.objects.filter(kind=kind).order_by("to_address"))


def deferred() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'route_candidate'")
        return int(cursor.fetchone()[0])


def ended_facts(agency: Desk) -> list[tuple[str, dict[str, typing.Any]]]:
    with acting_as(organization=agency.id):
        return list(Fact.objects.filter(kind="assignment.ended").values_list("actor", "data"))


def test_withdrawal_ends_everything_in_the_same_step(agency: Desk, person: Candidate, taken: Assignment) -> None:
    withdraw_consent(candidate_id=person.pk, now=LATER)
    [ended] = caring.assignments(person.pk)
    assert (ended.state, ended.end_reason, ended.ended_at) == ("ended", "withdrawn", LATER)
    assert caring.name_seen(agency.id, person.pk) == ""
    assert ended_facts(agency) == [("candidate", {"reason": "withdrawn"})]
    [mail] = mails("assignment_ended", organization=agency.id)
    assert mail.to_address == "adviser@agency.example"
    assert [word in mail.text for word in ("同意が終わったため", "髙﨑", "people.example")] == [True, False, False]


def test_withdrawal_takes_an_offer_back_without_a_word(agency: Desk, person: Candidate) -> None:
    offer = caring.route(person)
    withdraw_consent(candidate_id=person.pk, now=LATER)
    assert caring.states(person.pk) == ["ended"]
    assert mails("assignment_ended", organization=agency.id) == []
    with pytest.raises(routing.UnableToAnswerAssignment):
        caring.accept(agency, offer.pk, LATER)


def test_withdrawing_another_consent_ends_nothing(agency: Desk, person: Candidate, taken: Assignment) -> None:
    grant_consents(candidate_id=person.pk, purposes=["statistics"], language="ja", now=NOW)
    with acting_as(candidate=person.pk):
        statistics = next(one for one in consents.live(person.pk, LATER) if one.purpose == "statistics")
    withdraw_consent(candidate_id=person.pk, consent_id=statistics.consent_id, now=LATER)
    assert caring.states(person.pk) == ["active"]


def test_erasure_ends_all_and_empties_what_was_written(agency: Desk, person: Candidate, taken: Assignment) -> None:
    erase_candidate(candidate_id=person.pk, now=LATER)
    with acting_as(candidate=person.pk):
        assert not Access.objects.exists()
        [provision] = consents.provisions(person.pk)
        assert provision.receiver_id == agency.id
    [ended] = caring.assignments(person.pk)
    assert (ended.state, ended.end_reason) == ("ended", "erased")
    assert (ended.prefecture, ended.occupations, ended.employment_type) == ("", [], "")
    with acting_as(organization=agency.id):
        assert [contact.summary for contact in Contact.objects.all()] == [""]
        file = queries.person(agency.id, taken.pk)
    assert file is not None
    assert (file.identity, file.line.name) == (None, "")


def test_person_leaves_an_agency_and_the_next_is_asked(
    world: World, agency: Desk, person: Candidate, taken: Assignment
) -> None:
    other = caring.new_desk(world.operator, "other")
    before = deferred()
    ended = end_assignment.end_by_person(candidate_id=person.pk, assignment_id=taken.pk, excludes=False, now=LATER)
    assert ended.assignment_ids == (taken.pk,)
    assert deferred() == before + 1
    assert caring.route(person, LATER).organization_id == other.id
    assert caring.name_seen(agency.id, person.pk) == ""
    with acting_as(candidate=person.pk):
        assert not Exclusion.objects.exists()


@pytest.mark.parametrize("excludes", [False, True])
def test_agency_can_t_tell_an_exclusion_from_a_change(
    agency: Desk, person: Candidate, taken: Assignment, excludes: typing.Any
) -> None:
    end_assignment.end_by_person(candidate_id=person.pk, assignment_id=taken.pk, excludes=excludes, now=LATER)
    with acting_as(candidate=person.pk):
        assert Exclusion.objects.exists() is excludes
    assert ended_facts(agency) == [("candidate", {"reason": "person_changed"})]
    [mail] = mails("assignment_ended", organization=agency.id)
    assert "ご本人の希望によるものです。" in mail.text


def test_person_ends_only_what_is_theirs_and_only_once(
    world: World, agency: Desk, person: Candidate, taken: Assignment
) -> None:
    with pytest.raises(routing.UnableToFindAssignment):
        end_assignment.end_by_person(candidate_id=world.hana.pk, assignment_id=taken.pk, excludes=False, now=LATER)
    for expected in ((taken.pk,), ()):
        ended = end_assignment.end_by_person(candidate_id=person.pk, assignment_id=taken.pk, excludes=False, now=LATER)
        assert ended.assignment_ids == expected


def test_ending_what_is_over_takes_nothing_from_an_agency_that_came_back(
    agency: Desk, person: Candidate, taken: Assignment
) -> None:
    end_assignment.end_by_person(candidate_id=person.pk, assignment_id=taken.pk, excludes=False, now=NOW)
    with acting_as(candidate=person.pk):
        routing.choose(
            candidate_id=person.pk, agencies=[agency.id], actor=actors.candidate(person.pk), now=LATER - HOUR
        )
    caring.take(agency, person, LATER)
    ended = end_assignment.end_by_person(candidate_id=person.pk, assignment_id=taken.pk, excludes=False, now=LATER)
    assert ended.assignment_ids == ()
    assert caring.states(person.pk) == ["ended", "active"]
    assert caring.name_seen(agency.id, person.pk) == "髙﨑 花"


@pytest.mark.parametrize(
    ("reason", "words"), [("agency_unable", "担当を続けられなくなった"), ("unreachable", "連絡がつかなかった")]
)
def test_agency_gives_a_person_back_and_they_are_told(
    agency: Desk, person: Candidate, taken: Assignment, reason: str, words: str
) -> None:
    assert end(agency, taken.pk, reason).assignment_ids == (taken.pk,)
    assert caring.name_seen(agency.id, person.pk) == ""
    [mail] = mails("carer_changed", candidate=person.pk)
    for text in (mail.text, mail.html):
        told = (words, "つなぐ人材紹介株式会社", "髙﨑 花 様", "次の紹介会社を、いま探しています")
        assert [word for word in told if word not in text] == []
    assert mails("assignment_ended", organization=agency.id) == []
    assert ended_facts(agency) == [(str(agency.manager), {"reason": reason})]


def test_agency_gives_back_only_its_own_with_a_reason_of_its_own(
    world: World, agency: Desk, person: Candidate, taken: Assignment
) -> None:
    other = caring.new_desk(world.operator, "other")
    with pytest.raises(routing.UnableToFindAssignment):
        end(other, taken.pk)
    for reason in ("withdrawn", "late", "nonsense"):
        with pytest.raises(routing.UnableToEndAssignment):
            end(agency, taken.pk, reason)
    end(agency, taken.pk)
    with pytest.raises(routing.UnableToEndAssignment):
        end(agency, taken.pk)


def test_stopped_agency_loses_its_people_and_they_are_told(world: World, agency: Desk) -> None:
    people = [caring.person(f"{number}@people.example") for number in range(3)]
    for person in people[:2]:
        caring.take(agency, person)
    caring.route(people[2])
    caring.stop(agency)
    assert keep_deadlines(now=LATER).ended == 3
    assert [caring.states(person.pk) for person in people] == [["ended"]] * 3
    assert [caring.name_seen(agency.id, person.pk) for person in people] == [""] * 3
    assert [len(mails("carer_changed", candidate=person.pk)) for person in people] == [1, 1, 0]
    other = caring.new_desk(world.operator, "other")
    assert [caring.route(person, LATER).organization_id for person in people] == [other.id] * 3
