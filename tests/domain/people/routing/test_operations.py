from __future__ import annotations

import datetime as dt
import inspect
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.people.routing import operations
from career_relay.domain.people.routing.models import Assignment, Contact
from career_relay.flows import end_assignment
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.flows.caring import Desk
    from tests.world import World

HOUR = dt.timedelta(hours=1)
LATER = NOW + 3 * HOUR


@pytest.fixture
def agency(world: World) -> Desk:
    return caring.desk(world.agency, world.operator)


@pytest.fixture
def taken(agency: Desk) -> Assignment:
    return caring.take(agency, caring.person("a@people.example"))


def record(agency: Desk, assignment_id: uuid.UUID, **changes: typing.Any) -> Contact:
    usual: dict[str, typing.Any] = {
        "channel": "phone",
        "purpose": "first",
        "summary": "希望を聞いた",
        "happened_at": NOW + HOUR,
    }
    with acting_as(organization=agency.id):
        return operations.record_contact(
            organization_id=agency.id, assignment_id=assignment_id, actor=agency.adviser, now=LATER, **usual | changes
        )


def assign(agency: Desk, assignment_id: uuid.UUID, member_id: uuid.UUID) -> Assignment:
    with acting_as(organization=agency.id):
        return operations.assign_adviser(
            organization_id=agency.id,
            assignment_id=assignment_id,
            member_id=member_id,
            actor=agency.manager,
            now=LATER,
        )


def seat(agency: Desk, role: str) -> Member:
    with acting_as(organization=agency.id):
        return Member.objects.get(organization_id=agency.id, role=role)


def read(agency: Desk, assignment_id: uuid.UUID) -> Assignment:
    with acting_as(organization=agency.id):
        return Assignment.objects.get(pk=assignment_id)


def test_whoever_says_yes_is_the_adviser_until_another_is_named(agency: Desk, taken: Assignment) -> None:
    assert taken.adviser_id == seat(agency, "adviser").pk
    assign(agency, taken.pk, seat(agency, "manager").pk)
    assert read(agency, taken.pk).adviser_id == seat(agency, "manager").pk


def test_adviser_is_a_present_member_of_the_agency(world: World, agency: Desk, taken: Assignment) -> None:
    with acting_as(organization=world.alpha.id):
        elsewhere = Member.objects.filter(organization_id=world.alpha.id)[0]
    gone = seat(agency, "adviser")
    with acting_as(organization=agency.id):
        Member.objects.filter(pk=gone.pk).update(removed_at=NOW)
    for member_id in (elsewhere.pk, gone.pk, ids.new()):
        with pytest.raises(operations.UnableToAssignAdviser):
            assign(agency, taken.pk, member_id)
    with pytest.raises(operations.UnableToFindAssignment):
        assign(agency, ids.new(), seat(agency, "manager").pk)


def test_first_contact_is_the_earliest_that_is_told(agency: Desk, taken: Assignment) -> None:
    first = record(agency, taken.pk, summary="  一行目 \n二行目 ")
    assert (first.summary, first.by_id, first.recorded_at) == ("一行目\n二行目", seat(agency, "adviser").pk, LATER)
    assert read(agency, taken.pk).contacted_at == NOW + HOUR
    record(agency, taken.pk, happened_at=NOW + 2 * HOUR)
    assert read(agency, taken.pk).contacted_at == NOW + HOUR
    record(agency, taken.pk, happened_at=NOW)
    assert read(agency, taken.pk).contacted_at == NOW
    with acting_as(organization=agency.id):
        told = Fact.objects.filter(kind="contact.recorded").values_list("data", "candidate_id")
        assert list(told) == [({"channel": "phone"}, None)] * 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "letter"}, "channel"),
        ({"purpose": "chat"}, "purpose"),
        ({"summary": "あ" * 501}, "summary"),
        ({"happened_at": LATER + dt.timedelta(seconds=1)}, "happened_at"),
        ({"happened_at": NOW - dt.timedelta(seconds=1)}, "happened_at"),
    ],
)
def test_contact_says_what_does_not_fit(
    agency: Desk, taken: Assignment, changes: dict[str, typing.Any], field: str
) -> None:
    with pytest.raises(operations.UnableToRecordContact) as refusal:
        record(agency, taken.pk, **changes)
    assert refusal.value.field == field
    with acting_as(organization=agency.id):
        assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "act",
    [operations.offered, operations.accept, operations.decline, operations.record_contact, operations.assign_adviser],
)
def test_manager_of_a_school_takes_nobody(world: World, taken: Assignment, act: typing.Any) -> None:
    school, manager = world.school.id, actors.user(world.school.users["manager"].pk)
    rest: dict[str, typing.Any] = {
        "policy": None,
        "reason": "area",
        "note": "",
        "channel": "phone",
        "purpose": "first",
        "summary": "",
        "happened_at": NOW,
        "member_id": ids.new(),
    }
    wanted = inspect.signature(act).parameters
    given = {name: value for name, value in rest.items() if name in wanted}
    with pytest.raises(UnableToActWithoutRight), acting_as(organization=school):
        act(organization_id=school, assignment_id=taken.pk, actor=manager, now=NOW, **given)
    with pytest.raises(UnableToActWithoutRight):
        end_assignment.end_by_agency(
            organization_id=school, assignment_id=taken.pk, reason="unreachable", actor=manager, now=NOW
        )


def test_contact_is_written_only_while_the_agency_looks_after_the_person(
    world: World, agency: Desk, taken: Assignment
) -> None:
    other = caring.new_desk(world.operator, "other")
    with pytest.raises(operations.UnableToFindAssignment):
        record(other, taken.pk)
    with pytest.raises(UnableToActWithoutRight), acting_as(organization=agency.id):
        operations.record_contact(
            organization_id=agency.id,
            assignment_id=taken.pk,
            channel="phone",
            purpose="first",
            summary="",
            happened_at=NOW,
            actor=actors.user(world.alpha.owner.pk),
            now=NOW,
        )
    end_assignment.end_by_agency(
        organization_id=agency.id,
        assignment_id=taken.pk,
        reason="unreachable",
        actor=agency.manager,
        now=LATER,
    )
    with pytest.raises(operations.UnableToRecordContact) as refusal:
        record(agency, taken.pk)
    assert refusal.value.field == "assignment"
