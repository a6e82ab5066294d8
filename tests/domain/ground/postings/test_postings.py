from __future__ import annotations

import datetime as dt
import typing
import uuid

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.postings import operations, queries
from career_relay.domain.ground.postings.models import EmploymentType, JobPosting
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import collections.abc

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def alpha(world: World) -> collections.abc.Iterator[Tenant]:
    with acting_as(organization=world.alpha.id):
        yield world.alpha


def ensure(tenant: Tenant, *named: operations.Named, now: dt.datetime = NOW) -> dict[str, uuid.UUID]:
    return operations.ensure(organization_id=tenant.id, named=named, now=now)


def made(tenant: Tenant, key: str = "p1") -> uuid.UUID:
    return ensure(tenant, operations.Named(key, title="経理"))[key]


def member(tenant: Tenant, role: str) -> Member:
    return Member.objects.get(organization_id=tenant.id, role=role)


def change(
    tenant: Tenant, operation: collections.abc.Callable[..., JobPosting], posting_id: uuid.UUID, **given: typing.Any
) -> JobPosting:
    return operation(
        organization_id=tenant.id, posting_id=posting_id, actor=actors.user(tenant.owner.pk), now=LATER, **given
    )


def changed_fields() -> list[list[str]]:
    return [fact.data["fields"] for fact in Fact.objects.filter(kind="posting.changed").order_by("sequence")]


def test_ensure_makes_what_is_missing(alpha: Tenant) -> None:
    named = operations.Named(
        "p1", "経理", external_id="1", employment_type=EmploymentType.MID_CAREER, job_family="事務"
    )
    found = ensure(alpha, named)
    posting = JobPosting.objects.get()
    assert found == {"p1": posting.pk}
    assert (posting.title, posting.external_id, posting.employment_type, posting.job_family, posting.created_at) == (
        "経理",
        "1",
        "mid_career",
        "事務",
        NOW,
    )


def test_ensure_leaves_what_is_there(alpha: Tenant) -> None:
    first = made(alpha)
    again = ensure(alpha, operations.Named("p1", "人事"), operations.Named("p2", "", external_id="2"), now=LATER)
    assert again["p1"] == first
    assert list(JobPosting.objects.order_by("key").values_list("key", "title", "created_at")) == [
        ("p1", "経理", NOW),
        ("p2", "2", LATER),
    ]


def test_ensure_of_nothing_is_nothing(alpha: Tenant) -> None:
    assert ensure(alpha) == {}


def test_same_key_of_two_organizations_is_two_postings(world: World) -> None:
    ids = set()
    for tenant in (world.alpha, world.beta):
        with acting_as(organization=tenant.id):
            ids.add(made(tenant))
    assert len(ids) == 2


def test_manager_is_assigned_and_taken_away(alpha: Tenant) -> None:
    posting_id = made(alpha)
    manager = member(alpha, "hiring_manager")
    change(alpha, operations.assign_manager, posting_id, member_id=manager.pk)
    change(alpha, operations.assign_manager, posting_id, member_id=manager.pk)
    [line] = queries.of_organization(alpha.id)
    assert (line.manager_id, line.manager_name) == (manager.pk, manager.user.name)
    assert queries.managed_by(alpha.id, manager.user_id) == [posting_id]
    change(alpha, operations.assign_manager, posting_id, member_id=None)
    assert queries.managed_by(alpha.id, manager.user_id) == []
    assert changed_fields() == [["manager"], ["manager"]]


def test_manager_without_a_seat_sees_nothing(alpha: Tenant) -> None:
    posting_id = made(alpha)
    manager = member(alpha, "hiring_manager")
    change(alpha, operations.assign_manager, posting_id, member_id=manager.pk)
    Member.objects.filter(pk=manager.pk).update(removed_at=NOW)
    assert queries.managed_by(alpha.id, manager.user_id) == []
    assert queries.of_organization(alpha.id)[0].manager_name == ""
    with pytest.raises(operations.UnableToAssignManager):
        change(alpha, operations.assign_manager, posting_id, member_id=manager.pk)


def test_manager_of_another_organization_is_refused(world: World) -> None:
    with acting_as(organization=world.beta.id):
        stranger = member(world.beta, "hiring_manager").pk
    with acting_as(organization=world.alpha.id):
        posting_id = made(world.alpha)
        with pytest.raises(operations.UnableToAssignManager):
            change(world.alpha, operations.assign_manager, posting_id, member_id=stranger)


def test_posting_is_closed_and_opened_again(alpha: Tenant) -> None:
    posting_id = made(alpha)
    made(alpha, "p2")
    change(alpha, operations.close, posting_id)
    assert [line.is_open for line in queries.of_organization(alpha.id)] == [True, False]
    change(alpha, operations.close, posting_id)
    change(alpha, operations.reopen, posting_id)
    assert (JobPosting.objects.get(pk=posting_id).state, changed_fields()) == ("open", [["state"], ["state"]])


def test_posting_of_another_organization_is_not_found(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        posting_id = made(world.alpha)
    with acting_as(organization=world.beta.id):
        for operation in (operations.close, operations.reopen):
            with pytest.raises(operations.UnableToFindPosting):
                change(world.beta, operation, posting_id)
        with pytest.raises(operations.UnableToFindPosting):
            change(world.beta, operations.assign_manager, posting_id, member_id=None)
        assert queries.of_organization(world.beta.id) == []


def test_forget_unused_keeps_what_a_person_has_changed(alpha: Tenant) -> None:
    ids = [made(alpha, key) for key in ("p1", "p2", "p3")]
    change(alpha, operations.close, ids[0])
    change(alpha, operations.assign_manager, ids[1], member_id=member(alpha, "owner").pk)
    operations.forget_unused(organization_id=alpha.id, posting_ids=ids)
    assert set(JobPosting.objects.values_list("pk", flat=True)) == set(ids[:2])
