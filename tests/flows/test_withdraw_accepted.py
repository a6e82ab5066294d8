"""Somebody takes an offer and steps back before the start: a hire that does not start, told to both sides at once."""

from __future__ import annotations

import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.placements import operations as placements
from career_relay.flows import advance_introduction
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import introducing, placing, requesting
from tests.flows.introducing import Scene

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.people.introductions.models import Introduction
    from career_relay.domain.people.placements.models import Placement
    from tests.world import World

LATER = placing.at(placing.START)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def by_person(placement: Placement, reason: str = "other_job") -> Introduction:
    return advance_introduction.withdraw(
        introduction_id=placement.introduction_id, reason=reason, candidate_id=placement.candidate_id, now=LATER
    )


def by_agency(scene: Scene, placement: Placement, reason: str) -> Introduction:
    return advance_introduction.withdraw(
        introduction_id=placement.introduction_id,
        reason=reason,
        organization_id=scene.agency.id,
        actor=scene.agency.adviser,
        now=LATER,
    )


def told(**principal: uuid.UUID) -> list[str]:
    """Return the kinds of the mails that were written at that moment."""
    with acting_as(**principal):
        found = Message.objects.filter(created_at=LATER)
        return sorted(set(found.values_list("kind", flat=True)))


def test_person_steps_back_from_an_accepted_offer(scene: Scene) -> None:
    placement = placing.agreed(scene)
    ended = by_person(placement)
    after = placing.of(scene.agency, ended)
    assert (after.state, after.end_reason, after.ended_at) == ("not_started", "person", LATER)
    assert (ended.state, ended.end_side, introducing.seen(scene)) == ("withdrawn", "person", "")
    assert placing.entries(scene.agency) == []
    with pytest.raises(placements.UnableToConfirmStart):
        placing.start(scene, placement)
    with pytest.raises(introductions.UnableToMoveIntroduction):
        by_person(placement)


def test_both_organizations_hear_of_it_once_and_each_its_own(scene: Scene) -> None:
    placement = placing.agreed(scene)
    by_person(placement)
    assert told(organization=scene.agency.id) == ["placement_withdrawn"]
    assert told(organization=scene.employer.id) == ["placement_withdrawn"]
    assert told(candidate=placement.candidate_id) == []
    with acting_as(organization=scene.agency.id):
        agencys = queries.introduction(scene.agency.id, placement.introduction_id, now=LATER)
    with acting_as(organization=scene.employer.id):
        employers = queries.of_employer(scene.employer.id, placement.introduction_id, now=LATER)
    assert agencys is not None
    assert employers is not None
    steps = [
        (file.steps[-1].side, file.steps[-1].state_after, file.steps[-1].reason_name) for file in (agencys, employers)
    ]
    assert steps == [("person", "withdrawn", "ほかの仕事が決まった"), ("person", "withdrawn", "")]


@pytest.mark.parametrize(
    ("reason", "end"),
    [
        ("person_unreachable", "person"),
        ("person_declined_orally", "person"),
        ("posting_changed", "employer"),
        ("other", "other"),
    ],
)
def test_agency_steps_back_with_a_reason(scene: Scene, reason: str, end: str) -> None:
    placement = placing.agreed(scene)
    ended = by_agency(scene, placement, reason)
    after = placing.of(scene.agency, ended)
    assert (after.state, after.end_reason, ended.state, ended.end_side) == ("not_started", end, "withdrawn", "agency")
    assert told(organization=scene.employer.id) == ["placement_withdrawn"]
    assert told(organization=scene.agency.id) == []
    assert told(candidate=placement.candidate_id) == ["introduction_over"]


def test_slot_comes_back(world: World) -> None:
    scene = placing.slot_scene(world)
    by_person(placing.agreed(scene), "")
    assert (requesting.slots(world.alpha), ledger.differences()) == (["available"], [])


def test_request_for_a_fee_goes_on(world: World) -> None:
    scene = placing.fee_scene(world)
    placement = placing.agreed(scene)
    by_person(placement)
    with acting_as(organization=world.alpha.id):
        call = introducing.stored(placement.introduction_id).call
        assert call is not None
        assert (call.state, call.introductions, call.request.state) == ("accepted", 0, "open")


def test_outside_the_network_the_agency_is_told(world: World) -> None:
    scene = placing.outside_scene(world)
    by_person(placing.agreed_outside(scene))
    assert told(organization=scene.agency.id) == ["placement_withdrawn"]


def test_nobody_steps_back_once_they_have_started(scene: Scene) -> None:
    placement = placing.joined(scene)
    with pytest.raises(introductions.UnableToMoveIntroduction):
        by_person(placement)
    with pytest.raises(introductions.UnableToMoveIntroduction):
        by_agency(scene, placement, "other")
    assert placing.first(scene).state == "joined"


@pytest.mark.parametrize("by", ["employer", "agency"])
def test_hire_of_somebody_who_erased_their_registration_still_ends(world: World, by: str) -> None:
    scene = placing.slot_scene(world)
    placement = placing.agreed(scene)
    erase_candidate(candidate_id=placement.candidate_id, now=LATER)
    if by == "employer":
        placing.stay_away(scene, placement)
    else:
        by_agency(scene, placement, "person_unreachable")
    assert placing.first(scene).state == "not_started"
    assert requesting.slots(world.alpha) == ["available"]


def test_start_of_somebody_who_erased_their_registration_is_told(world: World) -> None:
    scene = placing.slot_scene(world)
    placement = placing.agreed(scene)
    erase_candidate(candidate_id=placement.candidate_id, now=placing.at(placing.START))
    placing.start(scene, placement)
    assert requesting.slots(world.alpha) == ["used"]
