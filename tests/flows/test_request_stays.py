"""A request stays open while somebody is introduced, offered or hired by it, whatever ends others; so a start is always told."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import IntegrityError, transaction

from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.ground.requests.models import Call
from career_relay.flows import advance_introduction
from career_relay.flows.request_people import Kept, keep_requests
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import caring, introducing, placing, requesting

if typing.TYPE_CHECKING:
    from career_relay.domain.people.introductions.models import Introduction
    from tests.flows.introducing import Scene
    from tests.world import World

AFTER_SEARCH = placing.at(placing.START) + dt.timedelta(days=60)
STAGES = ("introduced", "offered", "accepted")


def reach(scene: Scene, stage: str) -> Introduction:
    made = introducing.introduce(scene)
    if stage != "introduced":
        introducing.offer(scene, made)
    if stage == "accepted":
        advance_introduction.accept_offer(
            introduction_id=made.pk, candidate_id=made.candidate_id, now=placing.at(placing.START)
        )
    return made


def call_of(scene: Scene) -> Call:
    with acting_as(organization=scene.employer.id):
        return Call.objects.select_related("request").get()


def end_everything(scene: Scene) -> None:
    """Let time pass, the agreement end and the agency be stopped; and have both sides try to get out of the request."""
    call = call_of(scene)
    with pytest.raises(requests.UnableToWithdrawRequest):
        requesting.withdraw(scene.employer, call.request_id)
    with pytest.raises(requests.UnableToAnswerCall):
        requesting.decline(scene.agency, call)
    with acting_as(organization=scene.employer.id):
        agreement = agreements.open_between(scene.employer.id, scene.agency.id)
    assert agreement is not None
    deal.end(scene.employer, agreement)
    caring.stop(scene.agency)
    assert keep_requests(now=AFTER_SEARCH) == Kept(lapsed=0, closed=0)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("by", ["slot", "fee"])
def test_nothing_ends_a_request_by_which_somebody_is_on_the_way(world: World, by: str, stage: str) -> None:
    scene = placing.slot_scene(world) if by == "slot" else placing.fee_scene(world)
    reach(scene, stage)
    end_everything(scene)
    call = call_of(scene)
    assert (call.state, call.request.state) == ("accepted", "open")


@pytest.mark.parametrize("by", ["slot", "fee"])
def test_start_is_told_whatever_ended_meanwhile(world: World, by: str) -> None:
    scene = placing.slot_scene(world) if by == "slot" else placing.fee_scene(world)
    reach(scene, "accepted")
    end_everything(scene)
    placing.start(scene, placing.first(scene), now=AFTER_SEARCH)
    assert (call_of(scene).request.state, requesting.slots(scene.employer)) == (
        "filled",
        ["used"] if by == "slot" else [],
    )


def test_second_start_by_a_request_that_is_filled_is_told(world: World) -> None:
    scene = placing.fee_scene(world)
    first = placing.agreed(scene)
    second = placing.agreed(placing.beside(scene))
    placing.start(scene, first)
    placing.start(scene, second)
    assert [kind for kind, _yen in placing.entries(scene.employer)] == ["invoice", "invoice"]


def test_request_ends_with_nobody_on_the_way(world: World) -> None:
    scene = placing.slot_scene(world)
    introducing.introduce(scene)
    call = call_of(scene)
    with acting_as(organization=scene.employer.id), pytest.raises(requests.UnableToWithdrawRequest):
        requests.close(
            request=call.request, reason=call.request.CloseReason.NOBODY, actor=scene.recruiter, now=AFTER_SEARCH
        )
    with acting_as(organization=scene.agency.id), pytest.raises(requests.UnableToAnswerCall):
        requests.lapse(organization_id=scene.agency.id, call_id=call.pk, actor=scene.agency.adviser, now=AFTER_SEARCH)


@pytest.mark.parametrize("state", ["lapsed", "declined"])
def test_database_keeps_a_call_by_which_somebody_is_on_the_way(world: World, state: str) -> None:
    scene = placing.slot_scene(world)
    introducing.introduce(scene)
    ended = {"state": state, "decline_reason": "other" if state == "declined" else ""}
    with acting_as(organization=scene.agency.id), pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.update(**ended)
