from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.domain.ground.credits.models import Holder
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.candidates.operations import UnableToFindCandidate
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.operations import UnableToWithdrawConsent
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

LATER = NOW + dt.timedelta(seconds=1)
ALL = ["agency_introduction", "employer_recontact", "school_information", "statistics"]


def live(candidate_id: uuid.UUID) -> dict[str, uuid.UUID]:
    with acting_as(candidate=candidate_id):
        return {given.purpose: given.consent_id for given in consents.live(candidate_id, LATER)}


def test_withdraw_consent_ends_one_purpose_and_leaves_the_others(world: World) -> None:
    person = story.register(story.open_link(world.alpha), "a@people.example", purposes=ALL).candidate_id
    named = live(person)["agency_introduction"]
    result = withdraw_consent(candidate_id=person, consent_id=named, now=LATER)
    assert result.consent_ids == (named,)
    assert list(live(person)) == ALL[1:]
    assert withdraw_consent(candidate_id=person, consent_id=named, now=LATER + dt.timedelta(1)).consent_ids == ()


def test_withdrawn_recontact_keeps_the_employer_from_the_person_at_once(world: World) -> None:
    person = story.register(story.open_link(world.alpha), "a@people.example", purposes=ALL).candidate_id
    with acting_as(candidate=person):
        assert not Exclusion.objects.exists()
    withdraw_consent(candidate_id=person, consent_id=live(person)["employer_recontact"], now=LATER)
    with acting_as(candidate=person):
        assert not consents.is_recontact_allowed(person, world.alpha.id, LATER)
        assert Exclusion.objects.get().organization_id == world.alpha.id


def test_withdraw_consent_without_a_name_ends_them_all_and_the_count_stays(world: World) -> None:
    person = story.register(story.open_link(world.alpha), "a@people.example", purposes=ALL).candidate_id
    expected = tuple(live(person).values())
    assert withdraw_consent(candidate_id=person, now=LATER).consent_ids == expected
    assert live(person) == {}
    with acting_as(organization=world.alpha.id):
        assert Holder.objects.get().counted == 1


def test_withdraw_consent_is_the_persons_own(world: World) -> None:
    person = story.register(story.open_link(world.alpha), "a@people.example").candidate_id
    named = live(person)["agency_introduction"]
    with pytest.raises(UnableToWithdrawConsent):
        withdraw_consent(candidate_id=world.hana.pk, consent_id=named, now=LATER)
    with pytest.raises(UnableToFindCandidate):
        withdraw_consent(candidate_id=ids.new(), consent_id=named, now=LATER)
    assert list(live(person)) == ["agency_introduction"]
