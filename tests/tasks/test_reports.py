from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.people.reports import queries
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import reports
from tests.domain.ground.agencies import room
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World


def mails_of(tenant: Tenant) -> int:
    with acting_as(organization=tenant.id):
        return Message.objects.filter(kind="report_due").count()


def on(monkeypatch: pytest.MonkeyPatch, month: int, day: int) -> None:
    """Let the morning of a day come."""
    now = dt.datetime(2027, month, day, 0, 20, tzinfo=dt.UTC)
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: now)


def test_reminder_goes_thirty_days_before_the_report_is_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    room.complete(world.agency, world.operator)
    for month, day, told in ((3, 30, 0), (3, 31, 1), (4, 1, 1)):
        on(monkeypatch, month, day)
        reports.remind_of_reports(timestamp=0)
        assert mails_of(world.agency) == told


def test_agency_that_cannot_be_told_keeps_no_other_waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tenants = {tenant.id: tenant for tenant in (make_tenant("agency", name, name) for name in ("one", "two"))}
    for tenant in tenants.values():
        room.complete(tenant, world.operator)
    on(monkeypatch, 4, 1)
    first, other = [tenants[found] for found in queries.to_remind(2026, dt.date(2027, 4, 1))]
    User.objects.filter(pk=first.owner.pk).update(email="nowhere")
    with pytest.raises(ExceptionGroup) as caught:
        reports.remind_of_reports(timestamp=0)
    assert [type(one) for one in caught.value.exceptions] == [messaging.UnableToWrite]
    assert (mails_of(first), mails_of(other)) == (0, 1)
    assert queries.to_remind(2026, dt.date(2027, 4, 1)) == [first.id]
