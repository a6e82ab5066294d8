"""在籍確認: who is asked on which day, whose answer counts, and what the person's own word does."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.people.placements import operations as placements
from career_relay.domain.people.placements import queries
from career_relay.domain.people.placements.models import Placement
from career_relay.flows import check_retention
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import introducing, placing
from tests.flows.placing import START

if typing.TYPE_CHECKING:
    import uuid

    from tests.flows.introducing import Scene
    from tests.world import World

DAY = dt.timedelta(days=1)
DAY_30 = placing.at(START + 30 * DAY)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def asked(organization_id: uuid.UUID) -> list[str]:
    with acting_as(organization=organization_id):
        found = Message.objects.filter(kind__in=["start_due", "retention_check", "placement_left_said"])
        return list(found.order_by("created_at", "to_address").values_list("kind", flat=True))


def due(scene: Scene, now: dt.datetime = DAY_30) -> list[int]:
    with acting_as(organization=scene.employer.id):
        return [line.days for line in queries.checks_due(scene.employer.id, now.date())]


def say(scene: Scene, check_id: uuid.UUID, left_on: dt.date | None = None, now: dt.datetime = DAY_30) -> None:
    check_retention.answer_by_person(
        candidate_id=scene.person.pk, check_id=check_id, in_post=left_on is None, left_on=left_on, now=now
    )


def test_start_is_asked_of_the_employer_on_its_day_and_once(scene: Scene) -> None:
    placing.agreed(scene)
    assert check_retention.ask(now=placing.at(START - DAY)) == 0
    assert check_retention.ask(now=placing.at(START)) == 1
    assert check_retention.ask(now=placing.at(START + DAY)) == 0
    assert asked(scene.employer.id) == ["start_due", "start_due"]
    assert asked(scene.agency.id) == []
    with acting_as(organization=scene.employer.id):
        assert [line.title for line in queries.starts_due(scene.employer.id, START)] == ["経理"]


def test_check_is_asked_on_its_day_and_once(scene: Scene) -> None:
    placing.joined(scene)
    assert check_retention.ask(now=DAY_30 - DAY) == 0
    assert (check_retention.ask(now=DAY_30), check_retention.ask(now=DAY_30)) == (1, 0)
    assert asked(scene.employer.id) == ["retention_check", "retention_check"]
    assert due(scene) == [30]
    with acting_as(organization=scene.employer.id):
        mail = Message.objects.filter(kind="retention_check").first()
        assert mail is not None
        assert introducing.NAME not in mail.subject + mail.text + mail.html


def test_outside_the_network_the_adviser_is_asked(world: World) -> None:
    scene = placing.outside_scene(world)
    placement = placing.agreed_outside(scene)
    check_retention.ask(now=placing.at(START))
    placing.start_by_agency(scene, placement)
    assert check_retention.ask(now=DAY_30) == 1
    assert asked(scene.agency.id) == ["start_due", "retention_check"]
    with acting_as(organization=scene.agency.id):
        assert [line.days for line in queries.checks_due(scene.agency.id, DAY_30.date())] == [30]


def test_one_that_can_not_be_asked_keeps_no_other_waiting(scene: Scene) -> None:
    placing.joined(scene)
    placing.also_outside(scene)
    owner = scene.employer.owner.pk
    User.objects.filter(pk=owner).update(email="no address")
    with pytest.raises(ExceptionGroup):
        check_retention.ask(now=DAY_30)
    assert asked(scene.agency.id) == ["start_due"]
    assert [line.asked_at for line in placing.file(scene.agency.id, placing.first(scene)).checks] == [None] * 4


def test_answer_in_post_is_kept_with_its_side(scene: Scene) -> None:
    placement = placing.joined(scene)
    check = placing.answer(scene, placing.checks(scene.employer, placement)[0], DAY_30)
    assert (check.answer, check.answered_side, check.answered_at) == ("in_post", "employer", DAY_30)
    assert due(scene) == []
    with acting_as(organization=scene.employer.id):
        fact = Fact.objects.get(kind="check.answered")
    assert fact.data == {"days": 30, "answer": "in_post", "side": "employer"}


def test_answer_left_records_the_leaving(scene: Scene) -> None:
    placement = placing.joined(scene)
    left_on = START + 20 * DAY
    first = placing.checks(scene.employer, placement)[0]
    check = placing.answer(scene, first, DAY_30, in_post=False, left_on=left_on, reason="person")
    assert check.answer == "left"
    assert placing.entries(scene.agency) == [("invoice", 1_680_000), ("refund", -840_000)]
    with acting_as(organization=scene.agency.id):
        assert (Placement.objects.get().state, Placement.objects.get().ended_on) == ("left", left_on)


def test_answer_before_its_day_or_twice_is_refused(scene: Scene) -> None:
    placement = placing.joined(scene)
    first, second, *_rest = placing.checks(scene.employer, placement)
    placing.answer(scene, first, DAY_30)
    for check in (first, second):
        with pytest.raises(placements.UnableToAnswerCheck):
            placing.answer(scene, check, DAY_30)


def test_answer_by_somebody_else_is_refused(scene: Scene, world: World) -> None:
    [check, *_rest] = placing.checks(scene.employer, placing.joined(scene))
    with pytest.raises(UnableToActWithoutRight):
        placing.answer(scene, check, DAY_30, actor=actors.user(scene.employer.users["auditor"].pk))
    with pytest.raises(placements.UnableToFindPlacement):
        placing.answer(scene, check, DAY_30, organization_id=world.beta.id, actor=actors.user(world.beta.owner.pk))
    with pytest.raises(placements.UnableToFindPlacement):
        check_retention.answer_by_person(
            candidate_id=world.sora.pk, check_id=check.pk, in_post=True, left_on=None, now=DAY_30
        )


def test_person_says_that_they_are_in_post(scene: Scene) -> None:
    placement = placing.joined(scene)
    say(scene, placing.checks(scene.employer, placement)[0].pk)
    assert placing.checks(scene.employer, placement)[0].answered_side == "person"
    assert due(scene) == []
    with acting_as(candidate=scene.person.pk):
        [line] = queries.of_person(scene.person.pk)
    assert [check.answer for check in line.checks] == ["in_post", "", "", ""]


def test_person_who_says_they_left_is_a_note_to_both_and_moves_no_money(scene: Scene) -> None:
    placement = placing.joined(scene)
    say(scene, placing.checks(scene.employer, placement)[0].pk, START + 20 * DAY)
    check = placing.checks(scene.employer, placement)[0]
    assert (check.answer, check.person_left_on) == ("", START + 20 * DAY)
    assert placing.entries(scene.agency) == [("invoice", 1_680_000)]
    assert due(scene) == [30]
    assert asked(scene.employer.id) == ["placement_left_said", "placement_left_said"]
    assert asked(scene.agency.id) == ["placement_left_said"]


@pytest.mark.parametrize("left_on", [START - DAY, DAY_30.date() + DAY])
def test_person_can_not_have_left_on_an_impossible_day(scene: Scene, left_on: dt.date) -> None:
    [check, *_rest] = placing.checks(scene.employer, placing.joined(scene))
    with pytest.raises(placements.UnableToRecordEnd):
        say(scene, check.pk, left_on)
