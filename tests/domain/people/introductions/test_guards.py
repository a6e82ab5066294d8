"""What the database refuses, whoever asks and however the program went wrong."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import IntegrityError, transaction

from career_relay.domain.ground.requests.models import Call
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.introductions.models import Block, Interview, Introduction, Step
from career_relay.flows import advance_introduction
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import introducing, placing, requesting
from tests.flows.introducing import Scene
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)
FAR = NOW + dt.timedelta(days=3_000)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def write(made: Introduction, side: str, **changes: typing.Any) -> None:
    """Change a row as one of its parties, past every operation."""
    party = made.candidate_id if side == "candidate" else made.organization_id
    principal = {"candidate": party} if side == "candidate" else {"organization": party}
    if side == "employer":
        assert made.hiring_employer_id
        principal = {"organization": made.hiring_employer_id}
    with transaction.atomic(), acting_as(**principal):
        assert Introduction.objects.filter(pk=made.pk).update(**changes) == 1


def parties(made: Introduction, scene: Scene) -> dict[str, typing.Any]:
    """Name the parties as the agency would, to show the employer what it may not see yet."""
    return {
        "candidate_id": made.candidate_id,
        "organization_id": made.organization_id,
        "employer_id": scene.employer.id,
        "introduction": made,
    }


def test_step_and_interview_name_no_employer_before_the_yes(scene: Scene) -> None:
    made = introducing.propose(scene)
    told = parties(made, scene)
    with pytest.raises(IntegrityError, match="other parties"), acting_as(organization=scene.agency.id):
        Step.objects.create(**told, state_after="proposed", side="agency", actor="user", at=NOW)
    meeting: dict[str, typing.Any] = {"round": 1, "times": [LATER], "proposed_by_side": "agency", "proposed_at": NOW}
    with pytest.raises(IntegrityError, match="other parties"), acting_as(organization=scene.agency.id):
        Interview.objects.create(**told, **meeting)
    with acting_as(organization=scene.agency.id):
        hidden = Interview.objects.create(**told | {"employer_id": None}, **meeting)
    with pytest.raises(IntegrityError, match="other parties"), acting_as(organization=scene.agency.id):
        Interview.objects.filter(pk=hidden.pk).update(employer_id=scene.employer.id)
    with acting_as(organization=scene.employer.id):
        assert (Step.objects.count(), Interview.objects.count()) == (0, 0)


def test_yes_without_disclosure_opens_nothing(scene: Scene) -> None:
    made = introducing.propose(scene)
    with acting_as(candidate=made.candidate_id):
        candidates.exclude(
            candidate_id=made.candidate_id, organization_id=scene.employer.id, reason=Exclusion.Reason.NAMED, now=NOW
        )
    yes = {"state": "introduced", "employer_id": scene.employer.id, "introduced_at": NOW, "answered_at": NOW}
    with pytest.raises(IntegrityError, match="without a disclosure"):
        write(made, "candidate", **yes)
    with acting_as(organization=scene.employer.id):
        assert Introduction.objects.count() == 0


def test_yes_to_an_employer_outside_needs_its_record(scene: Scene) -> None:
    made = introducing.propose(scene, posting_id=introducing.post(scene.agency, None).pk)
    with pytest.raises(IntegrityError, match="without a disclosure"):
        write(made, "candidate", state="introduced", introduced_at=NOW, answered_at=NOW)


def test_yes_without_the_employer_is_none(scene: Scene) -> None:
    made = introducing.propose(scene)
    with pytest.raises(IntegrityError, match="without a disclosure"):
        write(made, "candidate", state="introduced", introduced_at=NOW, answered_at=NOW)


@pytest.mark.parametrize(
    ("side", "changes"),
    [
        ("organization", {"owned_until": FAR}),
        ("employer", {"owned_until": LATER}),
        ("employer", {"proposed_at": LATER}),
        ("employer", {"introduced_at": LATER}),
        ("candidate", {"answered_at": LATER}),
        ("employer", {"fit_note": "合いません。"}),
        ("organization", {"message": "別のことば"}),
        ("organization", {"title": "営業"}),
        ("organization", {"occupation": "05"}),
        ("employer", {"state": "accepted", "offer_salary": 1_000_000, "accepted_at": NOW}),
        ("organization", {"state": "offered"}),
        ("employer", {"state": "withdrawn", "ended_at": NOW, "end_side": "employer"}),
        ("candidate", {"state": "interview"}),
        ("organization", {"round": 3}),
        ("candidate", {"offer_salary": 9_000_000}),
        ("employer", {"state": "joined"}),
        ("employer", {"state": "proposed"}),
    ],
)
def test_no_side_rewrites_an_introduction(scene: Scene, side: str, changes: dict[str, typing.Any]) -> None:
    made = introducing.introduce(scene)
    with pytest.raises(IntegrityError, match=f"introduction {made.pk}"):
        write(made, side, **changes)


def test_offer_stands_once_it_is_accepted(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.offer(scene, made)
    with pytest.raises(IntegrityError, match="cannot become accepted"):
        write(made, "employer", state="accepted", accepted_at=NOW)
    write(made, "employer", offer_salary=5_000_000)
    advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=made.candidate_id, now=NOW)
    for side in ("employer", "organization", "candidate"):
        with pytest.raises(IntegrityError, match="another offer"):
            write(made, side, offer_salary=1_000_000)
    with pytest.raises(IntegrityError, match="another offer"):
        write(made, "employer", offer_note="賞与なし")


def test_words_may_be_emptied(scene: Scene) -> None:
    made = introducing.introduce(scene)
    write(made, "candidate", message="", fit_note="")
    assert introducing.state(made) == "introduced"


def test_what_ended_keeps_its_end(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.refuse(scene, made)
    for changes in ({"end_reason": "person"}, {"ended_at": LATER}, {"end_side": "person"}, {"state": "withdrawn"}):
        with pytest.raises(IntegrityError, match=f"introduction {made.pk}"):
            write(made, "employer", **changes)
    write(made, "employer", end_note="")


def copy(made: Introduction, **changes: typing.Any) -> None:
    """Write another one as the agency, like this one when it began, past every operation."""
    fields = [field.attname for field in Introduction._meta.concrete_fields]
    usual = {name: getattr(made, name) for name in fields} | {"id": ids.new()}
    with acting_as(organization=made.organization_id):
        Introduction.objects.create(**usual | changes)


def test_introduction_is_in_the_words_of_its_posting(scene: Scene) -> None:
    made = introducing.propose(scene)
    posting = introducing.post(scene.agency, scene.employer, title="人事")
    copy(made, posting_id=posting.pk, title="人事")
    other = introducing.post(scene.agency, scene.employer, title="総務")
    with pytest.raises(IntegrityError, match="may not begin"):
        copy(made, posting_id=other.pk, title="部長")


def test_posting_of_a_call_serves_that_call_alone(world: World) -> None:
    scene = placing.slot_scene(world)
    made = introducing.propose(scene)
    write(made, "organization", state="withdrawn", ended_at=NOW, end_side="agency")
    with pytest.raises(IntegrityError, match="may not begin"):
        copy(made, call_id=None, uses_slot=False)
    with acting_as(organization=scene.employer.id):
        request_id = Call.objects.get().request_id
    requesting.withdraw(scene.employer, request_id)
    with pytest.raises(IntegrityError, match="may not begin"):
        copy(made)


def test_block_holds_for_who_chose_the_agency_before_it(scene: Scene) -> None:
    made = introducing.propose(scene)
    write(made, "organization", state="withdrawn", ended_at=NOW, end_side="agency")
    with acting_as(organization=scene.agency.id):
        Block.objects.create(
            candidate=scene.person,
            organization_id=scene.agency.id,
            placement_id=ids.new(),
            since=NOW.date(),
            until=dt.date(2028, 11, 23),
        )
    with pytest.raises(IntegrityError, match="is blocked"):
        copy(made)
