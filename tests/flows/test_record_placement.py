"""From the accepted offer to the last day in post: fee, slot, block and sight, and who is told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import typing

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.ground.requests.models import Request
from career_relay.domain.people.introductions.models import Block, Introduction, Step
from career_relay.domain.people.placements import operations as placements
from career_relay.domain.people.placements.models import FeeEntry, FeeTerms, Placement
from career_relay.flows import advance_introduction
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import caring, introducing, placing, requesting
from tests.flows.placing import START
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.flows.introducing import Scene
    from tests.world import World

FEE = 1_680_000
PERCENT = decimal.Decimal(35)
DAY = dt.timedelta(days=1)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def kinds(organization_id: uuid.UUID) -> list[str]:
    with acting_as(organization=organization_id):
        found = Message.objects.filter(kind__startswith="placement").order_by("created_at", "to_address")
        return list(found.values_list("kind", flat=True))


def facts(organization_id: uuid.UUID) -> list[tuple[str, str]]:
    with acting_as(organization=organization_id):
        found = Fact.objects.filter(kind__startswith="placement.").order_by("occurred_at", "pk")
        return list(found.values_list("kind", "actor"))


def test_accepted_offer_becomes_a_placement_with_the_agreements_fee(scene: Scene) -> None:
    placement = placing.agreed(scene)
    file = placing.file(scene.agency.id, placement)
    assert (file.placement.state, file.placement.start_on, file.placement.salary_yen) == ("agreed", START, 4_800_000)
    assert (file.fee.basis, file.fee.version, file.fee.percent, file.fee.fee_yen) == ("agreement", 1, PERCENT, FEE)
    assert [(row.within_days, row.percent) for row in file.refunds] == [(30, 50), (90, 30), (180, 10)]
    assert (file.placement.is_regular, sorted(file.may)) == (True, ["confirm_start", "not_started"])
    assert placing.entries(scene.agency) == []
    assert facts(scene.agency.id) == [("placement.recorded", "candidate")]
    assert facts(scene.employer.id) == [("placement.recorded", "candidate")]


def test_employer_and_agency_read_the_fee_and_the_person_does_not(scene: Scene) -> None:
    placement = placing.joined(scene)
    assert placing.file(scene.employer.id, placement).fee.fee_yen == FEE
    with acting_as(candidate=scene.person.pk):
        assert Placement.objects.get().pk == placement.pk
        assert (FeeTerms.objects.count(), FeeEntry.objects.count()) == (0, 0)


def test_strangers_see_no_placement(scene: Scene, world: World) -> None:
    placement = placing.joined(scene)
    with acting_as(organization=world.beta.id):
        assert (Placement.objects.count(), FeeTerms.objects.count(), FeeEntry.objects.count()) == (0, 0, 0)
    with pytest.raises(placements.UnableToFindPlacement):
        placing.start(scene, placement, organization_id=world.beta.id, actor=actors.user(world.beta.owner.pk))


def test_agreement_that_ended_since_still_tells_the_fee(world: World) -> None:
    agency = caring.desk(world.agency, world.operator)
    agreement = deal.live(world.agency, world.alpha)
    person = caring.person("kai@example.jp")
    assignment = caring.take(agency, person)
    scene = introducing.Scene(agency, world.alpha, person, assignment, introducing.post(agency, world.alpha))
    made = introducing.introduce(scene)
    introducing.offer(scene, made)
    deal.end(world.alpha, agreement)
    advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=person.pk, now=NOW)
    assert placing.file(agency.id, placing.of(agency, made)).fee.fee_yen == FEE


def test_outside_the_network_the_fee_table_tells_the_fee(world: World) -> None:
    scene = placing.outside_scene(world)
    placement = placing.agreed_outside(scene)
    file = placing.file(scene.agency.id, placement)
    assert (file.fee.basis, file.fee.version, file.fee.percent, file.fee.fee_yen) == ("table", 1, PERCENT, FEE)
    started = placing.start_by_agency(scene, placement)
    assert (started.state, placing.entries(scene.agency)) == ("joined", [("invoice", FEE)])


def test_fee_above_half_the_salary_is_refused(world: World) -> None:
    agency = caring.desk(world.agency, world.operator)
    deal.live(world.agency, world.alpha, fee="fixed", fee_percent=None, fee_yen=2_400_001)
    person = caring.person("kai@example.jp")
    assignment = caring.take(agency, person)
    scene = introducing.Scene(agency, world.alpha, person, assignment, introducing.post(agency, world.alpha))
    with pytest.raises(placements.UnableToAgreeOnPlacement) as refused:
        placing.agreed(scene)
    assert (refused.value.cause, "手数料" in str(refused.value)) == ("terms", False)
    with acting_as(candidate=person.pk):
        assert (Placement.objects.count(), Introduction.objects.get().state) == (0, "screening")


def test_start_makes_the_fee_due_and_sets_block_checks_and_guarantee(scene: Scene) -> None:
    placement = placing.joined(scene)
    assert (placement.state, placement.guarantee_until) == ("joined", START + 180 * DAY)
    assert placing.entries(scene.employer) == [("invoice", FEE)]
    assert [check.due_on - START for check in placing.checks(scene.agency, placement)] == [
        30 * DAY,
        90 * DAY,
        180 * DAY,
        365 * DAY,
    ]
    with acting_as(organization=scene.agency.id):
        block, introduction = Block.objects.get(), Introduction.objects.get()
    assert (block.candidate_id, block.since, block.until) == (scene.person.pk, START, dt.date(2029, 1, 3))
    assert introduction.state == "joined"
    assert introducing.seen(scene) == introducing.NAME


def test_start_is_told_to_the_other_side_without_naming_who_told_it(scene: Scene) -> None:
    placing.joined(scene)
    assert kinds(scene.agency.id) == ["placement_joined"]
    assert kinds(scene.employer.id) == []
    assert facts(scene.agency.id)[-1] == ("placement.joined", "user")
    assert facts(scene.employer.id)[-1] == ("placement.joined", str(scene.recruiter))
    with acting_as(organization=scene.agency.id):
        mail = Message.objects.get(kind="placement_joined")
    assert introducing.NAME not in mail.subject + mail.text + mail.html


def test_start_told_by_the_agency_is_told_to_those_who_decide_for_the_employer(scene: Scene) -> None:
    placing.start_by_agency(scene, placing.agreed(scene))
    assert kinds(scene.employer.id) == ["placement_joined", "placement_joined"]
    assert kinds(scene.agency.id) == []


@pytest.mark.parametrize(
    ("started_on", "now"),
    [(START, placing.at(START - DAY)), (dt.date(2026, 11, 22), placing.at(START))],
    ids=["in the future", "before the introduction"],
)
def test_start_on_an_impossible_day_is_refused(scene: Scene, started_on: dt.date, now: dt.datetime) -> None:
    with pytest.raises(placements.UnableToConfirmStart) as refused:
        placing.start(scene, placing.agreed(scene), started_on, now=now)
    assert refused.value.field == "started_on"


def test_start_is_told_once(scene: Scene) -> None:
    placement = placing.joined(scene)
    with pytest.raises(placements.UnableToConfirmStart):
        placing.start_by_agency(scene, placement)
    assert placing.entries(scene.agency) == [("invoice", FEE)]


def test_contract_without_an_end_is_given_none(scene: Scene) -> None:
    with pytest.raises(placements.UnableToConfirmStart) as refused:
        placing.start(scene, placing.agreed(scene), contract_until=START + 200 * DAY)
    assert refused.value.field == "contract_until"


def test_contract_that_ends_is_regular_once_it_is_known_to_be_long(scene: Scene) -> None:
    placement = placing.agreed(dataclasses.replace(scene, posting=placing.post_fixed(scene)))
    assert placement.is_regular is False
    started = placing.start(scene, placement, contract_until=START + 364 * DAY)
    assert (started.is_regular, started.contract_until) == (True, START + 364 * DAY)


def test_member_without_the_right_records_nothing(scene: Scene) -> None:
    placement = placing.agreed(scene)
    auditor = actors.user(scene.employer.users["auditor"].pk)
    with pytest.raises(UnableToActWithoutRight):
        placing.start(scene, placement, actor=auditor)
    with pytest.raises(UnableToActWithoutRight):
        placing.stay_away(scene, placement, actor=auditor)


def test_no_start_costs_nothing_and_closes_what_the_employer_saw(scene: Scene) -> None:
    placement = placing.stay_away(scene, placing.agreed(scene))
    with acting_as(organization=scene.agency.id):
        introduction = Placement.objects.get(pk=placement.pk).introduction
    assert (placement.state, introduction.state, introduction.end_reason) == ("not_started", "closed", "not_started")
    assert (placing.entries(scene.agency), introducing.seen(scene)) == ([], "")
    assert kinds(scene.agency.id) == ["placement_not_started"]
    with pytest.raises(placements.UnableToConfirmStart):
        placing.start(scene, placement)


def test_end_needs_a_reason_that_can_be_given(scene: Scene) -> None:
    placement = placing.agreed(scene)
    with pytest.raises(placements.UnableToRecordEnd) as refused:
        placing.stay_away(scene, placement, reason="private matters")
    assert refused.value.field == "reason"


def test_slot_pays_for_the_hire_and_is_used(world: World) -> None:
    scene = placing.slot_scene(world)
    placement = placing.agreed(scene)
    assert requesting.slots(world.alpha) == ["introduced"]
    file = placing.file(world.alpha.id, placement)
    assert (file.fee.basis, file.fee.fee_yen, file.fee.slot) == ("slot", 0, "no_replacement")
    started = placing.start(scene, placement)
    assert (placing.entries(world.alpha), started.guarantee_until) == ([("waived", 0)], None)
    assert requesting.slots(world.alpha) == ["used"]


def test_slot_comes_back_when_nobody_starts(world: World) -> None:
    scene = placing.slot_scene(world)
    placing.stay_away(scene, placing.agreed(scene))
    assert requesting.slots(world.alpha) == ["available"]
    with acting_as(organization=world.alpha.id):
        [request] = Request.objects.all()
    assert (request.state, request.close_reason) == ("closed", "not_started")


@pytest.mark.parametrize(
    ("slot", "days", "state"),
    [("no_replacement", 10, "used"), ("one_replacement", 90, "available"), ("one_replacement", 91, "used")],
)
def test_slot_of_an_early_leaver_follows_the_agreement(world: World, slot: str, days: int, state: str) -> None:
    scene = placing.slot_scene(world, slot=slot)
    placing.leave(scene, placing.joined(scene), START + days * DAY)
    assert (placing.entries(world.alpha), requesting.slots(world.alpha)) == ([("waived", 0)], [state])


def test_slot_of_an_early_leaver_comes_back_where_the_policy_says_so(world: World) -> None:
    placing.publish(returns_slot_of_early_leaver=True)
    scene = placing.slot_scene(world)
    placing.leave(scene, placing.joined(scene), START + 49 * DAY)
    assert requesting.slots(world.alpha) == ["available"]


def test_leaving_gives_back_by_the_table_and_answers_the_checks(scene: Scene) -> None:
    placement = placing.leave(scene, placing.joined(scene), START + 49 * DAY)
    assert (placement.state, placement.ended_on) == ("left", START + 49 * DAY)
    assert placing.entries(scene.agency) == [("invoice", FEE), ("refund", -504_000)]
    assert [check.answer for check in placing.checks(scene.agency, placement)] == ["in_post", "left", "left", "left"]
    assert kinds(scene.agency.id) == ["placement_joined", "placement_left"]


def test_leaving_after_the_guarantee_gives_nothing_back(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), START + 181 * DAY)
    assert placing.entries(scene.agency) == [("invoice", FEE)]


@pytest.mark.parametrize("left_on", [START - DAY, START + 3 * DAY], ids=["before the start", "in the future"])
def test_leaving_on_an_impossible_day_is_refused(scene: Scene, left_on: dt.date) -> None:
    placement = placing.joined(scene)
    with pytest.raises(placements.UnableToRecordEnd) as refused:
        placing.leave(scene, placement, left_on, now=placing.at(START + 2 * DAY))
    assert refused.value.field == "left_on"


def test_leaving_is_told_once(scene: Scene) -> None:
    placement = placing.leave(scene, placing.joined(scene), START)
    with pytest.raises(placements.UnableToRecordEnd):
        placing.leave(scene, placement, START)
    assert placing.entries(scene.agency) == [("invoice", FEE), ("refund", -FEE // 2)]


def refused_by_database(statement: str) -> bool:
    """Try a statement as the application, and say whether the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except (IntegrityError, ProgrammingError):
        return True
    return False


def test_database_keeps_what_was_agreed(scene: Scene) -> None:
    placing.joined(scene)
    with acting_as(organization=scene.agency.id):
        assert refused_by_database("UPDATE placements_feeterms SET fee_yen = 1")
        assert refused_by_database("UPDATE placements_placement SET salary_yen = 1")
        assert refused_by_database("UPDATE placements_placement SET start_on = start_on + 1")
        assert refused_by_database("UPDATE placements_placement SET state = 'agreed', joined_at = NULL")
        assert refused_by_database("DELETE FROM placements_feeentry")
        assert not refused_by_database("UPDATE placements_placement SET start_asked_at = now()")


@pytest.mark.parametrize(
    ("kind", "amount_yen"),
    [("invoice", FEE), ("waived", 0), ("refund", -1)],
    ids=["twice", "waived too", "still there"],
)
def test_database_refuses_money_that_was_not_agreed(scene: Scene, kind: str, amount_yen: int) -> None:
    placement = placing.joined(scene)
    with acting_as(organization=scene.agency.id), pytest.raises(IntegrityError), transaction.atomic():
        FeeEntry.objects.create(
            organization_id=scene.agency.id,
            employer_id=scene.employer.id,
            placement=placement,
            kind=kind,
            amount_yen=amount_yen,
            on=START,
            recorded_at=NOW,
        )


def test_no_organization_learns_of_the_others_members(world: World) -> None:
    """Whatever the employer's member does, the agency's facts and the history hold no more than that it was a member."""
    scene = placing.slot_scene(world)
    placing.stay_away(scene, placing.agreed(scene))
    with acting_as(organization=scene.agency.id):
        agencys = set(Fact.objects.values_list("actor", flat=True))
        steps = set(Step.objects.values_list("actor", flat=True))
    assert str(scene.recruiter) not in agencys
    assert steps == {"user", "candidate"}


def test_employers_facts_hold_no_member_of_the_agency(world: World) -> None:
    scene = placing.slot_scene(world)
    placing.start_by_agency(scene, placing.agreed(scene))
    with acting_as(organization=scene.employer.id):
        employers = set(Fact.objects.values_list("actor", flat=True))
    assert str(scene.agency.adviser) not in employers
