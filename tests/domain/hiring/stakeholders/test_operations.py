from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import uuid

import pytest
from django.db import IntegrityError

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.hiring.stakeholders import operations, queries
from career_relay.domain.hiring.stakeholders.models import Duty, Stakeholder
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import stakeholders as tasks
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc

    from tests.world import Tenant, World

TODAY = clock.day_in_japan(NOW)
FIELD = operations.Description(
    kind="field", name="　開発部　第一課 ", role="面接", review_on=TODAY + dt.timedelta(days=3)
)


@pytest.fixture(autouse=True)
def as_alpha(world: World) -> collections.abc.Iterator[None]:
    with acting_as(organization=world.alpha.id):
        yield


def by(tenant: Tenant) -> dict[str, typing.Any]:
    return {"organization_id": tenant.id, "actor": actors.user(tenant.owner.pk), "now": NOW}


def add(tenant: Tenant, **changes: typing.Any) -> Stakeholder:
    return operations.add(described=dataclasses.replace(FIELD, **changes), **by(tenant))


def kinds() -> list[tuple[str, dict[str, typing.Any]]]:
    return list(Fact.objects.order_by("sequence").values_list("kind", "data"))


def test_register_holds_what_was_written_with_those_inside_first(world: World) -> None:
    add(world.alpha, kind="agency", name="つなぐ人材紹介", partner_id=world.agency.id)
    add(world.alpha)
    lines = queries.register(world.alpha.id, TODAY)
    assert [(line.stakeholder.name, line.is_inside, line.has_agreement, line.is_review_due) for line in lines] == [
        ("開発部 第一課", True, None, False),
        ("つなぐ人材紹介", False, False, False),
    ]
    assert kinds() == [("stakeholder.added", {"kind": "agency"}), ("stakeholder.added", {"kind": "field"})]


def test_seat_belongs_to_those_inside_and_partner_to_those_outside(world: World) -> None:
    seat = world.alpha.organization.members.get(role="recruiter")
    inside = add(world.alpha, member_id=seat.pk, partner_id=world.agency.id)
    outside = add(world.alpha, kind="school", member_id=seat.pk, partner_id=world.school.id)
    assert (inside.member_id, inside.partner_id) == (seat.pk, None)
    assert (outside.member_id, outside.partner_id) == (None, world.school.id)


def test_seat_of_another_employer_is_refused_by_the_operation_and_by_the_database(world: World) -> None:
    with acting_as(organization=world.beta.id):
        foreign = world.beta.organization.members.get(role="recruiter")
    with pytest.raises(operations.UnableToNameMember):
        add(world.alpha, member_id=foreign.pk)
    forged = Stakeholder(organization=world.alpha.organization, kind="field", name="x", member=foreign, created_at=NOW)
    with pytest.raises(IntegrityError), acting_as(organization=world.alpha.id):
        forged.save()


def test_change_records_the_fields_and_nothing_when_nothing_changed(world: World) -> None:
    one = add(world.alpha)
    described = dataclasses.replace(FIELD, email="dev@alpha.example", role="面接と評価")
    for _time in range(2):
        operations.change(stakeholder_id=one.pk, described=described, **by(world.alpha))
    assert kinds()[1:] == [("stakeholder.changed", {"fields": ["email", "role"]})]


def test_matrix_has_a_row_for_every_step_and_says_what_is_missing(world: World) -> None:
    field, personnel = add(world.alpha), add(world.alpha, kind="personnel", name="人事部")
    operations.share_out(stakeholder_id=field.pk, parts={"interview": "R", "offer": ""}, **by(world.alpha))
    operations.share_out(stakeholder_id=personnel.pk, parts={"interview": "A", "notice": "A"}, **by(world.alpha))
    matrix = queries.matrix(world.alpha.id)
    assert [one.name for one in matrix.stakeholders] == ["開発部 第一課", "人事部"]
    found = {row.step: (row.letters, bool(row.faults)) for row in matrix.rows}
    assert found["interview"] == (("R", "A"), False)
    assert found["notice"] == (("", "A"), False)
    assert found["offer"] == (("", ""), True)
    assert list(found) == list(Duty.Step.values)


def test_sharing_out_again_replaces_what_was_there(world: World) -> None:
    one = add(world.alpha)
    for parts in ({"plan": "A", "offer": "R"}, {"plan": "C"}, {"plan": "C"}):
        operations.share_out(stakeholder_id=one.pk, parts=parts, **by(world.alpha))
    assert queries.duties_of(world.alpha.id, one.pk) == {"plan": "C"}
    assert kinds()[1:] == [("stakeholder.changed", {"fields": ["duties"]})] * 2


def test_removed_stakeholder_leaves_register_and_steps_and_stays_as_a_row(world: World) -> None:
    one = add(world.alpha)
    operations.share_out(stakeholder_id=one.pk, parts={"plan": "A"}, **by(world.alpha))
    operations.remove(stakeholder_id=one.pk, **by(world.alpha))
    assert (queries.register(world.alpha.id, TODAY), Duty.objects.count(), Stakeholder.objects.count()) == ([], 0, 1)
    gone = {"stakeholder_id": one.pk, **by(world.alpha)}
    with pytest.raises(operations.UnableToFindStakeholder):
        operations.remove(**gone)
    with pytest.raises(operations.UnableToFindStakeholder):
        operations.share_out(parts={}, **gone)
    with pytest.raises(operations.UnableToFindStakeholder):
        operations.change(described=FIELD, **gone)


def test_nobody_is_found_by_another_employer(world: World) -> None:
    one = add(world.alpha)
    with acting_as(organization=world.beta.id):
        assert (queries.register(world.beta.id, TODAY), list(queries.present(world.alpha.id))) == ([], [])
        with pytest.raises(operations.UnableToFindStakeholder):
            operations.remove(stakeholder_id=one.pk, **by(world.beta))
    with pytest.raises(operations.UnableToFindStakeholder):
        operations.remove(stakeholder_id=uuid.uuid4(), **by(world.alpha))


def test_owner_is_reminded_once_for_each_date_in_one_mail(world: World) -> None:
    add(world.alpha)
    other = add(world.alpha, name="人事部", kind="personnel")
    add(world.alpha, name="あと", review_on=TODAY + dt.timedelta(days=8))
    add(world.alpha, name="なし", review_on=None)
    assert [operations.remind(organization_id=world.alpha.id, now=NOW) for _time in range(2)] == [2, 0]
    [mail] = Message.objects.filter(kind="stakeholders_review")
    assert (mail.to_address, "開発部 第一課（見直す日：2026-11-26）" in mail.text) == (world.alpha.owner.email, True)
    assert "あと（" not in mail.text
    later = dataclasses.replace(FIELD, kind="personnel", name="人事部", review_on=TODAY + dt.timedelta(days=5))
    operations.change(stakeholder_id=other.pk, described=later, **by(world.alpha))
    assert operations.remind(organization_id=world.alpha.id, now=NOW) == 1


def test_task_goes_round_the_employers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    add(world.alpha)
    with acting_as(organization=world.beta.id):
        add(world.beta)
    tasks.remind_of_stakeholders(timestamp=0)
    assert queries.employers_with_reviews(TODAY) == []
    for tenant in (world.alpha, world.beta):
        with acting_as(organization=tenant.id):
            assert Message.objects.filter(kind="stakeholders_review").count() == 1


def test_employer_that_cannot_be_told_keeps_no_other_waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    tenants = {tenant.id: tenant for tenant in (world.alpha, world.beta)}
    for tenant in tenants.values():
        with acting_as(organization=tenant.id):
            add(tenant)
    first, second = [tenants[organization_id] for organization_id in queries.employers_with_reviews(TODAY)]
    User.objects.filter(pk=first.owner.pk).update(email="nowhere")
    with pytest.raises(ExceptionGroup) as caught:
        tasks.remind_of_stakeholders(timestamp=0)
    assert [type(one) for one in caught.value.exceptions] == [messaging.UnableToWrite]
    assert queries.employers_with_reviews(TODAY) == [first.id]
    with acting_as(organization=second.id):
        assert Message.objects.filter(kind="stakeholders_review").count() == 1


@pytest.mark.parametrize("role", ["hiring_manager", "analyst", "auditor"])
def test_register_is_written_only_by_those_who_have_the_right(world: World, role: str) -> None:
    one = add(world.alpha)
    operations.share_out(stakeholder_id=one.pk, parts={"plan": "A"}, **by(world.alpha))
    without = {**by(world.alpha), "actor": actors.user(world.alpha.users[role].pk)}
    written = kinds()
    tries: list[collections.abc.Callable[[], object]] = [
        lambda: operations.add(described=FIELD, **without),
        lambda: operations.change(stakeholder_id=one.pk, described=FIELD, **without),
        lambda: operations.share_out(stakeholder_id=one.pk, parts={}, **without),
        lambda: operations.remove(stakeholder_id=one.pk, **without),
    ]
    for tried in tries:
        with pytest.raises(UnableToActWithoutRight):
            tried()
    assert (kinds(), queries.duties_of(world.alpha.id, one.pk)) == (written, {"plan": "A"})


def test_removed_stakeholder_keeps_the_names_of_work_and_no_way_to_reach_anybody(world: World) -> None:
    one = add(world.alpha, contact="窓口 花子", email="dev@alpha.example", phone="03-1234-5678")
    operations.remove(stakeholder_id=one.pk, **by(world.alpha))
    left = Stakeholder.objects.get()
    assert (left.name, left.role, left.removed_at) == ("開発部 第一課", "面接", NOW)
    assert (left.contact, left.email, left.phone) == ("", "", "")
