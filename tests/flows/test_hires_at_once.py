"""What ends somebody's introductions meets their hire at the same moment, with real commits."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions.models import RUNNING, Side
from career_relay.domain.people.placements import operations as placements
from career_relay.flows import advance_introduction
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import introducing, placing, rivals
from tests.world import NOW, build_world

if typing.TYPE_CHECKING:
    from tests.flows.introducing import Scene


@pytest.fixture
def scene(fresh_database: dict[str, str]) -> Scene:
    return introducing.scene(build_world())


def test_offer_that_is_taken_while_the_consent_is_withdrawn_stays_taken(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.offer(scene, made)

    def withdraw() -> None:
        withdraw_consent(candidate_id=scene.person.pk, now=NOW)

    with rivals.coming_before('UPDATE "introductions_introduction"', withdraw) as came:
        advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=scene.person.pk, now=NOW)
    assert came[0].exception() is None
    assert (introducing.state(made), placing.of(scene.agency, made).state) == ("accepted", "agreed")
    assert introducing.seen(scene) == ""


def test_answer_and_leaving_at_once_do_not_wait_for_each_other(scene: Scene) -> None:
    placement = placing.joined(scene)
    day = placing.START + dt.timedelta(days=40)
    check = placing.checks(scene.agency, placement)[0]

    def leave() -> None:
        placing.leave(scene, placement, day, organization_id=scene.agency.id, actor=scene.agency.adviser)

    with (
        rivals.coming_before('SELECT "placements_placement"."id"', leave) as came,
        pytest.raises(placements.UnableToAnswerCheck),
    ):
        placing.answer(
            scene, check, placing.at(day + dt.timedelta(days=1)), in_post=False, left_on=day, reason="person"
        )
    assert came[0].exception() is None


def test_end_spares_what_is_not_among_the_states_that_were_meant(scene: Scene) -> None:
    placement = placing.agreed(scene)
    with acting_as(organization=scene.agency.id):
        spared = introductions.end(
            introduction_id=placement.introduction_id,
            state="withdrawn",
            side=Side.SYSTEM,
            reason="withdrawn",
            actor=actors.SYSTEM,
            now=NOW,
            among=[state for state in RUNNING if state != "accepted"],
        )
    assert spared is None
