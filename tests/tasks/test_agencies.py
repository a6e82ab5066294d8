from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.agencies import queries
from career_relay.domain.ground.agencies.models import Reminder
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import agencies
from tests.domain.ground.agencies import room
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import procrastinate

    from tests.world import Tenant, World

A_DAY = dt.timedelta(days=1)


def mails_of(tenant: Tenant) -> list[str]:
    with acting_as(organization=tenant.id):
        return list(Message.objects.exclude(kind="licence_confirmed").values_list("kind", flat=True))


def test_reminders_are_written_once_for_each_agency(world: World) -> None:
    now = clock.now()
    today = clock.day_in_japan(now)
    ends = {"soon": 7, "later": 89, "next year": 400}
    tenants = {name: make_tenant("agency", name, name.replace(" ", "-")) for name in ends}
    for name, tenant in tenants.items():
        room.complete(tenant, world.operator, now, valid_until=today + A_DAY * ends[name])
    agencies.remind_of_licences(timestamp=0)
    agencies.remind_of_licences(timestamp=0)
    told = {}
    for name, tenant in tenants.items():
        with acting_as(organization=tenant.id):
            told[name] = (list(Reminder.objects.values_list("days", flat=True)), mails_of(tenant))
    assert told == {"soon": ([7], ["licence_ending"]), "later": ([90], ["licence_ending"]), "next year": ([], [])}


def test_end_is_told_the_morning_after(world: World) -> None:
    now = clock.now()
    ended = clock.day_in_japan(now) - A_DAY
    room.complete(world.agency, world.operator, now - 30 * A_DAY, valid_until=ended)
    agencies.remind_of_licences(timestamp=0)
    assert mails_of(world.agency) == ["licence_ended"]


def test_agency_that_cannot_be_told_keeps_no_other_waiting(world: World) -> None:
    now = clock.now()
    tenants = {tenant.id: tenant for tenant in (make_tenant("agency", name, name) for name in ("one", "two", "three"))}
    for tenant in tenants.values():
        room.complete(tenant, world.operator, now, valid_until=clock.day_in_japan(now) + 7 * A_DAY)
    first, *others = [tenants[one.organization_id] for one in queries.ending(clock.day_in_japan(now))]
    User.objects.filter(pk=first.owner.pk).update(email="nowhere")
    with pytest.raises(ExceptionGroup) as caught:
        agencies.remind_of_licences(timestamp=0)
    assert [type(one) for one in caught.value.exceptions] == [messaging.UnableToWrite]
    assert [mails_of(tenant) for tenant in (first, *others)] == [[], ["licence_ending"], ["licence_ending"]]
    with acting_as(organization=first.id):
        assert not Reminder.objects.exists()


def test_reminding_comes_round_every_morning(app: procrastinate.App) -> None:
    [cron] = [
        task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items() if name == "remind_of_licences"
    ]
    assert cron == "10 0 * * *"
