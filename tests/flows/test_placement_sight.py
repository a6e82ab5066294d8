"""What an employer sees of somebody from the start to the last day, and what stays on record of it."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.domain.people.candidates.models import Access, Profile
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.consents.models import ProvisionRecord
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import introducing, placing
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.flows.introducing import Scene
    from tests.world import World

LEFT = placing.START + dt.timedelta(days=40)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def scopes(scene: Scene) -> list[str]:
    with acting_as(organization=scene.employer.id):
        return list(Access.objects.order_by("scope").values_list("scope", flat=True))


def wishes_read(scene: Scene) -> int:
    with acting_as(organization=scene.employer.id):
        return Profile.objects.count()


def test_start_leaves_the_employer_name_and_contact_alone(scene: Scene) -> None:
    placement = placing.agreed(scene)
    assert (scopes(scene), wishes_read(scene)) == (["selection"], 1)
    placing.start(scene, placement)
    assert (scopes(scene), wishes_read(scene), introducing.seen(scene)) == (["placement"], 0, introducing.NAME)
    with acting_as(organization=scene.employer.id):
        received = ProvisionRecord.objects.order_by("provided_at").last()
    assert received is not None
    assert (received.side, received.counterparty_id) == ("receiver", scene.agency.id)
    assert received.items == ["name", "email", "phone"]


def test_leaving_closes_what_the_employer_saw(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), LEFT)
    assert (scopes(scene), introducing.seen(scene)) == ([], "")


def test_start_after_the_consent_was_withdrawn_opens_nothing(scene: Scene) -> None:
    placement = placing.agreed(scene)
    withdraw_consent(candidate_id=scene.person.pk, now=placing.at(placing.START))
    assert placing.start(scene, placement).state == "joined"
    assert (scopes(scene), introducing.seen(scene)) == ([], "")


def test_another_selection_at_the_same_employer_goes_on_being_seen(scene: Scene) -> None:
    other = introducing.post(scene.agency, scene.employer, title="人事")
    placement = placing.agreed(scene)
    introducing.agree(introducing.propose(scene, posting_id=other.pk))
    placing.start(scene, placement)
    assert (scopes(scene), wishes_read(scene)) == (["placement", "selection"], 1)


def test_renewed_consent_prolongs_the_sight_of_whoever_is_in_post(scene: Scene) -> None:
    placement = placing.joined(scene)
    later = placing.at(LEFT)
    with acting_as(candidate=scene.person.pk):
        before = Access.objects.get(scope="placement").valid_until
        consents.grant(
            candidate_id=scene.person.pk,
            purpose="agency_introduction",
            organization_id=None,
            language="ja",
            actor=actors.candidate(scene.person.pk),
            now=later,
        )
    with acting_as(candidate=scene.person.pk):
        assert Access.objects.get(scope="placement").valid_until > before
    placing.leave(scene, placement, LEFT)
    assert scopes(scene) == []


def test_leaving_of_somebody_who_erased_their_registration_is_told(scene: Scene) -> None:
    placement = placing.joined(scene)
    erase_candidate(candidate_id=scene.person.pk, now=NOW)
    assert placing.leave(scene, placement, LEFT).state == "left"
