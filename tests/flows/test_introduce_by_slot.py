"""An introduction for an employer's request: its slot stands for one person, and comes back when it comes to nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest

from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.requests.models import Call
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions.models import Introduction
from career_relay.flows import advance_introduction, end_introductions, introduce_candidate
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import caring, introducing, requesting
from tests.flows.introducing import Scene
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    """Have Alpha's slot ask the agency for somebody, which takes it on and looks after one person."""
    agency = caring.desk(world.agency, world.operator)
    deal.live(world.alpha, world.agency, slot="no_replacement")
    requesting.earn(world.alpha)
    person = caring.person("hana@example.jp", name=introducing.NAME)
    call = requesting.asked(world.alpha, agency, uses_slot=True)
    return Scene(agency, world.alpha, person, caring.take(agency, person), requesting.accept(agency, call))


def call_of(scene: Scene) -> Call:
    with acting_as(organization=scene.employer.id):
        return Call.objects.get()


def test_slot_is_introduced_by_the_yes_and_not_before(scene: Scene) -> None:
    made = introducing.propose(scene)
    assert (made.uses_slot, made.call_id, requesting.slots(scene.employer)) == (True, call_of(scene).pk, ["reserved"])
    introducing.agree(made)
    assert requesting.slots(scene.employer) == ["introduced"]


@pytest.mark.parametrize("end", ["refused", "assignment_over"])
def test_slot_comes_back_when_it_comes_to_nothing(scene: Scene, end: str) -> None:
    made = introducing.introduce(scene)
    if end == "refused":
        introducing.refuse(scene, made)
    else:
        end_introductions.end_for_assignment(candidate_id=scene.person.pk, assignment_id=scene.assignment.pk, now=NOW)
    assert requesting.slots(scene.employer) == ["reserved"]
    assert not call_of(scene).is_introduced


def test_no_of_the_person_leaves_the_slot_as_it_is(scene: Scene) -> None:
    made = introducing.propose(scene)
    introduce_candidate.say_no(candidate_id=scene.person.pk, introduction_id=made.pk, reason="", now=NOW)
    assert requesting.slots(scene.employer) == ["reserved"]


def test_slot_needs_a_reason_why_the_person_fits(scene: Scene) -> None:
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(scene, fit_note=" ")
    assert caught.value.field == "fit_note"


def test_slot_stands_for_one_person_at_a_time(scene: Scene) -> None:
    introducing.propose(scene)
    person = caring.person("sora@example.jp")
    other = dataclasses.replace(scene, person=person, assignment=caring.take(scene.agency, person))
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(other)
    assert caught.value.field == "slot"


def test_request_that_ends_meanwhile_takes_the_proposal_along(scene: Scene) -> None:
    made = introducing.propose(scene)
    requesting.withdraw(scene.employer, call_of(scene).request_id)
    with pytest.raises(introductions.UnableToIntroduceNow):
        introducing.agree(made)
    assert (introducing.state(made), introducing.seen(scene)) == ("proposed", "")
    kept = end_introductions.keep_introductions(now=NOW)
    assert (kept.call_over, kept.lapsed, kept.reminded) == (1, 0, 0)
    with acting_as(organization=scene.agency.id):
        ended = Introduction.objects.get(pk=made.pk)
    assert (ended.state, ended.end_side, ended.end_reason) == ("withdrawn", "system", "call_over")


def test_whole_story_costs_the_employer_one_slot(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.offer(scene, made)
    accepted = advance_introduction.accept_offer(
        introduction_id=made.pk, candidate_id=made.candidate_id, now=NOW + dt.timedelta(hours=1)
    )
    assert (accepted.state, accepted.uses_slot, requesting.slots(scene.employer)) == ("accepted", True, ["introduced"])


def test_posting_of_a_request_stays_as_it_was_asked_for(scene: Scene) -> None:
    by: dict[str, typing.Any] = {"organization_id": scene.agency.id, "actor": scene.agency.adviser, "now": NOW}
    sheet = requesting.sheet(title="部長", hiring_employer_id=scene.employer.id)
    with acting_as(organization=scene.agency.id):
        with pytest.raises(postings.UnableToChangeCalledPosting):
            postings.write(posting_id=scene.posting.pk, sheet=sheet, is_agency=True, **by)
        with pytest.raises(postings.UnableToChangeCalledPosting):
            postings.close(posting_id=scene.posting.pk, **by)


def test_request_that_is_over_brings_nobody_for_a_fee(scene: Scene) -> None:
    requesting.withdraw(scene.employer, call_of(scene).request_id)
    by: dict[str, typing.Any] = {"organization_id": scene.agency.id, "actor": scene.agency.adviser, "now": NOW}
    with acting_as(organization=scene.agency.id):
        with pytest.raises(postings.UnableToChangeCalledPosting):
            postings.reopen(posting_id=scene.posting.pk, **by)
        JobPosting.objects.filter(pk=scene.posting.pk).update(state="open")
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(scene)
    assert caught.value.field == "call"
