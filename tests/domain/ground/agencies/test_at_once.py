"""What two people do at the same moment, on a database where commits are real."""

from __future__ import annotations

import typing

from career_relay.domain.ground.agencies import operations, queries
from career_relay.domain.ground.agencies.models import FeeTable
from career_relay.domain.ground.agencies.operations import errors
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.domain.ground.organizations.test_at_once import at_once
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant


def agency() -> Tenant:
    return make_tenant("agency", "つなぐ人材紹介株式会社", "agency")


def test_two_submissions_leave_one(fresh_database: dict[str, str]) -> None:
    tenant = agency()

    def submit() -> None:
        with acting_as(organization=tenant.id):
            room.submit(tenant)

    assert sorted(at_once(submit, submit), key=str) == [errors.UnableToSubmitTwice, None]
    with acting_as(organization=tenant.id):
        assert queries.licences(tenant.id).count() == 1


def test_confirming_and_refusing_decide_once(fresh_database: dict[str, str]) -> None:
    tenant, operator = agency(), actors.user(make_tenant("operator", "運営", "operator").owner.pk)
    with acting_as(organization=tenant.id):
        licence_id = room.submit(tenant).pk
    given: dict[str, typing.Any] = {
        "organization_id": tenant.id,
        "licence_id": licence_id,
        "decided_by": operator,
        "now": NOW,
    }

    def confirm() -> None:
        with acting_as(organization=tenant.id):
            operations.confirm_licence(**given)

    def refuse() -> None:
        with acting_as(organization=tenant.id):
            operations.refuse_licence(reason="番号が違います。", **given)

    assert sorted(at_once(confirm, refuse), key=str) == [errors.UnableToDecideLicence, None]


def test_fees_published_twice_are_two_versions(fresh_database: dict[str, str]) -> None:
    tenant = agency()

    def publish() -> None:
        with acting_as(organization=tenant.id):
            room.publish(tenant)

    assert at_once(publish, publish) == [None, None]
    with acting_as(organization=tenant.id):
        assert sorted(FeeTable.objects.values_list("version", flat=True)) == [1, 2]
