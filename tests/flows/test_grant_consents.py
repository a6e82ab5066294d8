from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.candidates.operations import UnableToFindCandidate
from career_relay.domain.people.consents import queries as consents
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.flows.grant_consents import grant_consents
from career_relay.flows.reconsider_referrals import Reconsidered, reconsider_referrals
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant, World

LATER = NOW + dt.timedelta(days=40)
INTRODUCTION = "agency_introduction"


def agree(person: uuid.UUID, *purposes: str, now: dt.datetime = LATER, employer: uuid.UUID | None = None) -> None:
    grant_consents(candidate_id=person, purposes=purposes, language="ja", now=now, organization_id=employer)


def referrals_of(tenant: Tenant) -> list[tuple[str, str, dt.datetime]]:
    with acting_as(organization=tenant.id):
        return list(Referral.objects.order_by("registration_id").values_list("state", "reason", "counted_at"))


def deferred() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE task_name <> 'send_message' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def test_grant_consents_opens_what_they_open(world: World) -> None:
    person = story.register(story.open_link(world.alpha), "a@people.example").candidate_id
    agree(person, "employer_recontact", "statistics", employer=world.alpha.id)
    with acting_as(candidate=person):
        assert [given.purpose for given in consents.live(person, LATER)] == [
            INTRODUCTION,
            "employer_recontact",
            "statistics",
        ]
        assert consents.is_recontact_allowed(person, world.alpha.id, LATER)
        assert not Exclusion.objects.exists()
    assert deferred() == ["route_candidate"]
    with pytest.raises(UnableToFindCandidate):
        agree(ids.new(), "statistics")


def test_consent_that_comes_later_completes_the_count(world: World) -> None:
    person = story.register(story.open_link(world.alpha), "a@people.example", purposes=["statistics"]).candidate_id
    assert referrals_of(world.alpha) == [("not_counted", "no_introduction_consent", NOW)]
    agree(person, INTRODUCTION)
    assert deferred() == ["reconsider_referrals", "route_candidate"]
    assert reconsider_referrals(candidate_id=person, now=LATER) == Reconsidered(counted=1)
    assert reconsider_referrals(candidate_id=person, now=LATER) == Reconsidered(counted=0)
    assert referrals_of(world.alpha) == [("counted", "", LATER)]
    with acting_as(organization=world.alpha.id):
        told = Fact.objects.filter(kind__startswith="referral.").order_by("sequence").values_list("kind", "data")
        assert list(told) == [
            ("referral.not_counted", {"day": "2026-11-23", "reason": "no_introduction_consent"}),
            ("referral.counted", {"day": "2027-01-02", "number": 1}),
        ]


def test_late_consent_grants_the_slot_and_tells_the_employer(world: World) -> None:
    link = story.open_link(world.alpha)
    for number in range(9):
        story.register(link, f"p{number}@people.example")
    person = story.register(link, "late@people.example", purposes=["statistics"]).candidate_id
    agree(person, INTRODUCTION)
    reconsider_referrals(candidate_id=person, now=LATER)
    with acting_as(organization=world.alpha.id):
        assert Slot.objects.get().granted_at == LATER
        assert Message.objects.count() == 2


def test_late_consent_counts_for_each_employer_once(world: World) -> None:
    alpha, beta = story.open_link(world.alpha), story.open_link(world.beta)
    person = story.register(alpha, "a@people.example", purposes=["statistics"]).candidate_id
    story.register(alpha, "a@people.example", purposes=["statistics"])
    story.register(beta, "a@people.example")
    assert deferred() == ["reconsider_referrals", "route_candidate"]
    assert reconsider_referrals(candidate_id=person, now=LATER) == Reconsidered(counted=1)
    assert referrals_of(world.alpha) == [("counted", "", LATER), ("not_counted", "same_person", LATER)]
    assert referrals_of(world.beta) == [("counted", "", NOW)]


def test_late_consent_leaves_other_reasons_as_they_are(world: World) -> None:
    link = story.open_link(world.alpha)
    person = story.register(link, "a@people.example", purposes=["statistics"], source_type="leaver").candidate_id
    agree(person, INTRODUCTION)
    assert reconsider_referrals(candidate_id=person, now=LATER) == Reconsidered(counted=0)
    assert referrals_of(world.alpha) == [("not_counted", "not_rejected", NOW)]


def test_consent_taken_back_before_it_was_looked_at_counts_nothing(world: World) -> None:
    link = story.open_link(world.alpha)
    people = [
        story.register(link, f"p{number}@people.example", purposes=["employer_recontact"]).candidate_id
        for number in range(2)
    ]
    for person in people:
        agree(person, INTRODUCTION)
    withdraw_consent(candidate_id=people[0], now=LATER)
    erase_candidate(candidate_id=people[1], now=LATER)
    assert [reconsider_referrals(candidate_id=person, now=LATER).counted for person in people] == [0, 0]
    assert {state for state, _reason, _at in referrals_of(world.alpha)} == {"not_counted"}
